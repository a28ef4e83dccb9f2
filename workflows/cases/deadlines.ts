import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** How long the office takes, and how long an applicant is given, in calendar days. */
export interface CaseDeadlines {
  /** 標準処理期間, from the day on which an application arrived (行政手続法第6条). */
  readonly standardDays: number;
  /** 補正期限 at the latest, from the day on which it is set (行政手続法第7条: 相当の期間). */
  readonly longestCorrectionDays: number;
}

/** Where a 事務 has settled nothing of its own. */
export const usualDeadlines: DatedParameter<CaseDeadlines> = {
  name: "標準処理期間と補正期限",
  rows: [
    {
      from: "2019-04-01",
      value: { standardDays: 30, longestCorrectionDays: 60 },
      source: "未確認の仮設定。行政手続法第6条・第7条により市が定めて公にする値で登録し直すこと",
      certainty: "assumed",
    },
  ],
};

/** The day by which the 標準処理期間 of an application ends. @throws MissingParameterError */
export const standardBy = (
  receivedOn: IsoDate,
  deadlines: DatedParameter<CaseDeadlines> = usualDeadlines,
): { by: IsoDate; days: number } => {
  const { standardDays: days } = rowOn(deadlines, receivedOn).value;
  return { by: addDays(receivedOn, days), days };
};

/** The last day that a 補正期限 set today may be. @throws MissingParameterError */
export const latestCorrection = (
  today: IsoDate,
  deadlines: DatedParameter<CaseDeadlines> = usualDeadlines,
): IsoDate => addDays(today, rowOn(deadlines, today).value.longestCorrectionDays);
