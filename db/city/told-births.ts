import { type BirthDate, parseBirthDate } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { address } from "./addresses.ts";
import type { Unnumbered } from "./households.ts";
import { familyName, fullName, givenName, type Sex } from "./names.ts";
import { Random } from "./random.ts";

/** Birth dates as an old register may tell them: a year, a year and month, a day that the calendar lacks. */
const told: readonly { birth: BirthDate; about: IsoDate; sex: Sex }[] = [
  { birth: parseBirthDate("1928"), about: "1928-07-01", sex: "female" },
  { birth: parseBirthDate("1950-04"), about: "1950-04-15", sex: "male" },
  { birth: parseBirthDate("1930-02-30"), about: "1930-02-28", sex: "female" },
];

/** Smaller cities have nobody of unknown birth. */
const smallest = 5_000;

/**
 * People of whom the register knows no day of birth, each a household alone: the last of a city, so that nobody else's
 * numbers depend on them.
 */
export function unknownBirths(seed: number, population: number): Unnumbered[] {
  if (population < smallest) return [];
  return told.map(({ birth, about, sex }, at) => {
    const random = new Random(seed, -2 - at);
    const arrived: IsoDate = `${1965 + 9 * at}-04-01`;
    return {
      name: fullName(familyName(random), givenName(random, sex, Number(about.slice(0, 4)))),
      born: about,
      toldBirth: birth,
      sex,
      relation: "02",
      address: address(random),
      arrived,
      arrivedBy: "moveIn",
      event: { date: arrived, reason: "moveIn" },
      foreign: false,
    };
  });
}
