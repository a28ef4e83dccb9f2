import { openingFacts } from "#src/platform/applications/index.ts";
import type { Person } from "#src/platform/people/index.ts";
import type { Work } from "#src/platform/work.ts";
import type { OpeningFacts } from "#workflows/cases/opening.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { SessionMemory } from "../session-memory.ts";

type Dates = Omit<OpeningFacts, "receivedOn">;
const dates = new SessionMemory<Dates>();

/** Keeps the dates of somebody who was just looked at, so that 受付日 is judged as it is typed without another look. */
export const rememberDates = ({ actor }: Work, person: Person, on: IsoDate): void =>
  dates.set(actor, openingFacts(person, on), person.personNumber);

/** The dates of somebody at whom this session looked within the last quarter of an hour. */
export const rememberedDates = (
  { actor }: Pick<Work, "actor">,
  personNumber: string,
): Dates | undefined => dates.get(actor, personNumber);
