import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";
import { intractableMonth, type MonthFacts } from "#workflows/intractable-disease/month.ts";
import type { HighCostCategory } from "#workflows/medical/high-cost.ts";
import { sumOf } from "#workflows/money/rounding.ts";
import { MissingParameterError } from "#workflows/parameters/dated.ts";

const facts: MonthFacts = {
  month: "2026-07",
  category: "ウ",
  multiple: false,
  cap: 10_000,
  insuranceTenths: 7,
};
const all = (total: number, institution?: string) => ({ total, covered: total, institution });
const none = (total: number) => ({ total, covered: 0 });

describe("公表された計算例(令和8年7月まで、医療保険3割と54)", () => {
  test.each<[number, HighCostCategory, number, number, number, boolean, number, number]>([
    [1, "ア", 20_000, 230_000, 0, false, 69_000, 20_000],
    [3, "イ", 20_000, 600_000, 0, false, 167_820, 20_000],
    [6, "ウ", 10_000, 30_000, 0, false, 9_000, 6_000],
    [8, "ウ", 10_000, 60_000, 310_000, false, 18_000, 90_530],
    [10, "エ", 5_000, 220_000, 0, false, 57_600, 5_000],
    [12, "エ", 5_000, 250_000, 200_000, false, 57_600, 57_600],
    [14, "オ", 5_000, 90_000, 170_000, false, 27_000, 35_400],
    [16, "イ", 20_000, 700_000, 0, true, 93_000, 20_000],
    [18, "エ", 5_000, 220_000, 0, true, 44_400, 5_000],
    [20, "ア", 30_000, 1_300_000, 0, false, 257_180, 30_000],
    [22, "ウ", 20_000, 330_000, 0, false, 80_730, 20_000],
    [24, "オ", 5_000, 160_000, 0, false, 35_400, 5_000],
    // Named in prose beside the table.
    [0, "イ", 20_000, 650_000, 750_000, false, 168_320, 175_820],
    [0, "エ", 5_000, 230_000, 50_000, false, 57_600, 20_000],
  ])(
    "例%i 区分%s 上限%i円: 対象%i円 対象外%i円 多数回%s",
    (_, category, cap, covered, uncovered, multiple, limit, patient) => {
      const bills = [all(covered), ...(uncovered > 0 ? [none(uncovered)] : [])];
      const found = intractableMonth(bills, { ...facts, category, cap, multiple });
      expect(found.coveredShare + found.publicPays).toBe(limit);
      expect(found.patientPays).toBe(patient);
      const joined = [{ total: covered + uncovered, covered }];
      expect(intractableMonth(joined, { ...facts, category, cap, multiple })).toEqual(found);
    },
  );
});

describe("端", () => {
  test("21,000円ちょうどから合算し、1円足りなければしない", () => {
    const shares = (covered: number) =>
      intractableMonth([all(covered), none(500_000)], { ...facts, category: "オ", cap: 5_000 });
    expect(shares(70_000).paidBack).toBe(5_000);
    expect(shares(69_996).paidBack).toBe(0);
  });

  test("令和8年8月からは新しい限度額、令和9年8月からは登録がない", () => {
    const share = (month: MonthFacts["month"]) =>
      intractableMonth([all(1_000_000)], { ...facts, month });
    expect([share("2026-07"), share("2026-08")].map(({ publicPays }) => publicPays)).toEqual([
      77_430, 82_940,
    ]);
    expect(() => share("2027-08")).toThrow(MissingParameterError);
  });

  test("保険が2割なら2割、1割なら1割。保険がなければ公費が残りのすべて", () => {
    const pays = (insuranceTenths: number, cap = 10_000) => {
      const found = intractableMonth([all(40_000)], {
        ...facts,
        category: "70-一般",
        cap,
        insuranceTenths,
      });
      return [found.insurerPays, found.publicPays, found.patientPays];
    };
    expect(pays(7)).toEqual([28_000, 4_000, 8_000]);
    expect(pays(8)).toEqual([32_000, 0, 8_000]);
    expect(pays(9)).toEqual([36_000, 0, 4_000]);
    expect(pays(0, 0)).toEqual([0, 40_000, 0]);
  });

  test("医療機関ごとに、上限月額の残りまで", () => {
    const found = intractableMonth([all(40_000, "A"), all(40_000, "B")], facts);
    expect([found.coveredShare, found.capLeft, found.publicPays]).toEqual([10_000, 0, 14_000]);
    const later = intractableMonth([all(40_000, "B")], { ...facts, paidBefore: 8_000 });
    expect([later.coveredShare, later.capLeft]).toEqual([2_000, 0]);
    expect(intractableMonth([all(40_000)], { ...facts, paidBefore: 12_000 }).coveredShare).toBe(0);
  });

  test("適用区分が分からなければ、限度額を引かない", () => {
    const unknown = { ...facts, category: undefined };
    expect(intractableMonth([all(1_000_000)], unknown)).toMatchObject({
      insurerPays: 700_000,
      publicPays: 290_000,
    });
  });
});

