import { z } from "zod";
import {
  choiceField,
  dateField,
  dateSchema,
  defineRule,
  type Field,
  flagField,
  namesOf,
  optional,
} from "#workflows/rules/rule.ts";
import { householdPeriod } from "./period.ts";
import { periodPlans } from "./presets-period.ts";

const SIBLINGS = "児童の一覧を入力してください。";
const flag = z.boolean({ error: "trueかfalseを入力してください。" }).default(false);
const siblings = {
  label: "ほかの児童(親・養育者の期間を求めるとき)",
  kind: "list",
  fields: {
    birth: dateField("生年月日", "2019-07-07"),
    disabled: optional(flagField("障害がある", false)),
    pupil: optional(flagField("高等学校等に在学", false)),
  },
  schema: z.array(
    z.strictObject({ birth: dateSchema, disabled: flag, pupil: flag }, { error: SIBLINGS }),
    { error: SIBLINGS },
  ),
  example: [{ birth: "2019-07-07" }],
} satisfies Field;

/** From when until when somebody of the household is entitled. */
export const rules = [
  defineRule({
    id: "single-parent.period",
    title: "ひとり親家庭等医療費助成の対象期間",
    summary: "児童の生年月日・申請日・事由発生日から、市の定めによる対象期間と更新の日を求める",
    fields: {
      birth: dateField("児童の生年月日", "2015-05-10"),
      appliedOn: dateField("申請日", "2026-11-20"),
      categoryFrom: dateField("事由発生日", "2026-10-05"),
      residentFrom: optional(dateField("転入日", "2026-10-01")),
      disabled: optional(flagField("条例の定める障害がある", false)),
      pupil: optional(flagField("高校に在学している(在学を延長の要件とする条例)", false)),
      siblings: optional(siblings),
      city: choiceField("市の定め", namesOf(periodPlans), "no-renewal"),
    },
    decide: ({ birth, disabled = false, pupil = false, siblings = [], city, ...facts }) => {
      const children = [{ birth, disabled, pupil }, ...siblings];
      const { basis, ...result } = householdPeriod({ ...facts, children }, periodPlans[city]);
      return { result, basis };
    },
    parameters: Object.values(periodPlans),
    notEstablished: [
      "市ごとの始期、年次更新の月日、事由発生日までさかのぼるか(どの市も仮設定)",
      "在学による延長は市の条例による(20歳未満までの市がある)",
    ],
    examples: [
      {
        title: "児童は18歳に達する年度の末日まで。年末に更新する",
        input: {
          birth: "2015-05-10",
          appliedOn: "2026-11-20",
          categoryFrom: "2026-10-05",
          city: "kumamoto",
        },
        expected: { from: "2026-11-20", to: "2034-03-31", nextRenewal: "2026-12-31" },
      },
      {
        title: "親は、一番遅い児童の最後の日まで",
        input: {
          birth: "2008-04-02",
          siblings: [{ birth: "2019-07-07" }, { birth: "2007-08-01", disabled: true }],
          appliedOn: "2026-11-20",
          categoryFrom: "2026-10-05",
          city: "no-renewal",
        },
        expected: { from: "2026-11-20", to: "2038-03-31", nextRenewal: null },
      },
      {
        title: "申請月の初日から始まる市でも、事由発生日より前には始まらない",
        input: {
          birth: "2015-05-10",
          appliedOn: "2026-11-20",
          categoryFrom: "2026-11-09",
          city: "october",
        },
        expected: { from: "2026-11-09", nextRenewal: "2027-10-31", reason: "事由発生日から" },
      },
      {
        title: "障害のある児童は20歳の誕生日の前日まで。更新の日までに終わるものは更新しない",
        input: {
          birth: "2006-12-05",
          disabled: true,
          appliedOn: "2026-11-20",
          categoryFrom: "2020-01-01",
          city: "yokohama",
        },
        expected: { from: "2026-11-20", to: "2026-12-04", nextRenewal: null },
      },
      {
        title: "事由が生じる前の申請には期間がない",
        input: {
          birth: "2015-05-10",
          appliedOn: "2026-11-20",
          categoryFrom: "2026-11-21",
          city: "kumamoto",
        },
        expected: { none: "申請日が事由発生日より前です。" },
      },
    ],
  }),
];
