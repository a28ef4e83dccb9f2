import {
  choiceField,
  dateField,
  defineRule,
  flagField,
  optional,
  titlesOf,
  wholeField,
} from "#workflows/rules/rule.ts";
import { childUntil } from "./child-period.ts";
import { assessIncome } from "./income.ts";
import { incomeItemsField } from "./income-items.ts";
import { incomeOrdinances, incomeTest } from "./limits.ts";

const relations = { applicant: "申請者(父・母・養育者)", supporter: "扶養義務者等" };
const on = dateField("判定する日", "2026-11-20");
const relation = choiceField("続柄", relations, "applicant");
const ordinance = choiceField("条例の基準", titlesOf(incomeOrdinances), "national-partial");

const items = incomeItemsField;

/** Rules about ひとり親家庭等医療費助成. */
export const rules = [
  defineRule({
    id: "single-parent.income-test",
    title: "ひとり親家庭等医療費助成の所得判定",
    summary: "控除後の所得が、扶養親族等の数に応じた限度額未満かを判定する",
    fields: {
      on,
      relation,
      dependants: wholeField("扶養親族等の数", 1, 0, 30),
      income: wholeField("控除後の所得(円)", 2_459_999),
      ordinance: optional(ordinance),
      elderlyDependants: optional(
        wholeField("うち70歳以上の同一生計配偶者・老人扶養親族の数", 0, 0, 30),
      ),
      studentDependants: optional(
        wholeField("うち特定扶養親族・16歳以上19歳未満の扶養親族の数", 0, 0, 30),
      ),
    },
    decide: ({ ordinance = "national-partial", ...facts }) => {
      const { basis, ...result } = incomeTest(facts, incomeOrdinances[ordinance]);
      return { result, basis: ["市のひとり親家庭等医療費助成条例", ...basis] };
    },
    parameters: Object.values(incomeOrdinances).flatMap(({ applicant, supporter }) => [
      applicant,
      supporter,
    ]),
    notEstablished: ["市ごとの条例がどの基準・年度の切替月を使うか", "市の規則で定める限度額"],
    examples: [
      {
        title: "令和6年11月からの一部支給の限度額(1人)に1円足りない",
        input: { on: "2024-11-01", relation: "applicant", dependants: 1, income: 2_459_999 },
        expected: { limit: 2_460_000, within: true },
      },
      {
        title: "限度額ちょうどは該当しない",
        input: { on: "2024-11-01", relation: "applicant", dependants: 1, income: 2_460_000 },
        expected: { limit: 2_460_000, within: false },
      },
      {
        title: "改正の前日は以前の限度額",
        input: { on: "2024-10-31", relation: "applicant", dependants: 1, income: 2_299_999 },
        expected: { limit: 2_300_000, within: true },
      },
      {
        title: "横浜市は11月を過ぎても前々年の所得を見る(限度額は仮設定)",
        input: {
          on: "2026-12-01",
          relation: "applicant",
          dependants: 0,
          income: 2_079_999,
          ordinance: "yokohama",
        },
        expected: { limit: 2_080_000, within: true, incomeYear: 2024 },
      },
      {
        title: "扶養義務者の限度額は改正の前後で同じ",
        input: { on: "2024-11-01", relation: "supporter", dependants: 2, income: 3_120_000 },
        expected: { limit: 3_120_000, within: false },
      },
    ],
  }),
  defineRule({
    id: "single-parent.income",
    title: "ひとり親家庭等医療費助成の所得の計算",
    summary: "所得の内訳から、限度額と比べる所得を順を追って計算する",
    fields: {
      on,
      relation,
      items,
      carer: optional(flagField("申請者は父母でない養育者である", false)),
    },
    decide: ({ relation, items, carer }) => ({
      result: assessIncome(items, relation, carer),
      basis: ["児童扶養手当法施行令第2条の4、第3条、第4条", "市のひとり親家庭等医療費助成条例"],
    }),
    notEstablished: [
      "養育費の8割の端数(1円未満四捨五入)",
      "令和8年11月以後の給与所得控除の改正の影響",
    ],
    examples: [
      {
        title: "給与と養育費のある母",
        input: {
          on: "2026-11-20",
          relation: "applicant",
          items: {
            salary: 1_800_000,
            childSupport: 600_000,
            deductions: { disability: 270_000, singleParent: 350_000 },
          },
        },
        expected: { assessed: 1_830_000 },
      },
      {
        title: "扶養義務者には寡婦控除があり、養育費はない",
        input: {
          on: "2026-11-20",
          relation: "supporter",
          items: { pension: 900_000, childSupport: 600_000, deductions: { widow: 270_000 } },
        },
        expected: { assessed: 450_000 },
      },
    ],
  }),
  defineRule({
    id: "single-parent.child-until",
    title: "ひとり親家庭等医療費助成の児童である最後の日",
    summary: "生年月日と障害・在学の状況から、児童として対象になる最後の日を求める",
    fields: {
      birth: dateField("生年月日", "2008-04-01"),
      disabled: optional(flagField("条例の定める障害がある", false)),
      pupil: optional(flagField("高校に在学している(在学を延長の要件とする条例)", false)),
    },
    decide: ({ birth, disabled = false, pupil = false }) => ({
      result: { date: childUntil({ birth, disabled, pupil }) },
      basis: [
        "児童扶養手当法第3条第1項",
        "年齢計算ニ関する法律",
        "市のひとり親家庭等医療費助成条例",
      ],
    }),
    notEstablished: ["在学による延長は市の条例による(20歳未満までの市がある)"],
    examples: [
      {
        title: "4月1日生まれは18歳に達した日が年度末",
        input: { birth: "2008-04-01" },
        expected: { date: "2026-03-31" },
      },
      {
        title: "障害のある児童は20歳に達する日まで",
        input: { birth: "2008-04-02", disabled: true },
        expected: { date: "2028-04-01" },
      },
    ],
  }),
];
