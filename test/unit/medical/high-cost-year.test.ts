import { describe, expect, test } from "vitest";
import { yearlyHighCost } from "#workflows/medical/high-cost-year.ts";

describe("年間の上限", () => {
  test.each([
    ["2026-08", "2026-08", "2027-07"],
    ["2026-12", "2026-08", "2027-07"],
    ["2027-01", "2026-08", "2027-07"],
    ["2027-07", "2026-08", "2027-07"],
  ] as const)("%s は %s から %s までの一年に入る", (month, from, to) => {
    expect(yearlyHighCost(month, "ウ", 0)).toMatchObject({ from, to, paidBack: 0 });
  });

  test("超えた分は1円まで返る", () => {
    const back = (borne: number) => yearlyHighCost("2026-11", "ア", borne).paidBack;
    expect([1_679_999, 1_680_000, 1_680_001].map(back)).toEqual([0, 0, 1]);
    expect(yearlyHighCost("2026-11", "イ", 0).limit).toBe(1_110_000);
    expect(yearlyHighCost("2026-11", "エ", 0).limit).toBe(530_000);
  });

  test.each(["2026-07", "2027-08"] as const)("%s にはまだなく、そう示す", (month) => {
    expect(() => yearlyHighCost(month, "ウ", 0)).toThrow("高額療養費の年間上限");
  });
});
