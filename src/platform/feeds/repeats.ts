import type { Work } from "../work.ts";
import type { Feed } from "./kind.ts";
import type { ImportRow, ReadLot } from "./lot.ts";

/** Keyed token of what a row is about, by which a repetition in the file is seen. */
export const subjectOf = (work: Work, { kind }: Feed, row: unknown) =>
  work.platform.keys.token(`feed:${kind.id}:${kind.subjectOf(row)}`);

/**
 * The same subject twice: in a full file the later row is at fault and moves to the bad ones; in a
 * differential file the later row is the newer state, and the earlier ones are superseded.
 *
 * @returns row numbers of this lot that are superseded
 */
export async function settleRepeats(
  work: Work,
  entry: ImportRow,
  read: ReadLot<unknown>,
  subjects: bigint[],
): Promise<Set<number>> {
  const tokens = subjects.map(String);
  const known = await work.sql<{ subject: string }[]>`
    select distinct subject::text from feeds.row
     where import_id = ${entry.id} and subject = any(${tokens}::bigint[])`;
  const before = new Set(known.map(({ subject }) => subject));
  const superseded = new Set<number>();
  if (entry.extent === "full") {
    const twice = read.good.filter((_, at) => {
      const token = tokens[at] ?? "";
      const seen = before.has(token);
      before.add(token);
      return seen;
    });
    for (const row of twice) {
      const at = read.good.indexOf(row);
      read.good.splice(at, 1);
      subjects.splice(at, 1);
      const errors = [{ field: "row", code: "duplicate" as const }];
      read.bad.push({ number: row.number, errors, items: {} });
    }
    return superseded;
  }
  if (before.size > 0)
    await work.sql`select feeds.supersede(${entry.id}, ${[...before]}::bigint[])`;
  for (const [at, { number }] of read.good.entries())
    if (tokens.lastIndexOf(tokens[at] ?? "") > at) superseded.add(number);
  return superseded;
}
