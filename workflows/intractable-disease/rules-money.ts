import { z } from "zod";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { highCostCategories, highCostLimits } from "#workflows/medical/high-cost.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import {
  choiceField,
  dateField,
  defineRule,
  type Field,
  flagField,
  listField,
  monthSchema,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { tiers } from "./caps.ts";
import { intractableMonth } from "./month.ts";
import { payerNumberFault, payerNumberOn } from "./payer-number.ts";

const billsError = "請求を、総医療費と公費54の対象額の一覧で入力してください。";
const coveredError = "0以上の整数か、全額ならtrue、対象でなければfalseを入力してください。";
const covered = z.union([wholeSchema(0), z.boolean()], { error: coveredError });
const billSchema = z
  .object(
    { total: wholeSchema(0), covered, institution: z.string().max(40).optional() },
    { error: billsError },
  )
  .transform(({ covered: of, ...bill }) => ({
    ...bill,
    covered: typeof of === "boolean" ? (of ? bill.total : 0) : of,
  }))
  .refine((bill) => bill.covered <= bill.total, {
    error: "公費54の対象額が、総医療費より多くなっています。",
    path: ["covered"],
  });
const shareError = "0、0.7、0.8、0.9のいずれかを入力してください。";

const payer = (label: string, example: string) => ({
  ...textField(label, example),
  schema: z
    .string({ error: `${label}を文字列で入力してください。` })
    .superRefine((text, context) => {
      const fault = payerNumberFault(text);
      if (fault) context.addIssue({ code: "custom", message: fault });
    })
    .transform((text) => checkNumber("public-payer", text).normalized),
});

