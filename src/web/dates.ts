export { dayOf } from "#src/platform/clock.ts";

import { ageOn } from "#workflows/dates/ages.ts";
import { type BirthDate, birthRange } from "#workflows/dates/birth-date.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki, formatWarekiShort, parseJapaneseDate } from "#workflows/dates/wareki.ts";

/** The date in a field, however it was written; `undefined` when it is empty or no date. */
export const readDate = (text: string): IsoDate | undefined => parseJapaneseDate(text);

/** `令和8年11月20日`, of a birth known in part `昭和3年（月日不詳）`; `―` for none. */
export const showDate = (date: BirthDate | null | undefined): string =>
  date ? formatWareki(date) : "―";

/** `R8.11.20`, for tables. */
export const showDateShort = (date: BirthDate | null | undefined): string =>
  date ? formatWarekiShort(date) : "―";

/** A line of a basis (根拠) as it is read: the days in it as the rest of the page writes days. */
export const showBasis = (line: string): string =>
  line.replace(/\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/g, (day) =>
    formatWareki(day as IsoDate),
  );

/**
 * A birth date as the register tells it, with the day by which to reckon in its place where one was set:
 * `昭和3年（月日不詳）／みなし 昭和3年7月1日`.
 */
export function showBirth({
  birthDate,
  bornOn,
}: {
  birthDate: BirthDate;
  bornOn?: IsoDate;
}): string {
  return bornOn === undefined || bornOn === birthDate
    ? formatWareki(birthDate)
    : `${formatWareki(birthDate)}／みなし ${formatWareki(bornOn)}`;
}

/**
 * Age in words on a day: years, and months too for children under three. Of a birth known in part the ages that it can be
 * (`97歳か98歳`).
 */
export function showAge(birth: BirthDate, on: IsoDate): string {
  const { from, to } = birthRange(birth);
  if (on < from) return "出生前";
  const { years, months } = ageOn(from, on);
  if (from === to) return years < 3 ? `${years}歳${months}か月` : `${years}歳`;
  const { years: least } = on < to ? { years: 0 } : ageOn(to, on);
  return least === years ? `${years}歳` : `${least}歳か${years}歳`;
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
