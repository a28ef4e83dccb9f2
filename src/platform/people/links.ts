import { type SQL, sql } from "drizzle-orm";
import type { Work } from "../work.ts";

/** All numbers of some people, by the number asked for, the one under which they stand first; who has one number is not in it. */
export type NumbersOf = ReadonlyMap<string, readonly string[]>;

/** The numbers of people of whom two were merged (番号の統合); nobody else is in the map. */
export async function numbersOf(work: Work, personNumbers: readonly string[]): Promise<NumbersOf> {
  if (personNumbers.length === 0) return new Map();
  const rows = await work.sql<{ asked: string; other: string; top: boolean }[]>`
    select asked, other, top from people.numbers_for(${[...personNumbers]}::text[])`;
  const sorted = rows.toSorted((a, b) => Number(b.top) - Number(a.top));
  return new Map(
    [...Map.groupBy(sorted, ({ asked }) => asked)].map(([asked, of]) => [
      asked,
      of.map(({ other }) => other),
    ]),
  );
}

/** All numbers of one of them. */
export const allOf = (numbers: NumbersOf, personNumber: string): readonly string[] =>
  numbers.get(personNumber) ?? [personNumber];

/** A subquery of all numbers of a person, for conditions of a query: `… in ${numbersUnder(number)}`. */
export const numbersUnder = (personNumber: string): SQL =>
  sql`(select ${personNumber}::text union select n.other from people.numbers_for(array[${personNumber}]::text[]) n)`;

/** Which 事務 have something under which of a person's numbers: `number program`. Asked of those alone who have several. */
export async function programsUnder(work: Work, personNumber: string): Promise<Set<string>> {
  const rows = await work.sql<{ person_number: string; program: string }[]>`
    select person_number, program from people.programs_under(${personNumber})`;
  return new Set(rows.map((row) => `${row.person_number} ${row.program}`));
}

/** The number under which a person stands: the one to which theirs was merged, or their own. */
export const canonicalOf = async (work: Work, personNumber: string): Promise<string> =>
  allOf(await numbersOf(work, [personNumber]), personNumber)[0] ?? personNumber;
