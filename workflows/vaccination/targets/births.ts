import { fiscalYear, reach } from "#workflows/dates/ages.ts";
import {
  addDays,
  addMonths,
  earlier,
  type IsoDate,
  isoDate,
  later,
} from "#workflows/dates/iso-date.ts";
import { type Births, birthsOf } from "../coupons-due.ts";
import type { Vaccine } from "../vocabulary.ts";

/** Whom an order asks for by birth. */
export type Cohort =
  /** Births from and to, both inclusive. */
  | { readonly kind: "births"; readonly from: IsoDate; readonly to: IsoDate }
  /** Ages that are reached in the fiscal year of the day (「65歳となる年度」). */
  | { readonly kind: "fiscal-year"; readonly ages: readonly number[] }
  /** Age in completed months on the day, both inclusive, by the day of reaching (平成26年3月11日事務連絡). */
  | { readonly kind: "age"; readonly from: number; readonly to: number };

/** The births of a cohort on a day, both ends inclusive. Somebody born on 1 April reaches an age on 31 March before. */
export function cohortBirths(cohort: Cohort, on: IsoDate): Births[] {
  if (cohort.kind === "births")
    return cohort.from <= cohort.to ? [{ from: cohort.from, to: cohort.to }] : [];
  if (cohort.kind === "fiscal-year") {
    const year = fiscalYear(on);
    return cohort.ages.map((age) => ({
      from: isoDate(year - age, 4, 2),
      to: isoDate(year - age + 1, 4, 1),
    }));
  }
  const to = lastToReach(cohort.from, on);
  const from = addDays(lastToReach(cohort.to + 1, on), 1);
  return from <= to ? [{ from, to }] : [];
}

/** The last birth that has reached so many months on a day. */
function lastToReach(months: number, on: IsoDate): IsoDate {
  let birth = addDays(addMonths(on, -months), 4);
  while (reach(birth, months) > on) birth = addDays(birth, -1);
  return birth;
}

/** Births of the order: those to whom the vaccine is open between two days, and of them those of the cohorts that are named. */
export function targetBirths(
  vaccine: Vaccine,
  span: { from: IsoDate; to: IsoDate },
  cohort: Cohort | undefined,
): Births[] {
  const open = birthsOf(vaccine, span.from, span.to);
  if (!cohort) return open;
  const asked = cohortBirths(cohort, span.from);
  return open.flatMap((one) =>
    asked.flatMap((other) => {
      const from = later(one.from, other.from);
      const to = earlier(one.to, other.to);
      return from <= to ? [{ from, to }] : [];
    }),
  );
}
