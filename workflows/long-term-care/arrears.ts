import {
  addDays,
  daysBetween,
  earlier,
  type IsoDate,
  isoDate,
  later,
  partsOf,
} from "#workflows/dates/iso-date.ts";
import { floorTo } from "#workflows/money/rounding.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";
import { oneMonthAfter } from "./qualification.ts";

/** Rates of a calendar year in thousandths: for the first month, and after it. */
export interface ArrearsRate {
  readonly first: number;
  readonly later: number;
}

export const arrearsRates: DatedParameter<ArrearsRate> = {
  name: "延滞金の割合",
  rows: [
    {
      from: "2022-01-01",
      to: "2025-12-31",
      value: { first: 24, later: 87 },
      source: "地方税法附則第3条の2(特例基準割合)",
      certainty: "established",
    },
    {
      from: "2026-01-01",
      to: "2026-12-31",
      value: { first: 28, later: 91 },
      source: "地方税法附則第3条の2(平均貸付割合0.8%)",
      certainty: "established",
    },
  ],
};

/** A stretch of one calendar year at one rate; both ends inclusive. */
export interface ArrearsPart {
  readonly year: number;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly days: number;
  /** In thousandths a year. */
  readonly rate: number;
  readonly amount: number;
}

const LEAST_PRINCIPAL = 2_000;
const LEAST_CHARGE = 1_000;

/**
 * 延滞金 on a principal that was due and was paid later: on whole thousands of yen, by days of a year of
 * 365, yen cut off in each part, then hundreds of yen; under 1,000 yen nothing is charged.
 */
export function arrears(
  principal: number,
  due: IsoDate,
  paid: IsoDate,
  rates: DatedParameter<ArrearsRate> = arrearsRates,
): { charge: number; parts: ArrearsPart[]; basis: string[] } {
  const base = principal < LEAST_PRINCIPAL ? 0 : floorTo(principal, 1_000);
  const parts: ArrearsPart[] = [];
  const basis: string[] = [];
  if (base > 0 && paid > due) {
    const firstEnd = oneMonthAfter(due);
    for (const [from, to, kind] of [
      [addDays(due, 1), earlier(firstEnd, paid), "first"],
      [addDays(firstEnd, 1), paid, "later"],
    ] as const)
      for (let year = partsOf(from).year; from <= to && year <= partsOf(to).year; year += 1) {
        const start = later(from, isoDate(year, 1, 1));
        const end = earlier(to, isoDate(year, 12, 31));
        const row = rowOn(rates, start);
        const rate = row.value[kind];
        const days = daysBetween(start, end) + 1;
        const amount = Math.floor((base * rate * days) / 365_000);
        parts.push({ year, from: start, to: end, days, rate, amount });
        basis.push(citeRow(rates, row));
      }
  }
  const total = floorTo(
    parts.reduce((sum, { amount }) => sum + amount, 0),
    100,
  );
  return { charge: total < LEAST_CHARGE ? 0 : total, parts, basis: [...new Set(basis)] };
}

/** 還付加算金: thousandths a year by calendar year. */
export const refundRates: DatedParameter<number> = {
  name: "還付加算金の割合",
  rows: [
    {
      from: "2024-01-01",
      to: "2024-12-31",
      value: 9,
      source: "地方税法附則第3条の2(令和6年)",
      certainty: "established",
    },
    {
      from: "2026-01-01",
      to: "2026-12-31",
      value: 13,
      source: "地方税法附則第3条の2(平均貸付割合0.8%に0.5%を加算)",
      certainty: "probable",
    },
  ],
};

/** 還付加算金 on an amount paid too much, from the day after `paid` to the decision of the refund. */
export function refundInterest(
  amount: number,
  paid: IsoDate,
  decided: IsoDate,
): { interest: number; basis: string[] } {
  const same: DatedParameter<ArrearsRate> = {
    name: refundRates.name,
    rows: refundRates.rows.map((row) => ({
      ...row,
      value: { first: row.value, later: row.value },
    })),
  };
  const { charge, basis } = arrears(amount, paid, decided, same);
  return { interest: charge, basis };
}
