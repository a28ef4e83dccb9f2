import { z } from "zod";
import { bandEnds } from "#workflows/medical/copay-plan.ts";
import { copayFields, copaySchema } from "#workflows/medical/rules.ts";
import {
  choiceField,
  choiceSchema,
  dateField,
  defineRule,
  type Fields,
  InputError,
  listField,
  namesOf,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { copayBandOn, exampleBands } from "./bands.ts";
import { childMedicalPeriod } from "./period.ts";
import { periodPlans } from "./presets.ts";

const BANDS = "区分の一覧を入力してください。";
const bandFields: Fields = {
  title: textField("区分の名前", "就学前"),
  age: wholeField("年齢(歳)", 6, 0, 30),
  end: choiceField("終わり", bandEnds, "year-end"),
  incomeBelow: optional(wholeField("所得または税額がこの額未満(円)", 235_000)),
  copay: {
    ...listField("一部負担金", copayFields, copaySchema, []),
    emptyList: true,
  },
};
const bandsSchema = z.array(
  z.object({
    title: z.string({ error: BANDS }),
    age: wholeSchema(0, 30),
    end: choiceSchema(bandEnds),
    incomeBelow: wholeSchema(0).optional(),
    copay: copaySchema,
  }),
  { error: BANDS },
);

/** Rules about こども医療費助成. */
export const rules = [
  defineRule({
    id: "child-medical.period",
    title: "こども医療費助成の対象期間",
    summary: "出生日・転入日・申請日から、市の定めによる助成の対象期間を求める",
    fields: {
      birth: dateField("生年月日", "2026-10-30"),
      appliedOn: dateField("申請日", "2026-11-20"),
      residentFrom: optional(dateField("転入日", "2026-11-01")),
      city: choiceField("市の定め", namesOf(periodPlans), "first-of-month"),
    },
    decide: ({ city, ...facts }) => {
      const { basis, ...result } = childMedicalPeriod(facts, periodPlans[city]);
      return { result, basis };
    },
    parameters: Object.values(periodPlans),
    notEstablished: ["市ごとの遡り日数・始期・終期の定め(仮設定)"],
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
  defineRule({
    id: "child-medical.copay-band",
    title: "こども医療費助成の一部負担金の区分",
    summary: "生年月日と所得から、ある日に当てはまる年齢・所得の区分と一部負担金の定めを求める",
    fields: {
      birth: dateField("生年月日", "2020-11-20"),
      on: dateField("診療日", "2026-11-20"),
      income: optional(wholeField("区分に使う所得または税額(円)", 200_000)),
      bands: optional({
        label: "区分の定め(登録する前に試す)",
        kind: "list",
        fields: bandFields,
        schema: bandsSchema,
        example: exampleBands.rows[0]?.value,
        hint: "上から順に当てはめます。",
      }),
    },
    decide: ({ bands, ...facts }) => {
      const plan = bands
        ? {
            name: "入力された区分",
            rows: [
              { from: facts.birth, value: bands, source: "入力", certainty: "assumed" as const },
            ],
          }
        : exampleBands;
      const { band, until, needsIncome, basis } = copayBandOn(facts, plan);
      if (needsIncome) throw new InputError("income", "所得または税額を入力してください。");
      return {
        result: band
          ? { band: band.title, until, copay: band.copay }
          : { none: "当てはまる区分がありません。" },
        basis,
      };
    },
    parameters: [exampleBands],
    notEstablished: ["市ごとの区分と一部負担金の額(例は実在の市の規定ではない)"],
    examples: [
      {
        title: "3歳に達する日(誕生日の前日)の属する月の末日まで",
        input: { birth: "2023-11-01", on: "2026-10-31" },
        expected: { band: "3歳未満", until: "2026-10-31", copay: [] },
      },
      {
        title: "その翌日から就学前の区分",
        input: { birth: "2023-11-01", on: "2026-11-01" },
        expected: { band: "就学前", until: "2030-03-31" },
      },
      {
        title: "所得の基準に1円足りない",
        input: { birth: "2016-05-10", on: "2026-11-20", income: 234_999 },
        expected: { band: "小学生以上(市町村民税所得割が一定額未満)", until: "2035-03-31" },
      },
      {
        title: "所得の基準ちょうど",
        input: { birth: "2016-05-10", on: "2026-11-20", income: 235_000 },
        expected: { band: "小学生以上" },
      },
    ],
  }),
];
