import { describe, expect, test } from "vitest";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { qualification } from "#workflows/long-term-care/qualification.ts";

describe("第1号被保険者の資格", () => {
  test.each<[IsoDate, IsoDate, IsoMonth]>([
    ["1961-04-01", "2026-03-31", "2026-03"],
    ["1961-04-02", "2026-04-01", "2026-04"],
    ["1961-03-01", "2026-02-28", "2026-02"],
    ["1960-02-29", "2025-02-28", "2025-02"],
    ["1961-12-01", "2026-11-30", "2026-11"],
  ])("%s 生まれは %s に資格、保険料は %s から", (birth, from, firstMonth) => {
    expect(qualification(birth)).toEqual({ from, firstMonth });
  });

  test("後から転入した人は、その日から", () => {
    expect(qualification("1950-01-01", "2026-08-15")).toEqual({
      from: "2026-08-15",
      firstMonth: "2026-08",
    });
    expect(qualification("1961-04-02", "2020-01-01")?.from).toBe("2026-04-01");
  });

  test("同じ月に得て失えば、保険料はない", () => {
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
