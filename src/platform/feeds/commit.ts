import { and, eq, gt, inArray, lt, ne, or, sql } from "drizzle-orm";
import { feedImport, feedLot, feedRow } from "#db/schema/feeds.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import type { Platform } from "../platform.ts";
import { conflict, Problem } from "../problem.ts";
import { runWork, type Work } from "../work.ts";
import type { Feed, Finding } from "./kind.ts";
import { type ImportRow, type LotRow, readLot } from "./lot.ts";
import { feedWork, lastCommitted } from "./receive.ts";
import { getImport, keepBadRows, nextLot, reviewAgain, type StepOptions } from "./review.ts";

/** What stands between a reviewed file and its commit; empty when nothing does. */
export interface Obstacles {
  /** Files of the kind between the last one committed and this one are missing: a reason is needed. */
  missing: { from: number; to: number } | undefined;
  /** Another file was committed since this one was reviewed. */
  worldMoved: boolean;
  /** An earlier file of the kind still waits. */
  earlierWaits: boolean;
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
  };
}

/**
 * A second person lets a reviewed file be written. The revision is the one seen on the screen; a gap in
 * the sequence needs a reason. The writing itself is done by `writeImport`.
 */
export async function approveImport(
  work: Work,
  decision: { importId: string; revision: number; gapReason?: string | undefined },
): Promise<void> {
  await work.sql`select from feeds.import where id = ${decision.importId} for update`;
  const entry = await getImport(work, decision.importId);
  if (entry.state !== "reviewed" || entry.revision !== decision.revision)
    throw conflict("このファイルの状態が変わりました。内容をもう一度確かめてください。");
  if (entry.preparedBy === work.actor.staffId)
    throw new Problem({
      status: 403,
      message: "取り込んだ本人は反映を承認できません。別の職員が承認してください。",
    });
  const { missing, worldMoved, earlierWaits } = await obstaclesTo(work, entry);
  if (worldMoved)
    throw conflict("確認のあとに別のファイルが反映されました。もう一度確認してください。");
  if (earlierWaits)
    throw conflict(
      "これより前の番号のファイルが反映を待っています。先に反映するか取り消してください。",
    );
  const last = await lastCommitted(work, entry.kind);
  if (last && entry.sequence <= last.sequence)
    throw conflict(`番号${last.sequence}のファイルがもう反映されています。`);
  const gapReason = decision.gapReason?.trim();
  if (missing && !gapReason)
    throw new Problem({
      status: 422,
      message: `番号${missing.from}から${missing.to}までのファイルが届いていません。反映するには理由を入力してください。`,
    });
  await work.tx
    .update(feedImport)
    .set({
      state: "committing",
      revision: entry.revision + 1,
      committedBy: work.actor.staffId,
      committedAt: sql`clock_timestamp()`,
      gapReason: missing ? gapReason : null,
      problem: null,
    })
    .where(eq(feedImport.id, entry.id));
  await recordAudit(work, {
    kind: "event",
    action: "feed.approved",
    detail: { importId: entry.id, kind: entry.kind, revision: entry.revision, missing },
  });
}

/** Takes or leaves a doubtful row; undecided ones are left. */
export async function decideDoubtful(
  work: Work,
  { importId, row, accepted }: { importId: string; row: number; accepted: boolean },
): Promise<void> {
  const entry = await getImport(work, importId);
  if (entry.state !== "reviewed") throw conflict("このファイルは、いまは決められません。");
  await work.tx
    .update(feedRow)
    .set({ accepted, decidedBy: work.actor.staffId })
    .where(
      and(eq(feedRow.importId, importId), eq(feedRow.row, row), eq(feedRow.verdict, "doubtful")),
    );
  await recordAudit(work, {
    kind: "event",
    action: "feed.row-decided",
    detail: { importId, row, accepted },
  });
}

/** Withdraws a file that has not been written. */
export async function cancelImport(work: Work, importId: string): Promise<void> {
  const cancelled = await work.tx
    .update(feedImport)
    .set({
      state: "cancelled",
      revision: sql`${feedImport.revision} + 1`,
      problem: "取り消されました。",
    })
    .where(
      and(
        eq(feedImport.id, importId),
        inArray(feedImport.state, ["receiving", "reviewing", "reviewed"]),
      ),
    )
    .returning({ id: feedImport.id });
  if (cancelled.length === 0) throw conflict("このファイルは、もう取り消せません。");
  await recordAudit(work, { kind: "event", action: "feed.cancelled", detail: { importId } });
}

/** What the review saw is no longer so; the lot is left as it was. */
class WorldMoved extends Error {}

/**
 * Writes an approved file lot by lot. Called again after a stop it goes on where it was, and writes
 * nothing twice. Where a person has changed since the review, the file goes back to be reviewed.
 */
