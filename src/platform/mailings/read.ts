import { and, asc, count, desc, eq, inArray, isNotNull, type SQL } from "drizzle-orm";
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
import { lookAtPeople, type Person } from "../people/index.ts";
import { notFound } from "../problem.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { RunRow } from "./door.ts";
import { type ItemReason, mailingKind, type PieceToPrint } from "./kind.ts";

export type ItemRow = typeof batchItem.$inferSelect & { reason: ItemReason | null };
type ItemState = ItemRow["state"];

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
      const sum = (some: typeof rows, ...states: ItemState[]) =>
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

export interface ItemQuery {
  state?: ItemState | undefined;
  reason?: ItemReason | undefined;
  subject?: string | undefined;
  /** One piece, by its place in postal order. */
  place?: number | undefined;
  /** From 1. */
  page?: number;
  size?: number;
}

/** A page of the list of pieces, with the names of the people; each look is logged. */
export async function listItems(work: Work, runId: string, query: ItemQuery) {
  const { page = 1, size = 50 } = query;
  const conditions: SQL[] = [eq(batchItem.runId, runId)];
  if (query.state) conditions.push(eq(batchItem.state, query.state));
  if (query.reason) conditions.push(eq(batchItem.reason, query.reason));
  if (query.place !== undefined) conditions.push(eq(batchItem.place, query.place));
  if (query.subject) conditions.push(eq(batchItem.subject, query.subject));
  const [total] = await work.tx
    .select({ rows: count() })
    .from(batchItem)
    .where(and(...conditions));
  const items = await work.tx
    .select()
    .from(batchItem)
    .where(and(...conditions))
    .orderBy(asc(batchItem.place), asc(batchItem.personNumber), asc(batchItem.subject))
    .limit(size)
    .offset((page - 1) * size);
  const people = await peopleOf(work, items, ["name"]);
  return {
    total: total?.rows ?? 0,
    items: items.map((item) => ({
      ...(item as ItemRow),
      person: people.get(item.personNumber),
    })),
  };
}

const peopleOf = async (
  work: Work,
  items: readonly { personNumber: string }[],
  wanted: ("name" | "address")[],
): Promise<Map<string, Person>> =>
  new Map(
    (
      await lookAtPeople(work, [...new Set(items.map(({ personNumber }) => personNumber))], wanted)
    ).map((person) => [person.personNumber, person]),
  );

/** Numbers on pages that are looked at before numbers are given; their check digits are wrong. */
const sampleNumber = (index: number) => String(index).padStart(10, "0");

/** Real pages of a run, spread over it, to be looked at before it is approved. */
export async function previewRun(work: Work, runId: string, pages = 10): Promise<Uint8Array> {
  const [run] = await work.tx.select().from(batchRun).where(eq(batchRun.id, runId));
  if (!run) throw notFound("一括発送が見つかりません。");
  const ready = await work.tx
    .select()
    .from(batchItem)
    .where(
      and(
        eq(batchItem.runId, runId),
        inArray(batchItem.state, ["ready", "made"]),
        isNotNull(batchItem.place),
      ),
    )
    .orderBy(asc(batchItem.place));
  const step = Math.max(1, ready.length / pages);
  const chosen = Array.from(
    { length: Math.min(pages, ready.length) },
    (_, index) => ready[Math.floor(index * step)],
  ).filter((item) => item !== undefined);
  const people = await peopleOf(work, chosen, ["name", "address"]);
  const pieces = chosen.flatMap(({ personNumber, subject, pieceNumber }, index): PieceToPrint[] => {
    const person = people.get(personNumber);
    return person && !person.addressMasked
      ? [{ personNumber, subject, pieceNumber: pieceNumber ?? sampleNumber(index), person }]
      : [];
  });
  if (pieces.length === 0) throw notFound("見本にできるものがありません。");
  const datedOn = (run.datedOn ?? work.platform.clock.today()) as `${number}-${number}-${number}`;
  const about = { id: run.id, datedOn, parameters: run.parameters };
  return (await mailingKind(run.kind).print(work, about, pieces)).pdf;
}
