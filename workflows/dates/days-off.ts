import holidays from "@holiday-jp/holiday_jp";
import type { IsoDate } from "./iso-date.ts";

/**
 * Whether municipal offices are closed on a day: Saturdays, Sundays, 国民の祝日 and December 29 to January 3
 * (地方自治法第4条の2).
 */
export function isDayOff(day: IsoDate): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  const monthAndDay = day.slice(5);
  return (
    [0, 6].includes(date.getUTCDay()) ||
    monthAndDay >= "12-29" ||
    monthAndDay <= "01-03" ||
    holidays.isHoliday(day)
  );
}
