import { z } from "zod";
import { groupField, optional, wholeField, wholeSchema } from "#workflows/rules/rule.ts";
import { deductionLabels } from "#workflows/taxes/income.ts";
import { taxedIncomeFields } from "#workflows/taxes/income-schema.ts";

/** Incomes by kind and deductions as they are keyed (`IncomeItems`): yen, and 0 for what is left out. */
export const incomeItemsSchema = z.strictObject(
  { ...taxedIncomeFields, childSupport: wholeSchema(0).default(0) },
  { error: "所得の内訳を入力してください。" },
);

const yen = (label: string) => optional(wholeField(label, 0));
const lossOrYen = (label: string) => ({
  ...optional(wholeField(label, 0, Number.MIN_SAFE_INTEGER)),
  hint: "損失は - を付ける",
});
const deductions = Object.fromEntries(
  Object.entries(deductionLabels).map(([name, label]) => [name, yen(`${label}(円)`)]),
);

/** {@link incomeItemsSchema} on a form. */
export const incomeItemsField = groupField(
  "所得の内訳",
  {
    salary: yen("給与所得(円)"),
    pension: yen("公的年金等の所得(円)"),
    business: lossOrYen("事業所得(円)"),
    other: lossOrYen("その他の所得(円)"),
    childSupport: yen("養育費(円)"),
    deductions: groupField("控除", deductions, taxedIncomeFields.deductions, {}),
  },
  incomeItemsSchema,
  { salary: 1_800_000, childSupport: 600_000, deductions: { disability: 270_000 } },
);
