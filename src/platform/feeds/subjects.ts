import { and, eq, inArray } from "drizzle-orm";
import { feedLot } from "#db/schema/feeds.ts";
import { holds } from "../access/actor.ts";
import { lookAtPeople } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { Difference, Feed } from "./kind.ts";
import { type ImportRow, readLot } from "./lot.ts";

/** Whom a row is about: for the eyes of the reviewer, and the person where known by now. */
export interface RowSubject {
  label: string | undefined;
  personNumber: string | undefined;
  /** What would change of somebody known; empty once it has. */
  differences: Difference[];
}

/** Whom rows are about and what they change, by row number: opens the sealed lines and looks at the people; each look is logged. */
export async function subjectsOf(
  work: Work,
  feed: Feed,
  entry: ImportRow,
  rows: readonly { row: number; lot: number }[],
): Promise<Map<number, RowSubject>> {
  const { kind } = feed;
  const wanted = new Set(rows.map(({ row }) => row));
  const numbers = [...new Set(rows.map(({ lot }) => lot))];
  // What a closed file said is erased.
  if (entry.state === "committed" || entry.state === "cancelled") return new Map();
  const lots = await work.tx
    .select()
    .from(feedLot)
    .where(and(eq(feedLot.importId, entry.id), inArray(feedLot.number, numbers)));
  const found = [];
  for (const lot of lots) {
    const { good } = await readLot(work, feed, entry, lot, { numbers: false });
    found.push(...good.filter(({ number }) => wanted.has(number)));
  }
  const people =
    (await kind.peopleOf?.(
      work,
      found.map(({ items }) => items),
    )) ?? [];
  const told = [...new Set(people.flatMap((number) => number ?? []))];
  const known = kind.differencesOf
    ? await lookAtPeople(work, told, ["name", "address", "details"])
    : [];
  const byNumber = new Map(known.map((person) => [person.personNumber, person]));
  const maySeeProtected = holds(work.actor, "person.read-protected");
  return new Map(
    found.map(({ number, row }, at) => {
      const personNumber = people[at] ?? undefined;
      const person = byNumber.get(personNumber ?? "");
      const differences = (person && kind.differencesOf?.(row, person, maySeeProtected)) ?? [];
      return [number, { label: kind.labelOf?.(row), personNumber, differences }];
    }),
  );
}
