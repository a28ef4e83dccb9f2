import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { SubsidyBill } from "#workflows/medical/bills.ts";
import {
  type CopayPlan,
  type CopayPlanRows,
  copayPlanSchema,
} from "#workflows/medical/copay-plan.ts";
import { type SubsidyPerson, subsidyOfMonth } from "#workflows/medical/subsidy-month.ts";

const rowsOf = (value: CopayPlan): CopayPlanRows => ({
  name: "一部負担金(試験)",
  rows: [{ from: "2019-04-01", value, source: "試験", certainty: "assumed" }],
});
const planOf = (band: object, rest: object = {}) =>
  rowsOf(copayPlanSchema.parse({ bands: [{ title: "全員", ...band }], ...rest }));
const bill = (more: Partial<SubsidyBill> = {}): SubsidyBill => ({
  institution: "4310000001",
  kind: "outpatient",
  points: 1_000,
  insuranceTenths: 7,
  times: 1,
  ...more,
});
const pay = (
  bills: readonly SubsidyBill[],
  plan: CopayPlanRows,
  person: SubsidyPerson = {},
  month: "2026-07" | "2026-08" = "2026-08",
) => subsidyOfMonth(month, bills, plan, person);
const share = (more: object) => ({ outpatient: { burden: "share", ...more } });

