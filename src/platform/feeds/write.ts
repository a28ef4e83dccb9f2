import { and, between, eq, notInArray, sql } from "drizzle-orm";
import { feedRow } from "#db/schema/feeds.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Actor } from "../access/actor.ts";
import { recordAudit } from "../audit/write.ts";
import type { Platform } from "../platform.ts";
import { conflict } from "../problem.ts";
import { runWork, type Work } from "../work.ts";
import { type Feed, type FileInHand, type Finding, notNeeded } from "./kind.ts";
import { type ImportRow, type LotRow, readLot } from "./lot.ts";
import { getImport, holdImport, moveImport } from "./move.ts";
import { needOf } from "./need.ts";
import { feedWork } from "./receive.ts";
import { nextLot, reviewAgain, type StepOptions } from "./review.ts";
import { compareLot, standsAsSeen } from "./sole.ts";

/** What the review saw is no longer so; the lot is left as it was. */
class WorldMoved extends Error {}

/**
 * Writes an approved file lot by lot. Called again after a stop it goes on where it was, and writes
 * nothing twice. Where a person has changed since the review, or is not needed any more, the file goes back
 * to be reviewed.
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
    // Two at a time: one is sealed here while the other is written there. No two lots touch the same subject, and what
    // only one subject may say is the earlier lot's; where somebody accepted a second one, it has to come after the first.
    const accepted = await inWork((work) => secondAccepted(work, importId));
    const ended = await Promise.allSettled(accepted ? [writeLots()] : [writeLots(), writeLots()]);
    for (const end of ended) if (end.status === "rejected") throw end.reason;
    await inWork((work) => closeCommit(work, importId));
  } catch (error) {
    if (!(error instanceof WorldMoved)) throw error;
    const problem = "確認のあとにほかの変更がありました。もう一度確認します。";
    await inWork((work) => reviewAgain(work, importId, { event: "sendBack", problem }));
    throw conflict(problem);
  }
}

/** Whether somebody accepted a row that says what another subject says too. */
async function secondAccepted(work: Work, importId: string): Promise<boolean> {
  const [row] = await work.sql`
    select from feeds.row
     where import_id = ${importId} and verdict = 'doubtful' and accepted and sole is not null limit 1`;
  return row !== undefined;
}

async function writeLot(work: Work, feed: Feed, entry: ImportRow, lot: LotRow): Promise<void> {
  const reviewed = await work.tx
    .select()
    .from(feedRow)
    .where(
      and(
        eq(feedRow.importId, lot.importId),
        // By the rows of the lot: the key has them, and no index has its number.
        between(feedRow.row, lot.firstRow, lot.firstRow + lot.rowCount - 1),
        eq(feedRow.lot, lot.number),
        eq(feedRow.superseded, false),
        notInArray(feedRow.verdict, ["unchanged", notNeeded]),
        sql`(${feedRow.verdict} <> 'doubtful' or ${feedRow.accepted})`,
      ),
    );
  const wanted = new Map(reviewed.map((row) => [row.row, row]));
  if (wanted.size > 0) {
    const { good } = await readLot(work, feed, entry, lot, { numbers: true });
    const rows = good.filter(({ number }) => wanted.has(number));
    const needs = await needOf(work, feed.kind, rows);
    if (!needs.every(({ needed }) => needed)) throw new WorldMoved();
    const findings = await compareLot(
      work,
      feed,
      lot,
      rows.map(({ row }) => row),
    );
    const entries = rows.map(({ number, row }, at) => {
      const found = findings[at];
      if (!found || !standsAsSeen(feed, found, wanted.get(number))) throw new WorldMoved();
      return { number, row, found };
    });
    const file = { importId: entry.id, lot: lot.number, fileDate: entry.fileDate as IsoDate };
    await writeEntries(work, feed, file, entries);
  }
  await work.sql`select feeds.close_lot(${lot.importId}, ${lot.number}, true)`;
}

interface Entry {
  number: number;
  row: unknown;
  found: Finding;
}

const uniqueViolation = "23505";

/** Writes all at once; where the database refuses one, each by itself, and the refused ones become bad rows. */
async function writeEntries(
  work: Work,
  feed: Feed,
  file: FileInHand,
  entries: Entry[],
): Promise<void> {
  if (await accepts(work, feed, file, entries)) return;
  for (const entry of entries)
    if (!(await accepts(work, feed, file, [entry])))
      await work.sql`select feeds.refuse_row(${file.importId}, ${entry.number})`;
}

/** Writes, unless a number of somebody else stands in the way. */
async function accepts(
  work: Work,
  { kind }: Feed,
  file: FileInHand,
  entries: Entry[],
): Promise<boolean> {
  try {
    await work.sql.savepoint((sql) => kind.write({ ...work, sql }, entries, file));
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === uniqueViolation) return false;
    throw error;
  }
}

/** Closes the file unless somebody else still writes a lot of it, who then does. */
async function closeCommit(work: Work, importId: string): Promise<void> {
  const entry = await holdImport(work, importId);
  const [open] = await work.sql`
    select from feeds.lot where import_id = ${importId} and committed_at is null limit 1`;
  if (entry.state !== "committing" || open) return;
  await moveImport(work, entry, "committed");
  await recordAudit(work, {
    kind: "event",
    action: "feed.committed",
    detail: { importId: entry.id, kind: entry.kind },
  });
}
