import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { publicFundOrder } from "#workflows/medical/public-funds.ts";
import { medicalSubsidy, type SubsidyFacts } from "#workflows/medical/subsidy.ts";

describe("医療費の助成", () => {
  const facts: SubsidyFacts = {
    month: "2026-11",
    kind: "outpatient",
    points: 1_234,
    insuranceTenths: 7,
    multiple: false,
    additionalBenefit: 0,
    otherPublic: 0,
    meals: 0,
    times: 1,
    copay: [],
  };

  test("市が負担を求めなければ、保険の残りすべて", () => {
    expect(medicalSubsidy(facts)).toMatchObject({
      insured: 8_638,
      patientBefore: 3_702,
      subsidy: 3_702,
      patientPays: 0,
    });
  });

  test("自己負担は回・日・月ごとで、払う額を超えない", () => {
    const copay = (
      unit: "visit" | "day" | "month",
      amount: number,
      times: number,
      maxTimes?: number,
    ) =>
      medicalSubsidy({ ...facts, times, copay: [{ kind: "outpatient", unit, amount, maxTimes }] })
        .patientPays;
    expect(copay("visit", 300, 3)).toBe(900);
    expect(copay("visit", 300, 3, 2)).toBe(600);
    expect(copay("visit", 300, 1, 2)).toBe(300);
    expect(copay("day", 300, 3, 2)).toBe(600);
    expect(copay("month", 600, 5)).toBe(600);
    expect(copay("visit", 5_000, 1)).toBe(3_702);
    expect(
      medicalSubsidy({
        ...facts,
        kind: "pharmacy",
        copay: [{ kind: "outpatient", unit: "visit", amount: 300 }],
      }).patientPays,
    ).toBe(0);
  });

  test("高額療養費・付加給付・ほかの公費が先、食事は本人", () => {
    const found = medicalSubsidy({
      ...facts,
      kind: "inpatient",
      points: 100_000,
      highCostCategory: "ウ",
      additionalBenefit: 50_000,
      otherPublic: 12_940,
      meals: 5_100,
    });
    expect(found).toMatchObject({
      insured: 700_000,
      patientBefore: 30_000,
      subsidy: 30_000,
      patientPays: 5_100,
    });
    expect(found.steps).toEqual([
      { label: "総医療費(10割)", amount: 1_000_000 },
      { label: "医療保険の給付", amount: -700_000 },
      { label: "高額療養費", amount: -207_060 },
      { label: "附加給付", amount: -50_000 },
      { label: "他の公費の負担", amount: -12_940 },
      { label: "市の助成", amount: -30_000 },
      { label: "一部負担金", amount: 0 },
      { label: "食事療養標準負担額(助成の対象外)", amount: 5_100 },
    ]);
    expect(found.basis.join()).toContain("高額療養費");
    expect(
      medicalSubsidy({ ...facts, highCostCategory: "ウ" }).steps.some(
        ({ label }) => label === "高額療養費",
      ),
    ).toBe(false);
  });

  test("負担の分けは合わせて医療費になる", () => {
    fc.assert(
      fc.property(
        fc.nat(300_000),
        fc.constantFrom(7, 8, 9),
        fc.nat(90_000),
        fc.nat(90_000),
        fc.nat(2_000),
        (points, tenths, extra, other, copay) => {
          const found = medicalSubsidy({
            ...facts,
            points,
            insuranceTenths: tenths,
            highCostCategory: "エ",
            additionalBenefit: extra,
            otherPublic: other,
            copay: [{ kind: "outpatient", unit: "visit", amount: copay }],
          });
          expect(found.subsidy + found.patientPays).toBe(found.patientBefore);
          expect(
            Math.min(found.subsidy, found.patientPays, found.patientBefore),
          ).toBeGreaterThanOrEqual(0);
          expect(found.insured + found.patientBefore).toBeLessThanOrEqual(points * 10);
        },
      ),
    );
  });

  test("公費は定めの順に払い、市は最後", () => {
    expect(publicFundOrder(["88138243", "12143210", "54016027", "21000000", "13000000"])).toEqual([
      "13000000",
      "21000000",
      "54016027",
      "12143210",
      "88138243",
    ]);
    const order =
      "13 14 18 29 30 10 11 20 21 15 16 24 22 28 17 79 19 23 52 54 51 38 53 66 62 25 12 83".split(
        " ",
      );
    expect(publicFundOrder(order.toReversed())).toEqual(order);
    expect(publicFundOrder(["25", "62", "79", "10", "30"])).toEqual(["30", "10", "79", "62", "25"]);
  });
});
