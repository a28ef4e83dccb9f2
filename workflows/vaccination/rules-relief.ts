import {
  choiceField,
  dateField,
  defineRule,
  flagField,
  InputError,
  optional,
  wholeField,
} from "#workflows/rules/rule.ts";
import { reliefAmount, reliefParameters } from "./relief/amounts.ts";
import { benefitsOfClass, reliefBenefits, reliefClasses } from "./relief/benefits.ts";

/** Rules about the relief for damage to health by vaccination. */
export const rules = [
  defineRule({
    id: "relief.amount",
    title: "予防接種健康被害救済の給付額",
    summary:
      "類・給付の種類・時期と、給付が数えるものから、額を求める。額の登録のない時期はその名前を示す",
    fields: {
      class: choiceField("類", reliefClasses, "A"),
      benefit: choiceField("給付", reliefBenefits, "medical-allowance"),
      on: dateField("給付の対象となる日", "2024-10-01"),
      outpatientDays: optional(wholeField("通院した日数(月)", 3, 0, 31)),
      inpatientDays: optional(wholeField("入院した日数(月)", 0, 0, 31)),
      patientPaid: optional(wholeField("医療費の自己負担額(円)", 12_000)),
      meals: optional(wholeField("入院時食事療養標準負担額等(円)", 0)),
      grade: optional(wholeField("等級", 1, 1, 3)),
      homeCare: optional(flagField("在宅で介護している", false)),
      otherBenefits: optional(wholeField("調整する額(他の手当・年金の年額、先に受けた額、円)", 0)),
    },
    decide: ({
      outpatientDays = 0,
      inpatientDays = 0,
      patientPaid = 0,
      meals = 0,
      grade = 1,
      homeCare = false,
      otherBenefits = 0,
      ...facts
    }) => {
      if (!benefitsOfClass[facts.class].includes(facts.benefit))
        throw new InputError(
          "benefit",
          `${reliefClasses[facts.class]}には${reliefBenefits[facts.benefit]}がありません。`,
        );
      const found = reliefAmount({
        ...facts,
        outpatientDays,
        inpatientDays,
        patientPaid,
        meals,
        grade,
        homeCare,
        otherBenefits,
      });
      if (!found)
        throw new InputError(
          facts.benefit === "medical-allowance" ? "outpatientDays" : "grade",
          facts.benefit === "medical-allowance"
            ? "通院または入院した日数を入力してください。"
            : "この等級の給付はありません。",
        );
      const { basis, ...result } = found;
      return { result, basis };
    },
    parameters: reliefParameters,
    notEstablished: [
      "令和7年度以後の額",
      "A類の医療手当を除く令和6年度の額",
      "B類の遺族年金・遺族一時金(令和6年度)を除く額",
      "行政措置の額",
      "死亡一時金の障害年金の受給期間による調整額",
    ],
    examples: [
      {
        title: "医療手当、通院3日(令和6年度)",
        input: { class: "A", benefit: "medical-allowance", on: "2024-10-01", outpatientDays: 3 },
        expected: { amount: 38_900 },
      },
      {
        title: "医療手当、通院2日(令和6年度)",
        input: { class: "A", benefit: "medical-allowance", on: "2024-10-01", outpatientDays: 2 },
        expected: { amount: 36_900 },
      },
      {
        title: "医療手当、入院8日(令和5年度)",
        input: { class: "A", benefit: "medical-allowance", on: "2024-03-31", inpatientDays: 8 },
        expected: { amount: 37_800 },
      },
      {
        title: "医療手当、入院と通院の併用",
        input: {
          class: "A",
          benefit: "medical-allowance",
          on: "2024-10-01",
          outpatientDays: 1,
          inpatientDays: 1,
        },
        expected: { amount: 38_900 },
      },
      {
        title: "障害年金1級、介護加算(令和5年度)",
        input: {
          class: "A",
          benefit: "disability-pension",
          on: "2023-10-01",
          grade: 1,
          homeCare: true,
        },
        expected: { amount: 6_021_800 },
      },
      {
        title: "医療費",
        input: {
          class: "B",
          benefit: "medical-cost",
          on: "2026-11-20",
          patientPaid: 12_000,
          meals: 1_500,
        },
        expected: { amount: 13_500 },
      },
    ],
  }),
];
