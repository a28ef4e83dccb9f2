import { type Likeness, likeness } from "#workflows/people/likeness.ts";
import { individualToken, lookAtPeople, type Person } from "../people/index.ts";
import type { Work } from "../work.ts";
import type { OutsiderIdentity } from "./entry.ts";
import { birthColumns, soughtNames } from "./keys.ts";

/** For which cases somebody is opened: those of a 事務 at an office, or one of them. */
export interface OutsiderPurpose {
  program: string;
  officeCode: string;
  caseId?: string | undefined;
}

/** Somebody, resident or not, who looks like the one to be opened. */
export interface Similar {
  person: Person;
  likeness: Likeness;
}

export interface SimilarPeople {
  /** The most alike first. */
  found: Similar[];
  /** How many bear the same name and may have been born on the same day, whom the office does not get to. */
  beyond: number;
}

/**
 * Looks for people who may be the same as somebody, residents and others; recorded as a search and as looks. Who is nothing but
 * a namesake of another birth comes along too, with fewer points.
 */
export async function similarPeople(
  work: Work,
  purpose: OutsiderPurpose,
  identity: OutsiderIdentity,
): Promise<SimilarPeople> {
  const { keys } = work.platform;
  const { whole, parts } = soughtNames(keys, identity);
  const birth = birthColumns(identity);
  const individual = identity.individualNumber
    ? individualToken(keys, identity.individualNumber).toString()
    : null;
  const rows = await work.sql<{ person_number: string | null; beyond: number | null }[]>`
    select person_number, beyond from vault.similar_people(${purpose.program}, ${purpose.officeCode},
      ${purpose.caseId ?? null}, ${whole}::text[], ${parts}::text[], ${birth.day}, ${birth.told}, ${individual})`;
  const numbers = rows.flatMap(({ person_number: number }) => number ?? []);
  const items = ["facts", "name", "address"] as const;
  const people = await lookAtPeople(
    work,
    numbers,
    individual ? [...items, "individual-number"] : [...items],
  );
  const own = identityOf(identity);
  return {
    found: people
      .map((person) => ({ person, likeness: likeness(own, identityOfPerson(person)) }))
      .filter(({ likeness: { score } }) => score >= leastAlike)
      .toSorted((a, b) => b.likeness.score - a.likeness.score),
    beyond: rows.find(({ person_number: number }) => number === null)?.beyond ?? 0,
  };
}

/** Fewer points are chance: one word of the name and nothing else. */
const leastAlike = 25;

/** What {@link likeness} compares of somebody in the register or outside it. */
export const identityOfPerson = (person: Person) => ({
  name: person.name ?? { kanji: "", kana: "" },
  birthDate: person.birthDate,
  sex: person.sex,
  ...(person.address && {
    postalCode: person.address.postalCode,
    address: `${person.address.town}${person.address.block}`,
  }),
  ...(person.individualNumber && { individualNumber: person.individualNumber }),
});

const identityOf = ({ name, birthDate, sex, address, individualNumber }: OutsiderIdentity) => ({
  name,
  birthDate,
  sex,
  postalCode: address.postalCode,
  address: address.town,
  ...(individualNumber && { individualNumber }),
});
