import type { CaseDeadlines } from "#workflows/cases/deadlines.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** There is no 標準処理期間: the state's examination takes as long as it takes. Only the 補正期限 has a longest day. */
export const reliefDeadlines: DatedParameter<CaseDeadlines> = {
  name: "健康被害救済の補正期限",
  rows: [
    {
      from: "1994-10-01",
      value: { standardDays: null, longestLimitDays: 180 },
      source: "未確認の仮設定。診療録の取り寄せに要する期間を見込んで市が定める値で登録し直すこと",
      certainty: "assumed",
    },
  ],
};
