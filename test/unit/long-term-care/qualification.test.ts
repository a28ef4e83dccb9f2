import { describe, expect, test } from "vitest";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { qualification } from "#workflows/long-term-care/qualification.ts";

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