describe("どの月も", () => {
  const bill = fc
    .tuple(fc.nat(2_000_000), fc.nat(2_000_000), fc.constantFrom(undefined, "A", "B"))
    .map(([one, other, institution]) => ({
      total: Math.max(one, other),
      covered: Math.min(one, other),
      institution,
    }));
  const month = fc.record({
    month: fc.constantFrom<MonthFacts["month"]>("2026-07", "2026-08"),
    category: fc.constantFrom<HighCostCategory | undefined>(
      undefined,
      "ア",
      "イ",
      "ウ",
      "エ",
      "オ",
    ),
    multiple: fc.boolean(),
    cap: fc.constantFrom(0, 1_000, 2_500, 5_000, 10_000, 20_000, 30_000),
    paidBefore: fc.nat(30_000),
    insuranceTenths: fc.constantFrom(0, 7, 8, 9),
  });

  test("公費の対象の自己負担は上限月額を超えず、負担の合計は医療費に合う", () => {
    fc.assert(
      fc.property(fc.array(bill, { maxLength: 5 }), month, (bills, about) => {
        const found = intractableMonth(bills, about);
        const { insurerPays, publicPays, patientPays, coveredShare, uncoveredShare } = found;
        expect(coveredShare).toBeLessThanOrEqual(Math.max(0, about.cap - about.paidBefore));
        for (const part of [insurerPays, publicPays, patientPays, coveredShare, uncoveredShare])
          expect(part).toBeGreaterThanOrEqual(0);
        const total = bills.reduce((sum, one) => sum + one.total, 0);
        expect(insurerPays + publicPays + patientPays).toBe(total);
        expect(sumOf(found.steps)).toBe(patientPays);
      }),
    );
  });

  test("医療費や上限月額が増えて、公費の対象の自己負担が減ることはない", () => {
    fc.assert(
      fc.property(bill, month, fc.nat(500_000), (one, about, more) => {
        const share = (extra: number, cap: number) =>
          intractableMonth([{ total: one.total + extra, covered: one.covered + extra }], {
            ...about,
            cap,
          }).coveredShare;
        expect(share(more, about.cap)).toBeGreaterThanOrEqual(share(0, about.cap));
        expect(share(0, about.cap + more)).toBeGreaterThanOrEqual(share(0, about.cap));
      }),
    );
  });
});

describe("計算の入力", () => {
  const run = (bills: unknown, more = {}) =>
    findRule("intractable.month")?.run({
      month: "2026-07",
      category: "ウ",
      cap: 10_000,
      bills,
      ...more,
    });

  test("対象額は、額でも全額・対象外でも伝えられる", () => {
    const asYen = run([
      { total: 60_000, covered: 60_000 },
      { total: 310_000, covered: 0 },
    ]);
    expect(
      run([
        { total: 60_000, covered: true },
        { total: 310_000, covered: false },
      ]),
    ).toEqual(asYen);
    expect(asYen).toMatchObject({ result: { patientPays: 90_530, publicPays: 8_000 } });
  });

  test("総医療費より多い対象額、番号でない公費負担者番号を断る", () => {
    expect(run([{ total: 1, covered: 2 }])).toMatchObject({
      error: { field: "bills.0.covered", message: expect.stringContaining("総医療費より多く") },
    });
    const payer = (ordinary: string) =>
      findRule("intractable.payer-number")?.run({
        on: "2026-11-20",
        tier: "上位所得",
        employeeInsurance: true,
        ordinary,
        welfare: "54128012",
      });
    expect(payer("54127015")).toMatchObject({
      error: { message: expect.stringContaining("検証番号") },
    });
    expect(payer("88138243")).toMatchObject({ error: { message: "法別番号が54ではありません。" } });
    expect(payer("５４１２７０１４")).toMatchObject({ result: { payerNumber: "54127014" } });
  });
});
