import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import { settableOfScheme } from "#workflows/medical/scheme-parameters.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { period, schemeOfCity } from "./city-parameters.ts";
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

export const periodArea: PresetArea<DatedParameter<PeriodPlan>> = {
  id: "child-medical.period",
  title: "こども医療費助成の対象期間",
  presets: periodPlans,
  settable: [{ parameter: period, rowsOf: (plan) => plan, withRows: (_, rows) => rows }],
};

const notEstablished = "熊本市の値は確認できていない。実証用の値であり、導入時に市が登録する";

export const schemeArea: PresetArea<SubsidyScheme> = {
  id: "child-medical.scheme",
  title: "こども医療費助成の公費負担者番号・自己負担・根拠",
  settable: settableOfScheme(schemeOfCity),
  presets: {
    kumamoto: {
      payerNumber: {
        name: "こども医療費助成 公費負担者番号",
        rows: [
          { from: "2019-04-01", value: "83430017", source: notEstablished, certainty: "assumed" },
        ],
      },
      copayLines: {
        name: "こども医療費助成 自己負担額の表示",
        rows: [
          {
            from: "2019-04-01",
            value: ["入院　なし", "通院・調剤　市の定める額"],
            source: notEstablished,
            certainty: "assumed",
          },
        ],
      },
      copayPlan: {
        name: "こども医療費助成 一部負担金",
        rows: [
          {
            from: "2019-04-01",
            value: planOfCopays([{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }]),
            source: notEstablished,
            certainty: "assumed",
          },
        ],
      },
      basis: {
        name: "こども医療費助成 決定の根拠",
        rows: [
          {
            from: "2019-04-01",
            value: "熊本市のこども医療費助成に関する定め",
            source: notEstablished,
            certainty: "assumed",
          },
        ],
      },
    },
  },
};

/** What the city settles for こども医療費助成. */
export const presetAreas = [periodArea, schemeArea];
