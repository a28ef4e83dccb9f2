import { z } from "zod";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import {
  choiceField,
  dateField,
  defineRule,
  type Field,
  flagField,
  InputError,
  monthSchema,
  optional,
  wholeField,
} from "#workflows/rules/rule.ts";
import {
  assistance,
  benefitRestriction,
  benefitThreshold,
  copayRatio,
  copayRatios,
  highCostCareCap,
  mealLimits,
  reducedRatio,
} from "./benefits.ts";
import { certificationKinds, certificationPeriod, mostMonths } from "./qualification.ts";

const on = dateField("判定する日", "2026-11-20");
const welfare = flagField("生活保護を受けている", false);
const householdTaxed = flagField("世帯に市町村民税が課税されている人がいる", false);

/** Rules about certification and benefits of 介護保険. */
export const rules = [
  defineRule({
    id: "ltc.certification-period",
    title: "要介護認定の有効期間",
    summary: "申請の種類と月数から、認定の有効期間を求める。認められない月数は誤りとする",
    fields: {
      kind: choiceField("申請の種類", certificationKinds, "renewal"),
      appliedOn: dateField("申請日", "2026-11-20"),
      previousTo: optional(dateField("前回の有効期間の満了日(更新)", "2026-12-31")),
      months: wholeField("月数", 12, 1, 60),
      sameLevel: optional(flagField("前回と同じ要介護度である(更新)", false)),
    },
    decide: ({ kind, appliedOn, previousTo, months, sameLevel = false }) => {
      if (kind === "renewal" && previousTo === undefined)
        throw new InputError("previousTo", "前回の有効期間の満了日を入力してください。");
      const from = kind === "renewal" && previousTo ? addDays(previousTo, 1) : appliedOn;
      const period = certificationPeriod(kind, from, months, sameLevel);
      if (!period)
        throw new InputError(
          "months",
          `${certificationKinds[kind]}の有効期間は3月から${mostMonths(kind, from, sameLevel)}月までです。`,
        );
      return {
        result: period,
        basis: ["介護保険法第28条、第29条", "介護保険法施行規則第38条、第41条"],
      };
    },
    examples: [
      {
        title: "新規、月の途中の申請はその月末まで加える",
        input: { kind: "new", appliedOn: "2026-11-20", months: 6 },
        expected: { from: "2026-11-20", to: "2027-05-31" },
      },
      {
        title: "新規、1日の申請",
        input: { kind: "new", appliedOn: "2026-11-01", months: 6 },
        expected: { from: "2026-11-01", to: "2027-04-30" },
      },
      {
        title: "更新は満了の翌日から",
        input: { kind: "renewal", appliedOn: "2026-11-20", previousTo: "2026-12-31", months: 36 },
        expected: { from: "2027-01-01", to: "2029-12-31" },
      },
      {
        title: "同じ要介護度なら48月まで",
        input: {
          kind: "renewal",
          appliedOn: "2026-11-20",
          previousTo: "2026-12-31",
          months: 48,
          sameLevel: true,
        },
        expected: { to: "2030-12-31" },
      },
    ],
  }),
  defineRule({
    id: "ltc.copay-ratio",
    title: "利用者負担割合",
    summary: "所得から、介護サービスの利用者負担割合(1割・2割・3割)を求める",
    fields: {
      on,
      insured: {
        label: "被保険者の区分(1号・2号)",
        kind: "number",
        schema: z.union([z.literal(1), z.literal(2)], { error: "1か2を入力してください。" }),
        example: 1,
      } satisfies Field,
      welfare,
      ownTotalIncome: wholeField("本人の合計所得金額(円)", 1_600_000),
      pensionPlusOther: wholeField("65歳以上の世帯員の年金収入+その他の合計所得(円)", 2_800_000),
      over65InHousehold: wholeField("65歳以上の世帯員の数(本人を含む)", 1, 0, 20),
    },
    decide: (facts) => {
      const { basis, ...result } = copayRatio(facts);
      return { result, basis };
    },
    parameters: [copayRatios],
    examples: [
      {
        title: "2割の下限(単身)",
        input: ratioInput(1_600_000, 2_800_000, 1),
        expected: { ratio: 0.2 },
      },
      {
        title: "合計所得が1円足りない",
        input: ratioInput(1_599_999, 9_000_000, 1),
        expected: { ratio: 0.1 },
      },
      {
        title: "65歳以上が2人なら346万円から",
        input: ratioInput(1_600_000, 3_459_999, 2),
        expected: { ratio: 0.1 },
      },
      {
        title: "3割の下限(単身)",
        input: ratioInput(2_200_000, 3_400_000, 1),
        expected: { ratio: 0.3 },
      },
      {
        title: "3割に足りなければ2割",
        input: ratioInput(2_200_000, 4_629_999, 2),
        expected: { ratio: 0.2 },
      },
    ],
  }),
  defineRule({
    id: "ltc.high-cost-cap",
    title: "高額介護サービス費の上限額",
    summary: "利用月と課税の状況、所得から、1か月の自己負担の上限額を求める",
    fields: {
      month: {
        label: "利用月",
        kind: "month",
        schema: monthSchema.transform((text) => text as IsoMonth),
        example: "2026-08",
      } satisfies Field,
      welfare,
      householdTaxed,
      pensionPlusOther: optional(wholeField("年金収入+その他の合計所得(円)", 826_500)),
      taxableIncome: optional(wholeField("65歳以上の世帯員の課税所得の最高(円)", 3_800_000)),
    },
    decide: ({ pensionPlusOther, taxableIncome, ...facts }) => {
      if (!facts.welfare && !facts.householdTaxed && pensionPlusOther === undefined)
        throw new InputError("pensionPlusOther", "年金収入+その他の合計所得を入力してください。");
      if (!facts.welfare && facts.householdTaxed && taxableIncome === undefined)
        throw new InputError("taxableIncome", "課税所得を入力してください。");
      const { basis, ...result } = highCostCareCap({
        ...facts,
        pensionPlusOther: pensionPlusOther ?? 0,
        taxableIncome: taxableIncome ?? 0,
      });
      return { result, basis };
    },
    parameters: [benefitThreshold],
    examples: [
      {
        title: "82.65万円の人は、令和8年7月までは世帯24,600円",
        input: {
          month: "2026-07",
          welfare: false,
          householdTaxed: false,
          pensionPlusOther: 826_500,
        },
        expected: { cap: 24_600, scope: "household" },
      },
      {
        title: "令和8年8月からは個人15,000円",
        input: {
          month: "2026-08",
          welfare: false,
          householdTaxed: false,
          pensionPlusOther: 826_500,
        },
        expected: { cap: 15_000, scope: "person" },
      },
      {
        title: "課税所得380万円",
        input: { month: "2026-08", welfare: false, householdTaxed: true, taxableIncome: 3_800_000 },
        expected: { cap: 93_000 },
      },
      {
        title: "課税所得690万円",
        input: { month: "2026-08", welfare: false, householdTaxed: true, taxableIncome: 6_900_000 },
        expected: { cap: 140_100 },
      },
      {
        title: "課税世帯",
        input: { month: "2026-08", welfare: false, householdTaxed: true, taxableIncome: 3_799_999 },
        expected: { cap: 44_400 },
      },
    ],
  }),
  defineRule({
    id: "ltc.assistance",
    title: "補足給付の段階",
    summary:
      "課税の状況・収入(非課税年金を含む)・預貯金等から、負担限度額の段階と食費の限度額を求める",
    fields: {
      on,
      welfare,
      householdTaxed,
      pensionPlusOther: wholeField("年金収入(非課税年金を含む)+その他の合計所得(円)", 826_500),
      savings: wholeField("預貯金等(円)", 5_000_000),
      couple: optional(flagField("配偶者がいる", false)),
    },
    decide: ({ couple = false, ...facts }) => {
      const { basis, ...result } = assistance({ ...facts, couple });
      return { result, basis };
    },
    parameters: [benefitThreshold, mealLimits],
    notEstablished: ["居住費の限度額", "短期入所の食費の限度額"],
    examples: [
      {
        title: "82.65万円は令和8年7月までは第3段階①",
        input: {
          on: "2026-07-31",
          welfare: false,
          householdTaxed: false,
          pensionPlusOther: 826_500,
          savings: 5_000_000,
        },
        expected: { stage: "3-1", mealLimit: 650 },
      },
      {
        title: "令和8年8月からは第2段階",
        input: {
          on: "2026-08-01",
          welfare: false,
          householdTaxed: false,
          pensionPlusOther: 826_500,
          savings: 5_000_000,
        },
        expected: { stage: "2", mealLimit: 390 },
      },
      {
        title: "預貯金等が多い",
        input: {
          on: "2026-11-20",
          welfare: false,
          householdTaxed: false,
          pensionPlusOther: 800_000,
          savings: 6_500_001,
        },
        expected: { stage: null },
      },
    ],
  }),
  defineRule({
    id: "ltc.restriction",
    title: "滞納による給付制限",
    summary:
      "最も古い未納の納期限と時効で消えた月数から、支払方法変更・一時差止・給付額減額を求める",
    fields: {
      on,
      oldestDue: optional(dateField("未納で最も古い納期限", "2025-06-30")),
      lapsedMonths: wholeField("時効で徴収権が消えた月数(認定前10年)", 12, 0, 120),
      paidMonths: wholeField("納付済の月数(認定前10年)", 108, 0, 120),
      exempt: optional(flagField("公費負担医療の受給・災害などの特別の事情がある", false)),
      ratio: optional({
        label: "利用者負担割合",
        kind: "number",
        schema: z.union([z.literal(0.1), z.literal(0.2), z.literal(0.3)], {
          error: "0.1、0.2、0.3のいずれかを入力してください。",
        }),
        example: 0.1,
      } satisfies Field),
    },
    decide: ({ exempt = false, ratio, ...facts }) => {
      const result = benefitRestriction({ ...facts, exempt });
      const raised = result.reduction && ratio !== undefined ? { ratio: reducedRatio(ratio) } : {};
      return {
        result: { ...result, ...raised },
        basis: [
          "介護保険法第66条、第67条、第69条",
          "介護保険法施行令第33条、第34条(1月未満の端数の扱いは未確認)",
        ],
      };
    },
    notEstablished: ["給付額減額の期間の1月未満の端数"],
    examples: [
      {
        title: "納期限から1年",
        input: { on: "2026-06-30", oldestDue: "2025-06-30", lapsedMonths: 0, paidMonths: 0 },
        expected: { paymentChange: true, suspension: false, reduction: false },
      },
      {
        title: "納期限から1年6月",
        input: { on: "2026-12-30", oldestDue: "2025-06-30", lapsedMonths: 0, paidMonths: 0 },
        expected: { paymentChange: true, suspension: true },
      },
      {
        title: "時効で消えた月があれば減額",
        input: { on: "2026-11-20", lapsedMonths: 12, paidMonths: 36, ratio: 0.1 },
        expected: { reduction: true, reductionMonths: 1.5, ratio: 0.3 },
      },
    ],
  }),
];

function ratioInput(own: number, household: number, over65: number): Record<string, unknown> {
  return {
    on: "2026-11-20",
    insured: 1,
    welfare: false,
    ownTotalIncome: own,
    pensionPlusOther: household,
    over65InHousehold: over65,
  };
}
