import { z } from "zod";
import { wholeSchema } from "#workflows/rules/rule.ts";
import { taxedIncomeFields } from "#workflows/taxes/income-schema.ts";

/** Incomes by kind and deductions as they are keyed (`IncomeItems`): yen, and 0 for what is left out. */
export const incomeItemsSchema = z.strictObject(
  { ...taxedIncomeFields, childSupport: wholeSchema(0).default(0) },
  { error: "所得の内訳を入力してください。" },
);
