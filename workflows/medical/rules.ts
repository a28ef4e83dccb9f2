import { z } from "zod";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  choiceField,
  choiceSchema,
  defineRule,
  type Field,
  type Fields,
  flagField,
  listField,
  listOfField,
  monthSchema,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { careKinds } from "./copay-plan.ts";
import { highCostCategories, highCostLimit, highCostLimits } from "./high-cost.ts";
import { yearlyCategories, yearlyHighCost, yearlyLimits } from "./high-cost-year.ts";
import { publicFundOrder } from "./public-funds.ts";
import { medicalSubsidy } from "./subsidy.ts";

const month = {
  label: "診療月",
  kind: "month",
  schema: monthSchema.transform((text) => text as IsoMonth),
  example: "2026-08",
} satisfies Field;
const multiple = optional(flagField("多数回該当", false));
const shareError = "0.7、0.8、0.9のいずれかを入力してください。";
const copayError = "一部負担金の定めを、診療の種類・単位・金額の一覧で入力してください。";
const copayUnits = { visit: "回", day: "日", month: "月" };

/** The copays of a plan, as a list. */
export const copaySchema = z.array(
  z.object({
    kind: choiceSchema(careKinds),
    unit: choiceSchema(copayUnits),
    amount: wholeSchema(0),
    maxTimes: wholeSchema(0).optional(),
  }),
  { error: copayError },
);

/** The rows of {@link copaySchema} on a form. */
export const copayFields: Fields = {
  kind: choiceField("診療の種類", careKinds, "outpatient"),
  unit: choiceField("単位", copayUnits, "visit"),
  amount: wholeField("1回・1日・1月の額(円)", 500),
  maxTimes: optional(wholeField("1月に数える回数・日数の上限", 2)),
};