describe("一部負担金の定め", () => {
  test("1回の割合・固定額・上限、1日の上限額と回数、1月の上限額と回数", () => {
    const visits = [
      { day: 1, points: 200 },
      { day: 1, points: 100 },
      { day: 2, points: 700 },
    ];
    const copay = (terms: object) =>
      pay([bill({ visits, times: 3 })], planOf(share(terms))).patientPays;
    expect(copay({})).toBe(3_000);
    expect(copay({ visitPercent: 10 })).toBe(1_000);
    expect(copay({ visitPercent: 50, percentOf: "share" })).toBe(1_500);
    expect(copay({ visitFixed: 500 })).toBe(500 + 300 + 500);
    expect(copay({ visitCap: 400 })).toBe(400 + 300 + 400);
    expect(copay({ dayCap: 500 })).toBe(1_000);
    expect(copay({ dayTimes: 1 })).toBe(600 + 2_100);
    expect(copay({ monthCap: 1_000 })).toBe(1_000);
    expect(copay({ monthTimes: 1 })).toBe(600);
    expect(copay({ monthFixed: 1_200 })).toBe(1_200);
    expect(copay({ burden: "none" })).toBe(0);
  });

  test("青森県の例: 入院は1日500円、マル親は月1,000円、障害は1割で入院15,000円まで", () => {
    const inpatient = bill({ kind: "inpatient", points: 40_000, times: 12, insuranceTenths: 8 });
    const daily = { inpatient: { burden: "share", dayCap: 500, dayTimes: 1 } };
    expect(pay([inpatient], planOf(daily)).copay).toBe(6_000);
    const single = {
      outpatient: { burden: "share", monthCap: 1_000, monthTimes: 1 },
      inpatient: { burden: "share", monthCap: 1_000 },
    };
    expect(pay([bill(), inpatient], planOf(single)).copay).toBe(2_000);
    const tenth = { burden: "share", visitPercent: 10 };
    const disabled = { outpatient: tenth, inpatient: { ...tenth, monthCap: 15_000 } };
    expect(pay([bill(), inpatient], planOf(disabled)).copay).toBe(1_000 + 15_000);
  });

  test("窓口で全額を払い後で償還する定め", () => {
    const found = pay([bill()], planOf({ outpatient: { burden: "none", settlement: "refund" } }));
    expect(found.parts[0]).toMatchObject({ settlement: "refund", refundReasons: ["terms"] });
    expect(found.subsidy).toBe(3_000);
  });

  test("調剤は負担なし・処方元と合算・薬局ごとのいずれか", () => {
    const bills = [
      bill(),
      bill({ institution: "4340000001", kind: "pharmacy", prescriber: "4310000001", points: 500 }),
    ];
    const terms = { burden: "share", monthCap: 4_000 };
    const plan = (pharmacyRule: string, more: object = {}) =>
      planOf({ outpatient: { ...terms, ...more }, pharmacyRule, pharmacy: terms });
    expect(pay(bills, plan("free")).copay).toBe(3_000);
    expect(pay(bills, plan("joined")).copay).toBe(4_000);
    expect(pay(bills, plan("own")).copay).toBe(4_500);
    expect(pay(bills, plan("own", { monthPharmacyCap: 600 })).copay).toBe(3_600);
    const visits = { visitFixed: 500, monthCap: undefined };
    expect(pay(bills, plan("joined", visits)).parts.map((part) => part.copay)).toEqual([500, 0]);
  });

  test("薬剤一部負担金を本人に残す定め", () => {
    const asked = [bill({ drugCopay: 60 })];
    expect(pay(asked, planOf(share({ visitFixed: 500, drugs: true }))).copay).toBe(560);
    expect(pay(asked, planOf(share({ visitFixed: 500 }))).copay).toBe(500);
  });

  test("月の上限をすべての医療機関で数える定め", () => {
    const bills = [bill(), bill({ institution: "4310000002" })];
    expect(pay(bills, planOf(share({ monthCap: 1_000 }))).copay).toBe(2_000);
    expect(pay(bills, planOf(share({ monthCap: 1_000 }), { capScope: "person" })).copay).toBe(
      1_000,
    );
  });

  test("食事は1日の額まで、または全額を市が負担できる", () => {
    const meals = [bill({ kind: "inpatient", meals: 5_100, mealDays: 4, times: 5 })];
    expect(pay(meals, planOf({}))).toMatchObject({ subsidy: 3_000, patientPays: 5_100 });
    expect(pay(meals, planOf({ mealsPerDay: 300 }))).toMatchObject({
      subsidy: 4_200,
      patientPays: 3_900,
    });
    expect(pay(meals, planOf({ mealsWhole: true })).patientPays).toBe(0);
  });

  test("長期収載品などの選定療養は助成しない", () => {
    const found = pay([bill({ selectedCare: 330 })], planOf({}));
    expect(found).toMatchObject({ subsidy: 3_000, patientPays: 330, patientBefore: 3_000 });
    expect(found.steps).toContainEqual({ label: "選定療養(助成の対象外)", amount: 330 });
  });

  test("学校管理下・第三者行為・労災の分は助成しない", () => {
    const found = pay([bill({ exclusion: "school-accident" }), bill()], planOf({}));
    expect(found).toMatchObject({ subsidy: 3_000, patientPays: 3_000 });
    expect(found.steps.map(({ label }) => label)).toContain(
      "助成の対象外(学校管理下のけが(災害共済給付))",
    );
  });

  test("端数は経路ごとに丸める", () => {
    const rounding = [
      { channel: "receipt", unit: 10, how: "half-up" },
      { channel: "refund", unit: 10, how: "floor" },
    ];
    const plan = planOf(share({ visitPercent: 10 }), { rounding });
    const copay = (channel: "receipt" | "paper" | "refund") =>
      pay([bill({ points: 1_006, channel })], plan).copay;
    expect([copay("receipt"), copay("paper"), copay("refund")]).toEqual([1_010, 1_006, 1_000]);
  });

  test("点数の単価", () => {
    expect(pay([bill()], planOf({}, { yenPerPoint: 12 }))).toMatchObject({
      insured: 8_400,
      subsidy: 3_600,
    });
  });

  test("年齢と所得で分かれ、足りない事実を項目の名で言う", () => {
    const plan = rowsOf(
      copayPlanSchema.parse({
        bands: [
          { title: "3歳未満", ageTo: 3, end: "month-end" },
          { title: "低所得", ageTo: 18, incomeBelow: 1_000_000, ...share({ visitFixed: 100 }) },
          { title: "ほか", ageTo: 18, ...share({ visitFixed: 500 }) },
        ],
      }),
    );
    const copay = (person: SubsidyPerson) => pay([bill()], plan, person).copay;
    expect(copay({ birth: "2023-09-01" })).toBe(0);
    expect(copay({ birth: "2023-08-01", income: 999_999 })).toBe(100);
    expect(copay({ birth: "2023-08-01", income: 1_000_000 })).toBe(500);
    expect(() => copay({})).toThrow("生年月日");
    expect(() => copay({ birth: "2020-01-01" })).toThrow("所得");
    expect(() => copay({ birth: "2000-01-01", income: 0 })).toThrow("どの区分にも");
  });
});

