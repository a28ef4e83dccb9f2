import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { hasReached } from "./birth.ts";
import { householdOf, lookAtPeople, type Person } from "./look.ts";

/** From this age on somebody can be a guardian. */
const adult = 18;

/** Who was born since a day into the household of one of some persons; asked by jobs alone, without looking at anybody. */
export async function newbornsOf(
  work: Work,
  personNumbers: readonly string[],
  since: IsoDate,
): Promise<{ personNumber: string; birthDate: IsoDate; of: string }[]> {
  return work.sql<{ personNumber: string; birthDate: IsoDate; of: string }[]>`
    select person_number as "personNumber", birth_date::text as "birthDate", of_person as of
      from vault.newborns_of(${[...personNumbers]}::text[], ${since})`;
}

/** What the register knows of a person and the household; looked at once, logged once. */
export interface HouseholdView {
  subject: Person;
  /** Those who live in the household now, the subject among them. */
  household: Person[];
  /** The member who most likely is the guardian or the head: an adult other than the subject, the head first. */
  adult: Person | undefined;
  /** Everybody who was looked at, those asked for besides the household too. */
  people: ReadonlyMap<string, Person>;
}

/**
 * Looks at a person with the household, and at others who belong to the same case.
 *
 * @throws Problem 404 when the person is not in the register
 */
export async function lookAtHousehold(
  work: Work,
  personNumber: string,
  others: readonly string[] = [],
): Promise<HouseholdView> {
  const members = await householdOf(work, personNumber);
  const found = await lookAtPeople(
    work,
    [...new Set([personNumber, ...members, ...others])],
    ["facts", "name", "address"],
  );
  const people = new Map(found.map((person) => [person.personNumber, person]));
  const subject = people.get(personNumber);
  if (!subject) throw notFound("住民が見つかりません。");
  const today = work.platform.clock.today();
  const household = found.filter(
    (person) => person.householdNumber === subject.householdNumber && !person.residence.to,
  );
  const adults = household.filter(
    (person) => person !== subject && hasReached(person, adult, today) === true,
  );
  return { subject, household, adult: adults.find((person) => person.isHead) ?? adults[0], people };
}
