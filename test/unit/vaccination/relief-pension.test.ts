import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dueIn,
  dueRank,
  lastSurvivorMonth,
  type Pension,
  paymentUpTo,
  survivorTerm,
  termIn,
} from "#test/support/relief-pensions.ts";
import { addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import { yearlyPension } from "#workflows/vaccination/relief/amounts.ts";
import { claimableUntil } from "#workflows/vaccination/relief/claim-deadlines.ts";
import { firstMonth, nextPaymentMonth } from "#workflows/vaccination/relief/pension.ts";
import { sharesOf } from "#workflows/vaccination/relief/survivors.ts";

const term = { from: "2023-05-01", grade: 2, homeCare: false, otherBenefits: 0 } as const;
const pension = (more: Partial<Pension> = {}): Pension => ({
  id: "1",
  from: "2023-05-01",
  terms: [term],
  ...more,
});
const nothing = new Map<IsoDate, number>();
const yearly = ({ grade }: { grade: number }) => (grade === 1 ? 5_175_600 : 4_138_800);
const upTo = (one: Pension, month: IsoDate, paid: ReadonlyMap<IsoDate, number> = nothing) =>
  paymentUpTo(one, [one], month, paid, yearly);

describe("年金の支払", () => {
  test("支給事由の翌月から、消滅した月まで", () => {
    expect(firstMonth("2023-04-30")).toBe("2023-05-01");
    expect(firstMonth("2023-12-01")).toBe("2024-01-01");
    expect(upTo(pension(), "2023-06-01")?.amount).toBe(2 * 344_900);
    expect(upTo(pension({ last: "2023-05-01" }), "2023-09-01")?.amount).toBe(344_900);
  });

  test("1月、4月、7月、10月に支払う", () => {
    expect(
      (["2026-01-31", "2026-02-01", "2026-10-01", "2026-11-01"] as const).map(nextPaymentMonth),
    ).toEqual(["2026-01-01", "2026-04-01", "2026-10-01", "2027-01-01"]);
  });

  test("後から決まった等級は、その月から差額を支払い、または過払いとする", () => {
    const paid = new Map<IsoDate, number>([
      ["2023-05-01", 344_900],
      ["2023-06-01", 344_900],
    ]);
    const up = pension({ terms: [term, { ...term, from: "2023-06-01", grade: 1 }] });
    expect(upTo(up, "2023-07-01", paid)).toEqual({
      months: [
        { month: "2023-06-01", amount: 86_400 },
        { month: "2023-07-01", amount: 431_300 },
      ],
      amount: 517_700,
    });
    expect(upTo(pension({ last: "2023-05-01" }), "2023-07-01", paid)?.amount).toBe(-344_900);
  });

  test("同じ月からの決定は、後のものによる", () => {
    const later = { ...term, grade: 1 };
    expect(termIn({ terms: [term, later] }, "2023-05-01")?.grade).toBe(1);
    expect(termIn({ terms: [term] }, "2023-04-01")).toBeUndefined();
  });

  test("差止めの間に支払わなかった月は、次の支払にまとめて入る", () => {
    expect(upTo(pension(), "2023-07-01", new Map([["2023-05-01", 344_900]]))?.amount).toBe(689_800);
  });

  test("額の登録のない月があれば、支払わずに知らせる", () => {
    const one = pension();
    expect(paymentUpTo(one, [one], "2023-06-01", nothing, () => undefined)).toBeUndefined();
  });

  test("支払を何回に分けても、合計は変わらず、二重に支払わない", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 6 }),
        (ends) => {
          const paid = new Map<IsoDate, number>();
          let sum = 0;
          for (const end of ends.toSorted((a, b) => a - b)) {
            const run = upTo(pension(), addMonths("2023-05-01", end), paid);
            for (const { month, amount } of run?.months ?? [])
              paid.set(month, (paid.get(month) ?? 0) + amount);
            sum += run?.amount ?? 0;
          }
          expect(sum).toBe(upTo(pension(), addMonths("2023-05-01", Math.max(...ends)))?.amount);
        },
      ),
    );
  });
});

