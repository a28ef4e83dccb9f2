import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import { arrears, refundInterest } from "#workflows/long-term-care/arrears.ts";
import {
  assistance,
  benefitRestriction,
  copayRatio,
  highCostCareCap,
  reducedRatio,
} from "#workflows/long-term-care/benefits.ts";
import {
  certificationPeriod,
  instalments,
  oneMonthAfter,
  pensionCollectionFrom,
  pensionInstalments,
  prorate,
  qualification,
} from "#workflows/long-term-care/qualification.ts";
import {
  formerSalaryRise,
  premiumStage,
  type StageFacts,
  stageTables,
} from "#workflows/long-term-care/stages.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { findRule } from "#workflows/rules/registry.ts";

const anyDate = (from: IsoDate, days: number) => fc.nat(days).map((count) => addDays(from, count));

describe("qualification of the first insured", () => {
  test.each<[IsoDate, IsoDate, IsoMonth]>([
    ["1961-04-01", "2026-03-31", "2026-03"],
    ["1961-04-02", "2026-04-01", "2026-04"],
    ["1961-03-01", "2026-02-28", "2026-02"],
    ["1960-02-29", "2025-02-28", "2025-02"],
    ["1961-12-01", "2026-11-30", "2026-11"],
  ])("born %s: from %s, premium from %s", (birth, from, firstMonth) => {
    expect(qualification(birth)).toEqual({ from, firstMonth });
  });

  test("who moves in later is insured from that day", () => {
    expect(qualification("1950-01-01", "2026-08-15")).toEqual({
      from: "2026-08-15",
      firstMonth: "2026-08",
    });
    expect(qualification("1961-04-02", "2020-01-01")?.from).toBe("2026-04-01");
  });

  test("gained and lost within one month: no premium", () => {
    expect(qualification("1950-01-01", "2026-08-15", "2026-08-20")).toEqual({
      from: "2026-08-15",
      to: "2026-08-20",
      lostOn: "2026-08-21",
    });
    expect(qualification("1950-01-01", "2026-08-15", "2026-08-31")).toMatchObject({
      firstMonth: "2026-08",
      lastMonth: "2026-08",
    });
    expect(qualification("1950-01-01", "2026-08-15", "2026-08-14")).toBeUndefined();
  });
});

