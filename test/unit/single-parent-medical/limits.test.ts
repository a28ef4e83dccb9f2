import { describe, expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import {
  type IncomeFacts,
  incomeOrdinances,
  incomeTest,
} from "#workflows/single-parent-medical/limits.ts";

describe("ひとり親の所得制限", () => {
  const facts: IncomeFacts = { on: "2024-11-01", relation: "applicant", dependants: 0, income: 0 };
  const limit = (
    more: Partial<IncomeFacts>,
    ordinance: keyof typeof incomeOrdinances = "national-partial",
  ) => incomeTest({ ...facts, ...more }, incomeOrdinances[ordinance]).limit;

  test("令和6年11月の前と後の表", () => {
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

  test("老人扶養・特定扶養の加算", () => {
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

  test("限度額ちょうどは超過。所得の年は11月に替わる", () => {
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
});