describe("遺族年金", () => {
  test("10年から障害年金の期間を、7年を限度に差し引く", () => {
    expect([0, 1, 84, 85, 400].map(survivorTerm)).toEqual([120, 119, 36, 36, 36]);
    expect(lastSurvivorMonth("2024-06-01", 0)).toBe("2034-05-01");
    expect(lastSurvivorMonth("2024-06-01", 200)).toBe("2027-05-01");
    fc.assert(
      fc.property(fc.nat(2000), (months) => {
        expect(survivorTerm(months)).toBeGreaterThanOrEqual(36);
        expect(survivorTerm(months)).toBeLessThanOrEqual(120);
        expect(survivorTerm(months)).toBe(Math.max(36, 120 - months));
      }),
    );
  });

  test("等分の合計は元の額。余りは先の者から1円ずつ", () => {
    expect(sharesOf(10, 3)).toEqual([4, 3, 3]);
    expect(sharesOf(216_200, 3)).toEqual([72_067, 72_067, 72_066]);
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 12 }), (amount, people) => {
        const shares = sharesOf(amount, people);
        expect(shares.reduce((sum, one) => sum + one, 0)).toBe(amount);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
    expect(sharesOf(10, 0)).toEqual([]);
  });

  test("最も先の順位だけが受ける", () => {
    expect(dueRank(["sibling", "parent", "child"])).toBe("child");
    expect(dueRank(["grandparent", "grandchild"])).toBe("grandchild");
    expect(dueRank([])).toBeUndefined();
  });

  test("後から生まれた子、失権した者がいれば、その月から分け直す", () => {
    const of = (id: string, more: Partial<Pension> = {}) => pension({ id, ...more });
    const group = [of("a"), of("b", { last: "2023-08-01" }), of("c", { from: "2023-07-01" })];
    const year = () => 2_594_400;
    const shares = (month: IsoDate) => group.map((one) => dueIn(one, group, month, year));
    expect(shares("2023-05-01")).toEqual([108_100, 108_100, 0]);
    expect(shares("2023-07-01")).toEqual([72_067, 72_067, 72_066]);
    expect(shares("2023-09-01")).toEqual([108_100, 0, 108_100]);
  });
});

describe("年金の年額", () => {
  const facts = {
    class: "A",
    benefit: "disability-pension",
    grade: 1,
    homeCare: true,
    otherBenefits: 1_000_000,
  } as const;
  test("介護加算を加え、他の年金を差し引く", () => {
    expect(yearlyPension(facts, "2023-10-01")?.steps).toEqual([
      { label: "障害年金", amount: 5_175_600 },
      { label: "介護加算", amount: 846_200 },
      { label: "他の手当・年金との調整", amount: -1_000_000 },
    ]);
  });
  test("B類に3級と介護加算はない", () => {
    const city = {
      B: {
        name: "",
        rows: [
          {
            from: "2026-04-01" as const,
            value: { disability1: 3_045_600 },
            source: "決裁",
            certainty: "established" as const,
          },
        ],
      },
    };
    expect(yearlyPension({ ...facts, class: "B" }, "2026-04-01", city)?.amount).toBe(2_045_600);
    expect(yearlyPension({ ...facts, class: "B", grade: 3 }, "2026-04-01", city)).toBeUndefined();
  });
});

describe("請求の期限", () => {
  test("B類だけ。医療費は支払から、医療手当は翌月の初日から、遺族は死亡から5年", () => {
    const of = (more: Partial<Parameters<typeof claimableUntil>[0]>) =>
      claimableUntil({ class: "B", benefit: "medical-cost", ...more });
    expect(of({ paidOn: "2021-11-30" })).toBe("2026-11-30");
    expect(of({ benefit: "medical-allowance", month: "2021-10-15" })).toBe("2026-10-31");
    expect(of({ benefit: "funeral", diedOn: "2024-02-28" })).toBe("2029-02-28");
    expect(of({ benefit: "survivor-pension", diedOn: "2024-02-28", decidedBefore: true })).toBe(
      "2026-02-28",
    );
    expect(of({ paidOn: "2023-02-28" })).toBe("2028-02-29");
    expect(of({ benefit: "disability-pension" })).toBeUndefined();
    expect(of({})).toBeUndefined();
    expect(of({ class: "A", paidOn: "2000-01-01" })).toBeUndefined();
  });
});
