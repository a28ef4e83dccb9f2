import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import type { Sex, Shot, VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** Birthday of the child that the examples are about, unless they name another. */
export const BIRTH: IsoDate = "2026-05-10";

/** A history of one vaccine. */
export const given = (vaccine: string, ...dates: IsoDate[]): Shot[] =>
  dates.map((date) => ({ vaccine, date }));

/** What is due of one vaccine: its dose, and the earliest and latest date; nothing when none is. */
export const due = (
  vaccine: VaccineId,
  on: IsoDate,
  history: Shot[] = [],
  birth = BIRTH,
  sex: Sex = "female",
) => {
  const found = dueDoses({ birth, sex }, on, history).find((item) => item.vaccine === vaccine);
  return found && [found.dose, found.earliest, found.latest];
};
