import { z } from "zod";
import { wholeSchema } from "#workflows/rules/rule.ts";
import { type Deduction, deductionLabels } from "./income.ts";

const yen = wholeSchema(0).default(0);
const loss = z.number({ error: "円単位の整数を入力してください。" }).int().default(0);

/** Fields of a `TaxedIncome` as it is keyed: yen, and 0 for what is left out. */
export const taxedIncomeFields = {
  salary: yen,
  pension: yen,
  business: loss,
  other: loss,
  deductions: z
    .partialRecord(z.enum(Object.keys(deductionLabels) as Deduction[]), wholeSchema(0), {
      error: "控除の額は、円単位の整数で入力してください。",
    })
    .default({}),
};
