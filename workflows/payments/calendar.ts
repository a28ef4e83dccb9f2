import holidays from "@holiday-jp/holiday_jp";
import {
  addDays,
  addMonths,
  daysInMonth,
  type IsoDate,
  isoDate,
  later,
  partsOf,
} from "#workflows/dates/iso-date.ts";

/**
 * Whether banks are closed on a day: Saturdays, Sundays, 国民の祝日 and December 31 to January 3 (銀行法第15条第1項,
 * 銀行法施行令第5条第1項).
 */
export function isBankHoliday(day: IsoDate): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  const monthAndDay = day.slice(5);
  return (
    [0, 6].includes(date.getUTCDay()) ||
    monthAndDay >= "12-31" ||
    monthAndDay <= "01-03" ||
    holidays.isHoliday(day)
  );
}

/** The day itself where banks are open on it, else the nearest before or after it on which they are. */
export function bankDay(day: IsoDate, whenClosed: "before" | "after"): IsoDate {
  let found = day;
  while (isBankHoliday(found)) found = addDays(found, whenClosed === "before" ? -1 : 1);
  return found;
}

/** The day so many days of banks before another one. */
export function bankDaysBefore(day: IsoDate, count: number): IsoDate {
  let found = day;
  for (let left = count; left > 0; left -= 1) found = bankDay(addDays(found, -1), "before");
  return found;
}

/** When what was decided is paid: see `payments.setting`. */
export interface PaymentDays {
  /** 締日, a day of the month; 31 is the last one. */
  readonly closingDay: number;
  readonly payMonths: number;
  readonly payDay: number;
  readonly whenClosed: "before" | "after";
  readonly leadDays: number;
}

/** A day of a month, or its last one where it has not so many. */
const dayOf = (year: number, month: number, day: number): IsoDate =>
  isoDate(year, month, Math.min(day, daysInMonth(year, month)));

/** The last closing date up to a day. */
export function lastClosing(
  today: IsoDate,
  { closingDay }: Pick<PaymentDays, "closingDay">,
): IsoDate {
  const { year, month } = partsOf(today);
  const own = dayOf(year, month, closingDay);
  if (own <= today) return own;
  const before = partsOf(addMonths(isoDate(year, month, 1), -1));
  return dayOf(before.year, before.month, closingDay);
}

/** The first closing date from a day on: what is decided on that day is counted towards it. */
export function nextClosing(
  day: IsoDate,
  { closingDay }: Pick<PaymentDays, "closingDay">,
): IsoDate {
  const { year, month } = partsOf(day);
  const own = dayOf(year, month, closingDay);
  if (own >= day) return own;
  const after = partsOf(addMonths(isoDate(year, month, 1), 1));
  return dayOf(after.year, after.month, closingDay);
}

/** 支払日 of what was decided up to a closing date: a day on which banks are open. */
export function transferDay(closingOn: IsoDate, days: PaymentDays): IsoDate {
  const { year, month } = partsOf(closingOn);
  const paid = partsOf(addMonths(isoDate(year, month, 1), days.payMonths));
  return bankDay(dayOf(paid.year, paid.month, days.payDay), days.whenClosed);
}

/** The first day to which a file can be written today: the bank wants it some of its days before. */
export function earliestTransfer(
  today: IsoDate,
  { leadDays }: Pick<PaymentDays, "leadDays">,
): IsoDate {
  let found = bankDay(today, "after");
  while (bankDaysBefore(found, leadDays) < today) found = bankDay(addDays(found, 1), "after");
  return found;
}

/** The transfer day that is proposed for a closing date: the one of the calendar, unless it is too near or past. */
export const proposedTransfer = (closingOn: IsoDate, today: IsoDate, days: PaymentDays): IsoDate =>
  later(transferDay(closingOn, days), earliestTransfer(today, days));

/** Why money cannot be moved on a day; `undefined` where it can. */
export function transferDayFault(
  payOn: IsoDate,
  today: IsoDate,
  days: Pick<PaymentDays, "leadDays">,
): string | undefined {
  if (isBankHoliday(payOn)) return "振込指定日は、銀行の営業日にしてください。";
  if (bankDaysBefore(payOn, days.leadDays) < today)
    return `振込指定日まで、銀行の営業日で${days.leadDays}日以上必要です。`;
  return undefined;
}

/** A closing date with the day of its transfer, as the setting has them. */
export interface PaymentDate {
  readonly closingOn: IsoDate;
  readonly payOn: IsoDate;
  /** The last day on which the bank has to have the file. */
  readonly fileBy: IsoDate;
  /** Banks are closed on the 支払日 of the setting: another day stands in its place. */
  readonly moved: boolean;
}

/** The next closing dates from a day on, each with its transfer: what a setting comes to. */
export function paymentDates(from: IsoDate, days: PaymentDays, count: number): PaymentDate[] {
  const dates: PaymentDate[] = [];
  for (let day = from; dates.length < count; ) {
    const closingOn = nextClosing(day, days);
    const payOn = transferDay(closingOn, days);
    const { year, month } = partsOf(closingOn);
    const paid = partsOf(addMonths(isoDate(year, month, 1), days.payMonths));
    dates.push({
      closingOn,
      payOn,
      fileBy: bankDaysBefore(payOn, days.leadDays),
      moved: payOn !== dayOf(paid.year, paid.month, days.payDay),
    });
    day = addDays(closingOn, 1);
  }
  return dates;
}
