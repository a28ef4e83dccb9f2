import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  type HighCostCategory,
  highCostCategories,
  highCostLimit,
} from "#workflows/medical/high-cost.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

describe("高額療養費の上限", () => {
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
  ])("%s %s %i 円: 多数回 %s 上限 %i 円", (month, category, cost, multiple, limit) => {
    expect(highCostLimit(month, category, cost, multiple).limit).toBe(limit);
  });

  test("多数回の上限は、改正の前後で変わらない", () => {
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

  test("確かめられていないものを名で示す", () => {
    expect(() => highCostLimit("2026-08", "70-一般", 1, false)).toThrow(
      "高額療養費の自己負担限度額(70歳以上 一般(世帯))",
    );
    expect(() => highCostLimit("2027-08", "ウ", 1, false)).toThrow(MissingParameterError);
    expect(() => highCostLimit("2018-07", "ウ", 1, false)).toThrow(MissingParameterError);
    expect(highCostLimit("2018-08", "ウ", 1, false).limit).toBe(80_100);
  });

  test("医療費が増えて上限が下がることはない", () => {
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
