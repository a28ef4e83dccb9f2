import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import {
  instalments,
  pensionCollectionFrom,
  pensionInstalments,
  prorate,
} from "#workflows/long-term-care/qualification.ts";

const anyDate = (from: IsoDate, days: number) => fc.nat(days).map((count) => addDays(from, count));

describe("月割の保険料", () => {
  test("年度の前と後の月は数えない", () => {
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

  test("条例の単位で切り捨てる", () => {
    expect(prorate(2026, 79_450, 1, "2026-05-01").amount).toBe(72_829);
    expect(prorate(2026, 79_450, 100, "2026-05-01").amount).toBe(72_800);
  });

  test("半年ずつを足しても、一年分を超えず、大きく下回らない", () => {
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

  test("期別の額を足すと年額になる", () => {
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

  test("年度が終わった後の喪失では、その年度は減らない", () => {
    expect(prorate(2026, 12_000, 1, undefined, "2027-06-01")).toEqual({
      months: 12,
      amount: 12_000,
    });
    expect(prorate(2026, 12_000, 1, "2025-06-01", "2026-04-01").months).toBe(0);
  });
});

describe("特別徴収", () => {
  test("通知の月から半年後に始まる", () => {
    const from = (day: IsoDate) => pensionCollectionFrom(day, 180_000);
    expect(from("2026-04-30")).toBe("2026-10");
    expect(from("2026-05-01")).toBe("2026-12");
    expect(from("2026-08-10")).toBe("2027-02");
    expect(from("2026-10-31")).toBe("2027-04");
    expect(from("2026-11-01")).toBe("2027-06");
    expect(from("2027-01-15")).toBe("2027-08");
    expect(pensionCollectionFrom("2026-04-30", 179_999)).toBeUndefined();
  });
});
