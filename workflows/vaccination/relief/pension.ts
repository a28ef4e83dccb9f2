import { addMonths, type IsoDate, monthStart, partsOf } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** The months of a calendar year in which pensions are paid. */
export interface PensionCalendar {
  readonly months: readonly number[];
}

/** 1月、4月、7月、10月, each for the three months before: common practice, the text was not seen. */
export const pensionCalendar: DatedParameter<PensionCalendar> = {
  name: "予防接種健康被害救済の年金の支払月",
  rows: [
    {
      from: "1977-02-25",
      value: { months: [1, 4, 7, 10] },
      source: "予防接種法施行令(年金は1月、4月、7月、10月の4期。条文は未確認)",
      certainty: "probable",
    },
  ],
};

/** The month before another, both as their first day. */
export const monthBefore = (month: IsoDate): IsoDate =>
  monthStart(addMonths(monthStart(month), -1));
const monthAfter = (month: IsoDate): IsoDate => monthStart(addMonths(monthStart(month), 1));

/** Whether pensions are paid in the month of a day. */
export const isPaymentMonth = (day: IsoDate): boolean =>
  rowOn(pensionCalendar, day).value.months.includes(partsOf(day).month);

/** The first day of the payment month that a day lies in or before. */
export function nextPaymentMonth(day: IsoDate): IsoDate {
  let month = monthStart(day);
  while (!isPaymentMonth(month)) month = monthAfter(month);
  return month;
}

/** The first month of a pension: the one after its cause arose (予防接種法施行令第18条の2; the same of every pension). */
export const firstMonth = (cause: IsoDate): IsoDate => monthAfter(cause);
