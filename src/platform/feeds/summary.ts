import { and, count, eq, isNotNull, ne, notInArray, or, sql } from "drizzle-orm";
import { badRow, feedLot, feedRow, gonePerson } from "#db/schema/feeds.ts";
import type { Work } from "../work.ts";
import { type CommonVerdict, notNeeded, verdictTitlesOf } from "./kind.ts";
import type { ImportRow } from "./lot.ts";
import { feedKind } from "./registry.ts";

/** What a file holds and what becomes of it. `rows` is the sum of all verdicts, superseded, bad and dropped rows. */
export interface ImportSummary {
  rows: number;
  /** Every verdict of the kind, the common ones and its own. */
  byVerdict: Readonly<Record<CommonVerdict, number> & Record<string, number>>;
  /** Rows told anew further down in the same differential file. */
  superseded: number;
  bad: number;
  /** Rows of people whom no 事務 needs: those dropped as the file came, and those not needed any more. */
  notNeeded: number;
  /** People who ought to be in the full file and are not. */
  gone: number;
  /** Doubtful rows that somebody accepted. */
  accepted: number;
  written: number;
  lots: { all: number; reviewed: number; committed: number };
}

/** Whether a row of a committed lot was one to write. */
const isWritten = and(
  isNotNull(feedLot.committedAt),
  eq(feedRow.superseded, false),
  notInArray(feedRow.verdict, ["unchanged", notNeeded]),
  or(ne(feedRow.verdict, "doubtful"), feedRow.accepted),
);

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
  const of = (verdict: string) => verdicts.find((row) => row.verdict === verdict)?.current ?? 0;
  const titles = Object.keys(verdictTitlesOf(feedKind(entry.kind)));
  const counts = titles.filter((one) => one !== notNeeded).map((one) => [one, of(one)]);
  return {
    rows: entry.rowCount,
    byVerdict: Object.fromEntries(counts) as ImportSummary["byVerdict"],
    superseded: sum((row) => row.superseded),
    bad: bad?.rows ?? 0,
    notNeeded: entry.notNeeded + of(notNeeded),
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
