import { describe, expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { certificationPeriod } from "#workflows/long-term-care/qualification.ts";

describe("要介護認定", () => {
  test("認められる有効期間の月数", () => {
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

  test("月の末日で終わり、始まりの端数の月は数えない", () => {
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
