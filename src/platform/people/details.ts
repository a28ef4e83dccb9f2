import { formatWareki } from "#workflows/dates/wareki.ts";
import {
  type RegisterDetails,
  registerEventTitles,
  residenceSectionTitles,
} from "./person-record.ts";

/** What the register tells of {@link RegisterDetails}, a title and a text each; nothing of what it does not tell. */
export function detailLines(details: RegisterDetails = {}): (readonly [string, string])[] {
  const { event, movedFrom, phone, foreign } = details;
  const lines: (readonly [string, string | undefined])[] = [
    [
      "最新異動",
      event &&
        `${formatWareki(event.on)} ${registerEventTitles[event.reason]}${event.cancels ? "（取消）" : ""}`,
    ],
    ["届出日", event?.reportedOn && formatWareki(event.reportedOn)],
    ["取消区分", event?.cancels && "取消"],
    ["転入前住所", movedFrom],
    ["電話番号", phone],
    ["外国人住民となった日", foreign?.since && formatWareki(foreign.since)],
    ["在留資格", foreign?.status],
    ["在留期間", foreign?.period],
    ["住基法第30条の45の区分", foreign?.section && residenceSectionTitles[foreign.section]],
    ["在留カード等番号", foreign?.cardNumber],
  ];
  return lines.flatMap(([title, text]) => (text ? [[title, text] as const] : []));
}
