import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessIncome, type IncomeItems } from "#workflows/single-parent-medical/income.ts";

describe("ひとり親の所得", () => {
  const items: IncomeItems = {
    salary: 0,
    pension: 0,
    business: 0,
    other: 0,
    childSupport: 0,
    deductions: {},
  };
  const assessed = (
    more: Partial<IncomeItems>,
    relation: "applicant" | "supporter" = "applicant",
    carer = false,
  ) => assessIncome({ ...items, ...more }, relation, carer).assessed;

  test("給与と年金は合わせて10万円、全員8万円を引く", () => {
    expect(assessed({ salary: 1_000_000 })).toBe(820_000);
    expect(assessed({ salary: 500_000, pension: 500_000 })).toBe(820_000);
    expect(assessed({ business: 1_000_000 })).toBe(920_000);
    expect(assessed({ salary: 60_000, business: 1_000_000 })).toBe(920_000);
    expect(assessed({ salary: 100_000 })).toBe(0);
  });

  test("養育費の8割を丸めて足すのは、親だけ", () => {
    expect(assessed({ business: 100_000, childSupport: 601 })).toBe(20_481);
    expect(assessed({ business: 100_000, childSupport: 603 })).toBe(20_482);
    expect(assessed({ business: 100_000, childSupport: 600 }, "supporter")).toBe(20_000);
    expect(assessed({ business: 100_000, childSupport: 600 }, "applicant", true)).toBe(20_000);
  });

  test("控除。寡婦・ひとり親控除は、その親には使わない", () => {
    const deductions = {
      disability: 270_000,
      singleParent: 350_000,
      widow: 270_000,
      medicalExpenses: 5,
    };
    expect(assessed({ business: 2_000_000, deductions })).toBe(1_649_995);
    expect(assessed({ business: 2_000_000, deductions }, "supporter")).toBe(1_029_995);
    expect(assessed({ business: 2_000_000, deductions }, "applicant", true)).toBe(1_029_995);
    const { steps } = assessIncome({ ...items, deductions }, "applicant");
    expect(steps.find(({ label }) => label.startsWith("ひとり親控除"))).toEqual({
      label: "ひとり親控除(父母には適用なし)",
      amount: 0,
    });
  });

  test("各段の呼び名は決定書のとおり", () => {
    const { steps } = assessIncome({ ...items, childSupport: 100 }, "applicant");
    expect(steps.map(({ label }) => label)).toEqual([
      "給与所得",
      "公的年金等に係る雑所得",
      "給与所得・公的年金等に係る控除(10万円まで)",
      "事業所得",
      "その他の所得",
      "養育費の8割",
      "社会保険料相当額(一律)",
    ]);
  });

  test("各段を足すと結果になる", () => {
    fc.assert(
      fc.property(
        fc.nat(5_000_000),
        fc.nat(5_000_000),
        fc.nat(900_000),
        (salary, business, deduction) => {
          const found = assessIncome(
            {
              ...items,
              salary,
              business,
              childSupport: business,
              deductions: { disability: deduction },
            },
            "applicant",
          );
          const sum = found.steps.reduce((total, { amount }) => total + amount, 0);
          expect(found.assessed).toBe(Math.max(0, sum));
        },
      ),
    );
  });
});
