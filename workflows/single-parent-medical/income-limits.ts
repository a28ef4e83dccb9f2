import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { wholeField, wholeSchema } from "#workflows/rules/rule.ts";

/** The limit of income without dependants, and what each dependant adds; yen. */
export interface IncomeLimit {
  readonly none: number;
  readonly each: number;
}

const incomeLimit = (
  who: "applicant" | "supporter",
  title: string,
): CityParameter<IncomeLimit> => ({
  key: `single-parent-medical.income-limit-${who}`,
  title: `ひとり親家庭等医療費助成 所得限度額（${title}）`,
  hint: "申請した日に有効な値で、所得の判定をします。この額以上の所得は限度額を超えます。",
  fields: {
    none: wholeField("扶養親族等がないときの額(円)", 2_080_000, 0, 100_000_000),
    each: wholeField("扶養親族等1人ごとに加える額(円)", 380_000, 0, 10_000_000),
  },
  schema: z.object({ none: wholeSchema(0, 100_000_000), each: wholeSchema(0, 10_000_000) }),
});

/** 所得限度額, as the ordinance has them for 申請者 and for 扶養義務者等. */
export const incomeLimits = {
  applicant: incomeLimit("applicant", "ひとり親等"),
  supporter: incomeLimit("supporter", "扶養義務者等"),
};
