import { describe, expect, test } from "vitest";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  assistance,
  benefitRestriction,
  copayRatio,
  highCostCareCap,
  reducedRatio,
} from "#workflows/long-term-care/benefits.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

describe("給付", () => {
  const facts = {
    on: "2026-11-20",
    insured: 1,
    welfare: false,
    ownTotalIncome: 2_200_000,
    pensionPlusOther: 3_400_000,
    over65InHousehold: 1,
  } as const;
  const ratio = (more: object) => copayRatio({ ...facts, ...more }).ratio;

  test("負担割合の境目", () => {
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

  test("高額の上限の境目と改正の日", () => {
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

  test("補足給付は収入・預貯金・日付で決まる", () => {
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

  test("滞納による給付制限", () => {
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
