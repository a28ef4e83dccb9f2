import { z } from "zod";
import { refundDeadline } from "#workflows/medical/city-parameters.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { textField } from "#workflows/rules/rule.ts";
import { type PayerNumbers, payerNumberFault } from "./payer-number.ts";

const scheme = "特定医療費（指定難病）";
const number = z
  .string()
  .superRefine((text, context) => {
    const fault = payerNumberFault(text);
    if (fault) context.addIssue({ code: "custom", message: fault });
  })
  .transform((text) => checkNumber("public-payer", text).normalized);

/** 公費負担者番号. Another city's numbers tell nothing of the city's own: each enters those that it was given. */
export const payerNumbers: CityParameter<PayerNumbers> = {
  key: "intractable-disease.payer-numbers",
  title: `${scheme} 公費負担者番号`,
  hint: "受給者証に刷り、レセプトの番号と照らし合わせます。生活保護の番号は、被用者保険のない方に使います。",
  fields: {
    ordinary: textField("原則の番号（8桁）", "54127014"),
    welfare: textField("生活保護の番号（8桁）", "54128012"),
  },
  schema: z
    .object({ ordinary: number, welfare: number })
    .refine(({ ordinary, welfare }) => ordinary !== welfare, {
      error: "原則の番号と同じです。",
      path: ["welfare"],
    }),
};

/** Until when what was paid before the recognition may be claimed back. No city's is established here. */
export const deadline = refundDeadline("intractable-disease", scheme, []);

export const cityParameters = [payerNumbers, deadline];
