import type { DateBound } from "#workflows/dates/bounds.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** How long the office takes, and how long an applicant is given, in calendar days. */
export interface CaseDeadlines {
  /** 標準処理期間, from the day on which an application arrived (行政手続法第6条); null where it takes as long as another authority does. */
  readonly standardDays: number | null;
  /** 補正期限 and other limit dates at the latest, from the day on which they are set (行政手続法第7条: 相当の期間). */
  readonly longestLimitDays: number;
}

/** Where a 事務 has settled nothing of its own. */
export const usualDeadlines: DatedParameter<CaseDeadlines> = {
  name: "標準処理期間と補正期限",
  rows: [
    {
      // Since the law is in force: a case of any day can be looked at.
      from: "1994-10-01",
      value: { standardDays: 30, longestLimitDays: 60 },
      source: "未確認の仮設定。行政手続法第6条・第7条により市が定めて公にする値で登録し直すこと",
      certainty: "assumed",
    },
  ],
};

/** The day by which the 標準処理期間 of an application ends; nothing where it has none. @throws MissingParameterError */
export const standardBy = (
  receivedOn: IsoDate,
  deadlines: DatedParameter<CaseDeadlines> = usualDeadlines,
): { by: IsoDate; days: number } | undefined => {
  const { standardDays: days } = rowOn(deadlines, receivedOn).value;
  if (days === null) return undefined;
  return { by: addDays(receivedOn, days), days };
};

/** Between which days a limit date that is set today lies. @throws MissingParameterError */
export function limitBounds(
  today: IsoDate,
  deadlines: DatedParameter<CaseDeadlines> = usualDeadlines,
): { notBefore: DateBound; notAfter: DateBound } {
  const days = rowOn(deadlines, today).value.longestLimitDays;
  return {
    notBefore: { on: addDays(today, 1), word: "明日" },
    notAfter: { on: addDays(today, days), word: `${days}日後（期限の上限）` },
  };
}