describe("現物から償還への切替え", () => {
  const plan = planOf({}, { refundFrom: 21_000 });
  const of = (points: number, ...more: Partial<SubsidyBill>[]) =>
    pay([bill({ points }), ...more.map((one) => bill(one))], plan).parts.map((p) => p.settlement);

  test("1医療機関・1か月で21,000円以上は償還、薬局の分は処方元と合わせる", () => {
    expect(of(6_999)).toEqual(["in-kind"]);
    expect(of(7_000)).toEqual(["refund"]);
    const pharmacy = { institution: "4340000001", kind: "pharmacy", points: 1_000 } as const;
    expect(of(6_000, { ...pharmacy, prescriber: "4310000001" })).toEqual(["refund", "refund"]);
    expect(of(6_000, pharmacy)).toEqual(["in-kind", "in-kind"]);
    expect(of(6_000, { dental: true, points: 6_000 })).toEqual(["in-kind", "in-kind"]);
    expect(of(6_000, { institution: "4310000002", points: 6_000 })).toEqual(["in-kind", "in-kind"]);
  });

  test("県外と受給者証の不提示も償還", () => {
    expect(pay([bill({ outsidePrefecture: true })], planOf({})).parts[0]?.refundReasons).toEqual([
      "outside",
    ]);
    const inKind = planOf({}, { inKindOutside: true });
    expect(pay([bill({ outsidePrefecture: true })], inKind).parts[0]?.settlement).toBe("in-kind");
    expect(pay([bill({ certificateShown: false })], inKind).parts[0]?.refundReasons).toEqual([
      "not-shown",
    ]);
  });
});

describe("高額療養費と公費", () => {
  const inpatient = bill({ kind: "inpatient", points: 100_000, insurer: "33120015" });

  test("被用者保険は所得によらず区分ウ、国保は本人の区分", () => {
    const left = (insurerGroup: "employee" | "national", month: "2026-07" | "2026-08") =>
      pay([{ ...inpatient, insurerGroup }], planOf({}), { category: "オ" }, month).patientBefore;
    expect(left("employee", "2026-07")).toBe(87_430);
    expect(left("employee", "2026-08")).toBe(92_940);
    expect(left("national", "2026-07")).toBe(35_400);
    expect(left("national", "2026-08")).toBe(36_900);
  });

  test("市が別に定めた区分の扱いが先", () => {
    const classes = [{ insurer: "employee", rule: "own" }];
    const one = [{ ...inpatient, insurerGroup: "employee" } as const];
    expect(pay(one, planOf({}, { classes }), { category: "オ" }).patientBefore).toBe(36_900);
  });

  test("国保で区分が分からなければ、控除せずに知らせる", () => {
    const one = [{ ...inpatient, insurerGroup: "national" } as const];
    expect(pay(one, planOf({}), {})).toMatchObject({
      categoryMissing: true,
      patientBefore: 300_000,
    });
    expect(pay([{ ...bill(), insurerGroup: "national" }], planOf({}), {}).categoryMissing).toBe(
      false,
    );
  });

  test("70歳未満は21,000円以上だけを合算する", () => {
    const of = (points: number) =>
      pay(
        [bill({ points: 26_000 }), bill({ institution: "4310000002", points })],
        planOf({}),
        { category: "ウ" },
        "2026-07",
      ).highCost[0];
    expect(of(6_999)).toMatchObject({ amount: 0 });
    // (260,000 + 70,000) × 3割 − (80,100 + (330,000 − 267,000) × 1%)
    expect(of(7_000)).toMatchObject({ amount: 99_000 - 80_730 });
  });

  test("70歳以上は外来の限度、次に全体の限度", () => {
    const found = pay(
      [
        bill({ points: 20_000, insuranceTenths: 8, insurer: inpatient.insurer }),
        { ...inpatient, insuranceTenths: 8 },
      ],
      planOf({}),
      { category: "70-一般", outpatientCategory: "70-一般外来" },
      "2026-07",
    );
    expect(found.patientBefore).toBe(57_600);
    expect(() =>
      pay([inpatient], planOf({}), { category: "70-一般", outpatientCategory: "70-一般外来" }),
    ).toThrow("登録されていません");
  });

  test("国の公費が先で、54の上限管理後の負担から市が助成する", () => {
    const found = pay(
      [
        bill({
          points: 10_000,
          funds: [
            { payer: "81136244", pays: 100 },
            { payer: "54016027", leaves: 5_000 },
          ],
        }),
      ],
      planOf(share({ visitFixed: 500 })),
    );
    expect(found.steps.map(({ label, amount }) => [label, amount])).toEqual([
      ["総医療費(10割)", 100_000],
      ["医療保険の給付", -70_000],
      ["他の公費の負担(法別54)", -25_000],
      ["他の公費の負担(法別81)", -100],
      ["市の助成", -4_400],
      ["一部負担金", 500],
    ]);
  });

  test("公費の対象が点数の一部なら、残りは対象にならない", () => {
    const funds = [{ payer: "54016027", leaves: 1_000, points: 4_000 }];
    expect(pay([bill({ points: 10_000, funds })], planOf({})).patientBefore).toBe(19_000);
  });
});

