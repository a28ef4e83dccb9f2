export { dayOf } from "#src/platform/clock.ts";

import { ageOn } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki, formatWarekiShort, parseJapaneseDate } from "#workflows/dates/wareki.ts";

/** The date in a field, however it was written; `undefined` when it is empty or no date. */
export const readDate = (text: string): IsoDate | undefined => parseJapaneseDate(text);

/** `令和8年11月20日`; `―` for none. */
export const showDate = (date: IsoDate | null | undefined): string =>
  date ? formatWareki(date) : "―";

/** `R8.11.20`, for tables. */
export const showDateShort = (date: IsoDate | null | undefined): string =>
  date ? formatWarekiShort(date) : "―";

/** Age in words on a day: years, and months too for children under three. */
export function showAge(birth: IsoDate, on: IsoDate): string {
  if (on < birth) return "出生前";
  const { years, months } = ageOn(birth, on);
  return years < 3 ? `${years}歳${months}か月` : `${years}歳`;
}

const moment = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
});

const second = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  dateStyle: "medium",
  timeStyle: "medium",
});

/** `2026/11/20 10:05:09` in Japan, for records. */
export const showSecond = (at: Date): string => second.format(at);

/** `2026/11/20 10:05` in Japan. */
export const showMoment = (at: Date): string => moment.format(at);
