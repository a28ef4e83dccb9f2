import type { CaseDeadlines } from "#workflows/cases/deadlines.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** 標準処理期間 and 補正期限: from application to certificate it takes two to three months, for inquiries and the 審査会. */
export const intractableDeadlines: DatedParameter<CaseDeadlines> = {
  name: "指定難病医療給付の標準処理期間と補正期限",
  rows: [
    {
      from: "1994-10-01",
      value: { standardDays: 90, longestLimitDays: 90 },
      source:
        "未確認の仮設定。自治体の案内の「2か月から3か月」による。市が定めて公にする値で登録し直すこと",
      certainty: "assumed",
    },
  ],
};
