import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import { settableOfScheme } from "#workflows/medical/scheme-parameters.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import type { ChangeSubjectCode } from "./change-subjects.ts";
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
      basis: "熊本市のひとり親家庭等医療費助成に関する定め",
    },
  },
};

/** What a city has settled about the contents of the benefit (給付区分, 児童重度障害医療, 遠隔地証). */
export interface BenefitPlan {
  /** 給付区分 by code. */
  readonly classes: Readonly<Record<string, string>>;
  /** Reports that take effect by a decision, of those for which the city sets so. */
  readonly decided: readonly ChangeSubjectCode[];
}

export const benefitArea: PresetArea<DatedParameter<BenefitPlan>> = {
  id: "single-parent-medical.benefits",
  title: "ひとり親家庭等医療費助成の給付区分と決裁の要る届出",
  presets: {
    assumed: {
      name: "ひとり親家庭等医療費助成の給付区分と決裁の要る届出",
      rows: [
        {
          from: "2019-04-01",
          value: {
            classes: { ordinary: "通常", "other-first": "他の医療費助成を優先" },
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
