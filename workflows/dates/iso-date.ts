/** A calendar date as `YYYY-MM-DD`; compares as a string. */
export type IsoDate = `${number}-${number}-${number}`;

/** A calendar month as `YYYY-MM`. */
export type IsoMonth = `${number}-${number}`;

const DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `YYYY-MM-DD` of a day counted from 1970-01-01. */
function fromEpochDay(day: number): IsoDate {
  return new Date(day * DAY).toISOString().slice(0, 10) as IsoDate;
}

function toEpochDay(date: IsoDate): number {
  return Date.parse(date) / DAY;
}

/** Whether the text is `YYYY-MM-DD` and that day exists (years 1000 to 9999). */
export function isIsoDate(text: string): text is IsoDate {
  const match = SHAPE.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** The date in the text; throws a RangeError when there is none. */
export function parseIsoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new RangeError("not a calendar date of the form YYYY-MM-DD");
  return text;
}

/** The date of year, month (1 to 12) and day; throws a RangeError when that day does not exist. */
export function isoDate(year: number, month: number, day: number): IsoDate {
  const pad = (value: number, width: number) => String(value).padStart(width, "0");
  return parseIsoDate(`${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`);
}

/** Year, month (1 to 12) and day of a date. */
export function partsOf(date: IsoDate): { year: number; month: number; day: number } {
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8, 10)),
  };
}

/** Number of days of a month (1 to 12). */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

/** The date `days` later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return fromEpochDay(toEpochDay(date) + days);
}

/** Days from `from` to `to`; 0 for the same day. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

/** The same day of the month `months` later, or the last day of that month when it is shorter (民法143条2項). */
export function addMonths(date: IsoDate, months: number): IsoDate {
  const { year, month, day } = monthsLater(date, months);
  return isoDate(year, month, Math.min(day, daysInMonth(year, month)));
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
  return isoDate(year, month, daysInMonth(year, month));
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
