import { z } from "zod";
import { handlingParameter } from "#workflows/medical/handling.ts";
import { schemeParameters } from "#workflows/medical/scheme-parameters.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { repaymentTerms } from "#workflows/payments/letter-terms.ts";
import type { Quorum } from "#workflows/review-panels/votes.ts";
import {
  choiceField,
  choiceSchema,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { type IntractablePlan, tierTitles } from "./plan.ts";

const scheme = "指定難病医療給付";
const quorumTitles = { "over-half": "委員の過半数", half: "委員の半数以上" } as const;
const END = "有効期間の終わりの月日を 09-30 の形で入力してください。";

/** 有効期間, 遡り, 臨床調査個人票, 按分 and what the city does where an income isn't known. */
export const planParameter: CityParameter<IntractablePlan> = {
  key: "intractable-disease.plan",
  title: `${scheme} 有効期間と自己負担上限月額`,
  hint: "申請した日に有効な値で、有効期間、臨床調査個人票の期限、階層と按分を決めます。",
  fields: {
    fixedEnd: textField("有効期間の一斉の終わり（月-日）", "09-30"),
    mostMonths: wholeField("有効期間の最長（月）", 12, 1, 15),
    recordMonths: wholeField("臨床調査個人票の記載日の期限（申請日からさかのぼる月数）", 3, 1, 12),
    lowIncomeLimit: wholeField("低所得Ⅰの収入の基準（円）", 809_000),
    unconfirmedTier: choiceField("所得を確認できないときの階層", tierTitles, "上位所得"),
    roundingUnit: wholeField("按分の端数を切り捨てる単位（円）", 10, 1, 100),
    taxYearMonth: wholeField("新しい年度の市町村民税を使う最初の月", 7, 1, 12),
  },
  schema: z.object({
    fixedEnd: z
      .string()
      .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { error: END })
      .transform((text) => text as `${number}-${number}`),
    mostMonths: wholeSchema(1, 15),
    recordMonths: wholeSchema(1, 12),
    lowIncomeLimit: wholeSchema(0),
    unconfirmedTier: choiceSchema(tierTitles),
    roundingUnit: wholeSchema(1, 100),
    taxYearMonth: wholeSchema(1, 12),
  }) as unknown as z.ZodType<IntractablePlan>,
};

export const schemeOfCity = schemeParameters("intractable-disease", scheme, { copayPlan: [] });

/** 返還金の通知. */
export const repaymentLetters = repaymentTerms("intractable-disease", scheme);

/** How many members of the 指定難病審査会 have to be there, as the ordinance says; more than half where nothing is set. */
const quorumParameter: CityParameter<{ quorum: Quorum }> = {
  key: "intractable-disease.review-panel",
  title: `${scheme} 審査会の定足数`,
  hint: "条例・要綱の定めによります。登録がないときは、委員の過半数の出席を要します。",
  fields: {
    quorum: choiceField("会議を開ける出席者", quorumTitles, "over-half"),
  },
  schema: z.object({ quorum: choiceSchema(quorumTitles) }) as unknown as z.ZodType<{
    quorum: Quorum;
  }>,
};

/** What a city sets for 指定難病医療給付. */
export const cityParameters = [
  planParameter,
  quorumParameter,
  schemeOfCity.copayLines,
  schemeOfCity.basis,
  handlingParameter("intractable-disease", scheme),
  repaymentLetters,
];
