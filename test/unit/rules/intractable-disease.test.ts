import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { apportion, type CapFacts, intractableCap } from "#workflows/intractable-disease/caps.ts";
import {
  entitlementEnd,
  entitlementStart,
  highCostMonths,
  longHighCost,
  mildHighCost,
} from "#workflows/intractable-disease/high-cost-months.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";
import { findRule } from "#workflows/rules/registry.ts";

const facts: CapFacts = {
  on: "2026-11-20",
  welfare: false,
  taxed: true,
  incomeLevy: 0,
  ownIncome: 0,
  longHighCost: false,
  ventilator: false,
};
const cap = (more: Partial<CapFacts>) => {
  const { tier, cap } = intractableCap({ ...facts, ...more });
  return [tier, cap];
};

describe("tiers and caps", () => {
  test("by the levy of the household", () => {
    expect([0, 70_999, 71_000, 250_999, 251_000].map((incomeLevy) => cap({ incomeLevy }))).toEqual([
      ["一般所得Ⅰ", 10_000],
      ["一般所得Ⅰ", 10_000],
      ["一般所得Ⅱ", 20_000],
      ["一般所得Ⅱ", 20_000],
      ["上位所得", 30_000],
    ]);
  });

  test("long and dear, and with a ventilator", () => {
    expect(
      [0, 71_000, 251_000].map((incomeLevy) => cap({ incomeLevy, longHighCost: true })[1]),
    ).toEqual([5_000, 10_000, 20_000]);
    expect(
      [0, 71_000, 251_000].map(
        (incomeLevy) => cap({ incomeLevy, longHighCost: true, ventilator: true })[1],
      ),
    ).toEqual([1_000, 1_000, 1_000]);
    expect(cap({ welfare: true, taxed: false, ventilator: true })).toEqual(["生活保護", 0]);
  });

  test("without tax by the person's income, as long as the limit is established", () => {
    const low = (ownIncome: number, more: Partial<CapFacts> = {}) =>
      cap({ on: "2025-06-30", taxed: false, ownIncome, ...more });
    expect(low(800_000)).toEqual(["低所得Ⅰ", 2_500]);
    expect(low(800_001)).toEqual(["低所得Ⅱ", 5_000]);
    expect(low(800_000, { longHighCost: true })).toEqual(["低所得Ⅰ", 2_500]);
    expect(low(800_001, { ventilator: true })).toEqual(["低所得Ⅱ", 1_000]);
    expect(() => low(1, { on: "2025-07-01" })).toThrow(
      new MissingParameterError("特定医療費の低所得Ⅰの収入の基準", "2025-07-01"),
    );
  });

  test("more levy never lowers the cap", () => {
    fc.assert(
      fc.property(fc.nat(400_000), fc.nat(100_000), fc.boolean(), (levy, more, long) => {
        const at = (incomeLevy: number) => Number(cap({ incomeLevy, longHighCost: long })[1]);
        expect(at(levy + more)).toBeGreaterThanOrEqual(at(levy));
      }),
    );
  });
});

describe("apportionment", () => {
  test("the example of the sources, and odd yen", () => {
    expect(apportion([30_000, 10_000], 10)).toEqual([22_500, 7_500]);
    expect(apportion([5_000, 10_000], 10)).toEqual([3_330, 6_660]);
    expect(apportion([5_000, 10_000], 1)).toEqual([3_333, 6_666]);
    expect(apportion([0, 0], 10)).toEqual([0, 0]);
    expect(apportion([], 10)).toEqual([]);
  });

  test("together never above the highest, in the order given, nobody above the own cap", () => {
    const caps = fc.array(fc.constantFrom(0, 1_000, 2_500, 5_000, 10_000, 20_000, 30_000), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(caps, (all) => {
        const shares = apportion(all, 10);
        const sum = shares.reduce((a, b) => a + b, 0);
        expect(sum).toBeLessThanOrEqual(Math.max(...all));
        expect(sum).toBeGreaterThan(Math.max(...all) - 10 * all.length);
        expect(shares.every((share, index) => share <= (all[index] ?? 0))).toBe(true);
        expect(apportion(all.toReversed(), 10)).toEqual(shares.toReversed());
      }),
    );
  });
});

describe("dear months", () => {
  const months = (total: number, ...list: IsoMonth[]) => list.map((month) => ({ month, total }));

  test("above the amount, often enough, in the last twelve months", () => {
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

  test("from the month of the onset on", () => {
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

  test("a month told in parts counts once, with its sum", () => {
    const found = highCostMonths(
      mildHighCost,
      "2026-11-20",
      months(20_000, "2026-01", "2026-01", "2026-02"),
    );
    expect(found).toMatchObject({ counted: 1, months: ["2026-01"] });
  });
});

describe("the day on which the entitlement begins", () => {
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

  test("nothing to begin with", () => {
    expect(start("2026-11-20")).toBeUndefined();
  });
});

describe("the last day of the entitlement", () => {
  test.each<[IsoDate, string, number, IsoDate]>([
    ["2026-11-20", "09-30", 12, "2027-09-30"],
    ["2026-10-01", "09-30", 12, "2027-09-30"],
    ["2026-09-30", "09-30", 12, "2026-09-30"],
    ["2026-09-30", "09-30", 15, "2027-09-30"],
    ["2026-11-20", "12-31", 12, "2026-12-31"],
    ["2026-11-20", "12-31", 15, "2027-12-31"],
    ["2026-11-20", "02-29", 12, "2027-02-28"],
  ])("from %s, ends on %s within %i months: %s", (from, fixedEnd, months, expected) => {
    expect(entitlementEnd(from, fixedEnd, months)).toBe(expected);
  });
});

describe("what is missing is named", () => {
  const run = (id: string, input: Record<string, unknown>) => findRule(id)?.run(input);
  const on = "2025-06-30";

  test("the levy of taxed households, the income of others, neither for those on welfare", () => {
    expect(run("intractable.cap", { on, welfare: false, taxed: true })).toEqual({
      ok: false,
      error: { field: "incomeLevy", message: "市町村民税所得割を入力してください。" },
    });
    expect(run("intractable.cap", { on, welfare: false, taxed: false })).toEqual({
      ok: false,
      error: { field: "ownIncome", message: "本人(保護者)の収入を入力してください。" },
    });
    for (const taxed of [true, false])
      expect(run("intractable.cap", { on, welfare: true, taxed })).toMatchObject({
        result: { cap: 0 },
      });
  });

  test("a threshold that was tried out is cited as entered", () => {
    const tried = { on: "2026-11-20", welfare: false, taxed: false, ownIncome: 1 };
    expect(run("intractable.cap", { ...tried, lowIncomeThreshold: 800_000 })).toMatchObject({
      basis: expect.arrayContaining([expect.stringContaining("入力された額")]),
    });
  });

  test("a start needs a day to begin from", () => {
    expect(run("intractable.start", { appliedOn: "2026-11-20" })).toEqual({
      ok: false,
      error: {
        field: "severeOn",
        message: "診断された日か、軽症高額の要件を満たした日を入力してください。",
      },
    });
  });
});
