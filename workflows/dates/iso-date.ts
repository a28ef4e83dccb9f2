/** A calendar date as `YYYY-MM-DD`; compares as a string. */
export type IsoDate = `${number}-${number}-${number}`;

/** A calendar month as `YYYY-MM`. */
export type IsoMonth = `${number}-${number}`;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_OF_ERA = 146_097;

/*
 * Rules are run by the million, so days are counted with whole numbers rather than with Date: years
 * begin on March 1, and 400 of them always have the same number of days.
 */

/** Days from 0000-03-01. */
function toDayNumber(date: IsoDate): number {
  const { year, month, day } = partsOf(date);
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear;
}

function fromDayNumber(number: number): IsoDate {
  const era = Math.floor(number / DAYS_OF_ERA);
  const dayOfEra = number - era * DAYS_OF_ERA;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return write(year, month, dayOfYear - Math.floor((153 * m + 2) / 5) + 1);
}

function write(year: number, month: number, day: number): IsoDate {
  return `${year}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}` as IsoDate;
}

/** Whether the text is `YYYY-MM-DD` and that day exists (years 1000 to 9999). */
export function isIsoDate(text: string): text is IsoDate {
  if (!SHAPE.test(text)) return false;
  const { year, month, day } = partsOf(text as IsoDate);
  return year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date in the text; throws a RangeError when there is none. */
export function parseIsoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new RangeError("not a calendar date of the form YYYY-MM-DD");
  return text;
}

/** The date of year, month (1 to 12) and day; throws a RangeError when that day does not exist. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  return parseIsoDate(write(year, month, day));
}

/** Year, month (1 to 12) and day of a date. */
export function partsOf(date: IsoDate): { year: number; month: number; day: number } {
  return {
    year: twoDigits(date, 0) * 100 + twoDigits(date, 2),
    month: twoDigits(date, 5),
    day: twoDigits(date, 8),
  };
}

function twoDigits(date: IsoDate, at: number): number {
  return (date.charCodeAt(at) - 48) * 10 + date.charCodeAt(at + 1) - 48;
}

/** Number of days of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromDayNumber(toDayNumber(date) + days);
}

/** Days from `from` to `to`; 0 for the same day. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** The same day of the month `months` later, or the last day of that month when it is shorter (民法143条2項). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = monthsLater(date, months);
  return write(year, month, Math.min(day, daysInMonth(year, month)));
}

/** The same day of the month `years` later; February 29 becomes February 28 in common years. */
export function addYears(date: IsoDate, years: number): IsoDate {
  return addMonths(date, years * 12);
}

/** Year, month and the unclamped day `months` later. */
export function monthsLater(
  date: IsoDate,
  months: number,
): { year: number; month: number; day: number } {
  const { year, month, day } = partsOf(date);
  const index = year * 12 + (month - 1) + months;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1, day };
}

/** The last day of the date's month. */
export function monthEnd(date: IsoDate): IsoDate {
  const { year, month } = partsOf(date);
  return write(year, month, daysInMonth(year, month));
}

/** The first day of the date's month. */
export function monthStart(date: IsoDate): IsoDate {
  return `${date.slice(0, 7)}-01` as IsoDate;
}

/** The earlier of two dates. */
export function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b;
}

/** The later of two dates. */
export function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}
