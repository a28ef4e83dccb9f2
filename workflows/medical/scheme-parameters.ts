import { z } from "zod";
import type { CityParameter, ParameterTemplate } from "#workflows/parameters/city-parameter.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import type { SettablePart } from "#workflows/parameters/preset-area.ts";
import { listOfField, textField } from "#workflows/rules/rule.ts";
import { payerNumberFields, payerNumberSchema } from "./city-parameters.ts";
import { type CopayPlan, copayPlanSchema } from "./copay-plan.ts";
import { copayPlanFields } from "./copay-plan-fields.ts";
import type { SubsidyScheme } from "./scheme.ts";

const LINES = "受給者証に刷る自己負担額を、1行以上、1行30文字以内で入力してください。";
const BASIS = "根拠となる条例などを、60文字以内で入力してください。";
const line = z.string().trim().min(1, { error: LINES }).max(30, { error: LINES });

/** What of a scheme the city sets on the screen, for one 事務. */
export function schemeParameters(
  program: string,
  scheme: string,
  templates: { readonly copayPlan: readonly ParameterTemplate[] },
) {
  const payerNumber: CityParameter<{ value: string }> = {
    key: `${program}.payer-number`,
    title: `${scheme} 公費負担者番号`,
    hint: "受給者証に刷り、請求書の番号と照らし合わせます。",
    fields: payerNumberFields,
    schema: payerNumberSchema,
  };
  const copayLines: CityParameter<{ value: string[] }> = {
    key: `${program}.copay-lines`,
    title: `${scheme} 受給者証の自己負担額の表示`,
    hint: "受給者証に刷る短い文です。",
    fields: {
      value: listOfField(
        "表示する行",
        textField("行", "入院　なし"),
        z.array(line).min(1, { error: LINES }),
        [],
      ),
    },
    schema: z.object({
      value: z.array(line).min(1, { error: LINES }).max(4, { error: "4行以内にしてください。" }),
    }),
  };
  const copayPlan: CityParameter<CopayPlan> = {
    key: `${program}.copay-plan`,
    title: `${scheme} 一部負担金`,
    hint: "助成額の計算と、請求された一部負担金の点検に使います。",
    fields: copayPlanFields,
    schema: copayPlanSchema.superRefine(({ bands }, context) => {
      for (const [index, band] of bands.entries())
        for (const kind of ["outpatient", "inpatient"] as const)
          if (band[kind] === undefined)
            context.addIssue({
              code: "custom",
              path: ["bands", index, kind, "burden"],
              message: "負担区分を選んでください。負担がないときは「負担なし」です。",
            });
    }),
    templates: templates.copayPlan,
    triedOn: "直近の請求月のレセプトがある資格",
  };
  const basis: CityParameter<{ value: string }> = {
    key: `${program}.basis`,
    title: `${scheme} 決定の根拠`,
    hint: "決定や照会の文書に、根拠として刷ります。",
    fields: { value: textField("条例などの名称と条項", "見本市こども医療費助成条例第9条") },
    schema: z.object({
      value: z.string().trim().min(1, { error: BASIS }).max(60, { error: BASIS }),
    }),
  };
  return { payerNumber, copayLines, copayPlan, basis };
}

const valuesOf = <T>(rows: DatedParameter<{ value: T }>): DatedParameter<T> => ({
  ...rows,
  rows: rows.rows.map((row) => ({ ...row, value: row.value.value })),
});
const wrapped = <T>(rows: DatedParameter<T>): DatedParameter<{ value: T }> => ({
  ...rows,
  rows: rows.rows.map((row) => ({ ...row, value: { value: row.value } })),
});

/** The parts of a scheme that {@link schemeParameters} set. */
export const settableOfScheme = ({
  payerNumber,
  copayLines,
  copayPlan,
  basis,
}: ReturnType<typeof schemeParameters>): readonly SettablePart<SubsidyScheme>[] => [
  {
    parameter: payerNumber,
    rowsOf: (scheme) => wrapped(scheme.payerNumber),
    withRows: (scheme, rows) => ({ ...scheme, payerNumber: valuesOf<string>(rows) }),
  },
  {
    parameter: copayLines,
    rowsOf: (scheme) => wrapped(scheme.copayLines),
    withRows: (scheme, rows) => ({ ...scheme, copayLines: valuesOf<readonly string[]>(rows) }),
  },
  {
    parameter: copayPlan,
    rowsOf: (scheme) => scheme.copayPlan,
    withRows: (scheme, rows) => ({ ...scheme, copayPlan: rows }),
  },
  {
    parameter: basis,
    rowsOf: (scheme) => wrapped(scheme.basis),
    withRows: (scheme, rows) => ({ ...scheme, basis: valuesOf<string>(rows) }),
  },
];
