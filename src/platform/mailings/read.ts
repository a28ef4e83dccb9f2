import { and, asc, count, desc, eq, inArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import {
  batchEvent,
  batchItem,
  batchRun,
  contractor,
  handOver,
  packageFile,
} from "#db/schema/mailings.ts";
import { type RunState, runEventTitles } from "#workflows/mailings/machine.ts";
import { notFound } from "../problem.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { RunRow } from "./door.ts";
import { type ItemReason, mailingKind } from "./kind.ts";
import { orderOf } from "./run-folder.ts";

/** How many pieces of a run stand where. */
export interface RunCounts {
  ready: number;
  held: number;
  leftOut: number;
  made: number;
  /** By what the piece is about, in the order of the subjects. */
  bySubject: { subject: string; title: string; ready: number; held: number; leftOut: number }[];
  /** Held and left out, by reason. */
  byReason: { reason: ItemReason; count: number }[];
}

/** Runs of a 事務 with their figures, newest first. */
export async function listRuns(work: Work, program: string, limit = 100) {
  const runs = await work.tx
    .select({ run: batchRun, contractorName: contractor.name })
    .from(batchRun)
    .innerJoin(contractor, eq(contractor.id, batchRun.contractorId))
    .where(eq(batchRun.program, program))
    .orderBy(desc(batchRun.serial))
    .limit(limit);
  const counts = await countsOf(
    work,
    runs.map(({ run }) => run),
  );
  return runs.map(({ run, contractorName }) => ({
    run: run as RunRow,
    contractorName,
    counts: counts.get(run.id) ?? noCounts,
  }));
}

const noCounts: RunCounts = { ready: 0, held: 0, leftOut: 0, made: 0, bySubject: [], byReason: [] };

async function countsOf(
  work: Work,
  runs: readonly { id: string; kind: string }[],
): Promise<Map<string, RunCounts>> {
  if (runs.length === 0) return new Map();
  const { runId, state, reason, subject } = batchItem;
  const rows = await work.tx
    .select({ runId, state, reason, subject, pieces: count() })
    .from(batchItem)
    .where(
      inArray(
        runId,
        runs.map(({ id }) => id),
      ),
    )
    .groupBy(runId, state, reason, subject);
  const kindOf = new Map(runs.map(({ id, kind }) => [id, mailingKind(kind)]));
  return new Map(
    [...Map.groupBy(rows, (row) => row.runId)].map(([id, own]) => {
      const sum = (some: typeof rows, ...states: (typeof rows)[number]["state"][]) =>
        some.reduce((total, row) => total + (states.includes(row.state) ? row.pieces : 0), 0);
      const bySubject = [...Map.groupBy(own, (row) => row.subject)]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([subject, some]) => ({
          subject,
          title: kindOf.get(id)?.subjectTitle(subject) ?? subject,
          ready: sum(some, "ready", "made"),
          held: sum(some, "held"),
          leftOut: sum(some, "left-out"),
        }));
      const byReason = [...Map.groupBy(own, (row) => row.reason)].flatMap(([reason, some]) =>
        reason ? [{ reason: reason as ItemReason, count: sum(some, "held", "left-out") }] : [],
      );
      return [
        id,
        {
          ready: sum(own, "ready"),
          held: sum(own, "held"),
          leftOut: sum(own, "left-out"),
          made: sum(own, "made"),
          bySubject,
          byReason,
        },
      ];
    }),
  );
}

const eventTitles: Record<string, string> = { ...runEventTitles, release: "保留を解除する" };

/** One step in the history of a run. */
export interface RunStep {
  title: string;
  at: Date;
  staffName: string;
  comment: string | null;
}

/** A run with all that its page shows. @throws Problem 404 */
export async function readRun(work: Work, runId: string) {
  const [found] = await work.tx
    .select({ run: batchRun, contractor, preparer: staff.displayName })
    .from(batchRun)
    .innerJoin(contractor, eq(contractor.id, batchRun.contractorId))
    .innerJoin(staff, eq(staff.id, batchRun.preparedBy))
    .where(eq(batchRun.id, runId));
  if (!found) throw notFound("一括発送が見つかりません。");
  const files = await work.tx
    .select()
    .from(packageFile)
    .where(eq(packageFile.runId, runId))
    .orderBy(asc(packageFile.kind), asc(packageFile.name));
  const [handedOver] = await work.tx.select().from(handOver).where(eq(handOver.runId, runId));
  return {
    run: found.run as RunRow,
    contractor: found.contractor,
    preparer: found.preparer,
    /** With what it is printed: as it was approved, and before that as it would be now. */
    paper: (await orderOf(work, found.run as RunRow)).paper,
    counts: (await countsOf(work, [found.run])).get(runId) ?? noCounts,
    steps: await stepsOf(work, runId),
    files,
    handOver: handedOver,
  };
}
export type RunDetails = Awaited<ReturnType<typeof readRun>>;

async function stepsOf(work: Work, runId: string): Promise<RunStep[]> {
  const rows = await work.tx
    .select()
    .from(batchEvent)
    .where(eq(batchEvent.runId, runId))
    .orderBy(asc(batchEvent.revision));
  const comments = await getSealed(
    work,
    rows.flatMap(({ commentId }) => commentId ?? []),
  );
  const textOf = new Map(comments.map(({ id, data }) => [id, String(data)]));
  return rows.map(({ event, at, staffName, commentId }) => ({
    title: eventTitles[event] ?? event,
    at,
    staffName,
    comment: commentId ? (textOf.get(commentId) ?? null) : null,
  }));
}

/** How far a run is, for the progress bar: cheap. */
export async function readProgress(work: Work, runId: string) {
  const [run] = await work.tx
    .select({ state: batchRun.state, made: batchRun.madeCount, revision: batchRun.revision })
    .from(batchRun)
    .where(eq(batchRun.id, runId));
  if (!run) throw notFound("一括発送が見つかりません。");
  const [total] = await work.tx
    .select({ pieces: count() })
    .from(batchItem)
    .where(and(eq(batchItem.runId, runId), inArray(batchItem.state, ["ready", "made"])));
  return { ...run, state: run.state as RunState, total: total?.pieces ?? 0 };
}
