import { and, asc, count, desc, eq, gt, inArray, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { badRow, feedImport, feedLot, feedRow, gonePerson } from "#db/schema/feeds.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";
import type { FeedKind, Verdict } from "./kind.ts";
import type { ImportRow } from "./lot.ts";
import { lastCommitted } from "./receive.ts";

/** What a file holds and what becomes of it. `rows` is the sum of all verdicts, superseded and bad rows. */
export interface ImportSummary {
  rows: number;
  byVerdict: Record<Verdict, number>;
  /** Rows told anew further down in the same differential file. */
  superseded: number;
  bad: number;
  /** People who live here and are not in the full file. */
  gone: number;
  /** Doubtful rows that somebody accepted. */
  accepted: number;
  written: number;
  lots: { all: number; reviewed: number; committed: number };
}

/** Whether a row of a committed lot was one to write. */
const isWritten = sql`${feedLot.committedAt} is not null and not ${feedRow.superseded}
  and ${feedRow.verdict} <> 'unchanged' and (${feedRow.verdict} <> 'doubtful' or ${feedRow.accepted})`;

/** Counts of a file, for its page and its progress. */
export async function summarize(work: Work, entry: ImportRow): Promise<ImportSummary> {
  const verdicts = await work.tx
    .select({
      verdict: feedRow.verdict,
      current: sql<number>`(count(*) filter (where not ${feedRow.superseded}))::int`,
      superseded: sql<number>`(count(*) filter (where ${feedRow.superseded}))::int`,
      accepted: sql<number>`(count(*) filter (where ${feedRow.accepted}))::int`,
      written: sql<number>`(count(*) filter (where ${isWritten}))::int`,
    })
    .from(feedRow)
    .innerJoin(
      feedLot,
      and(eq(feedLot.importId, feedRow.importId), eq(feedLot.number, feedRow.lot)),
    )
    .where(eq(feedRow.importId, entry.id))
    .groupBy(feedRow.verdict);
  const [bad] = await work.tx
    .select({ rows: sql<number>`count(distinct ${badRow.row})::int` })
    .from(badRow)
    .where(eq(badRow.importId, entry.id));
  const [gone] = await work.tx
    .select({ people: count() })
    .from(gonePerson)
    .where(eq(gonePerson.importId, entry.id));
  const [lots] = await work.tx
    .select({ reviewed: count(feedLot.reviewedAt), committed: count(feedLot.committedAt) })
    .from(feedLot)
    .where(eq(feedLot.importId, entry.id));
  const sum = (pick: (row: (typeof verdicts)[number]) => number) =>
    verdicts.reduce((total, row) => total + pick(row), 0);
  const of = (verdict: Verdict) => verdicts.find((row) => row.verdict === verdict)?.current ?? 0;
  return {
    rows: entry.rowCount,
    byVerdict: {
      new: of("new"),
      changed: of("changed"),
      "moved-out": of("moved-out"),
      died: of("died"),
      doubtful: of("doubtful"),
      unchanged: of("unchanged"),
    },
    superseded: sum((row) => row.superseded),
    bad: bad?.rows ?? 0,
    gone: gone?.people ?? 0,
    accepted: sum((row) => row.accepted),
    written: sum((row) => row.written),
    lots: {
      all: entry.lotCount,
      reviewed: lots?.reviewed ?? 0,
      committed: lots?.committed ?? 0,
    },
  };
}

/** Files, the newest first. */
export function listImports(work: Work, atMost = 50): Promise<ImportRow[]> {
  return work.tx.select().from(feedImport).orderBy(desc(feedImport.preparedAt)).limit(atMost);
}

/** Names of the two people of a file, by their ids. */
export async function handlersOf(work: Work, entry: ImportRow): Promise<Map<number, string>> {
  const ids = [entry.preparedBy, entry.committedBy].filter((id) => id !== null);
  const rows = await work.tx
    .select({ id: staff.id, name: staff.displayName })
    .from(staff)
    .where(inArray(staff.id, ids));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** How many rows a page of a list shows. */
export const pageSize = 50;

/** Rows of one verdict after a row, a page. */
export function listRows(work: Work, importId: string, verdict: Verdict, after = 0) {
  return work.tx
    .select()
    .from(feedRow)
    .where(
      and(eq(feedRow.importId, importId), eq(feedRow.verdict, verdict), gt(feedRow.row, after)),
    )
    .orderBy(asc(feedRow.row))
    .limit(pageSize);
}

/** Faults of the next rows after a row; all of them where no number of rows is given. */
export function listBadRows(work: Work, importId: string, after = 0, rows?: number) {
  const page = sql`${badRow.row} in (select distinct row from feeds.bad_row
    where import_id = ${importId} and row > ${after} order by row limit ${rows ?? null})`;
  return work.tx
    .select()
    .from(badRow)
    .where(and(eq(badRow.importId, importId), gt(badRow.row, after), page))
    .orderBy(asc(badRow.row), asc(badRow.field));
}

/** Numbers of people who are not in a full file, a page from a place in the list. */
export async function listGone(work: Work, importId: string, from = 0): Promise<string[]> {
  const rows = await work.tx
    .select({ personNumber: gonePerson.personNumber })
    .from(gonePerson)
    .where(eq(gonePerson.importId, importId))
    .orderBy(asc(gonePerson.personNumber))
    .offset(from)
    .limit(pageSize);
  return rows.map(({ personNumber }) => personNumber);
}

/** Files that wait to be committed. */
export function waitingImports(work: Work): Promise<ImportRow[]> {
  return work.tx
    .select()
    .from(feedImport)
    .where(eq(feedImport.state, "reviewed"))
    .orderBy(asc(feedImport.preparedAt));
}

/** A feed from which nothing has come for longer than agreed. */
export interface StoppedFeed {
  kind: Pick<FeedKind, "id" | "title">;
  /** Date of the last file committed. */
  since: IsoDate;
}

/** Feeds that have stopped; one that never began is not among them. */
export async function stoppedFeeds(work: Work, kinds: readonly FeedKind[]): Promise<StoppedFeed[]> {
  const today = work.platform.clock.today();
  const stopped: StoppedFeed[] = [];
  for (const kind of kinds) {
    const last = await lastCommitted(work, kind.id);
    const since = last?.fileDate as IsoDate | undefined;
    if (since && addDays(since, kind.expectedEveryDays) < today) stopped.push({ kind, since });
  }
  return stopped;
}
