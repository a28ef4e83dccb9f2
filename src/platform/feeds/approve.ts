import { and, eq, gt, inArray, lt, ne, or } from "drizzle-orm";
import { feedImport, feedRow } from "#db/schema/feeds.ts";
import type { ImportFacts } from "#workflows/feeds/machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ImportRow } from "./lot.ts";
import {
  actionsOf,
  getImport,
  holdImport,
  type ImportAction,
  moveImport,
  plainFacts,
} from "./move.ts";
import { lastCommitted } from "./receive.ts";
import { feedKind } from "./registry.ts";

/** What stands between a reviewed file and its commit; empty when nothing does. */
export interface Obstacles {
  /** Files of the kind between the last one committed and this one are missing: a reason is needed. */
  missing: { from: number; to: number } | undefined;
  /** Another file was committed since this one was reviewed. */
  worldMoved: boolean;
  /** An earlier file of the kind still waits. */
  earlierWaits: boolean;
  /** This number or a later one was committed. */
  overtaken: boolean;
}

/** Looks at the sequence and at what happened since the review. */
export async function obstaclesTo(work: Work, entry: ImportRow): Promise<Obstacles> {
  const last = await lastCommitted(work, entry.kind);
  const expected = (last?.sequence ?? 0) + 1;
  const [moved] = await work.tx
    .select({ id: feedImport.id })
    .from(feedImport)
    .where(
      and(
        ne(feedImport.id, entry.id),
        eq(feedImport.kind, entry.kind),
        or(
          eq(feedImport.state, "committing"),
          and(
            eq(feedImport.state, "committed"),
            gt(feedImport.committedAt, entry.reviewedAt ?? entry.preparedAt),
          ),
        ),
      ),
    )
    .limit(1);
  const [earlier] = await work.tx
    .select({ id: feedImport.id })
    .from(feedImport)
    .where(
      and(
        eq(feedImport.kind, entry.kind),
        lt(feedImport.sequence, entry.sequence),
        inArray(feedImport.state, ["receiving", "reviewing", "reviewed"]),
      ),
    )
    .limit(1);
  const gap = entry.extent === "diff" && entry.sequence > expected;
  return {
    missing: gap ? { from: expected, to: entry.sequence - 1 } : undefined,
    worldMoved: moved !== undefined,
    earlierWaits: earlier !== undefined,
    overtaken: entry.sequence < expected,
  };
}

const factsOf = (
  work: Work,
  entry: ImportRow,
  { missing, ...obstacles }: Obstacles,
  gapExplained: boolean,
): ImportFacts => ({
  ...plainFacts(work, entry),
  ...obstacles,
  gap: missing !== undefined,
  gapExplained,
});

/** The steps that people could take with a file now, as if the reason for a gap were entered, and what stands in the way. */
export async function nextSteps(
  work: Work,
  entry: ImportRow,
): Promise<{ actions: ImportAction[]; missing: Obstacles["missing"] }> {
  const obstacles = await obstaclesTo(work, entry);
  const actions = actionsOf(work, entry, factsOf(work, entry, obstacles, true));
  return { actions, missing: obstacles.missing };
}

/**
 * A second person lets a reviewed file be written. The revision is the one seen on the screen; a gap in
 * the sequence needs a reason. The writing itself is done by `writeImport`.
 */
export async function approveImport(
  work: Work,
  decision: { importId: string; revision: number; gapReason?: string | undefined },
): Promise<void> {
  const entry = await holdImport(work, decision.importId);
  if (entry.state !== "reviewed" || entry.revision !== decision.revision)
    throw conflict("このファイルの状態が変わりました。内容をもう一度確かめてください。");
  const obstacles = await obstaclesTo(work, entry);
  const { missing } = obstacles;
  const gapReason = decision.gapReason?.trim();
  const fault = missing && gapReason ? reasonFault(gapReason) : undefined;
  if (fault) throw new EntryProblem("gap-reason", fault);
  await moveImport(work, entry, "approve", {
    facts: factsOf(work, entry, obstacles, Boolean(gapReason)),
    why: missing && gapReason ? gapReason : null,
  });
  await recordAudit(work, {
    kind: "event",
    action: "feed.approved",
    detail: { importId: entry.id, kind: entry.kind, revision: entry.revision, missing },
  });
}

/** Takes or leaves a doubtful row; undecided ones are left. Throws for a row that nobody may accept. */
export async function decideDoubtful(
  work: Work,
  { importId, row, accepted }: { importId: string; row: number; accepted: boolean },
): Promise<void> {
  const entry = await getImport(work, importId);
  if (entry.state !== "reviewed") throw conflict("このファイルは、いまは決められません。");
  const which = and(
    eq(feedRow.importId, importId),
    eq(feedRow.row, row),
    eq(feedRow.verdict, "doubtful"),
  );
  const [found] = await work.tx.select({ doubt: feedRow.doubt }).from(feedRow).where(which);
  if (!found) throw notFound("この行は見つかりません。");
  const doubt = feedKind(entry.kind).doubts[found.doubt ?? ""];
  if (accepted && !doubt?.acceptable)
    throw new Problem({ status: 422, message: `反映できません。${doubt?.title ?? ""}` });
  await work.sql`select feeds.decide_row(${importId}, ${row}, ${accepted})`;
  await recordAudit(work, {
    kind: "event",
    action: "feed.row-decided",
    detail: { importId, row, accepted },
  });
}

/** Withdraws a file that has not been written. */
export async function cancelImport(work: Work, importId: string): Promise<void> {
  const entry = await holdImport(work, importId);
  await moveImport(work, entry, "cancel", { why: "取り消されました。" });
  await recordAudit(work, { kind: "event", action: "feed.cancelled", detail: { importId } });
}
