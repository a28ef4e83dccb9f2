import { addMonths, daysInMonth, type IsoDate, isIsoDate, isoDate, monthEnd } from "./iso-date.ts";

declare const unknownDay: unique symbol;

/**
 * A birth date of which no day of the calendar is known, as a register tells it: `1928` (年のみ), `1950-04` (年月のみ), or
 * `1930-02-30` (a day that the calendar lacks, as old registers have them). Never a full date, so no rule takes it.
 */
export type PartialBirth = string & { readonly [unknownDay]: true };

/** What a register tells of a birth: a day, or what is known of it. Sorts as a string by what is known. */
export type BirthDate = IsoDate | PartialBirth;

/** What is unknown of a birth date. */
export type BirthGap = "month-and-day" | "day" | "not-in-calendar";

/** Days, both ends inclusive. */
export interface DayRange {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** The solar calendar is that of Japan from this year on (明治6年). */
const firstYear = 1873;
const partialShape = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** Whether the text is what is known of a birth date without a day of the calendar. */
export function isPartialBirth(text: string): text is PartialBirth {
  const match = partialShape.exec(text);
  if (!match || isIsoDate(text)) return false;
  const [year, month, day] = match.slice(1).map((part) => part && Number(part));
  if (Number(year) < firstYear) return false;
  if (month === undefined) return true;
  if (Number(month) < 1 || Number(month) > 12) return false;
  return day === undefined || (Number(day) >= 1 && Number(day) <= 31);
}

/** The birth date in the text, known in full or in part; throws a RangeError when there is none. */
export function parseBirthDate(text: string): BirthDate {
  if (isIsoDate(text) || isPartialBirth(text)) return text;
  throw new RangeError("not a birth date");
}

/** Whether the day of birth is known. */
export const isFullBirth = (birth: BirthDate): birth is IsoDate => isIsoDate(birth);

/**
 * Year, month and day as files have them, with zeros for what is unknown (`1928`, `00`, `00`); nothing where that is no
 * birth date: without a year nothing is known, and a day without a month tells nothing.
 */
export function birthOfParts(year: string, month: string, day: string): BirthDate | undefined {
  const text =
    month === "00" && day === "00"
      ? year
      : day === "00"
        ? `${year}-${month}`
        : `${year}-${month}-${day}`;
  return isIsoDate(text) || isPartialBirth(text) ? text : undefined;
}

/** Eight figures with zeros for what is unknown: `19280000`, `19500400`, `19300230`. */
export const birthDigits = (birth: BirthDate): string => birth.replaceAll("-", "").padEnd(8, "0");

/** The birth date of eight figures; nothing where they are none. */
export const birthOfDigits = (digits: string): BirthDate | undefined =>
  /^\d{8}$/.test(digits)
    ? birthOfParts(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6))
    : undefined;

/** What is unknown of a birth date; nothing of one that is known in full. */
export function gapOf(birth: BirthDate): BirthGap | undefined {
  if (isFullBirth(birth)) return undefined;
  return birth.length === 4 ? "month-and-day" : birth.length === 7 ? "day" : "not-in-calendar";
}

/**
 * The days on one of which the person can have been born. A day that the calendar lacks (2月30日) may be one of that month or,
 * counted on, of the next.
 */
export function birthRange(birth: BirthDate): DayRange {
  if (isFullBirth(birth)) return { from: birth, to: birth };
  const [year = 0, month] = birth.split("-").map(Number);
  if (month === undefined) return { from: isoDate(year, 1, 1), to: isoDate(year, 12, 31) };
  const from = isoDate(year, month, 1);
  if (gapOf(birth) === "not-in-calendar") return { from, to: monthEnd(addMonths(from, 1)) };
  return { from, to: isoDate(year, month, daysInMonth(year, month)) };
}

/** Whether a day can be set as the one by which to reckon (みなし生年月日): it does not contradict what is known. */
export function mayReckonBy(birth: BirthDate, day: IsoDate): boolean {
  const { from, to } = birthRange(birth);
  return !isFullBirth(birth) && from <= day && day <= to;
}

/** Whether both may tell of the same day: what a search or a comparison for one offers of the other. */
export function mayBeSameBirth(one: BirthDate, other: BirthDate): boolean {
  if (one === other) return true;
  const [rough, fine] = one.length <= other.length ? [one, other] : [other, one];
  return rough.length < fine.length && fine.startsWith(`${rough}-`);
}
