import { ageOn } from "#workflows/dates/ages.ts";
import {
  type BirthDate,
  birthRange,
  isFullBirth,
  isPartialBirth,
} from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** What is known of somebody's birth. */
export interface KnownBirth {
  /** As the register tells it: a day, or what is known of it. For showing and comparing; no rule takes it. */
  birthDate: BirthDate;
  /**
   * The day by which rules reckon: the day of birth, or in its place the one that two people set (みなし生年月日). Without it
   * nothing that needs a day can be judged.
   */
  bornOn?: IsoDate;
}

/** As the vault gives it. */
export interface BirthColumns {
  birth_date: IsoDate | null;
  birth_told: string | null;
  birth_reckoned: IsoDate | null;
}

/** What a row of the vault tells of a birth. */
export function birthOfRow({ birth_date, birth_told, birth_reckoned }: BirthColumns): KnownBirth {
  if (birth_date) return { birthDate: birth_date, bornOn: birth_date };
  if (birth_told === null || !isPartialBirth(birth_told))
    throw new Error("a person without a birth");
  return { birthDate: birth_told, ...(birth_reckoned ? { bornOn: birth_reckoned } : {}) };
}

/** The day that was set in place of a day of birth that is unknown; nothing where there is none, or none is needed. */
export const reckonedBirth = ({ birthDate, bornOn }: KnownBirth): IsoDate | undefined =>
  isFullBirth(birthDate) ? undefined : bornOn;

/** The first day on which somebody can have been born: by it alone something is certainly too early. */
export const bornNotBefore = ({ birthDate }: KnownBirth): IsoDate => birthRange(birthDate).from;

/** Completed years of age on a day; nothing where they depend on a day that is not known, or on one to come. */
export function yearsOn({ birthDate, bornOn }: KnownBirth, on: IsoDate): number | undefined {
  const { from, to } = bornOn ? { from: bornOn, to: bornOn } : birthRange(birthDate);
  if (on < to) return undefined;
  const { years } = ageOn(to, on);
  return ageOn(from, on).years === years ? years : undefined;
}

/** Whether somebody has reached an age on a day; nothing where it can be told neither by what is known nor by a day that was set. */
export function hasReached(person: KnownBirth, years: number, on: IsoDate): boolean | undefined {
  const reached = (birth: IsoDate) => birth <= on && ageOn(birth, on).years >= years;
  if (person.bornOn) return reached(person.bornOn);
  const { from, to } = birthRange(person.birthDate);
  return reached(from) === reached(to) ? reached(to) : undefined;
}
