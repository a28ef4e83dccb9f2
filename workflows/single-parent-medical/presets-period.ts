import type { DatedParameter, DatedRow } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { period } from "./city-parameters.ts";
import type { HouseholdPeriodPlan } from "./period.ts";

const assumed = (value: HouseholdPeriodPlan, source: string): DatedRow<HouseholdPeriodPlan> => ({
  from: "2019-04-01",
  value,
  source,
  certainty: "assumed",
});
const example = "条例の一例。実在の市の規定ではない";

/** Plans of cities. None of the ordinances was seen for this; each city confirms or replaces its own before real use. */
export const periodPlans = {
  kumamoto: {
    name: "熊本市ひとり親家庭等医療費助成の対象期間",
    rows: [
      assumed(
        { begins: "application-date", renewal: "12-31" },
        "未確認の仮設定。熊本市の条例・規則で確かめて登録し直すこと",
      ),
    ],
  },
  yokohama: {
    name: "横浜市ひとり親家庭等医療費助成の対象期間",
    rows: [
      assumed(
        { begins: "application-date", renewal: "12-31" },
        "未確認の仮設定。横浜市の条例・規則で確かめて登録し直すこと",
      ),
    ],
  },
  october: {
    name: "ひとり親家庭等医療費助成の対象期間(申請月の初日から、10月末に更新する例)",
    rows: [assumed({ begins: "first-of-month", renewal: "10-31" }, example)],
  },
  "no-renewal": {
    name: "ひとり親家庭等医療費助成の対象期間(更新しない例)",
    rows: [assumed({ begins: "application-date" }, example)],
  },
} as const satisfies Record<string, DatedParameter<HouseholdPeriodPlan>>;

export const periodArea: PresetArea<DatedParameter<HouseholdPeriodPlan>> = {
  id: "single-parent-medical.period",
  title: "ひとり親家庭等医療費助成の対象期間",
  presets: periodPlans,
  settable: [{ parameter: period, rowsOf: (plan) => plan, withRows: (_, rows) => rows }],
};

/** What the city settles of the period. */
export const presetAreas = [periodArea];
