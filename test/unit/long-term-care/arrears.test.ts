import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { arrears, refundInterest } from "#workflows/long-term-care/arrears.ts";
import { oneMonthAfter } from "#workflows/long-term-care/qualification.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

const anyDate = (from: IsoDate, days: number) => fc.nat(days).map((count) => addDays(from, count));

describe("延滞金", () => {
  test("最初の一月は、翌月の応当日の前日まで", () => {
    expect(oneMonthAfter("2025-06-30")).toBe("2025-07-31");
    expect(oneMonthAfter("2025-01-31")).toBe("2025-02-28");
    expect(oneMonthAfter("2025-01-30")).toBe("2025-02-28");
    expect(oneMonthAfter("2025-07-31")).toBe("2025-08-31");
    expect(oneMonthAfter("2025-07-25")).toBe("2025-08-25");
  });

  test("一月を過ぎた翌日から率が上がる", () => {
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

  test("一月の途中で年が変わる", () => {
    expect(arrears(1_000_000, "2025-12-25", "2026-01-31").parts).toEqual([
      { year: 2025, from: "2025-12-26", to: "2025-12-31", days: 6, rate: 24, amount: 394 },
      { year: 2026, from: "2026-01-01", to: "2026-01-25", days: 25, rate: 28, amount: 1_917 },
      { year: 2026, from: "2026-01-26", to: "2026-01-31", days: 6, rate: 91, amount: 1_495 },
    ]);
  });

  test("元金は千円、延滞金は百円で切り捨て、少額はなし", () => {
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

  test("率のない年は、そう示す", () => {
    expect(() => arrears(100_000, "2026-12-25", "2027-01-31")).toThrow(MissingParameterError);
    expect(() => arrears(100_000, "2021-06-30", "2021-07-31")).toThrow("延滞金の割合");
  });

  test("遅れた日はどれか一つの区分に入り、遅れて安くなることはない", () => {
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

describe("還付", () => {
  test("加算金は日数とその年の率で決まる", () => {
    expect(refundInterest(500_000, "2026-01-10", "2026-11-20").interest).toBe(5_500);
    expect(refundInterest(1_999, "2026-01-10", "2026-11-20").interest).toBe(0);
    expect(refundInterest(500_000, "2024-01-10", "2024-12-31").interest).toBe(4_300);
    expect(() => refundInterest(500_000, "2025-01-10", "2025-11-20")).toThrow("還付加算金の割合");
  });
});
