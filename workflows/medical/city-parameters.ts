import { z } from "zod";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { CityParameter, ParameterTemplate } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  type Fields,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { insurerGroups } from "./copay-plan.ts";
import type { MandateRule } from "./high-cost-claim.ts";

const needs = { needed: "委任状が要る", "not-needed": "委任状は要らない" } as const;
const kinds = Object.entries(insurerGroups);
const mandateFields: Fields = Object.fromEntries(
  kinds.map(([kind, title]) => [kind, optional(choiceField(title, needs, "needed"))]),
);
const mandateSchema: z.ZodType<MandateRule> = z.object(
  Object.fromEntries(kinds.map(([kind]) => [kind, choiceSchema(needs).optional()])),
);

/** Whether an insurer pays 高額療養費 to the city only with the insured person's 委任状. */
export const mandateRule: CityParameter<MandateRule> = {
  key: "medical.high-cost-mandate",
  title: "高額療養費を市が請求するときの委任状",
  hint: "市が立て替えた高額療養費を保険者に請求するとき、被保険者の委任状が要るかを、保険の種類ごとに定めます。",
  fields: mandateFields,
  schema: mandateSchema,
  templates: [
    {
      title: "国民健康保険組合は委任状が要る",
      source: "福岡市の取扱い（国民健康保険組合は委任状が必要）",
      certainty: "probable",
      known: { union: "needed" },
    },
  ],
};

/** 公費負担者番号 of a scheme, eight digits with check digit. */
export const payerNumberFields: Fields = { value: textField("公費負担者番号", "54016027") };
export const payerNumberSchema = z.object({
  value: z
    .string()
    .refine((text) => checkNumber("public-payer", text).valid, {
      error: "検証番号を含む8桁の公費負担者番号ではありません。",
    })
    .transform((text) => checkNumber("public-payer", text).normalized),
});

const starts = {
  "treatment-month-end": "診療月の翌月の初日から",
  payment: "支払った日の翌日から",
} as const;
const units = { months: "月", years: "年" } as const;

/** Until when a refund may be claimed. */
export interface RefundDeadline {
  readonly start: keyof typeof starts;
  readonly count: number;
  readonly unit: keyof typeof units;
}
const deadlineFields: Fields = {
  start: choiceField("数え始め", starts, "treatment-month-end"),
  count: wholeField("期間の数", 12, 1, 120),
  unit: choiceField("期間の単位", units, "months"),
};
const deadlineSchema: z.ZodType<RefundDeadline> = z.object({
  start: choiceSchema(starts),
  count: wholeSchema(1, 120),
  unit: choiceSchema(units),
});

/** The deadline of refunds of a scheme as a parameter. */
export const refundDeadline = (
  program: string,
  scheme: string,
  templates: readonly ParameterTemplate[],
): CityParameter<RefundDeadline> => ({
  key: `${program}.refund-deadline`,
  title: `${scheme} 償還払いの申請期限`,
  hint: "償還払いを申請できる期限です。",
  fields: deadlineFields,
  schema: deadlineSchema,
  templates,
});

/** What several subsidies share. */
export const cityParameters = [mandateRule];
