import { reachAge, yearEndAfterReaching } from "#workflows/dates/ages.ts";
import { type IsoDate, later } from "#workflows/dates/iso-date.ts";

/** What keeps a child (児童) in the scheme beyond the usual end. */
export interface ChildFacts {
  readonly birth: IsoDate;
  /** With a disability as the ordinance asks: under 20. */
  readonly disabled: boolean;
  /** At high school, where the ordinance goes on for pupils: under 20. */
  readonly pupil: boolean;
}

const END_AGE = 18;
const PROLONGED_AGE = 20;

/** The last day on which the child counts: the first March 31 on or after reaching 18, or the day of reaching 20. */
export function childUntil({ birth, disabled, pupil }: ChildFacts): IsoDate {
  const usual = yearEndAfterReaching(birth, END_AGE);
  return disabled || pupil ? later(usual, reachAge(birth, PROLONGED_AGE)) : usual;
}
