import { and, asc, count, countDistinct, eq, inArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { batchItem, batchRun, contractor, handOver, packageFile } from "#db/schema/mailings.ts";
import { runStateMeta } from "#workflows/mailings/machine.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { stepsOf } from "./history.ts";
import { mailingKind } from "./kind.ts";
import { overlapsOf } from "./repeats.ts";
import { getRun, ofProgram, type RunRow } from "./run.ts";
import { runOfKind } from "./run-of-kind.ts";

/** How many pieces of a run stand where. */
export interface RunCounts {
  ready: number;
  held: number;
  leftOut: number;
  made: number;
  /** Envelopes that what is ready or made fills. */
  envelopes: number;
  /** By what the piece is about, in the order of the subjects. */
  bySubject: { subject: string; title: string; ready: number; held: number; leftOut: number }[];
  /** Held and left out, by reason. */
  byReason: { reason: string; count: number }[];
}

/** How many envelopes were planned for what goes. */
async function envelopesOf(work: Work, runId: string): Promise<number> {
  const [row] = await work.tx
    .select({ envelopes: countDistinct(batchItem.bundle) })
    .from(batchItem)
    .where(and(eq(batchItem.runId, runId), inArray(batchItem.state, ["ready", "made"])));
  return row?.envelopes ?? 0;
}

async function countsOf(work: Work, { id, kind, bundling }: RunRow): Promise<RunCounts> {
  const { state, reason, subject } = batchItem;
  const rows = await work.tx
    .select({ state, reason, subject, pieces: count() })
    .from(batchItem)
    .where(eq(batchItem.runId, id))
    .groupBy(state, reason, subject);
  const sum = (some: typeof rows, ...states: (typeof rows)[number]["state"][]) =>
    some.reduce((total, row) => total + (states.includes(row.state) ? row.pieces : 0), 0);
  const { subjectTitle } = mailingKind(kind);
  const bySubject = [...Map.groupBy(rows, (row) => row.subject)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([subject, some]) => ({
      subject,
      title: subjectTitle(subject),
      ready: sum(some, "ready", "made"),
      held: sum(some, "held"),
      leftOut: sum(some, "left-out"),
    }));
  const byReason = [...Map.groupBy(rows, (row) => row.reason)].flatMap(([reason, some]) =>
    reason ? [{ reason, count: sum(some, "held", "left-out") }] : [],
  );
  return {
    ready: sum(rows, "ready"),
    held: sum(rows, "held"),
    leftOut: sum(rows, "left-out"),
    made: sum(rows, "made"),
    envelopes: bundling === "none" ? sum(rows, "ready", "made") : await envelopesOf(work, id),
    bySubject,
    byReason,
  };
}

/** A run with all that its page shows. @throws Problem 404 */
export async function readRun(work: Work, runId: string) {
  const [found] = await work.tx
    .select({ run: batchRun, contractor, preparer: staff.displayName })
    .from(batchRun)
    .innerJoin(contractor, eq(contractor.id, batchRun.contractorId))
    .innerJoin(staff, eq(staff.id, batchRun.preparedBy))
    .where(and(eq(batchRun.id, runId), ofProgram(work)));
  if (!found) throw notFound("一括発送が見つかりません。");
  const run = found.run as RunRow;
  const files = await work.tx
    .select()
    .from(packageFile)
    .where(eq(packageFile.runId, runId))
    .orderBy(asc(packageFile.kind), asc(packageFile.name));
  const [handedOver] = await work.tx.select().from(handOver).where(eq(handOver.runId, runId));
  return {
    run,
    contractor: found.contractor,
    preparer: found.preparer,
    /** With what it is printed: as it was approved, and before that as it would be now. */
    paper: (await runOfKind(work, run)).paper,
    counts: await countsOf(work, run),
    steps: await stepsOf(work, runId),
    /** Other runs with the same pieces, until it is made. */
    overlaps: runStateMeta(run.state).unapproved ? await overlapsOf(work, run) : [],
    files,
    handOver: handedOver,
  };
}
export type RunDetails = Awaited<ReturnType<typeof readRun>>;

/** How far a run is, for the progress bar: cheap. @throws Problem 404 */
export async function readProgress(work: Work, runId: string) {
  const { state, madeCount, revision } = await getRun(work, runId);
  const total = await work.tx.$count(
    batchItem,
    and(eq(batchItem.runId, runId), inArray(batchItem.state, ["ready", "made"])),
  );
  return { state, made: madeCount, revision, total };
}
