import type { SubsidyScheme } from "#workflows/medical/scheme.ts";
import { settableOfScheme } from "#workflows/medical/scheme-parameters.ts";
import type { DatedParameter, DatedRow } from "#workflows/parameters/dated.ts";
import type { PresetArea } from "#workflows/parameters/preset-area.ts";
import { planParameter, schemeOfCity } from "./city-parameters.ts";
import { payerNumbers } from "./city-parameters-money.ts";
import type { PayerNumbers } from "./payer-number.ts";
import type { IntractablePlan } from "./plan.ts";

const notEstablished = "市の値は確認できていない。実証用の値であり、導入時に市が登録する";
const row = <T>(value: T): DatedRow<T> => ({
  from: "2018-04-01",
  value,
  source: notEstablished,
  certainty: "assumed",
});

/** Before July 2025 the limit of 低所得Ⅰ was 800,000 yen (施行令第1条); the amounts since are not established here. */
const plan = (fixedEnd: IntractablePlan["fixedEnd"]): DatedParameter<IntractablePlan> => {
  const common = {
    fixedEnd,
    mostMonths: 12,
    recordMonths: 3,
    unconfirmedTier: "上位所得",
    roundingUnit: 10,
    taxYearMonth: 7,
  } as const;
  return {
    name: "指定難病医療給付の有効期間と自己負担上限月額",
    rows: [
      { ...row({ ...common, lowIncomeLimit: 800_000 }), to: "2025-06-30" },
      { ...row({ ...common, lowIncomeLimit: 809_000 }), from: "2025-07-01" },
    ],
  };
};

export const planArea: PresetArea<DatedParameter<IntractablePlan>> = {
  id: "intractable-disease.plan",
  title: "指定難病医療給付の有効期間と自己負担上限月額",
  settable: [{ parameter: planParameter, rowsOf: (rows) => rows, withRows: (_, rows) => rows }],
  presets: { september: plan("09-30"), december: plan("12-31") },
};

/** The two 公費負担者番号: of the demonstration, and of no city. */
export const payerArea: PresetArea<DatedParameter<PayerNumbers>> = {
  id: "intractable-disease.payer-numbers",
  title: "指定難病医療給付の公費負担者番号（原則・生活保護）",
  settable: [{ parameter: payerNumbers, rowsOf: (rows) => rows, withRows: (_, rows) => rows }],
  presets: {
    assumed: {
      name: "指定難病医療給付の公費負担者番号",
      rows: [row({ ordinary: "54439997", welfare: "54439989" })],
    },
  },
};

export const schemeArea: PresetArea<SubsidyScheme> = {
  id: "intractable-disease.scheme",
  title: "指定難病医療給付の自己負担・根拠",
  settable: settableOfScheme(schemeOfCity).filter(
    ({ parameter }) => parameter === schemeOfCity.copayLines || parameter === schemeOfCity.basis,
  ),
  presets: {
    assumed: {
      payerNumber: { name: "指定難病医療給付 公費負担者番号", rows: [row("54439997")] },
      copayLines: {
        name: "指定難病医療給付 自己負担の表示",
        rows: [row(["自己負担上限月額まで（2割）"])],
      },
      basis: {
        name: "指定難病医療給付 決定の根拠",
        rows: [
          {
            from: "2015-01-01",
            value: "難病の患者に対する医療等に関する法律第7条",
            source: "同法",
            certainty: "established",
          },
        ],
      },
    },
  },
};

/** What the city settles for 指定難病医療給付. */
export const presetAreas = [planArea, payerArea, schemeArea];
