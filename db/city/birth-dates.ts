import {
  addDays,
  addMonths,
  addYears,
  daysInMonth,
  type IsoDate,
  isoDate,
  partsOf,
} from "#workflows/dates/iso-date.ts";
import type { Random } from "./random.ts";

/** A birth date at which somebody has the age in years, now and then one at the edge of a month or school year. */
export function bornAtAge(random: Random, age: number, asOf: IsoDate): IsoDate {
  const plain = addDays(addYears(asOf, -age), -random.between(0, 364));
  if (!random.chance(0.03)) return plain;
  const { year, month } = partsOf(plain);
  const edge = random.pick([
    isoDate(year - (year % 4), 2, 29),
    isoDate(year, month, daysInMonth(year, month)),
    isoDate(year, 4, 1),
    isoDate(year, 4, 2),
    isoDate(year, 3, 31),
    isoDate(year, 1, 1),
  ]);
  return edge <= asOf ? edge : plain;
}

/** Birth dates of children at which rules turn: each stands in the city once at least. */
export function birthEdges(asOf: IsoDate): IsoDate[] {
  const { year } = partsOf(asOf);
  const years = Array.from({ length: 19 }, (_, back) => year - back);
  return [
    ...years.flatMap((each) => [isoDate(each, 4, 1), isoDate(each, 4, 2)]),
    ...years.filter((each) => daysInMonth(each, 2) === 29).map((each) => isoDate(each, 2, 29)),
    ...[0, 1, 2, 3, 6, 7, 12, 15, 18, 24, 36, 60, 72, 84, 90].flatMap((months) => [
      addMonths(asOf, -months),
      addDays(addMonths(asOf, -months), 1),
    ]),
    ...Array.from({ length: 12 }, (_, month) =>
      isoDate(year - 1, month + 1, daysInMonth(year - 1, month + 1)),
    ),
    ...[6, 8, 24, 32].map((weeks) => addDays(asOf, -weeks * 7)),
    ...[15, 18].flatMap((age) => [addYears(asOf, -age), addDays(addYears(asOf, -age), 1)]),
  ].filter((date) => date <= asOf);
}
