import { describe, expect, test } from "vitest";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import {
  entitlementEnd,
  entitlementStart,
  highCostMonths,
  longHighCost,
  mildHighCost,
} from "#workflows/intractable-disease/high-cost-months.ts";

describe("高額の月", () => {
  const months = (total: number, ...list: IsoMonth[]) => list.map((month) => ({ month, total }));

  test("直近12か月に、基準額を超える月が必要な回数ある", () => {
    const mild = (total: number, ...list: IsoMonth[]) =>
      highCostMonths(mildHighCost, "2026-11-20", months(total, ...list));
    expect(mild(33_331, "2026-09", "2026-10", "2026-11")).toEqual({
      met: true,
      counted: 3,
      months: ["2026-09", "2026-10", "2026-11"],
    });
    expect(mild(33_330, "2026-09", "2026-10", "2026-11")).toMatchObject({ met: false, counted: 0 });
    expect(mild(33_331, "2026-10", "2026-11")).toMatchObject({ met: false, counted: 2 });
    expect(mild(33_331, "2025-11", "2025-12", "2026-01", "2026-12")).toMatchObject({
      met: false,
      counted: 2,
    });
    const long = highCostMonths(
      longHighCost,
      "2026-11-20",
      months(50_001, "2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-11"),
    );
    expect(long).toMatchObject({ met: true, counted: 6 });
  });

  test("発症の月から数える", () => {
    const list = months(40_000, "2026-01", "2026-02", "2026-03", "2026-04");
    expect(highCostMonths(mildHighCost, "2026-11-20", list, "2026-02-28")).toMatchObject({
      met: true,
      counted: 3,
    });
    expect(highCostMonths(mildHighCost, "2026-11-20", list, "2026-03-01")).toMatchObject({
      met: false,
      counted: 2,
    });
    expect(highCostMonths(mildHighCost, "2026-11-20", list, "2020-03-01")).toMatchObject({
      counted: 4,
    });
  });

  test("分けて書かれた月は、合計で一月と数える", () => {
    const found = highCostMonths(
      mildHighCost,
      "2026-11-20",
      months(20_000, "2026-01", "2026-01", "2026-02"),
    );
    expect(found).toMatchObject({ counted: 1, months: ["2026-01"] });
  });
});

describe("支給の始まる日", () => {
  const start = (
    appliedOn: IsoDate,
    severeOn?: IsoDate,
    mildHighCostMetOn?: IsoDate,
    hindered = false,
  ) => entitlementStart({ appliedOn, severeOn, mildHighCostMetOn, hindered });

  test.each<[IsoDate, IsoDate | undefined, IsoDate | undefined, boolean, IsoDate]>([
    ["2026-11-20", "2026-10-21", undefined, false, "2026-10-21"],
    ["2026-11-20", "2026-10-19", undefined, false, "2026-10-20"],
    ["2026-11-20", "2026-08-19", undefined, true, "2026-08-20"],
    ["2026-11-20", undefined, "2026-10-31", false, "2026-11-01"],
    ["2026-11-20", "2026-11-05", "2026-10-31", false, "2026-11-01"],
    ["2026-11-20", "2026-11-25", undefined, false, "2026-11-25"],
    ["2026-11-20", "2026-11-20", undefined, false, "2026-11-20"],
    ["2023-12-15", "2023-09-01", undefined, true, "2023-10-01"],
    ["2026-03-31", "2026-01-01", undefined, false, "2026-02-28"],
  ])(
    "applied %s, severe %s, dear %s, hindered %s: from %s",
    (appliedOn, severe, dear, hindered, expected) => {
      expect(start(appliedOn, severe, dear, hindered)).toBe(expected);
    },
  );

  test("始まる日の手がかりがない", () => {
    expect(start("2026-11-20")).toBeUndefined();
  });
});

describe("支給の最後の日", () => {
  test.each<[IsoDate, string, number, IsoDate]>([
    ["2026-11-20", "09-30", 12, "2027-09-30"],
    ["2026-10-01", "09-30", 12, "2027-09-30"],
    ["2026-09-30", "09-30", 12, "2026-09-30"],
    ["2026-09-30", "09-30", 15, "2027-09-30"],
    ["2026-11-20", "12-31", 12, "2026-12-31"],
    ["2026-11-20", "12-31", 15, "2027-12-31"],
    ["2026-11-20", "02-29", 12, "2027-02-28"],
  ])("%s から、終期 %s、%i か月以内なら %s まで", (from, fixedEnd, months, expected) => {
    expect(entitlementEnd(from, fixedEnd, months)).toBe(expected);
  });
});