describe("どんな請求でも", () => {
  const amount = (max: number) => fc.integer({ min: 0, max });
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const termsOf = fc.record({
    burden: fc.constantFrom("none", "share"),
    visitPercent: maybe(amount(100)),
    percentOf: fc.constantFrom("cost", "share"),
    visitFixed: maybe(amount(3_000)),
    visitCap: maybe(amount(3_000)),
    dayCap: maybe(amount(3_000)),
    dayTimes: maybe(amount(3)),
    monthCap: maybe(amount(10_000)),
    monthPharmacyCap: maybe(amount(2_000)),
    monthTimes: maybe(amount(5)),
    drugs: fc.boolean(),
  });
  const channels = ["receipt", "paper", "refund"] as const;
  const planParts = {
    outpatient: maybe(termsOf),
    inpatient: maybe(termsOf),
    pharmacyRule: fc.constantFrom("free", "joined", "own"),
    pharmacy: maybe(termsOf),
    mealsPerDay: maybe(amount(1_000)),
  };
  const plans = fc
    .record({
      band: fc.record(planParts),
      capScope: fc.constantFrom("institution", "person"),
      refundFrom: maybe(fc.constant(21_000)),
      unit: fc.constantFrom(1, 10),
      how: fc.constantFrom("floor", "half-up", "up"),
    })
    .map(({ band, capScope, refundFrom, unit, how }) =>
      planOf(band, {
        capScope,
        refundFrom,
        rounding: channels.map((channel) => ({ channel, unit, how })),
      }),
    );
  const bills = fc
    .record({
      institution: fc.constantFrom("4310000001", "4310000002", "4340000003"),
      kind: fc.constantFrom("outpatient", "inpatient", "pharmacy"),
      dental: fc.boolean(),
      prescriber: maybe(fc.constantFrom("4310000001", "4310000002")),
      insurer: fc.constantFrom("33120015", "431007"),
      visits: fc.array(
        fc.record({ day: fc.integer({ min: 1, max: 31 }), points: amount(30_000) }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      known: fc.boolean(),
      additionalBenefit: amount(5_000),
      otherPublic: amount(5_000),
      leaves: maybe(amount(20_000)),
      drugCopay: amount(300),
      meals: amount(20_000),
      selectedCare: amount(1_000),
      exclusion: maybe(fc.constantFrom("school-accident", "third-party")),
    })
    .map(
      ({ visits, known, leaves, prescriber, kind, ...rest }): SubsidyBill => ({
        ...rest,
        kind: kind as SubsidyBill["kind"],
        prescriber: kind === "pharmacy" ? prescriber : undefined,
        insuranceTenths: 7,
        points: visits.reduce((total, { points }) => total + points, 0),
        times: visits.length,
        visits: known ? visits : undefined,
        funds: leaves === undefined ? undefined : [{ payer: "54016027", leaves }],
        exclusion: rest.exclusion as SubsidyBill["exclusion"],
      }),
    );
  const months = fc.array(bills, { minLength: 1, maxLength: 6 });
  const persons = fc.record({
    category: fc.constantFrom("ア", "ウ", "オ", undefined),
    multiple: fc.boolean(),
  }) as fc.Arbitrary<SubsidyPerson>;

  test("負にならず、払った額を超えず、内訳の和は合う", () => {
    fc.assert(
      fc.property(months, plans, persons, (asked, plan, person) => {
        const found = pay(asked, plan, person);
        for (const part of found.parts) {
          for (const value of [part.subsidy, part.copay, part.patientPays, part.highCost])
            expect(value).toBeGreaterThanOrEqual(0);
          expect(part.copay).toBeLessThanOrEqual(part.patientBefore);
          expect(part.subsidy - part.mealsSubsidy).toBeLessThanOrEqual(part.patientBefore);
        }
        const beside = asked.reduce((t, b) => t + (b.meals ?? 0) + (b.selectedCare ?? 0), 0);
        expect(found.subsidy + found.patientPays).toBe(found.patientBefore + beside);
        expect(found.insured + found.patientBefore).toBeLessThanOrEqual(
          asked.reduce((total, { points }) => total + points * 10, 0),
        );
      }),
    );
  });

  test("請求の順は結果を変えない", () => {
    const shuffled = months.chain((asked) =>
      fc.tuple(fc.constant(asked), fc.shuffledSubarray(asked, { minLength: asked.length })),
    );
    fc.assert(
      fc.property(shuffled, plans, persons, ([asked, other], plan, person) => {
        expect(pay(other, plan, person)).toEqual(pay(asked, plan, person));
      }),
    );
  });

  /*
   * What the law says about a bill that is cut: one institution's month of one kind, insurer and department is one receipt
   * (療養の給付の請求は月ごと), so nothing changes. Cut between two institutions it is two months of care: the limits, the 21,000
   * yen and the numbers of visits count for each, which is why only pieces of the same institution are compared.
   */
  test("1枚の請求を同じ医療機関で分けても変わらない", () => {
    const cut = months.chain((asked) =>
      fc.tuple(fc.constant(asked), fc.nat(asked.length - 1), fc.nat(3)),
    );
    fc.assert(
      fc.property(cut, plans, persons, ([asked, at, from], plan, person) => {
        const whole = asked[at];
        if (!whole?.visits || from >= whole.visits.length) return;
        const piece = (visits: NonNullable<SubsidyBill["visits"]>): SubsidyBill => ({
          ...whole,
          visits,
          points: visits.reduce((total, { points }) => total + points, 0),
          times: visits.length,
        });
        const second = {
          ...piece(whole.visits.slice(from)),
          additionalBenefit: 0,
          otherPublic: 0,
          drugCopay: 0,
          meals: 0,
          selectedCare: 0,
          funds: whole.funds?.map((fund) => ({ ...fund, leaves: 0 })),
        };
        const pieces = [piece(whole.visits.slice(0, from)), second];
        expect(pay(asked.toSpliced(at, 1, ...pieces), plan, person)).toEqual(
          pay(asked, plan, person),
        );
      }),
    );
  });

  test("点数が増えて、残る自己負担も本人の負担も減ることはない", () => {
    fc.assert(
      fc.property(bills, plans, persons, amount(50_000), (one, plan, person, more) => {
        const base = { ...one, visits: undefined, funds: undefined };
        const less = pay([base], plan, person);
        const greater = pay([{ ...base, points: base.points + more }], plan, person);
        expect(greater.patientBefore).toBeGreaterThanOrEqual(less.patientBefore);
        expect(greater.patientPays).toBeGreaterThanOrEqual(less.patientPays);
      }),
    );
  });

  test("定額の一部負担金なら、点数が増えて助成が減ることもない", () => {
    fc.assert(
      fc.property(bills, amount(3_000), persons, amount(50_000), (one, fixed, person, more) => {
        const plan = planOf({ outpatient: { burden: "share", visitFixed: fixed } });
        const base = { ...one, visits: undefined, funds: undefined };
        expect(
          pay([{ ...base, points: base.points + more }], plan, person).subsidy,
        ).toBeGreaterThanOrEqual(pay([base], plan, person).subsidy);
      }),
    );
  });
});
