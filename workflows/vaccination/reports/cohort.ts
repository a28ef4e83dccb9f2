import { fiscalYearStart } from "#workflows/dates/ages.ts";
import { addDays, addMonths, addYears, type IsoDate } from "#workflows/dates/iso-date.ts";

/**
 * Whom a coverage rate counts as 対象者: residents on a day who were born between two days, or reach an age in a fiscal year, or
 * are of some age in months on the day.
 */
export type CohortChoice =
  | { readonly kind: "born"; readonly from: IsoDate; readonly to: IsoDate }
  | { readonly kind: "fiscal-year"; readonly year: number; readonly age: number }
  | { readonly kind: "age"; readonly from: number; readonly to: number };

/** Births of a cohort, both inclusive. */
export interface Births {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/**
 * The births of a cohort.
 *
 * - Who reaches N in the fiscal year Y was born from 2 April of Y − N to 1 April of the year after: the age is reached on the day
 *   before the birthday (年齢計算ニ関する法律), so that somebody of 1 April reaches it on 31 March.
 * - Ages are completed months on `on`, both inclusive, by the same law.
 */
export function birthsOf(choice: CohortChoice, on: IsoDate): Births {
  switch (choice.kind) {
    case "born":
      return { from: choice.from, to: choice.to };
    case "fiscal-year": {
      const first = addDays(fiscalYearStart(choice.year - choice.age), 1);
      return { from: first, to: fiscalYearStart(choice.year - choice.age + 1) };
    }
    case "age":
      return {
        from: addDays(latestOfAge(on, choice.to + 1), 1),
        to: latestOfAge(on, choice.from),
      };
  }
}

/** The latest birth of those who have completed `months` months on a day. */
const latestOfAge = (on: IsoDate, months: number): IsoDate => addMonths(addDays(on, 1), -months);

/** The same cohort a year before, and the day a year before (28 February for the 29th). */
export function yearBefore(
  choice: CohortChoice,
  on: IsoDate,
): { choice: CohortChoice; on: IsoDate } {
  const before = addYears(on, -1);
  switch (choice.kind) {
    case "born":
      return {
        choice: { kind: "born", from: addYears(choice.from, -1), to: addYears(choice.to, -1) },
        on: before,
      };
    case "fiscal-year":
      return { choice: { ...choice, year: choice.year - 1 }, on: before };
    case "age":
      return { choice, on: before };
  }
}
