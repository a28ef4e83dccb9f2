import { SessionMemory } from "#src/platform/access/index.ts";
import { openingFacts } from "#src/platform/applications/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { OpeningFacts } from "#workflows/cases/opening.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

type Dates = Omit<OpeningFacts, "receivedOn">;
const dates = new SessionMemory<Dates>("opening-dates");

/** Keeps the dates of somebody who was just looked at, so that 受付日 is judged as it is typed without another look. */
export const rememberDates = (work: Work, person: Person, on: IsoDate): Promise<void> =>
  dates.set(work, openingFacts(person, on), person.personNumber);

/** The dates of somebody at whom this session looked within the last quarter of an hour. */
export const rememberedDates = (
  work: Pick<Work, "sql" | "actor">,
  personNumber: string,
): Promise<Dates | undefined> => dates.get(work, personNumber);
