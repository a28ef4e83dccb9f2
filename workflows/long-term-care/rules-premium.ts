import { z } from "zod";
import {
  choiceField,
  dateField,
  defineRule,
  type Field,
  flagField,
  InputError,
  optional,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { type ArrearsRate, arrears, arrearsRates, refundInterest, refundRates } from "./arrears.ts";
import { stageTables } from "./presets.ts";
import {
  instalments,
  pensionCollectionFrom,
  pensionInstalments,
  prorate,
  qualification,
} from "./qualification.ts";
import { premiumStage } from "./stages.ts";

const tables = Object.fromEntries(
  Object.entries(stageTables).map(([id, { name }]) => [id, name]),
) as Record<keyof typeof stageTables, string>;
const fiscalYear = wholeField("年度(西暦)", 2026, 2000, 2200);
const annual = wholeField("年間保険料(円)", 79_440);
const unit = optional(wholeField("端数を切り捨てる単位(円、条例による)", 1, 1, 1_000));
const ratesError = "年と割合(千分率)の一覧で入力してください。";

/** Rules about 介護保険料. */
export const rules = [
  defineRule({
    id: "ltc.qualification",
    title: "第1号被保険者の資格と保険料のかかる月",
    summary:
      "65歳に達する日(誕生日の前日)と住民である期間から、資格の期間と保険料のかかる最初と最後の月を求める",
    fields: {
      birth: dateField("生年月日", "1961-04-01"),
      residentFrom: optional(dateField("住民となった日", "2020-01-01")),
      residentTo: optional(dateField("住民であった最後の日", "2026-11-20")),
      domicileException: optional(
        flagField("住所地特例の施設に移った(転出しても資格が続く)", false),
      ),
    },
    decide: ({ birth, residentFrom, residentTo, domicileException = false }) => {
      const found = qualification(birth, residentFrom, domicileException ? undefined : residentTo);
      if (!found)
        throw new InputError(
          "residentTo",
          "65歳に達する前、または住民となる前に住民でなくなっています。",
        );
      return {
        result: { to: null, firstMonth: null, lastMonth: null, ...found },
        basis: [
          "介護保険法第9条、第10条、第11条",
          ...(domicileException ? ["介護保険法第13条(住所地特例)"] : []),
          "介護保険法第129条",
          "年齢計算ニ関する法律",
        ],
      };
    },
    examples: [
      {
        title: "4月1日生まれは3月31日に取得し、3月分から",
        input: { birth: "1961-04-01" },
        expected: { from: "2026-03-31", firstMonth: "2026-03" },
      },
      {
        title: "4月2日生まれは4月1日に取得し、4月分から",
        input: { birth: "1961-04-02" },
        expected: { from: "2026-04-01", firstMonth: "2026-04" },
      },
      {
        title: "喪失した月の前月まで",
        input: { birth: "1950-01-01", residentTo: "2026-11-20" },
        expected: { to: "2026-11-20", lostOn: "2026-11-21", lastMonth: "2026-10" },
      },
      {
        title: "月末に転出した月は含む",
        input: { birth: "1950-01-01", residentTo: "2026-11-30" },
        expected: { lostOn: "2026-12-01", lastMonth: "2026-11" },
      },
    ],
  }),
  defineRule({
    id: "ltc.stage",
    title: "介護保険料の段階",
    summary:
      "課税の状況と所得から、保険料の段階・乗率・年額を求める(令和8年度の給与所得の特例を含む)",
    fields: {
      fiscalYear,
      city: choiceField("市の表", tables, "standard"),
      welfare: flagField("生活保護(または老齢福祉年金で世帯非課税)", false),
      personTaxed: flagField("本人に市町村民税が課税されている", false),
      householdTaxed: flagField("世帯に市町村民税が課税されている人がいる", false),
      pensionPlusOther: wholeField("課税年金収入+その他の合計所得(円)", 826_500),
      totalIncome: wholeField("合計所得金額(円)", 0),
      salary: optional(wholeField("令和7年の給与収入(円、令和8年度の特例)", 1_050_000)),
      nontaxLimit: optional(wholeField("本人の非課税限度額(円、扶養がある場合など)", 450_000)),
    },
    decide: ({ city, ...facts }) => {
      const { basis, ...result } = premiumStage(facts, stageTables[city]);
      return { result, basis };
    },
    parameters: Object.values(stageTables),
    notEstablished: [
      "令和8年度の特例での世帯員の再判定(世帯の課税は再判定した結果を入力する)",
      "非課税限度額45万円(1級地・扶養なし)は仮設定",
    ],
    examples: [
      {
        title: "第1段階の上限(令和8年度は82.65万円)",
        input: stageInput({ pensionPlusOther: 826_500 }),
        expected: { stage: 1, rate: 0.285 },
      },
      {
        title: "1円超えると第2段階",
        input: stageInput({ pensionPlusOther: 826_501 }),
        expected: { stage: 2, rate: 0.485 },
      },
      {
        title: "令和7年度は80.9万円",
        input: stageInput({ fiscalYear: 2025, pensionPlusOther: 809_001 }),
        expected: { stage: 2 },
      },
      {
        title: "本人課税、合計所得120万円",
        input: stageInput({ personTaxed: true, householdTaxed: true, totalIncome: 1_200_000 }),
        expected: { stage: 7, rate: 1.3 },
      },
      {
        title: "横浜市の第3段階(10円未満切捨て)",
        input: stageInput({ city: "yokohama", pensionPlusOther: 1_200_000 }),
        expected: { stage: 3, annual: 27_000 },
      },
      {
        title: "給与収入105万円は、令和8年度は旧の控除で課税とみなす",
        input: stageInput({ householdTaxed: true, totalIncome: 400_000, salary: 1_050_000 }),
        expected: { stage: 6, rate: 1.2 },
      },
    ],
  }),
  defineRule({
    id: "ltc.prorate",
    title: "介護保険料の月割",
    summary: "年度の途中で資格を得た・失ったときの月数と保険料を求める",
    fields: {
      fiscalYear,
      annual,
      acquiredOn: optional(dateField("資格取得日", "2026-08-15")),
      lostOn: optional(dateField("資格喪失日", "2027-01-10")),
      unit,
    },
    decide: ({ fiscalYear, annual, acquiredOn, lostOn, unit = 1 }) => ({
      result: prorate(fiscalYear, annual, unit, acquiredOn, lostOn),
      basis: ["介護保険法第129条", `市の介護保険条例(月割、${unit}円未満切捨て)`],
    }),
    notEstablished: ["月割の端数(条例による)"],
    examples: [
      {
        title: "8月に取得すると8か月分",
        input: { fiscalYear: 2026, annual: 79_440, acquiredOn: "2026-08-15" },
        expected: { months: 8, amount: 52_960 },
      },
      {
        title: "1月に喪失すると12月分まで",
        input: { fiscalYear: 2026, annual: 79_440, lostOn: "2027-01-10" },
        expected: { months: 9, amount: 59_580 },
      },
      {
        title: "3月31日に取得した年度は1か月分",
        input: { fiscalYear: 2025, annual: 79_440, acquiredOn: "2026-03-31" },
        expected: { months: 1, amount: 6_620 },
      },
    ],
  }),
  defineRule({
    id: "ltc.instalments",
    title: "介護保険料の期割",
    summary: "年額を普通徴収の納期、または特別徴収(仮徴収・本徴収)に割り振る",
    fields: {
      annual,
      method: choiceField("徴収の方法", { ordinary: "普通徴収", pension: "特別徴収" }, "ordinary"),
      count: optional(wholeField("納期の数(普通徴収)", 10, 1, 12)),
      lastFebruary: optional(wholeField("前年度2月の額(特別徴収、円)", 13_000)),
      unit: optional(wholeField("端数をまとめる単位(円)", 100, 1, 1_000)),
    },
    decide: ({ annual, method, count = 10, lastFebruary, unit = 100 }) => {
      if (method === "pension" && lastFebruary === undefined)
        throw new InputError("lastFebruary", "前年度2月の額を入力してください。");
      const amounts =
        method === "pension"
          ? pensionInstalments(annual, lastFebruary ?? 0, unit)
          : instalments(annual, count, unit);
      return {
        result: { amounts },
        basis: ["介護保険法第131条、第135条、第140条", "市の介護保険条例(納期、端数)"],
      };
    },
    examples: [
      {
        title: "普通徴収10期、端数は第1期",
        input: { annual: 79_440, method: "ordinary", count: 10 },
        expected: {
          amounts: [8_340, 7_900, 7_900, 7_900, 7_900, 7_900, 7_900, 7_900, 7_900, 7_900],
        },
      },
      {
        title: "特別徴収、端数は10月",
        input: { annual: 79_440, method: "pension", lastFebruary: 13_000 },
        expected: { amounts: [13_000, 13_000, 13_000, 13_640, 13_400, 13_400] },
      },
    ],
  }),
  defineRule({
    id: "ltc.arrears",
    title: "延滞金",
    summary: "納期限の翌日から納付の日まで、年ごとの割合で延滞金を計算する",
    fields: {
      principal: wholeField("滞納した保険料(円)", 79_440),
      due: dateField("納期限", "2025-06-30"),
      paid: dateField("納付の日", "2026-03-31"),
      rates: optional({
        label: "年ごとの割合",
        kind: "list",
        fields: {
          year: wholeField("年", 2027, 1950, 2200),
          first: wholeField("最初の期間の割合(千分率)", 28),
          later: wholeField("その後の割合(千分率)", 91),
        },
        schema: z.array(
          z.object(
            { year: wholeSchema(1950, 2200), first: wholeSchema(0), later: wholeSchema(0) },
            { error: ratesError },
          ),
          { error: ratesError },
        ),
        example: [{ year: 2027, first: 28, later: 91 }],
        hint: "登録されている割合の代わりに試すとき",
      } satisfies Field),
    },
    decide: ({ principal, due, paid, rates = [] }) => {
      const entered = rates.map(({ year, ...value }) => ({
        from: `${year}-01-01` as const,
        to: `${year}-12-31` as const,
        value: value satisfies ArrearsRate,
        source: "入力された割合",
        certainty: "assumed" as const,
      }));
      const { basis, parts, charge } = arrears(principal, due, paid, {
        ...arrearsRates,
        rows: [...entered, ...arrearsRates.rows],
      });
      return {
        result: { charge, parts: parts.map((part) => ({ ...part, rate: part.rate / 1_000 })) },
        basis: ["介護保険法第144条、地方自治法第231条の3", "市の延滞金の条例", ...basis],
      };
    },
    parameters: [arrearsRates],
    notEstablished: ["条例により、低い割合の期間や端数の扱いが異なることがある"],
    examples: [
      {
        title: "年をまたぐ滞納",
        input: { principal: 79_440, due: "2025-06-30", paid: "2026-03-31" },
        expected: {
          charge: 4_800,
          parts: [
            { year: 2025, days: 31, rate: 0.024, amount: 161 },
            { year: 2025, days: 153, rate: 0.087, amount: 2_881 },
            { year: 2026, days: 90, rate: 0.091, amount: 1_772 },
          ],
        },
      },
      {
        title: "2,000円未満にはかからない",
        input: { principal: 1_999, due: "2025-06-30", paid: "2026-03-31" },
        expected: { charge: 0, parts: [] },
      },
      {
        title: "納期限までに納めた",
        input: { principal: 79_440, due: "2025-06-30", paid: "2025-06-30" },
        expected: { charge: 0, parts: [] },
      },
    ],
  }),
  defineRule({
    id: "ltc.refund-interest",
    title: "還付加算金",
    summary: "納めすぎた保険料に、納付の翌日から還付の決定の日まで年ごとの割合で加える額を計算する",
    fields: {
      amount: wholeField("納めすぎた額(円)", 500_000),
      paid: dateField("納付の日", "2026-01-10"),
      decided: dateField("還付を決定した日", "2026-11-20"),
    },
    decide: ({ amount, paid, decided }) => {
      const { interest, basis } = refundInterest(amount, paid, decided);
      return { result: { interest }, basis: ["介護保険法第139条、地方税法第17条の4", ...basis] };
    },
    parameters: [refundRates],
    notEstablished: ["令和7年の割合", "起算日の特例(納付の翌日とした)"],
    examples: [
      {
        title: "50万円を314日",
        input: { amount: 500_000, paid: "2026-01-10", decided: "2026-11-20" },
        expected: { interest: 5_500 },
      },
      {
        title: "1,000円未満は加えない",
        input: { amount: 79_440, paid: "2026-06-30", decided: "2026-11-20" },
        expected: { interest: 0 },
      },
    ],
  }),
  defineRule({
    id: "ltc.special-collection",
    title: "特別徴収の始まる月",
    summary: "資格を取得した日と年金の年額から、特別徴収の始まる月を求める。18万円未満は普通徴収",
    fields: {
      insuredOn: dateField("資格取得(転入)の日", "2026-05-09"),
      yearlyPension: wholeField("年金の年額(円)", 180_000),
    },
    decide: ({ insuredOn, yearlyPension }) => ({
      result: { from: pensionCollectionFrom(insuredOn, yearlyPension) ?? null },
      basis: ["介護保険法第131条、第134条、第135条", "介護保険法施行令第41条"],
    }),
    notEstablished: ["把握月から約6か月後は目安。年金保険者の通知による"],
    examples: [
      {
        title: "6月に把握されると12月から",
        input: { insuredOn: "2026-05-09", yearlyPension: 180_000 },
        expected: { from: "2026-12" },
      },
      {
        title: "18万円未満は普通徴収",
        input: { insuredOn: "2026-05-09", yearlyPension: 179_999 },
        expected: { from: null },
      },
    ],
  }),
];

function stageInput(facts: Record<string, unknown>): Record<string, unknown> {
  return {
    fiscalYear: 2026,
    city: "standard",
    welfare: false,
    personTaxed: false,
    householdTaxed: false,
    pensionPlusOther: 0,
    totalIncome: 0,
    ...facts,
  };
}
