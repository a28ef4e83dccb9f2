import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClaimReceipt } from "#workflows/claims/receipt.ts";
import { type RefundMonth, refundOfMonth, type SettledCare } from "#workflows/claims/refund.ts";
import { type CopayPlan, copayPlanSchema } from "#workflows/medical/copay-plan.ts";
import { planOfCopays } from "#workflows/medical/subsidy.ts";

const month = "2026-10";
const rowsOf = (value: CopayPlan) => ({
  name: "一部負担金（試験）",
  rows: [{ from: "2019-04-01" as const, value, source: "試験", certainty: "assumed" as const }],
});
const receipt = (one: Partial<ClaimReceipt>): ClaimReceipt => ({
  number: 1,
  month,
  institution: "4310100001",
  care: "outpatient",
  cost: 10_000,
  insuranceTenths: 7,
  times: 1,
  paid: 3_000,
  meals: 0,
  mealDays: 0,
  reimbursed: 0,
  highCost: 0,
  additionalBenefit: 0,
  otherPublic: 0,
  multiple: false,
  outsidePrefecture: true,
  certificateShown: false,
  documents: ["receipt"],
  ...one,
});
const perVisit = planOfCopays([{ kind: "outpatient", unit: "visit", amount: 500, maxTimes: 2 }]);
const refund = (
  receipts: readonly ClaimReceipt[],
  settled: readonly SettledCare[] = [],
  plan = perVisit,
): RefundMonth => refundOfMonth(month, receipts, settled, rowsOf(plan), { birth: "2020-04-02" });

describe("1枚の領収書", () => {
  test("領収額から一部負担金を除いた額を、行の説明とともに支給する", () => {
    const { total, receipts } = refund([receipt({})]);
    expect(total).toBe(2_500);
    expect(receipts[0]?.lines).toEqual([
      { label: "領収額（保険診療分）", amount: 3_000 },
      { label: "一部負担金", amount: -500 },
    ]);
  });

  test("窓口で10円単位に丸めた額は、払った額から数える", () => {
    // 1,234 points: 3,702 yen by the rule, 3,700 at the counter.
    expect(refund([receipt({ cost: 12_340, paid: 3_700 })]).total).toBe(3_200);
    expect(refund([receipt({ cost: 12_360, paid: 3_710 })]).total).toBe(3_210);
  });

  test("点数より多く払った額は、端数を超えては支給しない", () => {
    expect(refund([receipt({ paid: 5_000 })]).total).toBe(2_505);
  });

  test("装具は、保険者の療養費を除いた分を支給する", () => {
    const one = receipt({ care: "appliance", cost: 32_455, paid: 32_455, reimbursed: 22_718 });
    expect(refund([one], [], planOfCopays([])).total).toBe(9_737);
  });

  test("食事は、市が定めたときだけ助成する", () => {
    const one = receipt({ care: "inpatient", meals: 4_900, mealDays: 10 });
    expect(refund([one]).total).toBe(3_000);
    const whole = copayPlanSchema.parse({
      ...perVisit,
      bands: perVisit.bands.map((band) => ({ ...band, mealsWhole: true })),
    });
    expect(refund([one], [], whole).total).toBe(7_900);
  });

  test("適用区分が分かる高額療養費は、受けていなくても除く", () => {
    const one = receipt({ care: "inpatient", cost: 1_000_000, paid: 300_000, category: "ウ" });
    const found = refund([one], [], planOfCopays([]));
    expect(found.receipts[0]?.highCost).toBe(300_000 - 92_940);
    expect(found.total).toBe(92_940);
    expect(refund([receipt({ cost: 1_000_000, paid: 300_000 })]).categoryMissing).toBe(true);
  });
});

test("同じ月に現物で助成した分は、この申請の額を動かさない", () => {
  const inKind: SettledCare = {
    ...receipt({ institution: "4310100002" }),
    inKind: true,
    subsidy: 2_600,
  };
  expect(refund([receipt({})], [inKind]).total).toBe(2_500);
  // Two copays of the institution's month were asked for already.
  const twice: SettledCare = {
    ...receipt({ times: 2, cost: 20_000 }),
    inKind: true,
    subsidy: 5_000,
  };
  expect(refund([receipt({})], [twice]).total).toBe(3_000);
});

const plans = [
  planOfCopays([]),
  perVisit,
  planOfCopays([{ kind: "outpatient", unit: "month", amount: 800 }]),
  copayPlanSchema.parse({
    capScope: "person",
    bands: [
      {
        title: "すべて",
        outpatient: { burden: "share", visitFixed: 400, monthCap: 1_000 },
        inpatient: { burden: "none" },
        pharmacyRule: "own",
        pharmacy: { burden: "share", visitFixed: 200 },
      },
    ],
  }),
];
const small = fc
  .record({
    perVisit: fc.integer({ min: 250, max: 800 }),
    place: fc.integer({ min: 1, max: 3 }),
    care: fc.constantFrom("outpatient" as const, "dental" as const, "pharmacy" as const),
    times: fc.integer({ min: 1, max: 3 }),
    tenths: fc.constantFrom(7, 8),
  })
  .map(({ perVisit: each, place, care, times, tenths }) => ({
    points: each * times,
    place,
    care,
    times,
    tenths,
  }))
  .map(({ points, place, care, times, tenths }) =>
    receipt({
      cost: points * 10,
      paid: Math.round((points * (10 - tenths)) / 10) * 10,
      institution: `431010000${place}`,
      care,
      times,
      insuranceTenths: tenths,
    }),
  );
