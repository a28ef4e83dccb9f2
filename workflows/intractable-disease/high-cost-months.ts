import {
  addDays,
  addMonths,
  daysInMonth,
  type IsoDate,
  type IsoMonth,
  isoDate,
  later,
  monthStart,
} from "#workflows/dates/iso-date.ts";

/** Total cost (10割) of the disease in a month, yen. */
export interface MonthCost {
  readonly month: IsoMonth;
  readonly total: number;
}

/** A test of months: more than `above` yen in at least `times` of the last twelve. */
export interface HighCostTest {
  readonly above: number;
  readonly times: number;
}

/** 軽症高額: 難病法施行令2条. */
export const mildHighCost: HighCostTest = { above: 33_330, times: 3 };
/** 高額かつ長期: 難病法施行令1条1項2号. */
export const longHighCost: HighCostTest = { above: 50_000, times: 6 };

const PERIOD_MONTHS = 12;

/**
 * Whether enough of the twelve months up to that of the application were dear; months before the onset
 * do not count. A month told twice counts with its sum.
 */
export function highCostMonths(
  test: HighCostTest,
  appliedOn: IsoDate,
  costs: readonly MonthCost[],
  onset?: IsoDate,
) {
  const last = appliedOn.slice(0, 7);
  const first = addMonths(monthStart(appliedOn), 1 - PERIOD_MONTHS);
  const from = (onset ? later(first, monthStart(onset)) : first).slice(0, 7);
  const totals = new Map<IsoMonth, number>();
  for (const { month, total } of costs)
    if (month >= from && month <= last) totals.set(month, (totals.get(month) ?? 0) + total);
  const months = [...totals]
    .flatMap(([month, total]) => (total > test.above ? [month] : []))
    .toSorted();
  return { met: months.length >= test.times, counted: months.length, months };
}

/** Before this day nobody is entitled by looking back (令和5年10月1日施行). */
const LOOK_BACK_SINCE: IsoDate = "2023-10-01";

/**
 * The day on which the entitlement begins: that on which the disease was found severe enough (for 軽症高額
 * the day after its test was met), at most one month before the application, three for a good reason.
 */
export function entitlementStart(facts: {
  readonly appliedOn: IsoDate;
  /** Day of the diagnosis that the severity is met. */
  readonly severeOn?: IsoDate | undefined;
  /** Day on which the test of 軽症高額 was met. */
  readonly mildHighCostMetOn?: IsoDate | undefined;
  /** A good reason for the late application. */
  readonly hindered: boolean;
}): IsoDate | undefined {
  const { appliedOn, severeOn, mildHighCostMetOn, hindered } = facts;
  const candidates = [
    ...(severeOn ? [severeOn] : []),
    ...(mildHighCostMetOn ? [addDays(mildHighCostMetOn, 1)] : []),
  ].toSorted();
  const first = candidates[0];
  if (first === undefined) return undefined;
  return later(first, later(addMonths(appliedOn, hindered ? -3 : -1), LOOK_BACK_SINCE));
}

/**
 * The last day of the entitlement: the latest `fixedEnd` (`MM-DD`, set by the prefecture or city) that
 * lies within `mostMonths` of the beginning.
 */
export function entitlementEnd(from: IsoDate, fixedEnd: string, mostMonths: number): IsoDate {
  const limit = addDays(addMonths(from, mostMonths), -1);
  const year = Number(limit.slice(0, 4));
  const [month = 1, day = 1] = fixedEnd.split("-").map(Number);
  const end = (of: number) => isoDate(of, month, Math.min(day, daysInMonth(of, month)));
  return end(year) <= limit ? end(year) : end(year - 1);
}
