import { addDays, type IsoDate } from "../dates/iso-date.ts";
import { type DatedParameter, valueOn } from "../parameters/dated.ts";

const days = (name: string, value: number, source: string): DatedParameter<number> => ({
  name,
  rows: [{ from: "2023-04-01", value, source, certainty: "established" }],
});

// 個人情報保護委員会「Q&A（行政機関等編）」5-6-1: 30 days and 30 more for 開示; a city's ordinance may set fewer, never more
// (第108条). 第94条 and 第102条 say the same of 訂正 and 利用停止.

/** Days within which a request is decided on, and by how many that may be prolonged once; the day of the request does not count. */
export const decisionDays = {
  decision: days(
    "請求の決定の期限（日）",
    30,
    "個人情報の保護に関する法律第83条第1項、第94条第1項、第102条第1項（条例で短くできる。第108条）",
  ),
  extension: days(
    "請求の決定の延長（日）",
    30,
    "個人情報の保護に関する法律第83条第2項、第94条第2項、第102条第2項（条例で短くできる。第108条）",
  ),
} as const;

/** The last day for the decision on what was received on a day. */
export const decisionDue = (receivedOn: IsoDate): IsoDate =>
  addDays(receivedOn, valueOn(decisionDays.decision, receivedOn));

/** The last day once the time was prolonged. */
export const extendedDue = (receivedOn: IsoDate): IsoDate =>
  addDays(decisionDue(receivedOn), valueOn(decisionDays.extension, receivedOn));
