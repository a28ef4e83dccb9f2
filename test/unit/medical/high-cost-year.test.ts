import { describe, expect, test } from "vitest";
import { yearlyHighCost } from "#workflows/medical/high-cost-year.ts";

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
