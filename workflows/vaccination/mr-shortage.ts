import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { Cohort, Target } from "./vocabulary.ts";

type MrPeriod = "mr1" | "mr2" | "mr5";

/** Men who were never offered the vaccine as children (風しん5期). */
export const rubella5Births = { bornFrom: "1962-04-02", bornTo: "1979-04-01" } as const;

/**
 * Who may still be vaccinated after the shortage of MR vaccine in fiscal year 2024: those whose first or
 * second period ended in that year and who could not be vaccinated, and men of 風しん5期 who were tested by its end. The row's dates are those of vaccination.
 */
export const mrShortage: DatedParameter<Readonly<Record<MrPeriod, Cohort>>> = {
  name: "MRワクチンの供給不足による特例の対象(令和6年度に1期・2期・風しん5期を受けられなかった者の生年月日)",
  rows: [
    {
      from: "2025-04-01",
      to: "2027-03-31",
      value: {
        mr1: { bornFrom: "2022-04-02", bornTo: "2023-04-01" },
        mr2: { bornFrom: "2018-04-02", bornTo: "2019-04-01" },
        mr5: rubella5Births,
      },
      source: "未確認の仮設定(条文未確認)。国の通知で確かめて登録し直すこと",
      certainty: "assumed",
    },
  ],
};

/** The targets that the exception adds, for those of whom the circumstance is told. */
export function shortageTargets(vaccine: MrPeriod): Target[] {
  return mrShortage.rows.map(({ from, to, value }) => ({
    ...value[vaccine],
    from: { months: 24 },
    condition: "supply-shortage",
    since: from,
    ...(to && { until: to }),
  }));
}
