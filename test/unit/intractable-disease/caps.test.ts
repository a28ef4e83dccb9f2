import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apportion, type CapFacts, intractableCap } from "#workflows/intractable-disease/caps.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

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

describe("階層区分と自己負担上限額", () => {
  test("世帯の市町村民税で決まる", () => {
    expect([0, 70_999, 71_000, 250_999, 251_000].map((incomeLevy) => cap({ incomeLevy }))).toEqual([
      ["一般所得Ⅰ", 10_000],
      ["一般所得Ⅰ", 10_000],
      ["一般所得Ⅱ", 20_000],
      ["一般所得Ⅱ", 20_000],
      ["上位所得", 30_000],
    ]);
  });

  test("高額かつ長期、人工呼吸器等", () => {
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

  test("非課税は本人の収入で決まる。基準が確かめられている年まで", () => {
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

  test("税が増えて上限額が下がることはない", () => {
    fc.assert(
      fc.property(fc.nat(400_000), fc.nat(100_000), fc.boolean(), (levy, more, long) => {
        const at = (incomeLevy: number) => Number(cap({ incomeLevy, longHighCost: long })[1]);
        expect(at(levy + more)).toBeGreaterThanOrEqual(at(levy));
      }),
    );
  });
});

describe("按分", () => {
  test("出典の例と、端数", () => {
    expect(apportion([30_000, 10_000], 10)).toEqual([22_500, 7_500]);
    expect(apportion([5_000, 10_000], 10)).toEqual([3_330, 6_660]);
    expect(apportion([5_000, 10_000], 1)).toEqual([3_333, 6_666]);
    expect(apportion([0, 0], 10)).toEqual([0, 0]);
    expect(apportion([], 10)).toEqual([]);
  });

  test("合計は最も高い額を超えず、与えた順で、誰も自分の上限を超えない", () => {
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