describe("premium by months", () => {
  test("months before and after the year do not count", () => {
    expect(prorate(2026, 12_000, 1)).toEqual({ months: 12, amount: 12_000 });
    expect(prorate(2026, 12_000, 1, "2026-04-30")).toEqual({ months: 12, amount: 12_000 });
    expect(prorate(2026, 12_000, 1, "2026-05-01")).toEqual({ months: 11, amount: 11_000 });
    expect(prorate(2026, 12_000, 1, "2020-05-01")).toEqual({ months: 12, amount: 12_000 });
    expect(prorate(2026, 12_000, 1, "2027-03-31")).toEqual({ months: 1, amount: 1_000 });
    expect(prorate(2026, 12_000, 1, "2027-04-01")).toEqual({ months: 0, amount: 0 });
    expect(prorate(2026, 12_000, 1, undefined, "2026-04-30")).toEqual({ months: 0, amount: 0 });
    expect(prorate(2026, 12_000, 1, undefined, "2027-04-01")).toEqual({
      months: 12,
      amount: 12_000,
    });
    expect(prorate(2026, 12_000, 1, undefined, "2025-12-01")).toEqual({ months: 0, amount: 0 });
  });

  test("is cut off by the ordinance's unit", () => {
    expect(prorate(2026, 79_450, 1, "2026-05-01").amount).toBe(72_829);
    expect(prorate(2026, 79_450, 100, "2026-05-01").amount).toBe(72_800);
  });

  test("two halves of a year never cost more than the whole, nor much less", () => {
    fc.assert(
      fc.property(anyDate("2026-04-01", 364), fc.nat(300_000), (day, annual) => {
        const before = prorate(2026, annual, 1, undefined, day);
        const after = prorate(2026, annual, 1, day);
        expect(before.months + after.months).toBe(12);
        expect(annual - before.amount - after.amount).toBeGreaterThanOrEqual(0);
        expect(annual - before.amount - after.amount).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("instalments add up to the year", () => {
    fc.assert(
      fc.property(
        fc.nat(300_000),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(40_000),
        (annual, count, february) => {
          const ordinary = instalments(annual, count, 100);
          expect(ordinary).toHaveLength(count);
          expect(ordinary.reduce((a, b) => a + b, 0)).toBe(annual);
          expect(Math.min(...ordinary)).toBe(ordinary[1] ?? ordinary[0]);
          const pension = pensionInstalments(annual, february, 100);
          expect(pension).toHaveLength(6);
          if (annual > 3 * february) expect(pension.reduce((a, b) => a + b, 0)).toBe(annual);
          else expect(pension.slice(3)).toEqual([0, 0, 0]);
        },
      ),
    );
  });
});

describe("stages", () => {
  const facts: StageFacts = {
    fiscalYear: 2026,
    welfare: false,
    personTaxed: false,
    householdTaxed: false,
    pensionPlusOther: 0,
    totalIncome: 0,
  };
  const stage = (more: Partial<StageFacts>, city: keyof typeof stageTables = "standard") => {
    const {
      basis: _basis,
      steps: _steps,
      ...result
    } = premiumStage({ ...facts, ...more }, stageTables[city]);
    return result;
  };

  test("the household without tax, at its limits", () => {
    expect(stage({ pensionPlusOther: 826_500 })).toEqual({
      stage: 1,
      rate: 0.285,
      rateBeforeReduction: 0.455,
    });
    expect(stage({ pensionPlusOther: 826_501 })).toEqual({
      stage: 2,
      rate: 0.485,
      rateBeforeReduction: 0.685,
    });
    expect(stage({ pensionPlusOther: 1_200_000 }).stage).toBe(2);
    expect(stage({ pensionPlusOther: 1_200_001 })).toEqual({
      stage: 3,
      rate: 0.685,
      rateBeforeReduction: 0.69,
    });
    expect(stage({ welfare: true, pensionPlusOther: 5_000_000 }).stage).toBe(1);
  });

  test("the threshold by year", () => {
    expect(stage({ fiscalYear: 2024, pensionPlusOther: 800_001 }).stage).toBe(2);
    expect(stage({ fiscalYear: 2025, pensionPlusOther: 809_000 }).stage).toBe(1);
    expect(stage({ fiscalYear: 2025, pensionPlusOther: 809_001 }).stage).toBe(2);
    expect(() => stage({ fiscalYear: 2027 })).toThrow(MissingParameterError);
    expect(() => stage({ fiscalYear: 2025 }, "yokohama")).toThrow("横浜市");
  });

  test("the untaxed person in a taxed household", () => {
    expect(stage({ householdTaxed: true, pensionPlusOther: 826_500 })).toEqual({
      stage: 4,
      rate: 0.9,
    });
    expect(stage({ householdTaxed: true, pensionPlusOther: 826_501 })).toEqual({
      stage: 5,
      rate: 1,
    });
  });

  test.each([
    [0, 6, 1.2],
    [1_199_999, 6, 1.2],
    [1_200_000, 7, 1.3],
    [2_099_999, 7, 1.3],
    [2_100_000, 8, 1.5],
    [3_200_000, 9, 1.7],
    [4_200_000, 10, 1.9],
    [5_200_000, 11, 2.1],
    [6_200_000, 12, 2.3],
    [7_199_999, 12, 2.3],
    [7_200_000, 13, 2.4],
    [90_000_000, 13, 2.4],
  ])("taxed with %i yen: stage %i", (totalIncome, expected, rate) => {
    expect(stage({ personTaxed: true, householdTaxed: true, totalIncome })).toEqual({
      stage: expected,
      rate,
    });
  });

  test.each<[Partial<StageFacts>, number, number]>([
    [{ welfare: true }, 1, 15_880],
    [{ pensionPlusOther: 826_500 }, 2, 15_880],
    [{ pensionPlusOther: 1_200_000 }, 3, 27_000],
    [{ pensionPlusOther: 1_200_001 }, 4, 46_470],
    [{ householdTaxed: true, pensionPlusOther: 826_500 }, 5, 71_490],
    [{ householdTaxed: true, pensionPlusOther: 826_501 }, 6, 79_440],
    [{ personTaxed: true, totalIncome: 1_199_999 }, 7, 85_000],
    [{ personTaxed: true, totalIncome: 1_599_999 }, 8, 87_380],
    [{ personTaxed: true, totalIncome: 2_099_999 }, 9, 100_880],
    [{ personTaxed: true, totalIncome: 2_499_999 }, 10, 103_270],
    [{ personTaxed: true, totalIncome: 3_199_999 }, 11, 123_130],
    [{ personTaxed: true, totalIncome: 4_199_999 }, 12, 139_020],
    [{ personTaxed: true, totalIncome: 5_199_999 }, 13, 154_900],
    [{ personTaxed: true, totalIncome: 6_199_999 }, 14, 170_790],
    [{ personTaxed: true, totalIncome: 7_199_999 }, 15, 186_680],
    [{ personTaxed: true, totalIncome: 9_999_999 }, 16, 198_600],
    [{ personTaxed: true, totalIncome: 19_999_999 }, 17, 238_320],
    [{ personTaxed: true, totalIncome: 29_999_999 }, 18, 258_180],
    [{ personTaxed: true, totalIncome: 30_000_000 }, 19, 278_040],
  ])("Yokohama's published table: %o is stage %i, %i yen", (more, expected, annual) => {
    expect(stage(more, "yokohama")).toMatchObject({ stage: expected, annual });
  });

  test("Yokohama's stages begin exactly at their incomes", () => {
    const begins = [
      1_200_000, 1_600_000, 2_100_000, 2_500_000, 3_200_000, 4_200_000, 5_200_000, 6_200_000,
      7_200_000, 10_000_000, 20_000_000, 30_000_000,
    ];
    expect(
      begins.map((totalIncome) => stage({ personTaxed: true, totalIncome }, "yokohama").stage),
    ).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  test("the deduction before 2025 raises salaries from 551,000 to under 1,900,000", () => {
    expect([550_999, 551_000, 650_000, 1_000_000, 1_625_000].map(formerSalaryRise)).toEqual([
      0, 1_000, 100_000, 100_000, 100_000,
    ]);
    expect([1_700_000, 1_800_000, 1_899_999, 1_900_000].map(formerSalaryRise)).toEqual([
      70_000, 30_000, 1, 0,
    ]);
  });

  test("in FY2026 alone a salary may make somebody taxed, and only on the former deduction", () => {
    const worker = { householdTaxed: true, totalIncome: 350_001, salary: 1_000_001 };
    expect(stage(worker).stage).toBe(6);
    expect(stage({ ...worker, totalIncome: 350_000, salary: 1_000_000 }).stage).toBe(4);
    expect(stage({ ...worker, fiscalYear: 2025 }).stage).toBe(4);
    expect(stage({ ...worker, nontaxLimit: 1_010_000 }).stage).toBe(4);
    expect(stage({ personTaxed: true, totalIncome: 1_150_000, salary: 1_800_000 }).stage).toBe(6);
    expect(stage({ personTaxed: true, totalIncome: 1_170_000, salary: 1_800_000 }).stage).toBe(7);
  });

  test("more income never lowers the stage", () => {
    fc.assert(
      fc.property(
        fc.nat(40_000_000),
        fc.nat(1_000_000),
        fc.boolean(),
        fc.boolean(),
        (income, more, person, household) => {
          const at = (amount: number) =>
            stage({
              personTaxed: person,
              householdTaxed: household || person,
              pensionPlusOther: amount,
              totalIncome: amount,
            }).stage;
          expect(at(income + more)).toBeGreaterThanOrEqual(at(income));
        },
      ),
    );
  });
});

describe("arrears", () => {
  test("the first month ends before the same day of the next", () => {
    expect(oneMonthAfter("2025-06-30")).toBe("2025-07-31");
    expect(oneMonthAfter("2025-01-31")).toBe("2025-02-28");
    expect(oneMonthAfter("2025-01-30")).toBe("2025-02-28");
    expect(oneMonthAfter("2025-07-31")).toBe("2025-08-31");
    expect(oneMonthAfter("2025-07-25")).toBe("2025-08-25");
  });

  test("the rate rises on the day after the first month", () => {
    expect(
      arrears(100_000, "2025-06-30", "2025-07-31").parts.map(({ days, rate }) => [days, rate]),
    ).toEqual([[31, 24]]);
    expect(
      arrears(100_000, "2025-06-30", "2025-08-01").parts.map(({ days, rate }) => [days, rate]),
    ).toEqual([
      [31, 24],
      [1, 87],
    ]);
    expect(arrears(100_000, "2025-06-30", "2025-07-01").parts).toMatchObject([
      { days: 1, from: "2025-07-01", to: "2025-07-01" },
    ]);
  });

  test("the turn of the year within the first month", () => {
    expect(arrears(1_000_000, "2025-12-25", "2026-01-31").parts).toEqual([
      { year: 2025, from: "2025-12-26", to: "2025-12-31", days: 6, rate: 24, amount: 394 },
      { year: 2026, from: "2026-01-01", to: "2026-01-25", days: 25, rate: 28, amount: 1_917 },
      { year: 2026, from: "2026-01-26", to: "2026-01-31", days: 6, rate: 91, amount: 1_495 },
    ]);
  });

  test("principal in thousands, charge in hundreds, little ones not at all", () => {
    expect(arrears(1_999, "2025-06-30", "2026-06-30").charge).toBe(0);
    expect(arrears(2_999, "2025-06-30", "2026-06-30").parts).toEqual(
      arrears(2_000, "2025-06-30", "2026-06-30").parts,
    );
    expect(arrears(100_000, "2025-06-30", "2025-07-31").charge).toBe(0);
    expect(arrears(490_000, "2025-06-30", "2025-07-31").charge).toBe(0);
    expect(arrears(491_000, "2025-06-30", "2025-07-31").charge).toBe(1_000);
    expect(arrears(500_000, "2025-06-30", "2025-06-30")).toEqual({
      charge: 0,
      parts: [],
      basis: [],
    });
  });

  test("a year without a rate is named", () => {
    expect(() => arrears(100_000, "2026-12-25", "2027-01-31")).toThrow(MissingParameterError);
    expect(() => arrears(100_000, "2021-06-30", "2021-07-31")).toThrow("延滞金の割合");
  });

  test("each day late belongs to one part, and waiting never makes it cheaper", () => {
    fc.assert(
      fc.property(
        anyDate("2022-01-01", 1_400),
        fc.nat(400),
        fc.nat(900_000),
        (due, late, principal) => {
          const paid = addDays(due, late) < "2026-12-31" ? addDays(due, late) : "2026-12-31";
          const { charge, parts } = arrears(principal, due, paid);
          if (principal >= 2_000)
            expect(parts.reduce((sum, { days }) => sum + days, 0)).toBe(
              Math.max(0, Math.round((Date.parse(paid) - Date.parse(due)) / 86_400_000)),
            );
          expect(charge % 100).toBe(0);
          expect(charge === 0 || charge >= 1_000).toBe(true);
          if (paid < "2026-12-31")
            expect(arrears(principal, due, addDays(paid, 1)).charge).toBeGreaterThanOrEqual(charge);
        },
      ),
    );
  });
});

describe("certification", () => {
  test("the months that are allowed", () => {
    const allowed = (
      kind: "new" | "change" | "renewal",
      months: number,
      same = false,
      from: IsoDate = "2026-11-01",
    ) => certificationPeriod(kind, from, months, same) !== undefined;
    expect([2, 3, 12, 13].map((months) => allowed("new", months))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([2, 3, 12, 13].map((months) => allowed("change", months))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([2, 3, 36, 37].map((months) => allowed("renewal", months))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([48, 49].map((months) => allowed("renewal", months, true))).toEqual([true, false]);
    expect(allowed("renewal", 48, true, "2021-03-31")).toBe(false);
    expect(allowed("renewal", 48, true, "2021-04-01")).toBe(true);
  });

  test("ends with a month, the begun one not counted", () => {
    expect(certificationPeriod("new", "2026-11-02", 3, false)).toEqual({
      from: "2026-11-02",
      to: "2027-02-28",
    });
    expect(certificationPeriod("new", "2026-11-01", 3, false)).toEqual({
      from: "2026-11-01",
      to: "2027-01-31",
    });
    expect(certificationPeriod("change", "2027-10-31", 4, false)?.to).toBe("2028-02-29");
  });
});

describe("benefits", () => {
  const facts = {
    on: "2026-11-20",
    insured: 1,
    welfare: false,
    ownTotalIncome: 2_200_000,
    pensionPlusOther: 3_400_000,
    over65InHousehold: 1,
  } as const;
  const ratio = (more: object) => copayRatio({ ...facts, ...more }).ratio;

  test("the ratio at its limits", () => {
    expect(ratio({})).toBe(0.3);
    expect(ratio({ ownTotalIncome: 2_199_999 })).toBe(0.2);
    expect(ratio({ pensionPlusOther: 3_399_999 })).toBe(0.2);
    expect(ratio({ pensionPlusOther: 2_800_000 })).toBe(0.2);
    expect(ratio({ pensionPlusOther: 2_799_999 })).toBe(0.1);
    expect(ratio({ ownTotalIncome: 1_600_000 })).toBe(0.2);
    expect(ratio({ ownTotalIncome: 1_599_999 })).toBe(0.1);
    expect(ratio({ over65InHousehold: 2, pensionPlusOther: 4_630_000 })).toBe(0.3);
    expect(ratio({ over65InHousehold: 2, pensionPlusOther: 4_629_999 })).toBe(0.2);
    expect(ratio({ over65InHousehold: 2, pensionPlusOther: 3_460_000 })).toBe(0.2);
    expect(ratio({ over65InHousehold: 2, pensionPlusOther: 3_459_999 })).toBe(0.1);
    expect(ratio({ insured: 2 })).toBe(0.1);
    expect(ratio({ welfare: true })).toBe(0.1);
    expect(() => ratio({ on: "2018-07-31" })).toThrow(MissingParameterError);
  });

  test("the high-cost limit at its limits and dates of change", () => {
    const cap = (month: IsoMonth, more: object) => {
      const found = highCostCareCap({
        month,
        welfare: false,
        householdTaxed: false,
        pensionPlusOther: 0,
        taxableIncome: 0,
        ...more,
      });
      return [found.cap, found.scope];
    };
    expect(cap("2026-07", { pensionPlusOther: 809_000 })).toEqual([15_000, "person"]);
    expect(cap("2026-07", { pensionPlusOther: 809_001 })).toEqual([24_600, "household"]);
    expect(cap("2026-08", { pensionPlusOther: 826_500 })).toEqual([15_000, "person"]);
    expect(cap("2026-08", { pensionPlusOther: 826_501 })).toEqual([24_600, "household"]);
    expect(cap("2025-07", { pensionPlusOther: 800_001 })).toEqual([24_600, "household"]);
    expect(cap("2026-08", { welfare: true, householdTaxed: true })).toEqual([15_000, "person"]);
    const taxed = (taxableIncome: number) =>
      cap("2026-08", { householdTaxed: true, taxableIncome });
    expect([3_799_999, 3_800_000, 6_899_999, 6_900_000].map(taxed)).toEqual([
      [44_400, "household"],
      [93_000, "household"],
      [93_000, "household"],
      [140_100, "household"],
    ]);
  });

  test("assistance by income, savings and date", () => {
    const of = (more: object) =>
      assistance({
        on: "2026-11-20",
        welfare: false,
        householdTaxed: false,
        pensionPlusOther: 0,
        savings: 0,
        couple: false,
        ...more,
      });
    expect(of({ welfare: true, householdTaxed: true, savings: 90_000_000 })).toMatchObject({
      stage: "1",
      mealLimit: 300,
    });
    expect(of({ householdTaxed: true })).toMatchObject({ stage: null });
    expect(of({ pensionPlusOther: 826_500, savings: 6_500_000 })).toMatchObject({
      stage: "2",
      mealLimit: 390,
    });
    expect(of({ pensionPlusOther: 826_501, savings: 5_500_000 })).toMatchObject({
      stage: "3-1",
      mealLimit: 680,
    });
    expect(of({ pensionPlusOther: 1_200_000, savings: 5_500_001 })).toMatchObject({ stage: null });
    expect(of({ pensionPlusOther: 1_200_001, savings: 5_000_000 })).toMatchObject({
      stage: "3-2",
      mealLimit: 1_420,
    });
    expect(of({ pensionPlusOther: 1_200_001, savings: 15_000_000, couple: true })).toMatchObject({
      stage: "3-2",
    });
    expect(of({ on: "2026-07-31", pensionPlusOther: 1_200_001 })).toMatchObject({
      mealLimit: 1_360,
    });
  });

  test("restriction after arrears", () => {
    const of = (on: IsoDate, more: object = {}) =>
      benefitRestriction({
        on,
        oldestDue: "2025-06-30",
        lapsedMonths: 0,
        paidMonths: 0,
        exempt: false,
        ...more,
      });
    expect(of("2026-06-29")).toMatchObject({ paymentChange: false, suspension: false });
    expect(of("2026-06-30")).toMatchObject({ paymentChange: true, suspension: false });
    expect(of("2026-12-29")).toMatchObject({ suspension: false });
    expect(of("2026-12-30")).toMatchObject({
      suspension: true,
      reduction: false,
      reductionMonths: 0,
    });
    expect(of("2026-12-30", { exempt: true, lapsedMonths: 5 })).toEqual({
      paymentChange: false,
      suspension: false,
      reduction: false,
      reductionMonths: 0,
    });
    expect(of("2026-12-30", { oldestDue: undefined, lapsedMonths: 12, paidMonths: 36 })).toEqual({
      paymentChange: false,
      suspension: false,
      reduction: true,
      reductionMonths: 1.5,
    });
    expect([0.1, 0.2, 0.3].map(reducedRatio)).toEqual([0.3, 0.3, 0.4]);
  });
});

describe("refunds and collection from pensions", () => {
  test("interest by days and by the year's rate", () => {
    expect(refundInterest(500_000, "2026-01-10", "2026-11-20").interest).toBe(5_500);
    expect(refundInterest(1_999, "2026-01-10", "2026-11-20").interest).toBe(0);
    expect(refundInterest(500_000, "2024-01-10", "2024-12-31").interest).toBe(4_300);
    expect(() => refundInterest(500_000, "2025-01-10", "2025-11-20")).toThrow("還付加算金の割合");
  });

  test("half a year after the month of the report", () => {
    const from = (day: IsoDate) => pensionCollectionFrom(day, 180_000);
    expect(from("2026-04-30")).toBe("2026-10");
    expect(from("2026-05-01")).toBe("2026-12");
    expect(from("2026-08-10")).toBe("2027-02");
    expect(from("2026-10-31")).toBe("2027-04");
    expect(from("2026-11-01")).toBe("2027-06");
    expect(from("2027-01-15")).toBe("2027-08");
    expect(pensionCollectionFrom("2026-04-30", 179_999)).toBeUndefined();
  });

  test("moving into a facility under 住所地特例 does not end the insurance", () => {
    const rule = findRule("ltc.qualification");
    const input = { birth: "1950-01-01", residentTo: "2026-11-20" };
    expect(rule?.run(input)).toMatchObject({ result: { lostOn: "2026-11-21" } });
    expect(rule?.run({ ...input, domicileException: true })).toMatchObject({
      result: { to: null, lastMonth: null },
    });
    expect(rule?.run({ birth: "1970-01-01", residentTo: "2026-11-20" })).toMatchObject({
      error: { field: "residentTo" },
    });
  });
});

describe("the rules of long-term care as the tool answers", () => {
  const run = (id: string, input: Record<string, unknown>) => findRule(id)?.run(input);
  const wrong = (field: string, message: string) => ({ ok: false, error: { field, message } });

  test("what is missing is named, and only where it is needed", () => {
    const cap = { month: "2026-08", welfare: false, householdTaxed: false };
    expect(run("ltc.high-cost-cap", cap)).toEqual(
      wrong("pensionPlusOther", "年金収入+その他の合計所得を入力してください。"),
    );
    expect(run("ltc.high-cost-cap", { ...cap, householdTaxed: true })).toEqual(
      wrong("taxableIncome", "課税所得を入力してください。"),
    );
    for (const householdTaxed of [true, false])
      expect(run("ltc.high-cost-cap", { ...cap, householdTaxed, welfare: true })).toMatchObject({
        result: { cap: 15_000 },
      });
    expect(run("ltc.instalments", { annual: 79_440, method: "pension" })).toEqual(
      wrong("lastFebruary", "前年度2月の額を入力してください。"),
    );
    expect(run("ltc.instalments", { annual: 79_440, method: "ordinary", count: 1 })).toMatchObject({
      result: { amounts: [79_440] },
    });
  });

  test("a certification: renewed from the day after the former one, changed from the application", () => {
    const certify = (input: Record<string, unknown>) =>
      run("ltc.certification-period", { appliedOn: "2026-11-20", ...input });
    expect(certify({ kind: "renewal", months: 12 })).toEqual(
      wrong("previousTo", "前回の有効期間の満了日を入力してください。"),
    );
    expect(certify({ kind: "change", months: 6, previousTo: "2026-12-31" })).toMatchObject({
      result: { from: "2026-11-20", to: "2027-05-31" },
    });
    expect(certify({ kind: "renewal", months: 48, previousTo: "2026-12-31" })?.ok).toBe(false);
    expect(
      certify({ kind: "renewal", months: 48, previousTo: "2026-12-31", sameLevel: true })?.ok,
    ).toBe(true);
  });

  test("the ratio is raised only by a reduction, and only when it is told", () => {
    const restrict = (more: Record<string, unknown>) =>
      run("ltc.restriction", { on: "2026-11-20", lapsedMonths: 0, paidMonths: 36, ...more });
    const ratioOf = (more: Record<string, unknown>) => {
      const output = restrict(more);
      return output?.ok && Object.hasOwn(Object(output.result), "ratio");
    };
    expect(ratioOf({ ratio: 0.1 })).toBe(false);
    expect(ratioOf({ lapsedMonths: 12 })).toBe(false);
    expect(ratioOf({ lapsedMonths: 12, ratio: 0.1 })).toBe(true);
  });

  test("who was gone before 65 was never insured; 住所地特例 is cited", () => {
    expect(run("ltc.qualification", { birth: "1961-04-01", residentTo: "2026-03-30" })).toEqual(
      wrong("residentTo", "65歳に達する前、または住民となる前に住民でなくなっています。"),
    );
    expect(run("ltc.qualification", { birth: "1961-04-01", residentTo: "2026-03-31" })?.ok).toBe(
      true,
    );
    const special = { birth: "1950-01-01", domicileException: true };
    expect(run("ltc.qualification", special)).toMatchObject({
      basis: expect.arrayContaining(["介護保険法第13条(住所地特例)"]),
    });
  });

  test("a rate of one's own is cited as entered", () => {
    const rates = [{ year: 2027, first: 28, later: 91 }];
    const late = { principal: 100_000, due: "2027-01-31", paid: "2027-03-31" };
    expect(run("ltc.arrears", { ...late, rates })).toMatchObject({
      basis: expect.arrayContaining([expect.stringContaining("入力された割合")]),
    });
    expect(run("ltc.arrears", late)).toMatchObject({ error: { field: "parameter" } });
  });
});

describe("edges of long-term care", () => {
  test("a loss after the year's end leaves the year whole", () => {
    expect(prorate(2026, 12_000, 1, undefined, "2027-06-01")).toEqual({
      months: 12,
      amount: 12_000,
    });
    expect(prorate(2026, 12_000, 1, "2025-06-01", "2026-04-01").months).toBe(0);
  });

  test("the salary of the neutral year also raises the income of the untaxed", () => {
    const facts: StageFacts = {
      fiscalYear: 2026,
      welfare: false,
      personTaxed: false,
      householdTaxed: false,
      pensionPlusOther: 800_000,
      totalIncome: 0,
    };
    const stage = (more: Partial<StageFacts>) =>
      premiumStage({ ...facts, ...more }, stageTables.standard).stage;
    expect(stage({})).toBe(1);
    expect(stage({ salary: 576_500 })).toBe(1);
    expect(stage({ salary: 576_501 })).toBe(2);
    expect(stage({ salary: 576_501, fiscalYear: 2025 })).toBe(1);
  });

  test("the stage shows how it was reached, in yen", () => {
    const yokohama = findRule("ltc.stage")?.run({
      fiscalYear: 2026,
      city: "yokohama",
      welfare: false,
      personTaxed: false,
      householdTaxed: false,
      pensionPlusOther: 1_200_000,
      totalIncome: 0,
      salary: 600_000,
    });
    expect(yokohama).toMatchObject({ result: { stage: 4, steps: expect.anything() } });
    const steps = (more: Partial<StageFacts>, table: keyof typeof stageTables = "standard") =>
      premiumStage(
        {
          fiscalYear: 2026,
          welfare: false,
          personTaxed: false,
          householdTaxed: false,
          pensionPlusOther: 1_200_000,
          totalIncome: 7,
          ...more,
        },
        stageTables[table],
      ).steps.map(({ label, amount }) => `${label} ${amount}`);
    expect(steps({ salary: 600_000 })).toEqual([
      "合計所得金額 7",
      "課税年金収入+その他の合計所得 1200000",
      "令和8年度の特例で加える給与所得 50000",
    ]);
    expect(steps({}, "yokohama")).toEqual([
      "合計所得金額 7",
      "課税年金収入+その他の合計所得 1200000",
      expect.stringMatching(/^基準額 \d+$/),
      expect.stringMatching(/^基準額×0\.\d+\(10円未満切捨て\) 27000$/),
    ]);
  });

  test("補足給付: why not, and the third stage's two halves", () => {
    const facts = {
      on: "2026-11-20",
      welfare: false,
      householdTaxed: false,
      pensionPlusOther: 1_200_000,
      savings: 0,
      couple: false,
    } as const;
    expect(assistance(facts).stage).toBe("3-1");
    expect(assistance({ ...facts, pensionPlusOther: 1_200_001 }).stage).toBe("3-2");
    expect(assistance({ ...facts, householdTaxed: true })).toMatchObject({
      reason: "世帯に市町村民税が課税されている人がいます。",
    });
    expect(assistance({ ...facts, savings: 99_999_999 })).toMatchObject({
      reason: expect.stringMatching(/^預貯金等が\d+円を超えています。$/),
    });
  });
});