/** Rules about medical fees, shared by all subsidies. */
export const rules = [
  defineRule({
    id: "medical.high-cost-limit",
    title: "高額療養費の自己負担限度額",
    summary: "診療月と適用区分、総医療費から、1か月の自己負担限度額を求める",
    fields: {
      month,
      category: choiceField("適用区分", highCostCategories, "ウ"),
      totalCost: wholeField("総医療費(10割、円)", 1_000_000),
      multiple,
    },
    decide: ({ month, category, totalCost, multiple = false }) => {
      const { limit, basis } = highCostLimit(month, category, totalCost, multiple);
      return { result: { limit }, basis };
    },
    parameters: [highCostLimits],
    notEstablished: ["令和8年8月からの70歳以上の一般(世帯)・低所得の額", "令和9年8月からの13区分"],
    examples: [
      {
        title: "区分ウ、医療費100万円、令和8年7月まで",
        input: { month: "2026-07", category: "ウ", totalCost: 1_000_000 },
        expected: { limit: 87_430 },
      },
      {
        title: "区分ウ、医療費100万円、令和8年8月から",
        input: { month: "2026-08", category: "ウ", totalCost: 1_000_000 },
        expected: { limit: 92_940 },
      },
      {
        title: "多数回該当は改正の前後で同じ",
        input: { month: "2026-08", category: "ウ", totalCost: 1_000_000, multiple: true },
        expected: { limit: 44_400 },
      },
      {
        title: "区分オ",
        input: { month: "2026-08", category: "オ", totalCost: 5_000_000 },
        expected: { limit: 36_900 },
      },
    ],
  }),
  defineRule({
    id: "medical.high-cost-year",
    title: "高額療養費の年間上限",
    summary: "8月から翌年7月までの自己負担の合計と適用区分から、年間上限と戻る額を求める",
    fields: {
      month,
      category: choiceField("適用区分", yearlyCategories, "ウ"),
      borne: wholeField("月ごとの限度額を適用した後の自己負担の合計(円)", 600_000),
    },
    decide: ({ month, category, borne }) => {
      const { basis, ...result } = yearlyHighCost(month, category, borne);
      return { result, basis };
    },
    parameters: [yearlyLimits],
    notEstablished: ["70歳以上の年間上限", "年の途中で適用区分が変わったときの扱い"],
    examples: [
      {
        title: "区分ウで60万円を負担した",
        input: { month: "2026-11", category: "ウ", borne: 600_000 },
        expected: { from: "2026-08", to: "2027-07", limit: 530_000, paidBack: 70_000 },
      },
      {
        title: "上限ちょうどなら戻らない",
        input: { month: "2027-07", category: "オ", borne: 290_000 },
        expected: { limit: 290_000, paidBack: 0 },
      },
      {
        title: "年収約200万円以下の区分エ",
        input: { month: "2026-08", category: "エ-200万以下", borne: 410_001 },
        expected: { limit: 410_000, paidBack: 1 },
      },
    ],
  }),
  defineRule({
    id: "medical.subsidy",
    title: "医療費助成の額",
    summary: "1か月・1医療機関の点数から、保険・他の公費・市・本人の負担を順を追って計算する",
    fields: {
      month,
      kind: choiceField("診療の種類", careKinds, "outpatient"),
      points: wholeField("点数", 1_000),
      insuranceShare: {
        label: "保険の給付割合",
        kind: "number",
        schema: z.union([z.literal(0.7), z.literal(0.8), z.literal(0.9)], { error: shareError }),
        example: 0.7,
      },
      highCostCategory: optional(choiceField("高額療養費の適用区分", highCostCategories, "ウ")),
      multiple,
      additionalBenefit: optional(wholeField("附加給付(円)", 0)),
      otherPublic: optional(wholeField("他の公費の負担(円)", 0)),
      meals: optional(wholeField("食事療養標準負担額(円)", 0)),
      times: optional(wholeField("回数・日数", 1)),
      copay: listField("一部負担金の定め", copayFields, copaySchema.default([]), [
        { kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 },
      ]),
    },
    decide: ({
      insuranceShare,
      multiple = false,
      additionalBenefit = 0,
      otherPublic = 0,
      meals = 0,
      times = 1,
      ...facts
    }) => {
      const { basis, ...result } = medicalSubsidy({
        ...facts,
        insuranceTenths: Math.round(insuranceShare * 10),
        multiple,
        additionalBenefit,
        otherPublic,
        meals,
        times,
      });
      return { result, basis };
    },
    parameters: [highCostLimits],
    examples: [
      {
        title: "1回500円、月2回まで",
        input: {
          month: "2026-11",
          kind: "outpatient",
          points: 1_000,
          insuranceShare: 0.7,
          times: 3,
          copay: [{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }],
        },
        expected: { insured: 7_000, patientBefore: 3_000, subsidy: 2_000, patientPays: 1_000 },
      },
      {
        title: "高額療養費を引いた残りを助成し、食事は本人",
        input: {
          month: "2026-08",
          kind: "inpatient",
          points: 100_000,
          insuranceShare: 0.7,
          highCostCategory: "ウ",
          meals: 5_000,
        },
        expected: { insured: 700_000, patientBefore: 92_940, subsidy: 92_940, patientPays: 5_000 },
      },
    ],
  }),
  defineRule({
    id: "medical.public-fund-order",
    title: "公費の優先順位",
    summary: "公費負担者番号を、先に負担する順に並べる。市の単独事業は最後",
    fields: {
      payers: listOfField(
        "公費負担者番号",
        textField("公費負担者番号", "54016027"),
        z.array(z.string(), { error: "公費負担者番号を一覧で入力してください。" }),
        ["88138243", "54016027"],
      ),
    },
    decide: ({ payers }) => ({
      result: { payers: publicFundOrder(payers) },
      basis: ["診療報酬請求書等の記載要領(公費負担医療の優先順位)"],
    }),
    examples: [
      {
        title: "精神通院が先、生活保護が後",
        input: { payers: ["12143210", "21000000"] },
        expected: { payers: ["21000000", "12143210"] },
      },
      {
        title: "市の助成は最後",
        input: { payers: ["88138243", "54016027"] },
        expected: { payers: ["54016027", "88138243"] },
      },
    ],
  }),
];
