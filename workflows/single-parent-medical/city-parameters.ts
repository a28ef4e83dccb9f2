import { z } from "zod";
import { refundDeadline } from "#workflows/medical/city-parameters.ts";
import { handlingParameter } from "#workflows/medical/handling.ts";
import { schemeParameters } from "#workflows/medical/scheme-parameters.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { repaymentTerms } from "#workflows/payments/letter-terms.ts";
import { pmhSetting } from "#workflows/pmh/setting.ts";
import { choiceField, choiceSchema, optional, textField } from "#workflows/rules/rule.ts";
import { benefitPlan } from "./benefit-plan.ts";
import { incomeLimits } from "./income-limits.ts";
import type { HouseholdPeriodPlan } from "./period.ts";

const scheme = "ひとり親家庭等医療費助成";
const begins = {
  "application-date": "申請日",
  "first-of-month": "申請月の初日",
} as const satisfies Record<HouseholdPeriodPlan["begins"], string>;
const RENEWAL = "更新の月日を 10-31 の形で入力してください。";

/** 対象期間. */
export const period: CityParameter<HouseholdPeriodPlan> = {
  key: "single-parent-medical.period",
  title: `${scheme} 対象期間`,
  hint: "申請した日に有効な値で、認定の期間と年次更新の日を計算します。",
  fields: {
    begins: choiceField("始まり", begins, "application-date"),
    renewal: {
      ...optional(textField("毎年の更新の月日", "10-31")),
      hint: "月と日を 10-31 の形で。空なら更新しません",
    },
  },
  schema: z.object({
    begins: choiceSchema(begins),
    renewal: z
      .string()
      .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: RENEWAL })
      .transform((text) => text as `${number}-${number}`)
      .optional(),
  }) as unknown as z.ZodType<HouseholdPeriodPlan>,
};

export const schemeOfCity = schemeParameters("single-parent-medical", scheme, {
  copayPlan: [
    {
      title: "横浜市（食事療養費は助成しない。ほかの額は確かめて入力）",
      source: "横浜市ひとり親家庭等医療費助成条例第4条第1項（食事療養に係る費用を除く）",
      certainty: "established",
      known: { bands: [{ title: "すべて", mealsWhole: false }] },
    },
  ],
});

const deadline = refundDeadline("single-parent-medical", scheme, [
  {
    title: "横浜市 支払から5年",
    source: "横浜市の案内（支払った日の翌日から5年）",
    certainty: "probable",
    known: { start: "payment", count: 5, unit: "years" },
  },
]);

/** 返還金の通知. */
export const repaymentLetters = repaymentTerms("single-parent-medical", scheme);

/** What a city sets for ひとり親家庭等医療費助成. */
export const cityParameters = [
  period,
  schemeOfCity.payerNumber,
  schemeOfCity.copayLines,
  schemeOfCity.copayPlan,
  schemeOfCity.basis,
  benefitPlan,
  deadline,
  handlingParameter("single-parent-medical", scheme),
  incomeLimits.applicant,
  incomeLimits.supporter,
  repaymentLetters,
  pmhSetting("single-parent-medical", scheme),
];
