import { addDays, daysInMonth, type IsoDate, isoDate, monthsLater, partsOf } from "./iso-date.ts";

/**
 * The day on which somebody born on `birth` reaches the age of `months` months: the day before the
 * same day of the month, or the last day of a month that has no such day
 * (年齢計算ニ関する法律、民法143条2項、平成26年3月11日事務連絡). Both 「〜に至るまで」 and 「〜に達した日」 mean this day.
 */
export function reach(birth: IsoDate, months: number): IsoDate {
  const { year, month, day } = monthsLater(birth, months);
  const last = daysInMonth(year, month);
  return day <= last ? addDays(isoDate(year, month, day), -1) : isoDate(year, month, last);
}

/** The day on which the age of `years` years is reached; see {@link reach}. */
export function reachAge(birth: IsoDate, years: number): IsoDate {
  return reach(birth, years * 12);
}

/**
 * Completed years and further completed months of age on a day, by the day of reaching: the age is
 * one more from the day before the birthday on.
 */
export function ageOn(birth: IsoDate, on: IsoDate): { years: number; months: number } {
  if (on < birth) throw new RangeError("the day lies before the birth");
  const from = partsOf(birth);
  const to = partsOf(on);
  let months = (to.year - from.year) * 12 + (to.month - from.month) + 1;
  while (months > 0 && reach(birth, months) > on) months -= 1;
  return { years: Math.floor(months / 12), months: months % 12 };
}

/** The fiscal year (April to March) that the date lies in. */
export function fiscalYear(date: IsoDate): number {
  const { year, month } = partsOf(date);
  return month >= 4 ? year : year - 1;
}

/** April 1 of a fiscal year. */
export function fiscalYearStart(year: number): IsoDate {
  return isoDate(year, 4, 1);
}

/** March 31 that ends a fiscal year. */
export function fiscalYearEnd(year: number): IsoDate {
  return isoDate(year + 1, 3, 31);
}

/** The first March 31 on or after the day on which the age is reached (「達する日以後の最初の3月31日」). */
export function yearEndAfterReaching(birth: IsoDate, years: number): IsoDate {
  return fiscalYearEnd(fiscalYear(reachAge(birth, years)));
}

/** April 1 on which elementary school starts: the first one after the day of reaching 6 (学校教育法17条1項). */
export function schoolStart(birth: IsoDate): IsoDate {
  return fiscalYearStart(fiscalYear(reachAge(birth, 6)) + 1);
}
