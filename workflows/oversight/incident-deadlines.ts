import { isDayOff } from "../dates/days-off.ts";
import { addDays, type IsoDate } from "../dates/iso-date.ts";
import type { DatedParameter } from "../parameters/dated.ts";
import { valueOn } from "../parameters/dated.ts";

const days = (
  name: string,
  from: IsoDate,
  value: number,
  source: string,
): DatedParameter<number> => ({
  name,
  rows: [{ from, value, source, certainty: "probable" }],
});

const rule =
  "番号法第29条の4第1項・第2項に基づく特定個人情報の漏えい等に関する報告等に関する規則第3条、個人情報の保護に関する法律施行規則第44条";

/** Days within which the reports of an incident are due; the day on which it became known is the first of them. */
export const reportDays = {
  preliminary: days(
    "速報の期限（日）",
    "2022-04-01",
    5,
    "個人情報保護委員会のガイドライン（速やかに。おおむね3日から5日以内）",
  ),
  final: days("確報の期限（日）", "2022-04-01", 30, rule),
  maliciousFinal: days(
    "不正の目的によるおそれがあるときの確報の期限（日）",
    "2022-04-01",
    60,
    rule,
  ),
} as const;

/** When the reports of an incident are due: 速報 whatever day it is, 確報 on the next day of work where it falls on a day off. */
export function reportDeadlines({ knownOn, malicious }: { knownOn: IsoDate; malicious: boolean }): {
  preliminary: IsoDate;
  final: IsoDate;
} {
  const within = (parameter: DatedParameter<number>) =>
    addDays(knownOn, valueOn(parameter, knownOn) - 1);
  let final = within(malicious ? reportDays.maliciousFinal : reportDays.final);
  while (isDayOff(final)) final = addDays(final, 1);
  return { preliminary: within(reportDays.preliminary), final };
}