export async function writeImport(
  platform: Platform,
  actor: Actor,
  feed: Feed,
  importId: string,
  { work: options = feedWork, signal }: StepOptions = {},
): Promise<void> {
  const inWork = <T>(run: (work: Work) => Promise<T>) => runWork(platform, actor, options, run);
  const entry = await inWork((work) => getImport(work, importId));
  if (entry.state !== "committing") return;
  const writeLots = async () => {
    for (;;) {
      signal?.throwIfAborted();
      const lot = await inWork(async (work) => {
        const next = await nextLot(work, importId, "committedAt");
        if (next) await writeLot(work, feed, entry, next);
        return next;
      });
      if (!lot) break;
    }
  };
  try {
    // Two at a time: one is sealed here while the other is written there. No two lots touch the same subject.
    const ended = await Promise.allSettled([writeLots(), writeLots()]);
    for (const end of ended) if (end.status === "rejected") throw end.reason;
    await inWork((work) => closeCommit(work, entry));
  } catch (error) {
    if (!(error instanceof WorldMoved)) throw error;
    const problem = "確認のあとにほかの変更がありました。もう一度確認します。";
    await inWork((work) => reviewAgain(work, importId, problem));
    throw conflict(problem);
  }
}

async function writeLot(work: Work, feed: Feed, entry: ImportRow, lot: LotRow): Promise<void> {
  const reviewed = await work.tx
    .select()
    .from(feedRow)
    .where(
      and(
        eq(feedRow.importId, lot.importId),
        eq(feedRow.lot, lot.number),
        eq(feedRow.superseded, false),
        ne(feedRow.verdict, "unchanged"),
        sql`(${feedRow.verdict} <> 'doubtful' or ${feedRow.accepted})`,
      ),
    );
  const wanted = new Map(reviewed.map((row) => [row.row, row]));
  if (wanted.size > 0) {
    const { good } = await readLot(work, feed, entry, lot);
    const rows = good.filter(({ number }) => wanted.has(number));
    const findings = await feed.kind.compare(
      work,
      rows.map(({ row }) => row),
    );
    const entries = rows.map(({ number, row }, at) => {
      const found = findings[at];
      const seen = wanted.get(number);
      if (
        !found ||
        found.verdict !== seen?.verdict ||
        (found.revision ?? null) !== seen.seenRevision
      )
        throw new WorldMoved();
      return { number, row, found };
    });
    await writeEntries(work, feed, lot, entries);
  }
  await work.tx
    .update(feedLot)
    .set({ committedAt: sql`clock_timestamp()` })
    .where(and(eq(feedLot.importId, lot.importId), eq(feedLot.number, lot.number)));
}

interface Entry {
  number: number;
  row: unknown;
  found: Finding;
}

const uniqueViolation = "23505";

/** Writes all at once; where the database refuses one, each by itself, and the refused ones become bad rows. */
async function writeEntries(work: Work, feed: Feed, lot: LotRow, entries: Entry[]): Promise<void> {
  if (await accepts(work, feed, entries)) return;
  for (const entry of entries)
    if (!(await accepts(work, feed, [entry]))) await refuse(work, lot, entry);
}

/** Writes, unless a number of somebody else stands in the way. */
async function accepts(work: Work, { kind }: Feed, entries: Entry[]): Promise<boolean> {
  try {
    await work.sql.savepoint((sql) => kind.write({ ...work, sql }, entries));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation) return false;
    throw error;
  }
}

async function refuse(work: Work, lot: LotRow, { number }: Entry): Promise<void> {
  await work.tx
    .delete(feedRow)
    .where(and(eq(feedRow.importId, lot.importId), eq(feedRow.row, number)));
  const errors = [{ field: "row", code: "refused" as const }];
  await keepBadRows(work, lot, [{ number, errors, sourceId: undefined }]);
}

/** Closes the file unless somebody else still writes a lot of it, who then does. */
async function closeCommit(work: Work, entry: ImportRow): Promise<void> {
  const closed = await work.tx
    .update(feedImport)
    .set({
      state: "committed",
      revision: sql`${feedImport.revision} + 1`,
      committedAt: sql`clock_timestamp()`,
    })
    .where(
      and(
        eq(feedImport.id, entry.id),
        eq(feedImport.state, "committing"),
        sql`not exists (select from feeds.lot l where l.import_id = ${entry.id} and l.committed_at is null)`,
      ),
    )
    .returning({ id: feedImport.id });
  if (closed.length === 0) return;
  await recordAudit(work, {
    kind: "event",
    action: "feed.committed",
    detail: { importId: entry.id, kind: entry.kind },
  });
}
