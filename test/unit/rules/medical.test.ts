import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandEnd, copayBandOn, exampleBands } from "#workflows/child-medical/bands.ts";
import { childMedicalPeriod, type PeriodPlan } from "#workflows/child-medical/period.ts";
import { periodPlans } from "#workflows/child-medical/presets.ts";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  type HighCostCategory,
  highCostCategories,
  highCostLimit,
} from "#workflows/medical/high-cost.ts";
import { yearlyHighCost } from "#workflows/medical/high-cost-year.ts";
import { medicalSubsidy, publicFundOrder, type SubsidyFacts } from "#workflows/medical/subsidy.ts";
import { type DatedParameter, MissingParameterError } from "#workflows/parameters/dated.ts";
import { findRule } from "#workflows/rules/registry.ts";
import { childUntil } from "#workflows/single-parent-medical/child-period.ts";
import { assessIncome, type IncomeItems } from "#workflows/single-parent-medical/income.ts";
import {
  type IncomeFacts,
  incomeOrdinances,
  incomeTest,
} from "#workflows/single-parent-medical/limits.ts";

describe("period of the child's subsidy", () => {
  const plan = (value: Partial<PeriodPlan> = {}): DatedParameter<PeriodPlan> => ({
    name: "試験市の対象期間",
    rows: [
      {
        from: "2020-04-01",
        value: { reachBackDays: 30, otherwise: "application-date", endAge: 18, ...value },
        source: "試験",
        certainty: "assumed",
      },
    ],
  });
  const period = (
    birth: IsoDate,
    appliedOn: IsoDate,
    residentFrom?: IsoDate,
    value?: Partial<PeriodPlan>,
  ) => {
    const found = childMedicalPeriod({ birth, appliedOn, residentFrom }, plan(value));
    return "none" in found ? found.none : [found.from, found.to];
  };

  test("applied for in time it reaches back to birth, a day later it does not", () => {
    expect(period("2026-10-01", "2026-10-31")).toEqual(["2026-10-01", "2045-03-31"]);
    expect(period("2026-10-01", "2026-11-01")).toEqual(["2026-11-01", "2045-03-31"]);
    expect(period("2026-10-01", "2026-10-01")).toEqual(["2026-10-01", "2045-03-31"]);
  });

  test("who moved in counts from then", () => {
    expect(period("2020-05-01", "2026-10-31", "2026-10-01")).toEqual(["2026-10-01", "2039-03-31"]);
    expect(period("2020-05-01", "2026-11-01", "2026-10-01")).toEqual(["2026-11-01", "2039-03-31"]);
    expect(period("2026-10-20", "2026-11-01", "2026-10-01")).toEqual(["2026-10-20", "2045-03-31"]);
  });

  test("the first of the month, never before birth or in-move", () => {
    expect(period("2026-01-10", "2026-11-20", undefined, { otherwise: "first-of-month" })).toEqual([
      "2026-11-01",
      "2044-03-31",
    ]);
    expect(
      period("2026-11-10", "2026-11-20", undefined, {
        otherwise: "first-of-month",
        reachBackDays: 5,
      }),
    ).toEqual(["2026-11-10", "2045-03-31"]);
  });

  test("April 1 and 2, and other ages", () => {
    expect(period("2008-04-01", "2026-03-31")).toEqual(["2026-03-31", "2026-03-31"]);
    expect(period("2008-04-01", "2026-04-01")).toContain("対象年齢");
    expect(period("2008-04-02", "2026-04-01")).toEqual(["2026-04-01", "2027-03-31"]);
    expect(period("2011-04-02", "2026-04-01", undefined, { endAge: 15 })).toEqual([
      "2026-04-01",
      "2027-03-31",
    ]);
  });

  test("an application before birth, and a day without a plan", () => {
    expect(period("2026-10-02", "2026-10-01")).toContain("前です");
    expect(() => period("2019-01-01", "2020-03-31")).toThrow(
      new MissingParameterError("試験市の対象期間", "2020-03-31"),
    );
  });

  test("cites the row and says what decided", () => {
    const found = childMedicalPeriod(
      { birth: "2026-10-30", appliedOn: "2026-11-20" },
      periodPlans.kumamoto,
    );
    expect(found).toMatchObject({ reason: "出生日から30日以内の申請のため、出生日から" });
    expect(found.basis.at(-1)).toMatch(/^熊本市こども医療費助成の対象期間\(2019-04-01〜; 未確認/);
    const late = childMedicalPeriod(
      { birth: "2020-10-30", appliedOn: "2026-11-20", residentFrom: "2026-10-01" },
      periodPlans["first-of-month"],
    );
    expect(late).toMatchObject({
      from: "2026-11-01",
      reason: "転入日から30日を過ぎた申請のため、申請月の初日から",
    });
    const day = childMedicalPeriod(
      { birth: "2020-10-30", appliedOn: "2026-11-20" },
      periodPlans.kumamoto,
    );
    expect(day).toMatchObject({ reason: "出生日から30日を過ぎた申請のため、申請日から" });
  });
});

describe("the limit of high costs", () => {
  test.each<[IsoMonth, HighCostCategory, number, boolean, number]>([
    ["2026-07", "ア", 1_000_000, false, 254_180],
    ["2026-08", "ア", 1_000_000, false, 271_290],
    ["2026-07", "イ", 1_000_000, false, 171_820],
    ["2026-08", "イ", 1_000_000, false, 183_130],
    ["2026-07", "ウ", 1_000_000, false, 87_430],
    ["2026-08", "ウ", 1_000_000, false, 92_940],
    ["2026-08", "ウ", 286_000, false, 85_800],
    ["2026-08", "ウ", 286_049, false, 85_800],
    ["2026-08", "ウ", 286_050, false, 85_801],
    ["2026-08", "ウ", 100, false, 85_800],
    ["2026-07", "エ", 9_000_000, false, 57_600],
    ["2026-08", "エ", 9_000_000, false, 61_500],
    ["2026-07", "オ", 9_000_000, false, 35_400],
    ["2026-08", "オ", 9_000_000, false, 36_900],
    ["2026-07", "70-一般外来", 500_000, false, 18_000],
    ["2026-08", "70-一般外来", 500_000, false, 22_000],
    ["2026-08", "70-一般外来", 500_000, true, 22_000],
    ["2026-08", "70-現役並みⅠ", 1_000_000, false, 92_940],
    ["2026-07", "70-低所得Ⅰ", 1_000_000, false, 15_000],
    ["2026-07", "70-低所得Ⅱ", 1_000_000, false, 24_600],
    ["2026-07", "70-低所得外来", 1_000_000, false, 8_000],
    ["2026-07", "70-一般", 1_000_000, false, 57_600],
  ])("%s %s %i: %s %i", (month, category, cost, multiple, limit) => {
    expect(highCostLimit(month, category, cost, multiple).limit).toBe(limit);
  });

  test("the fourth time in a year is the same before and after the change", () => {
    const amounts = {
      ア: 140_100,
      イ: 93_000,
      ウ: 44_400,
      エ: 44_400,
      オ: 24_600,
      "70-一般": undefined,
    } as const;
    for (const [category, amount] of Object.entries(amounts))
      if (amount)
        for (const month of ["2026-07", "2026-08"] as const)
          expect(highCostLimit(month, category as HighCostCategory, 2_000_000, true).limit).toBe(
            amount,
          );
  });

  test("what is not established is named", () => {
    expect(() => highCostLimit("2026-08", "70-一般", 1, false)).toThrow(
      "高額療養費の自己負担限度額(70歳以上 一般(世帯))",
    );
    expect(() => highCostLimit("2027-08", "ウ", 1, false)).toThrow(MissingParameterError);
    expect(() => highCostLimit("2018-07", "ウ", 1, false)).toThrow(MissingParameterError);
    expect(highCostLimit("2018-08", "ウ", 1, false).limit).toBe(80_100);
  });

  test("never falls when costs rise", () => {
    const category = fc.constantFrom(...(Object.keys(highCostCategories) as HighCostCategory[]));
    fc.assert(
      fc.property(category, fc.nat(20_000_000), fc.nat(1_000), (which, cost, more) => {
        const at = (total: number) => highCostLimit("2026-07", which, total, false).limit;
        expect(at(cost + more)).toBeGreaterThanOrEqual(at(cost));
        expect(at(cost + more) - at(cost)).toBeLessThanOrEqual(Math.ceil(more / 100));
      }),
    );
  });
});

describe("the subsidy", () => {
  const facts: SubsidyFacts = {
    month: "2026-11",
    kind: "outpatient",
    points: 1_234,
    insuranceTenths: 7,
    multiple: false,
    additionalBenefit: 0,
    otherPublic: 0,
    meals: 0,
    times: 1,
    copay: [],
  };

  test("everything that insurance leaves, when the city asks nothing", () => {
    expect(medicalSubsidy(facts)).toMatchObject({
      insured: 8_638,
      patientBefore: 3_702,
      subsidy: 3_702,
      patientPays: 0,
    });
  });

  test("the copay by visit, day and month, and never more than there is to pay", () => {
    const copay = (
      unit: "visit" | "day" | "month",
      amount: number,
      times: number,
      maxTimes?: number,
    ) =>
      medicalSubsidy({ ...facts, times, copay: [{ kind: "outpatient", unit, amount, maxTimes }] })
        .patientPays;
    expect(copay("visit", 300, 3)).toBe(900);
    expect(copay("visit", 300, 3, 2)).toBe(600);
    expect(copay("visit", 300, 1, 2)).toBe(300);
    expect(copay("day", 300, 3, 2)).toBe(600);
    expect(copay("month", 600, 5)).toBe(600);
    expect(copay("visit", 5_000, 1)).toBe(3_702);
    expect(
      medicalSubsidy({
        ...facts,
        kind: "pharmacy",
        copay: [{ kind: "outpatient", unit: "visit", amount: 300 }],
      }).patientPays,
    ).toBe(0);
  });

  test("high costs, the insurer's benefit and other funds come first; meals stay with the patient", () => {
    const found = medicalSubsidy({
      ...facts,
      kind: "inpatient",
      points: 100_000,
      highCostCategory: "ウ",
      additionalBenefit: 50_000,
      otherPublic: 12_940,
      meals: 5_100,
    });
    expect(found).toMatchObject({
      insured: 700_000,
      patientBefore: 30_000,
      subsidy: 30_000,
      patientPays: 5_100,
    });
    expect(found.steps).toEqual([
      { label: "総医療費(10割)", amount: 1_000_000 },
      { label: "医療保険の給付", amount: -700_000 },
      { label: "高額療養費", amount: -207_060 },
      { label: "附加給付", amount: -50_000 },
      { label: "他の公費の負担", amount: -12_940 },
      { label: "市の助成", amount: -30_000 },
      { label: "一部負担金", amount: 0 },
      { label: "食事療養標準負担額(助成の対象外)", amount: 5_100 },
    ]);
    expect(found.basis.join()).toContain("高額療養費");
    expect(
      medicalSubsidy({ ...facts, highCostCategory: "ウ" }).steps.some(
        ({ label }) => label === "高額療養費",
      ),
    ).toBe(false);
  });

  test("the shares add up to the cost", () => {
    fc.assert(
      fc.property(
        fc.nat(300_000),
        fc.constantFrom(7, 8, 9),
        fc.nat(90_000),
        fc.nat(90_000),
        fc.nat(2_000),
        (points, tenths, extra, other, copay) => {
          const found = medicalSubsidy({
            ...facts,
            points,
            insuranceTenths: tenths,
            highCostCategory: "エ",
            additionalBenefit: extra,
            otherPublic: other,
            copay: [{ kind: "outpatient", unit: "visit", amount: copay }],
          });
          expect(found.subsidy + found.patientPays).toBe(found.patientBefore);
          expect(
            Math.min(found.subsidy, found.patientPays, found.patientBefore),
          ).toBeGreaterThanOrEqual(0);
          expect(found.insured + found.patientBefore).toBeLessThanOrEqual(points * 10);
        },
      ),
    );
  });

  test("public funds pay in their order, cities last", () => {
    expect(publicFundOrder(["88138243", "12143210", "54016027", "21000000", "13000000"])).toEqual([
      "13000000",
      "21000000",
      "54016027",
      "12143210",
      "88138243",
    ]);
    const order =
      "13 14 18 29 30 10 11 20 21 15 16 24 22 28 17 79 19 23 52 54 51 38 53 66 62 25 12 83".split(
        " ",
      );
    expect(publicFundOrder(order.toReversed())).toEqual(order);
    expect(publicFundOrder(["25", "62", "79", "10", "30"])).toEqual(["30", "10", "79", "62", "25"]);
  });
});

describe("single parents' income", () => {
  const facts: IncomeFacts = { on: "2024-11-01", relation: "applicant", dependants: 0, income: 0 };
  const limit = (
    more: Partial<IncomeFacts>,
    ordinance: keyof typeof incomeOrdinances = "national-partial",
  ) => incomeTest({ ...facts, ...more }, incomeOrdinances[ordinance]).limit;

  test("the tables before and since November 2024", () => {
    const table = (
      on: IsoDate,
      ordinance: "national-partial" | "national-full",
      relation: "applicant" | "supporter" = "applicant",
    ) => [0, 1, 2, 3, 4, 5, 6].map((dependants) => limit({ on, dependants, relation }, ordinance));
    expect(table("2024-11-01", "national-partial")).toEqual([
      2_080_000, 2_460_000, 2_840_000, 3_220_000, 3_600_000, 3_980_000, 4_360_000,
    ]);
    expect(table("2024-10-31", "national-partial")).toEqual([
      1_920_000, 2_300_000, 2_680_000, 3_060_000, 3_440_000, 3_820_000, 4_200_000,
    ]);
    expect(table("2024-11-01", "national-full")).toEqual([
      690_000, 1_070_000, 1_450_000, 1_830_000, 2_210_000, 2_590_000, 2_970_000,
    ]);
    expect(table("2024-10-31", "national-full")).toEqual([
      490_000, 870_000, 1_250_000, 1_630_000, 2_010_000, 2_390_000, 2_770_000,
    ]);
    for (const on of ["2024-10-31", "2024-11-01"] as const)
      expect(table(on, "national-partial", "supporter")).toEqual([
        2_360_000, 2_740_000, 3_120_000, 3_500_000, 3_880_000, 4_260_000, 4_640_000,
      ]);
    expect(limit({ on: "2026-11-20" }, "kept-2024-10")).toBe(1_920_000);
    expect(() => limit({ on: "2018-07-31" })).toThrow(MissingParameterError);
  });

  test("additions for the elderly and for students", () => {
    expect(limit({ dependants: 2, elderlyDependants: 1, studentDependants: 1 })).toBe(
      2_840_000 + 100_000 + 150_000,
    );
    expect(
      limit({ relation: "supporter", dependants: 2, elderlyDependants: 1, studentDependants: 1 }),
    ).toBe(3_120_000 + 60_000);
    expect(limit({ relation: "supporter", dependants: 2, elderlyDependants: 2 })).toBe(
      3_120_000 + 60_000,
    );
    expect(limit({ relation: "supporter", dependants: 1, elderlyDependants: 1 })).toBe(2_740_000);
    expect(limit({ relation: "supporter", dependants: 0, elderlyDependants: 0 })).toBe(2_360_000);
  });

  test("the limit itself is too much; the year of income turns in November", () => {
    const at = (income: number, on: IsoDate = "2026-11-01") =>
      incomeTest({ ...facts, on, income }, incomeOrdinances["national-partial"]);
    expect([2_079_999, 2_080_000, 2_080_001].map((income) => at(income).within)).toEqual([
      true,
      false,
      false,
    ]);
    expect(at(0, "2026-11-01").incomeYear).toBe(2025);
    expect(at(0, "2026-10-31").incomeYear).toBe(2024);
    expect(at(0, "2027-01-01").incomeYear).toBe(2025);
    for (const on of ["2026-01-01", "2026-10-31", "2026-12-31"] as const)
      expect(incomeTest({ ...facts, on, income: 0 }, incomeOrdinances.yokohama)).toMatchObject({
        incomeYear: 2024,
        basis: [expect.stringContaining("横浜市"), expect.stringContaining("仮設定")],
      });
  });

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

  test("100,000 yen off salary and pension together, 80,000 off for all", () => {
    expect(assessed({ salary: 1_000_000 })).toBe(820_000);
    expect(assessed({ salary: 500_000, pension: 500_000 })).toBe(820_000);
    expect(assessed({ business: 1_000_000 })).toBe(920_000);
    expect(assessed({ salary: 60_000, business: 1_000_000 })).toBe(920_000);
    expect(assessed({ salary: 100_000 })).toBe(0);
  });

  test("four fifths of child support, rounded, for parents only", () => {
    expect(assessed({ business: 100_000, childSupport: 601 })).toBe(20_481);
    expect(assessed({ business: 100_000, childSupport: 603 })).toBe(20_482);
    expect(assessed({ business: 100_000, childSupport: 600 }, "supporter")).toBe(20_000);
    expect(assessed({ business: 100_000, childSupport: 600 }, "applicant", true)).toBe(20_000);
  });

  test("deductions, those for widows and single parents not for the parents", () => {
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

  test("every step is called what it is called on the decision", () => {
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

  test("the steps add up to the result", () => {
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

test("until when a child counts", () => {
  const until = (birth: IsoDate, disabled = false, pupil = false) =>
    childUntil({ birth, disabled, pupil });
  expect(until("2008-04-01")).toBe("2026-03-31");
  expect(until("2008-04-02")).toBe("2027-03-31");
  expect(until("2008-04-02", true)).toBe("2028-04-01");
  expect(until("2008-04-02", false, true)).toBe("2028-04-01");
  expect(until("2008-02-29", true)).toBe("2028-02-28");
});

describe("the limit of a year", () => {
  test.each([
    ["2026-08", "2026-08", "2027-07"],
    ["2026-12", "2026-08", "2027-07"],
    ["2027-01", "2026-08", "2027-07"],
    ["2027-07", "2026-08", "2027-07"],
  ] as const)("%s lies in the year from %s to %s", (month, from, to) => {
    expect(yearlyHighCost(month, "ウ", 0)).toMatchObject({ from, to, paidBack: 0 });
  });

  test("what lies above is paid back, to the yen", () => {
    const back = (borne: number) => yearlyHighCost("2026-11", "ア", borne).paidBack;
    expect([1_679_999, 1_680_000, 1_680_001].map(back)).toEqual([0, 0, 1]);
    expect(yearlyHighCost("2026-11", "イ", 0).limit).toBe(1_110_000);
    expect(yearlyHighCost("2026-11", "エ", 0).limit).toBe(530_000);
  });

  test.each(["2026-07", "2027-08"] as const)("%s has none yet, and says so", (month) => {
    expect(() => yearlyHighCost(month, "ウ", 0)).toThrow("高額療養費の年間上限");
  });
});

describe("bands of copays", () => {
  const band = (birth: IsoDate, on: IsoDate, income?: number) =>
    copayBandOn({ birth, on, income }, exampleBands);

  test.each([
    ["2020-04-01", "year-end", "2026-03-31"],
    ["2020-04-02", "year-end", "2027-03-31"],
    ["2020-03-01", "month-end", "2026-02-28"],
    ["2020-03-02", "month-end", "2026-03-31"],
    ["2020-03-01", "reached", "2026-02-28"],
    ["2020-02-29", "reached", "2026-02-28"],
  ] as const)("born %s, six years, %s: %s", (birth, end, expected) => {
    expect(bandEnd(birth, { age: 6, end })).toBe(expected);
  });

  test("income is asked for only where the plan looks at it", () => {
    expect(band("2024-05-10", "2026-11-20").needsIncome).toBe(false);
    expect(band("2016-05-10", "2026-11-20")).toMatchObject({ needsIncome: true });
    expect(
      findRule("child-medical.copay-band")?.run({ birth: "2016-05-10", on: "2026-11-20" }),
    ).toEqual({
      ok: false,
      error: { field: "income", message: "所得または税額を入力してください。" },
    });
  });

  test("after the last band there is none", () => {
    expect(band("2008-04-01", "2026-03-31", 0).band).toBeDefined();
    expect(band("2008-04-01", "2026-04-01", 0)).toMatchObject({ needsIncome: false });
    expect(band("2008-04-01", "2026-04-01", 0).band).toBeUndefined();
    expect(
      findRule("child-medical.copay-band")?.run({ birth: "2008-04-01", on: "2026-04-01" }),
    ).toMatchObject({ result: { none: "当てはまる区分がありません。" } });
  });

  test("a plan of one's own can be tried", () => {
    const bands = [{ title: "全員", age: 18, end: "year-end", copay: [] }];
    expect(
      findRule("child-medical.copay-band")?.run({ birth: "2016-05-10", on: "2026-11-20", bands }),
    ).toMatchObject({
      result: { band: "全員" },
      basis: [expect.anything(), expect.stringContaining("入力された区分")],
    });
  });
});
