import { z } from "zod";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  dateField,
  defineRule,
  type Field,
  flagField,
  InputError,
  listOfField,
  monthSchema,
  optional,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { apportion, capTable, intractableCap, lowIncomeThreshold } from "./caps.ts";
import {
  entitlementEnd,
  entitlementStart,
  highCostMonths,
  longHighCost,
  mildHighCost,
} from "./high-cost-months.ts";

const LAW = "難病の患者に対する医療等に関する法律";
const appliedOn = dateField("申請日", "2026-11-20");
const monthsError = "月と医療費総額の一覧で入力してください。";
const months = {
  label: "月ごとの医療費総額(10割、円)",
  kind: "list",
  fields: {
    month: { label: "月", kind: "month", schema: monthSchema, example: "2026-10" },
    total: wholeField("医療費総額(10割、円)", 33_331),
  },
  schema: z.array(
    z.object(
      { month: monthSchema.transform((text) => text as IsoMonth), total: wholeSchema(0) },
      { error: monthsError },
    ),
    { error: monthsError },
  ),
  example: [{ month: "2026-10", total: 33_331 }],
} satisfies Field;
const since = (from: string, count: number, total: number) =>
  Array.from({ length: count }, (_, index) => ({
    month: `${from}-${String(index + 1).padStart(2, "0")}`,
    total,
  }));

