import { and, eq, gt, inArray, lt, ne, or, sql } from "drizzle-orm";
import { feedImport, feedRow } from "#db/schema/feeds.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ImportRow } from "./lot.ts";
import { lastCommitted } from "./receive.ts";
import { getImport } from "./review.ts";

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
