import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PeriodPlan } from "./period.ts";

/**
 * Plans of cities. The ordinance and its rules are the source of truth; where they were not seen, the
 * row says `assumed`, and the city has to confirm or replace it before real use.
 */
export const periodPlans = {
  kumamoto: {
    name: "熊本市こども医療費助成の対象期間",
    rows: [
      {
        from: "2019-04-01",
        value: { reachBackDays: 30, otherwise: "application-date", endAge: 18 },
        source: "未確認の仮設定。熊本市の条例・規則で確かめて登録し直すこと",
        certainty: "assumed",
      },
    ],
  },
  "first-of-month": {
    name: "こども医療費助成の対象期間(申請月の初日から始まる例)",
    rows: [
      {
        from: "2019-04-01",
        value: { reachBackDays: 30, otherwise: "first-of-month", endAge: 18 },
        source: "条例の一例。実在の市の規定ではない",
        certainty: "assumed",
      },
    ],
  },
} as const satisfies Record<string, DatedParameter<PeriodPlan>>;
