import { z } from "zod";
import { refundDeadline } from "#workflows/medical/city-parameters.ts";
import { handlingParameter } from "#workflows/medical/handling.ts";
import { schemeParameters } from "#workflows/medical/scheme-parameters.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import { repaymentTerms } from "#workflows/payments/letter-terms.ts";
import { pmhSetting } from "#workflows/pmh/setting.ts";
import { choiceField, choiceSchema, wholeField, wholeSchema } from "#workflows/rules/rule.ts";
import type { PeriodPlan } from "./period.ts";

const scheme = "こども医療費助成";
const otherwise = {
  "application-date": "申請日",
  "first-of-month": "申請月の初日",
} as const satisfies Record<PeriodPlan["otherwise"], string>;

/** 対象期間. */
export const period: CityParameter<PeriodPlan> = {
  key: "child-medical.period",
  title: `${scheme} 対象期間`,
  hint: "申請した日に有効な値で、認定の期間を計算します。",
  fields: {
    reachBackDays: wholeField("出生・転入から何日以内の申請なら、その日に遡るか", 30, 0, 366),
    otherwise: choiceField("過ぎた申請の始まり", otherwise, "application-date"),
    endAge: wholeField("この年齢に達する日以後の最初の3月31日まで(歳)", 18, 1, 30),
  },
  schema: z.object({
    reachBackDays: wholeSchema(0, 366),
    otherwise: choiceSchema(otherwise),
    endAge: wholeSchema(1, 30),
  }),
  templates: [
    {
      title: "熊本市 18歳年度末まで（令和5年12月診療から）",
      from: "2023-12-01",
      source: "熊本市の案内（令和5年12月診療から18歳年度末まで）",
      certainty: "established",
      known: { endAge: 18 },
    },
  ],
};

export const schemeOfCity = schemeParameters("child-medical", scheme, {
  copayPlan: [
    {
      title: "熊本市（令和5年12月診療から、調剤は負担なし。ほかの額は確かめて入力）",
      from: "2023-12-01",
      source: "熊本市の案内（0歳から18歳年度末まで、調剤は負担なし）",
      certainty: "established",
      known: {
        bands: [{ title: "18歳年度末まで", ageTo: 18, end: "year-end", pharmacyRule: "free" }],
      },
    },
  ],
});

const deadline = refundDeadline("child-medical", scheme, [
  {
    title: "熊本市 診療月の翌月から12か月",
    source: "熊本市の案内（診療月の翌月から12か月以内）",
    certainty: "established",
    known: { start: "treatment-month-end", count: 12, unit: "months" },
  },
]);

/** 返還金の通知. */
export const repaymentLetters = repaymentTerms("child-medical", scheme);

/** What a city sets for こども医療費助成. */
export const cityParameters = [
  period,
  schemeOfCity.payerNumber,
  schemeOfCity.copayLines,
  schemeOfCity.copayPlan,
  schemeOfCity.basis,
  deadline,
  handlingParameter("child-medical", scheme),
  repaymentLetters,
  pmhSetting("child-medical", scheme),
];
