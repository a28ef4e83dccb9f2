import type { Work } from "../work.ts";
import type { Feed } from "./kind.ts";
import { type BadRecord, readItems } from "./lot.ts";
import { needOf } from "./need.ts";
import type { RecordFields } from "./records/record.ts";

/** What is kept of some records: those of people who are needed. */
interface Sifted {
  records: readonly RecordFields[];
  /** Rows of the records kept; nothing where all of them are. */
  rows: number[] | null;
  /** Records of whom nobody can tell: they become bad rows, their content is not kept. */
  unread: BadRecord[];
  /** How many others there were. */
  dropped: number;
}

/**
 * Keeps the records of people whom a 事務 needs (ACQ-5). Of the others nothing but the number of the
 * person is looked at, and nothing is kept.
 */
export async function sift(
  work: Work,
  feed: Feed,
  columnOrder: readonly number[],
  all: readonly RecordFields[],
  firstRow: number,
): Promise<Sifted> {
  if (!feed.kind.needed) return { records: all, rows: null, unread: [], dropped: 0 };
  const records = readItems(feed, columnOrder, all).map((record, at) => ({
    ...record,
    number: firstRow + at,
  }));
  const needs = await needOf(work, feed.kind, records);
  const taken = records.filter((_, at) => needs[at]?.needed);
  const unread = records.filter((_, at) => needs[at]?.person === undefined);
  return {
    records: taken.map(({ number }) => all[number - firstRow] ?? []),
    rows: taken.map(({ number }) => number),
    unread: unread.map(({ number, errors, items }) => ({
      number,
      errors: errors.length > 0 ? errors : [{ field: "row", code: "nobody" }],
      items,
    })),
    dropped: records.length - taken.length - unread.length,
  };
}
