import { choiceField, dateField, defineRule, optional } from "#workflows/rules/rule.ts";
import { childMedicalPeriod } from "./period.ts";
import { periodPlans } from "./presets.ts";

/** Rules about こども医療費助成. */
export const childMedicalRules = [
  defineRule({
    id: "child-medical.period",
    title: "こども医療費助成の対象期間",
    summary: "出生日・転入日・申請日から、市の定めによる助成の対象期間を求める",
    fields: {
      birth: dateField("生年月日", "2026-10-30"),
      appliedOn: dateField("申請日", "2026-11-20"),
      residentFrom: optional(dateField("転入日", "2026-11-01")),
      city: choiceField(
        "市の定め",
        { kumamoto: "熊本市(仮設定)", "first-of-month": "申請月の初日から始まる例" },
        "kumamoto",
      ),
    },
    decide: ({ city, ...facts }) => {
      const { basis, ...result } = childMedicalPeriod(facts, periodPlans[city]);
      return { result, basis };
    },
    parameters: Object.values(periodPlans),
    notEstablished: ["熊本市の遡り日数・始期・終期の定め(仮設定)"],
    examples: [
      {
        title: "出生から30日以内の申請は出生日から",
        input: { birth: "2026-10-30", appliedOn: "2026-11-20", city: "kumamoto" },
        expected: { from: "2026-10-30", to: "2045-03-31" },
      },
      {
        title: "30日を過ぎた申請は申請日から",
        input: { birth: "2026-10-20", appliedOn: "2026-11-20", city: "kumamoto" },
        expected: { from: "2026-11-20", to: "2045-03-31" },
      },
      {
        title: "2008年4月1日生まれは2026年3月31日まで",
        input: { birth: "2008-04-01", appliedOn: "2026-03-01", city: "kumamoto" },
        expected: { from: "2026-03-01", to: "2026-03-31" },
      },
    ],
  }),
];
