import type { Work } from "../work.ts";
import { allOf, numbersOf } from "./links.ts";

/** Kinds of data of other offices that come for needed people only: 税情報, 福祉情報. */
export type NeededKind = "tax" | "welfare";

/** Whose data of another office a case of a 事務 needs. */
export interface Need {
  program: string;
  kind: NeededKind;
  /** The case; only the system may leave it out. */
  caseId?: string | undefined;
  personNumbers: readonly string[];
}

/**
 * Says whose data a case needs (ACQ-5), so that the next file of the feed brings them; to be called when an
 * application is taken in or its members change. Who is needed already stays so. Refused by the database for a
 * case of another 事務 or office.
 */
export async function announceNeed(work: Work, need: Need): Promise<void> {
  const { program, kind, caseId, personNumbers } = need;
  await work.sql`select people.announce_need(${program}, ${kind}, ${caseId ?? null}::uuid,
    ${[...personNumbers]}::text[])`;
}

/**
 * Ends the need of a case: its people are not taken any more, and nobody looks at what came of them unless
 * another case needs it. To be called when the application or the entitlement has ended.
 */
export async function withdrawNeed(work: Work, need: Need): Promise<void> {
  const { program, kind, caseId, personNumbers } = need;
  await work.sql`select people.end_need(${program}, ${kind}, ${caseId ?? null}::uuid,
    ${[...personNumbers]}::text[])`;
}

/** Those of some people whom any 事務 needs, or a certain one. */
export async function neededAmong(
  work: Work,
  kind: NeededKind,
  personNumbers: readonly string[],
  program: string | null = null,
): Promise<Set<string>> {
  // Who is needed under one number is needed under all of theirs.
  const numbers = await numbersOf(work, personNumbers);
  const all = [...new Set(personNumbers.flatMap((number) => allOf(numbers, number)))];
  const rows = await work.sql<{ person_number: string }[]>`
    select distinct person_number from people.needed
     where kind = ${kind} and ended_on is null and person_number = any(${all}::text[])
       and (${program}::text is null or program = ${program})`;
  const needed = new Set(rows.map((row) => row.person_number));
  return new Set(
    personNumbers.filter((number) => allOf(numbers, number).some((one) => needed.has(one))),
  );
}

/** 統合宛名番号 of all whom any 事務 needs, in lots. */
export async function* neededPeople(work: Work, kind: NeededKind): AsyncGenerator<string[]> {
  const lot = 10_000;
  let after = "";
  for (;;) {
    const rows = await work.sql<{ person_number: string }[]>`
      select distinct person_number from people.needed
       where kind = ${kind} and ended_on is null and person_number > ${after}
       order by person_number limit ${lot}`;
    const told = rows.map((row) => row.person_number);
    const numbers = await numbersOf(work, told);
    yield [...new Set(told.map((number) => allOf(numbers, number)[0] ?? number))];
    const last = rows.at(-1);
    if (!last || rows.length < lot) return;
    after = last.person_number;
  }
}