/** Rules about 特定医療費(指定難病). */
export const rules = [
  defineRule({
    id: "intractable.cap",
    title: "指定難病の階層と自己負担上限月額",
    summary: "基準世帯の課税の状況と本人の収入などから、階層と自己負担上限月額を求める",
    fields: {
      on: dateField("判定する日", "2026-11-20"),
      welfare: flagField("生活保護を受けている", false),
      taxed: flagField("基準世帯に市町村民税が課税されている", true),
      incomeLevy: optional(wholeField("基準世帯の市町村民税所得割(円)", 71_000)),
      ownIncome: optional(wholeField("本人(保護者)の収入(円)", 800_000)),
      longHighCost: optional(flagField("高額かつ長期に該当する", false)),
      ventilator: optional(flagField("人工呼吸器等を装着している", false)),
      lowIncomeThreshold: optional(
        wholeField("低所得Ⅰの収入の基準(登録のない時期に試す額、円)", 800_000),
      ),
    },
    decide: ({ lowIncomeThreshold: tried, ...facts }) => {
      if (facts.taxed && !facts.welfare && facts.incomeLevy === undefined)
        throw new InputError("incomeLevy", "市町村民税所得割を入力してください。");
      if (!facts.taxed && !facts.welfare && facts.ownIncome === undefined)
        throw new InputError("ownIncome", "本人(保護者)の収入を入力してください。");
      const threshold =
        tried === undefined
          ? lowIncomeThreshold
          : {
              name: lowIncomeThreshold.name,
              rows: [
                {
                  from: facts.on,
                  value: tried,
                  source: "入力された額",
                  certainty: "assumed" as const,
                },
              ],
            };
      const { basis, ...result } = intractableCap(
        {
          ...facts,
          incomeLevy: facts.incomeLevy ?? 0,
          ownIncome: facts.ownIncome ?? 0,
          longHighCost: facts.longHighCost ?? false,
          ventilator: facts.ventilator ?? false,
        },
        threshold,
      );
      return { result, basis: [`${LAW}第5条`, ...basis] };
    },
    parameters: [capTable, lowIncomeThreshold],
    notEstablished: ["令和7年7月からの低所得Ⅰの収入の基準"],
    examples: [
      {
        title: "所得割7万1千円に1円足りない",
        input: { on: "2026-11-20", welfare: false, taxed: true, incomeLevy: 70_999 },
        expected: { tier: "一般所得Ⅰ", cap: 10_000 },
      },
      {
        title: "所得割7万1千円ちょうど",
        input: { on: "2026-11-20", welfare: false, taxed: true, incomeLevy: 71_000 },
        expected: { tier: "一般所得Ⅱ", cap: 20_000 },
      },
      {
        title: "上位所得で高額かつ長期",
        input: {
          on: "2026-11-20",
          welfare: false,
          taxed: true,
          incomeLevy: 251_000,
          longHighCost: true,
        },
        expected: { tier: "上位所得", cap: 20_000 },
      },
      {
        title: "人工呼吸器等",
        input: {
          on: "2026-11-20",
          welfare: false,
          taxed: true,
          incomeLevy: 251_000,
          ventilator: true,
        },
        expected: { cap: 1_000 },
      },
      {
        title: "低所得Ⅰ(令和7年6月まで)",
        input: { on: "2025-06-30", welfare: false, taxed: false, ownIncome: 800_000 },
        expected: { tier: "低所得Ⅰ", cap: 2_500 },
      },
      {
        title: "低所得Ⅱ",
        input: { on: "2025-06-30", welfare: false, taxed: false, ownIncome: 800_001 },
        expected: { tier: "低所得Ⅱ", cap: 5_000 },
      },
      {
        title: "生活保護",
        input: { on: "2026-11-20", welfare: true, taxed: false, ventilator: true },
        expected: { tier: "生活保護", cap: 0 },
      },
    ],
  }),
  defineRule({
    id: "intractable.apportion",
    title: "自己負担上限月額の按分",
    summary: "同じ基準世帯に複数の受給者がいるとき、上限月額の合計が最も高い額になるように按分する",
    fields: {
      caps: listOfField(
        "それぞれの上限月額(円)",
        wholeField("上限月額(円)", 30_000),
        z.array(wholeSchema(0), { error: "上限月額を一覧で入力してください。" }),
        [30_000, 10_000],
      ),
      unit: optional(wholeField("端数を切り捨てる単位(円)", 10, 1, 100)),
    },
    decide: ({ caps, unit = 10 }) => ({
      result: { caps: apportion(caps, unit) },
      basis: [
        "難病の患者に対する医療等に関する法律施行令第1条第2項",
        `端数は${unit}円未満を切捨て(未確認の仮設定)`,
      ],
    }),
    notEstablished: ["按分の端数の扱い(10円未満切捨ては仮設定)"],
    examples: [
      {
        title: "3万円と1万円",
        input: { caps: [30_000, 10_000] },
        expected: { caps: [22_500, 7_500] },
      },
      { title: "一人なら変わらない", input: { caps: [10_000] }, expected: { caps: [10_000] } },
    ],
  }),
  defineRule({
    id: "intractable.mild-high-cost",
    title: "軽症高額の判定",
    summary:
      "申請月以前の12か月(発症が後なら発症月から)に、医療費総額が33,330円を超える月が3回以上あるか",
    fields: { appliedOn, onset: optional(dateField("発症した日", "2026-06-01")), months },
    decide: ({ appliedOn, onset, months }) => ({
      result: highCostMonths(mildHighCost, appliedOn, months, onset),
      basis: [`${LAW}第7条第1項第2号`, "難病の患者に対する医療等に関する法律施行令第2条"],
    }),
    examples: [
      {
        title: "33,331円が3回",
        input: { appliedOn: "2026-11-20", months: since("2026", 3, 33_331) },
        expected: { met: true, counted: 3 },
      },
      {
        title: "33,330円は超えていない",
        input: { appliedOn: "2026-11-20", months: since("2026", 3, 33_330) },
        expected: { met: false, counted: 0 },
      },
      {
        title: "発症前の月は数えない",
        input: { appliedOn: "2026-11-20", onset: "2026-02-10", months: since("2026", 3, 40_000) },
        expected: { met: false, counted: 2 },
      },
    ],
  }),
  defineRule({
    id: "intractable.long-high-cost",
    title: "高額かつ長期の判定",
    summary: "申請月以前の12か月に、医療費総額が50,000円を超える月が6回以上あるか",
    fields: { appliedOn, onset: optional(dateField("発症した日", "2026-06-01")), months },
    decide: ({ appliedOn, months }) => ({
      result: highCostMonths(longHighCost, appliedOn, months),
      basis: ["難病の患者に対する医療等に関する法律施行令第1条", "平成26年厚生労働省告示第428号"],
    }),
    examples: [
      {
        title: "50,001円が6回",
        input: { appliedOn: "2026-11-20", months: since("2026", 6, 50_001) },
        expected: { met: true, counted: 6 },
      },
      {
        title: "50,000円は超えていない",
        input: { appliedOn: "2026-11-20", months: since("2026", 6, 50_000) },
        expected: { met: false, counted: 0 },
      },
      {
        title: "12か月より前は数えない",
        input: {
          appliedOn: "2026-11-20",
          months: [
            { month: "2025-11", total: 60_000 },
            { month: "2025-12", total: 60_000 },
          ],
        },
        expected: { counted: 1 },
      },
    ],
  }),
  defineRule({
    id: "intractable.start",
    title: "指定難病の支給の期間",
    summary:
      "重症度を満たすと診断された日などと申請日から、遡りを含む支給開始日と、有効期間の終わりを求める",
    fields: {
      appliedOn,
      severeOn: optional(dateField("重症度を満たすと診断された日", "2026-11-01")),
      mildHighCostMetOn: optional(dateField("軽症高額の要件を満たした日", "2026-10-31")),
      hindered: optional(flagField("申請が遅れたやむを得ない理由がある", false)),
      fixedEnd: optional({
        label: "有効期間の一斉の終わり(月-日)",
        kind: "text",
        schema: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
          error: "月日をMM-DDの形で入力してください。",
        }),
        example: "09-30",
      } satisfies Field),
      mostMonths: optional(wholeField("有効期間の最長(月)", 12, 1, 15)),
    },
    decide: ({ hindered = false, fixedEnd, mostMonths = 12, ...facts }) => {
      const from = entitlementStart({ ...facts, hindered });
      if (!from)
        throw new InputError(
          "severeOn",
          "診断された日か、軽症高額の要件を満たした日を入力してください。",
        );
      const end = fixedEnd && { to: entitlementEnd(from, fixedEnd, mostMonths) };
      return { result: { from, ...end }, basis: [`${LAW}第7条第5項(令和5年10月1日施行)`] };
    },
    notEstablished: [
      "有効期間の一斉の終わりは都道府県・指定都市が定める",
      "1年を超え1年3月までとする特別の事情",
    ],
    examples: [
      {
        title: "9月30日までの有効期間",
        input: { appliedOn: "2026-11-20", severeOn: "2026-11-01", fixedEnd: "09-30" },
        expected: { from: "2026-11-01", to: "2027-09-30" },
      },
      {
        title: "診断日まで遡る",
        input: { appliedOn: "2026-11-20", severeOn: "2026-11-01" },
        expected: { from: "2026-11-01" },
      },
      {
        title: "原則1か月まで",
        input: { appliedOn: "2026-11-20", severeOn: "2026-09-01" },
        expected: { from: "2026-10-20" },
      },
      {
        title: "やむを得ない理由があれば3か月まで",
        input: { appliedOn: "2026-11-20", severeOn: "2026-08-01", hindered: true },
        expected: { from: "2026-08-20" },
      },
      {
        title: "軽症高額は翌日から",
        input: { appliedOn: "2026-11-20", mildHighCostMetOn: "2026-10-31" },
        expected: { from: "2026-11-01" },
      },
      {
        title: "令和5年10月1日より前には遡らない",
        input: { appliedOn: "2023-10-15", severeOn: "2023-09-20" },
        expected: { from: "2023-10-01" },
      },
    ],
  }),
];
