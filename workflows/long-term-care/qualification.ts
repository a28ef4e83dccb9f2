import { fiscalYearStart, reach, reachAge } from "#workflows/dates/ages.ts";
import {
  addDays,
  addMonths,
  type IsoDate,
  type IsoMonth,
  later,
  monthEnd,
  monthStart,
} from "#workflows/dates/iso-date.ts";
import { floorTo } from "#workflows/money/rounding.ts";

const FIRST_INSURED_AGE = 65;

/** First insured (第1号被保険者) from and to, both inclusive, and the months that bear a premium. */
export interface Qualification {
  readonly from: IsoDate;
  readonly to?: IsoDate;
  /** Day on which the qualification is lost: the day after `to`. */
  readonly lostOn?: IsoDate;
  readonly firstMonth?: IsoMonth;
  readonly lastMonth?: IsoMonth;
}

/**
 * The qualification of a first insured person: from the day of reaching 65, the day before the birthday
 * (介護保険法10条), while resident. The premium runs from the month of acquisition to the month before
 * that of the loss. Nothing when residence ended before.
 */
export function qualification(
  birth: IsoDate,
  residentFrom?: IsoDate,
  residentTo?: IsoDate,
): Qualification | undefined {
  const from = later(reachAge(birth, FIRST_INSURED_AGE), residentFrom ?? birth);
  const firstMonth = from.slice(0, 7) as IsoMonth;
  if (residentTo === undefined) return { from, firstMonth };
  if (residentTo < from) return undefined;
  const lostOn = addDays(residentTo, 1);
  const lastMonth = addMonths(monthStart(lostOn), -1).slice(0, 7) as IsoMonth;
  const months = firstMonth <= lastMonth ? { firstMonth, lastMonth } : {};
  return { from, to: residentTo, lostOn, ...months };
}

/** The premium of a year for those who are insured in part of it only: by months. */
export function prorate(
  year: number,
  annual: number,
  unit: number,
  acquiredOn?: IsoDate,
  lostOn?: IsoDate,
): { months: number; amount: number } {
  const start = fiscalYearStart(year);
  const end = fiscalYearStart(year + 1);
  const first = monthIndex(acquiredOn && acquiredOn > start ? acquiredOn : start);
  const afterLast = monthIndex(lostOn && lostOn < end ? lostOn : end);
  const months = Math.max(0, afterLast - first);
  return { months, amount: floorTo((annual * months) / 12, unit) };
}

function monthIndex(date: IsoDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
}

/** Least yearly pension from which the premium is taken from it (介護保険法131条, 施行令41条). */
const LEAST_PENSION = 180_000;
const PENSION_MONTHS = [4, 6, 8, 10, 12, 2];

/**
 * The month from which the premium of somebody newly insured is taken from the pension: about half a
 * year after the month (April, June, …) in which the pension office reports the person; a day between
 * two such months counts for the later one. Nothing below 180,000 yen a year.
 */
export function pensionCollectionFrom(
  insuredOn: IsoDate,
  yearlyPension: number,
): IsoMonth | undefined {
  if (yearlyPension < LEAST_PENSION) return undefined;
  let report = monthStart(insuredOn);
  while (!PENSION_MONTHS.includes(Number(report.slice(5, 7)))) report = addMonths(report, 1);
  return addMonths(report, 6).slice(0, 7) as IsoMonth;
}

/** 新規 and 区分変更: 3 to 12 months; 更新: 3 to 36, to 48 when the level stays (since 2021-04-01). */
export const certificationKinds = { new: "新規", change: "区分変更", renewal: "更新" } as const;

export type CertificationKind = keyof typeof certificationKinds;

const LEAST_MONTHS = 3;
const LONG_RENEWAL_SINCE: IsoDate = "2021-04-01";

/** Most months of a certification (介護保険法施行規則38条、41条). */
export function mostMonths(kind: CertificationKind, from: IsoDate, sameLevel: boolean): number {
  if (kind !== "renewal") return 12;
  return sameLevel && from >= LONG_RENEWAL_SINCE ? 48 : 36;
}

/**
 * The validity of a certification that begins on `from`: `months` months to the end of a month, not
 * counting the rest of a month already begun. Nothing when so many months are not allowed.
 */
export function certificationPeriod(
  kind: CertificationKind,
  from: IsoDate,
  months: number,
  sameLevel: boolean,
): { from: IsoDate; to: IsoDate } | undefined {
  if (months < LEAST_MONTHS || months > mostMonths(kind, from, sameLevel)) return undefined;
  const whole = from === monthStart(from) ? months - 1 : months;
  return { from, to: monthEnd(addMonths(monthStart(from), whole)) };
}

/** 特別徴収: three provisional instalments like that of last February, then the rest in three. */
export function pensionInstalments(annual: number, lastFebruary: number, unit: number): number[] {
  const provisional = [lastFebruary, lastFebruary, lastFebruary];
  const rest = annual - 3 * lastFebruary;
  if (rest <= 0) return [...provisional, 0, 0, 0];
  const each = floorTo(rest / 3, unit);
  return [...provisional, rest - 2 * each, each, each];
}

/** 普通徴収: equal instalments, what is left below `unit` yen in the first one. */
export function instalments(annual: number, count: number, unit: number): number[] {
  const each = floorTo(annual / count, unit);
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? annual - each * (count - 1) : each,
  );
}

/** The last day of the month that follows a day: the end of 「翌日から1月を経過する日」 (民法143条). */
export function oneMonthAfter(day: IsoDate): IsoDate {
  return reach(addDays(day, 1), 1);
}
