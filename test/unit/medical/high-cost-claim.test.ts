import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copayPlanSchema } from "#workflows/medical/copay-plan.ts";
import {
  type CityBill,
  highCostOfCity,
  type MandateRule,
} from "#workflows/medical/high-cost-claim.ts";
import type { DatedParameter } from "#workflows/parameters/dated.ts";

const plan = {
  name: "一部負担金(試験)",
  rows: [
    {
      from: "2019-04-01" as const,
      value: copayPlanSchema.parse({ bands: [{ title: "全員" }] }),
      source: "試験",
      certainty: "assumed" as const,
    },
  ],
};
const rule: DatedParameter<MandateRule> = {
  name: "高額療養費の請求に要る委任状",
  rows: [
    {
      from: "2020-04-01",
      value: { union: "needed", national: "not-needed", employee: "needed" },
      source: "試験",
      certainty: "assumed",
    },
  ],
};
const bill = (points: number, more: Partial<CityBill> = {}): CityBill => ({
  institution: "4310000001",
  kind: "outpatient",
  insurer: "431007",
  insurerGroup: "national",
  points,
  insuranceTenths: 7,
  times: 1,
  cityPaid: points * 3,
  ...more,
});
const claims = (bills: readonly CityBill[], person: object = { category: "ウ" }) =>
  highCostOfCity("2026-07", bills, plan, person, rule);

describe("市が保険者に請求する高額療養費", () => {
  test("限度額を超えた現物の分を請求できる", () => {
    expect(claims([bill(100_000)])).toMatchObject([
      { amount: 212_570, ofCity: 212_570, ofPerson: 0, claimable: 212_570, remainder: 0 },
    ]);
    expect(claims([bill(20_000)])).toEqual([]);
  });

  test("21,000円未満の医療機関は合算しない。薬局は処方元と、歯科は別に数える", () => {
    const of = (...more: Partial<CityBill>[]) =>
      claims([bill(26_000), ...more.map((one) => bill(one.points ?? 0, one))])[0]?.amount ?? 0;
    const pharmacy = { institution: "4340000001", kind: "pharmacy", points: 6_999 } as const;
    expect(of(pharmacy)).toBe(0);
    expect(of({ ...pharmacy, prescriber: "4310000001" })).toBe(98_997 - 80_730);
    expect(of({ dental: true, points: 6_999 })).toBe(0);
    expect(of({ dental: true, points: 7_000 })).toBe(99_000 - 80_730);
  });

  test("保険者が別なら合算しない", () => {
    expect(claims([bill(26_000), bill(26_000, { insurer: "430017" })])).toEqual([]);
  });

  test("委任状の要る保険者には、揃うまで請求できない", () => {
    const union = bill(100_000, { insurer: "433011", insurerGroup: "union" });
    expect(claims([union])).toMatchObject([
      { needsMandate: true, missing: ["mandate"], claimable: 0, remainder: 212_570 },
    ]);
    expect(claims([union], { category: "ウ", mandates: ["433011"] })).toMatchObject([
      { claimable: 212_570, remainder: 0, missing: [] },
    ]);
  });

  test("委任状の定めのない保険者の種類は、推し量らずにその名を言う", () => {
    const elderly = bill(100_000, { insurer: "39430012", insurerGroup: "elderly" });
    expect(() => claims([elderly])).toThrow("委任状(後期高齢者医療)");
  });

  test("限度額適用認定で現物給付された分は請求しない", () => {
    expect(claims([bill(100_000, { limitShown: true, cityPaid: 87_430 })])).toMatchObject([
      { amount: 212_570, inKind: 212_570, ofCity: 0, claimable: 0 },
    ]);
  });

  test("本人が払った分の高額療養費は本人のもの", () => {
    expect(claims([bill(100_000, { cityPaid: 200_000 })])).toMatchObject([
      { ofCity: 200_000, ofPerson: 12_570 },
    ]);
  });

  test("区分や保険者が分からないものは、額を決めずに調べることを言う", () => {
    expect(claims([bill(100_000)], {})).toMatchObject([
      { category: undefined, amount: 0, missing: ["category"], claimable: 0 },
    ]);
    expect(claims([bill(100_000, { insurer: undefined, insurerGroup: undefined })])).toMatchObject([
      { missing: ["insurer"], claimable: 0, remainder: 212_570 },
    ]);
  });

  test("どの請求でも、払った額も超過額も超えず、順によらない", () => {
    const some = fc.array(
      fc
        .record({
          institution: fc.constantFrom("4310000001", "4310000002"),
          kind: fc.constantFrom("outpatient", "inpatient", "pharmacy"),
          points: fc.nat(80_000),
          paid: fc.nat(240_000),
          limitShown: fc.boolean(),
        })
        .map(({ points, paid, ...more }) =>
          bill(points, {
            ...(more as Partial<CityBill>),
            cityPaid: Math.min(paid, points * 3),
          }),
        ),
      { minLength: 1, maxLength: 6 },
    );
    const pairs = some.chain((bills) =>
      fc.tuple(fc.constant(bills), fc.shuffledSubarray(bills, { minLength: bills.length })),
    );
    fc.assert(
      fc.property(pairs, ([bills, other]) => {
        const found = claims(bills);
        expect(claims(other)).toEqual(found);
        for (const claim of found) {
          expect(claim.inKind + claim.ofCity + claim.ofPerson).toBe(claim.amount);
          expect(claim.claimable + claim.remainder).toBe(claim.ofCity);
          expect(claim.ofCity).toBeLessThanOrEqual(bills.reduce((t, b) => t + b.cityPaid, 0));
          expect(Math.min(claim.inKind, claim.ofCity, claim.ofPerson)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