const claimOf = fc
  .array(small, { minLength: 1, maxLength: 6 })
  .map((some) => some.map((one, index) => ({ ...one, number: index + 1 })));
const anyPlan = fc.constantFrom(...plans);
const settledOf = (receipts: readonly ClaimReceipt[], found: RefundMonth): SettledCare[] =>
  receipts.map((one) => ({
    ...one,
    inKind: false,
    subsidy: found.receipts.find(({ number }) => number === one.number)?.amount ?? 0,
  }));

test("どんな領収書でも、支給額は0円以上、払った額以下で、行の説明と合う", () => {
  const wild = fc
    .record({
      one: small,
      factor: fc.constantFrom(1, 1, 40, 300),
      paid: fc.integer({ min: 0, max: 400_000 }),
      highCost: fc.integer({ min: 0, max: 50_000 }),
      reimbursed: fc.integer({ min: 0, max: 50_000 }),
      category: fc.constantFrom(undefined, "ア" as const, "エ" as const, "オ" as const),
    })
    .map(({ one, factor, ...rest }) => ({ ...one, cost: one.cost * factor, ...rest }));
  fc.assert(
    fc.property(
      fc.array(wild, { minLength: 1, maxLength: 5 }),
      anyPlan,
      fc.nat(4),
      (some, plan, cut) => {
        const receipts = some.map((one, index) => ({ ...one, number: index + 1 }));
        const first = refund(receipts.slice(0, cut), [], plan);
        const found = refund(receipts, settledOf(receipts.slice(0, cut), first), plan);
        for (const month of [first, found]) {
          expect(month.receipts.reduce((all, { amount }) => all + amount, 0)).toBe(month.total);
          for (const { number, amount, lines } of month.receipts) {
            const { paid } = receipts[number - 1] ?? { paid: 0 };
            expect(amount).toBeGreaterThanOrEqual(0);
            expect(amount).toBeLessThanOrEqual(paid);
            expect(lines.reduce((all, line) => all + line.amount, 0)).toBe(amount);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("領収書の順によらない", () => {
  fc.assert(
    fc.property(claimOf, anyPlan, (receipts, plan) => {
      const turned = receipts.toReversed();
      const found = refund(receipts, [], plan);
      const again = refund(turned, [], plan);
      expect(again.total).toBe(found.total);
      const paidOf = (month: RefundMonth) => month.receipts.map(({ amount }) => amount).toSorted();
      expect(paidOf(again)).toEqual(paidOf(found));
    }),
    { numRuns: 200 },
  );
});

test("同じ月の領収書を、いくつの申請に分けて出しても、支給額の合計は同じ", () => {
  fc.assert(
    fc.property(claimOf, anyPlan, fc.nat(6), fc.nat(6), (receipts, plan, a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const parts = [receipts.slice(0, from), receipts.slice(from, to), receipts.slice(to)];
      let sum = 0;
      let settled: SettledCare[] = [];
      for (const part of parts) {
        const found = refund(part, settled, plan);
        sum += found.total;
        settled = [...settled, ...settledOf(part, found)];
      }
      expect(sum).toBe(refund(receipts, [], plan).total);
    }),
    { numRuns: 300 },
  );
});

describe("院外処方の調剤", () => {
  const joined = copayPlanSchema.parse({
    ...perVisit,
    bands: perVisit.bands.map((band) => ({ ...band, pharmacyRule: "joined" })),
  });
  const own = copayPlanSchema.parse({
    ...perVisit,
    bands: perVisit.bands.map((band) => ({
      ...band,
      pharmacyRule: "own",
      pharmacy: band.outpatient,
    })),
  });
  const [clinic, pharmacy] = ["4310100001", "4340100009"];
  const visit = receipt({ institution: clinic, cost: 1_000, paid: 300, day: 5 });
  const drugs = receipt({
    number: 2,
    care: "pharmacy",
    institution: pharmacy,
    prescriber: clinic,
    cost: 10_000,
    day: 5,
  });

  test("合わせると定めた市では、処方した医療機関の一部負担金の残りだけを薬局の分から引く", () => {
    // 500 yen a visit: 300 of it at the clinic, 200 at the pharmacy.
    expect(refund([visit, drugs], [], joined).receipts.map(({ amount }) => amount)).toEqual([
      0, 2_800,
    ]);
    expect(refund([visit, drugs], [], own).total).toBe(2_500);
    expect(refund([visit, drugs]).total).toBe(3_000);
  });

  test("処方した医療機関が分からない調剤は、ほかの医療機関の分と合わせない", () => {
    const unknown = { ...drugs, prescriber: undefined };
    expect(refund([visit, unknown], [], joined).total).toBe(2_500);
    expect(refund([visit, { ...drugs, prescriber: "4310100999" }], [], joined).total).toBe(2_500);
  });

  test("歯科の処方は、その月の歯科の診療と合わせる", () => {
    const dental = { ...visit, care: "dental" as const };
    expect(refund([dental, drugs], [], joined).total).toBe(2_800);
  });

  test("分けて申請しても、どの順でも、合計は同じ", () => {
    const settled: SettledCare = { ...visit, inKind: false, subsidy: 0 };
    expect(refund([drugs], [settled], joined).total).toBe(2_800);
    expect(refund([drugs, visit], [], joined).total).toBe(2_800);
  });
});