/** Rules about the money of 特定医療費(指定難病). */
export const rules = [
  defineRule({
    id: "intractable.month",
    title: "指定難病の1か月の負担額",
    summary:
      "診療月・適用区分・自己負担上限月額と、医療機関ごとの総医療費から、保険・公費54・本人の負担を求める",
    fields: {
      month: {
        label: "診療月",
        kind: "month",
        schema: monthSchema.transform((text) => text as IsoMonth),
        example: "2026-07",
      } satisfies Field,
      category: choiceField("適用区分", highCostCategories, "ウ"),
      multiple: optional(flagField("多数回該当", false)),
      cap: wholeField("自己負担上限月額(円)", 10_000),
      paidBefore: optional(wholeField("管理票で既に払った額(円)", 0)),
      insuranceShare: optional({
        label: "保険の給付割合",
        kind: "number",
        schema: z.union([z.literal(0), z.literal(0.7), z.literal(0.8), z.literal(0.9)], {
          error: shareError,
        }),
        example: 0.7,
        hint: "入力しなければ7割です。保険のない方は0です。",
      } satisfies Field),
      bills: listField(
        "医療機関などの請求",
        {
          total: wholeField("総医療費(10割、円)", 60_000),
          covered: {
            ...wholeField("うち公費54の対象(円)", 60_000),
            schema: covered,
            hint: "認定された病気の、指定医療機関での医療費です。",
          },
          institution: optional(textField("医療機関", "A")),
        },
        z.array(billSchema, { error: billsError }),
        [
          { total: 60_000, covered: 60_000 },
          { total: 310_000, covered: 0 },
        ],
      ),
    },
    decide: ({ bills, multiple = false, insuranceShare = 0.7, ...facts }) => {
      const { basis, ...result } = intractableMonth(bills, {
        ...facts,
        multiple,
        insuranceTenths: Math.round(insuranceShare * 10),
      });
      return { result, basis };
    },
    parameters: [highCostLimits],
    notEstablished: [
      "医療機関を分けない請求は、公費54の対象とそれ以外をそれぞれ一つの療養として計算する",
      "窓口での10円未満の端数の扱い(1円単位で計算する)",
      "令和8年8月からの70歳以上の一般(世帯)・低所得の額",
    ],
    words: {
      parts: {
        patientPays: "本人の負担",
        publicPays: "公費54の負担",
        insurerPays: "医療保険の負担",
        coveredShare: "公費54の対象の自己負担",
        uncoveredShare: "対象外の自己負担",
        paidBack: "合算の高額療養費",
        capLeft: "上限月額の残り",
        steps: "計算の順",
        label: "項目",
        amount: "金額(円)",
      },
    },
    examples: [
      {
        title: "上限月額に届く前は2割(区分ウ、医療費3万円)",
        input: {
          month: "2026-07",
          category: "ウ",
          cap: 10_000,
          bills: [{ total: 30_000, covered: 30_000 }],
        },
        expected: { patientPays: 6_000, publicPays: 3_000 },
      },
      {
        title: "上限月額まで(区分イ、医療費60万円)",
        input: {
          month: "2026-07",
          category: "イ",
          cap: 20_000,
          bills: [{ total: 600_000, covered: 600_000 }],
        },
        expected: { patientPays: 20_000, publicPays: 147_820 },
      },
      {
        title: "対象外と、21,000円以上どうしの合算(区分イ)",
        input: {
          month: "2026-07",
          category: "イ",
          cap: 20_000,
          bills: [{ total: 1_400_000, covered: 650_000 }],
        },
        expected: { patientPays: 175_820, paidBack: 13_500 },
      },
      {
        title: "片方が21,000円未満なら合算しない(区分エ)",
        input: {
          month: "2026-07",
          category: "エ",
          cap: 5_000,
          bills: [
            { total: 230_000, covered: 230_000 },
            { total: 50_000, covered: 0 },
          ],
        },
        expected: { patientPays: 20_000, coveredShare: 5_000, uncoveredShare: 15_000, paidBack: 0 },
      },
      {
        title: "令和8年8月からの限度額(区分ウ、医療費33万円)",
        input: {
          month: "2026-08",
          category: "ウ",
          cap: 20_000,
          bills: [{ total: 330_000, covered: 330_000 }],
        },
        expected: { patientPays: 20_000, publicPays: 66_240 },
      },
      {
        title: "1割負担の方は1割のまま",
        input: {
          month: "2026-07",
          category: "70-一般",
          cap: 10_000,
          insuranceShare: 0.9,
          bills: [{ total: 30_000, covered: 30_000 }],
        },
        expected: { patientPays: 3_000, publicPays: 0 },
      },
      {
        title: "生活保護で保険がない方は、公費が全額",
        input: {
          month: "2026-07",
          category: "オ",
          cap: 0,
          insuranceShare: 0,
          bills: [{ total: 30_000, covered: 30_000 }],
        },
        expected: { patientPays: 0, publicPays: 30_000 },
      },
    ],
  }),
  defineRule({
    id: "intractable.payer-number",
    title: "指定難病の公費負担者番号",
    summary: "階層と保険の種類から、受給者証に載せる公費負担者番号を選ぶ",
    fields: {
      on: dateField("判定する日", "2026-11-20"),
      tier: choiceField(
        "階層",
        Object.fromEntries(tiers.map((tier) => [tier, tier])) as Record<
          (typeof tiers)[number],
          string
        >,
        "生活保護",
      ),
      employeeInsurance: flagField("被用者保険に加入している(被扶養者を含む)", false),
      ordinary: payer("原則の公費負担者番号", "54127014"),
      welfare: payer("生活保護の公費負担者番号", "54128012"),
    },
    decide: ({ on, ordinary, welfare, ...person }) => {
      const numbers = {
        name: "特定医療費(指定難病)の公費負担者番号",
        rows: [
          {
            from: on as IsoDate,
            value: { ordinary, welfare },
            source: "入力された番号",
            certainty: "assumed" as const,
          },
        ],
      };
      const { payerNumber, basis } = payerNumberOn(numbers, on, person);
      return { result: { payerNumber }, basis };
    },
    notEstablished: ["市の番号は市が登録する(ほかの市の番号の並びから推し量らない)"],
    words: { parts: { payerNumber: "公費負担者番号" } },
    examples: [
      {
        title: "生活保護で被用者保険のない方は、生活保護の番号",
        input: {
          on: "2026-11-20",
          tier: "生活保護",
          employeeInsurance: false,
          ordinary: "54127014",
          welfare: "54128012",
        },
        expected: { payerNumber: "54128012" },
      },
      {
        title: "生活保護でも被用者保険のある方は、原則の番号",
        input: {
          on: "2026-11-20",
          tier: "生活保護",
          employeeInsurance: true,
          ordinary: "54127014",
          welfare: "54128012",
        },
        expected: { payerNumber: "54127014" },
      },
      {
        title: "ほかの階層は原則の番号",
        input: {
          on: "2026-11-20",
          tier: "低所得Ⅰ",
          employeeInsurance: false,
          ordinary: "54127014",
          welfare: "54128012",
        },
        expected: { payerNumber: "54127014" },
      },
    ],
  }),
];
