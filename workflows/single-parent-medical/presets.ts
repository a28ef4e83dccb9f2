import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import { settableOfScheme } from "#workflows/medical/scheme-parameters.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { type BenefitPlan, benefitClasses, settableBenefits } from "./benefit-plan.ts";
import { schemeOfCity } from "./city-parameters.ts";
import { incomeArea } from "./limits.ts";

const notEstablished = "市の値は確認できていない。実証用の値であり、導入時に市が登録する";

export const schemeArea: PresetArea<SubsidyScheme> = {
  id: "single-parent-medical.scheme",
  title: "ひとり親家庭等医療費助成の公費負担者番号・自己負担・根拠",
  settable: settableOfScheme(schemeOfCity),
  presets: {
    kumamoto: {
      payerNumber: {
        name: "ひとり親家庭等医療費助成 公費負担者番号",
        rows: [
          { from: "2019-04-01", value: "82430018", source: notEstablished, certainty: "assumed" },
        ],
      },
      copayLines: {
        name: "ひとり親家庭等医療費助成 自己負担額の表示",
        rows: [
          {
            from: "2019-04-01",
            value: ["市の定める額を除いた額を助成"],
            source: notEstablished,
            certainty: "assumed",
          },
        ],
      },
      basis: {
        name: "ひとり親家庭等医療費助成 決定の根拠",
        rows: [
          {
            from: "2019-04-01",
            value: "熊本市のひとり親家庭等医療費助成に関する定め",
            source: notEstablished,
            certainty: "assumed",
          },
        ],
      },
    },
  },
};

export const benefitArea: PresetArea<DatedParameter<BenefitPlan>> = {
  id: "single-parent-medical.benefits",
  title: "ひとり親家庭等医療費助成の給付区分と決裁の要る届出",
  settable: [settableBenefits],
  presets: {
    assumed: {
      name: "ひとり親家庭等医療費助成の給付区分と決裁の要る届出",
      rows: [
        {
          from: "2019-04-01",
          value: {
            classes: benefitClasses,
            decided: ["benefit-class", "severe-disability"],
          },
          source: notEstablished,
          certainty: "assumed",
        },
      ],
    },
  },
};

/** What the city settles for ひとり親家庭等医療費助成. */
export const presetAreas = [schemeArea, benefitArea, incomeArea];
