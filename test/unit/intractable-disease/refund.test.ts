import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { borneOf, type ClaimReceipt } from "#workflows/claims/receipt.ts";
import type { SettledCare } from "#workflows/claims/refund.ts";
import { refundUnderCap } from "#workflows/intractable-disease/refund.ts";
import { sumOf } from "#workflows/money/rounding.ts";

const receipt = (given: Partial<ClaimReceipt> = {}): ClaimReceipt => ({
  number: 1,
  month: "2026-07",
  day: 10,
  institution: "4311100010",
  care: "outpatient",
  cost: 60_000,
  insuranceTenths: 7,
  times: 1,
  paid: 18_000,
  meals: 0,
  mealDays: 0,
  reimbursed: 0,
  highCost: 0,
  additionalBenefit: 0,
  otherPublic: 0,
  multiple: false,
  outsidePrefecture: false,
  certificateShown: false,
  documents: ["receipt"],
  ...given,
});
const inKind = (cost: number, subsidy: number): SettledCare => ({
  ...receipt({ cost, paid: 0 }),
  inKind: true,
  subsidy,
});
const terms = { cap: 10_000, limitCategory: "ウ", birth: "1980-05-10" } as const;
const amounts = (
  receipts: readonly ClaimReceipt[],
  settled: readonly SettledCare[] = [],
  own: Parameters<typeof refundUnderCap>[3] = terms,
) => refundUnderCap("2026-07", receipts, settled, own).receipts.map(({ amount }) => amount);

describe("遡り期間の償還払い", () => {
  test("払った額から、受給者証があれば払った額を引く", () => {
    expect(amounts([receipt()])).toEqual([8_000]);
    expect(amounts([receipt({ cost: 30_000, paid: 9_000 })])).toEqual([3_000]);
    expect(amounts([receipt()], [], { ...terms, cap: 0 })).toEqual([18_000]);
  });

  test("上限月額は、その月のすべての診療で一度だけ引く", () => {
    const other = receipt({ number: 2, institution: "4311100028", day: 20 });
    expect(amounts([receipt(), other])).toEqual([8_000, 18_000]);
    // By receipt: 60,000 yen, 8,000 by 54, the person paid 10,000.
    expect(amounts([receipt()], [inKind(60_000, 8_000)])).toEqual([18_000]);
    const refunded = { ...receipt({ cost: 30_000, paid: 9_000 }), inKind: false, subsidy: 3_000 };
    expect(amounts([receipt()], [refunded])).toEqual([14_000]);
  });

  test("高額療養費に当たる額は、受けていなくても支給しない。受けた額は差し引く", () => {
    const dear = receipt({ cost: 1_000_000, paid: 300_000, care: "inpatient" });
    expect(amounts([dear])).toEqual([77_430]);
    expect(amounts([{ ...dear, highCost: 212_570 }])).toEqual([77_430]);
    const found = refundUnderCap("2026-07", [dear], [], { ...terms, limitCategory: undefined });
    expect(found.categoryMissing).toBe(true);
    expect(found.receipts[0]?.amount).toBe(290_000);
  });

  test("10割を払い、保険者から療養費を受けたあと", () => {
    expect(amounts([receipt({ paid: 60_000, reimbursed: 42_000 })])).toEqual([8_000]);
  });

  test("窓口の10円単位の端数は本人に戻る", () => {
    expect(amounts([receipt({ cost: 12_340, paid: 3_700 })])).toEqual([1_232]);
  });

  test("70歳以上は、同じ文字の別の区分", () => {
    const dear = receipt({ cost: 300_000, paid: 60_000, insuranceTenths: 8 });
    const own = { cap: 5_000, limitCategory: "エ", birth: "1950-01-01" } as const;
    expect(amounts([dear], [], own)).toEqual([13_000]);
  });

  test("内訳は額に合い、額は負担を超えず、並べ方で合計は変わらない", () => {
    const one = fc
      .tuple(
        fc.integer({ min: 10, max: 40_000 }),
        fc.constantFrom("A", "B"),
        fc.integer({ min: 1, max: 31 }),
        fc.constantFrom("outpatient" as const, "inpatient" as const, "pharmacy" as const),
      )
      .map(([points, institution, day, care]) =>
        receipt({ cost: points * 10, paid: points * 3, institution, day, care }),
      );
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 5 }), fc.nat(30_000), (some, cap) => {
        const numbered = some.map((each, index) => ({ ...each, number: index + 1 }));
        const found = refundUnderCap("2026-07", numbered, [], { ...terms, cap });
        for (const { number, amount, lines } of found.receipts) {
          expect(sumOf(lines)).toBe(amount);
          const own = numbered[number - 1];
          expect(amount).toBeLessThanOrEqual(own ? borneOf(own) : 0);
        }
        const turned = refundUnderCap("2026-07", numbered.toReversed(), [], { ...terms, cap });
        expect(turned.total).toBe(found.total);
      }),
    );
  });
});
