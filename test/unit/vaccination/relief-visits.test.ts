import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isHigher, medicalAllowance, medicalCost } from "#workflows/vaccination/relief/amounts.ts";
import {
  countDays,
  readDays,
  type VisitWay,
  visitsThatCount,
  visitWays,
  writeDays,
} from "#workflows/vaccination/relief/visits.ts";

const visit = (way: VisitWay, ...days: number[]) => ({ way, days });
const visits = fc.array(
  fc.record({
    way: fc.constantFrom(...(Object.keys(visitWays) as VisitWay[])),
    days: fc.array(fc.integer({ min: 1, max: 31 }), { maxLength: 31 }),
  }),
  { maxLength: 8 },
);

describe("医療手当の日数", () => {
  test("薬局は数えず、入院と通院が重なる日は入院だけ、同じ日の複数の医療機関は1日", () => {
    expect(countDays([visit("pharmacy", 1, 2, 3)])).toEqual({ outpatient: 0, inpatient: 0 });
    expect(countDays([visit("outpatient", 4), visit("inpatient", 4, 5)])).toEqual({
      outpatient: 0,
      inpatient: 2,
    });
    expect(countDays([visit("outpatient", 7), visit("outpatient", 7, 8)])).toEqual({
      outpatient: 2,
      inpatient: 0,
    });
    expect(countDays([])).toEqual({ outpatient: 0, inpatient: 0 });
  });

  test("高い額は、通院3日から、入院8日から、または併用", () => {
    const high = (outpatient: number, inpatient: number) => isHigher({ outpatient, inpatient });
    expect([high(2, 0), high(3, 0), high(0, 7), high(0, 8), high(1, 1)]).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
  });

  test("受診の順番も、証明書の分け方も、日数を変えない。暦の日数を超えない", () => {
    fc.assert(
      fc.property(visits, fc.integer(), (all, seed) => {
        const counted = countDays(all);
        const shuffled = all.toSorted(
          (a, b) => ((a.days.length * 7 + seed) % 5) - ((b.days.length * 3) % 5),
        );
        expect(countDays(shuffled)).toEqual(counted);
        expect(countDays([...all, ...all])).toEqual(counted);
        const split = all.flatMap(({ way, days }) => days.map((day) => ({ way, days: [day] })));
        expect(countDays(split)).toEqual(counted);
        const days = new Set(
          all.filter(({ way }) => way !== "pharmacy").flatMap((one) => one.days),
        );
        expect(counted.outpatient + counted.inpatient).toBe(days.size);
        expect(days.size).toBeLessThanOrEqual(31);
      }),
    );
  });

  test("額はその月の額。数える日がなければ支給しない", () => {
    expect(medicalAllowance("A", "2024-03-01", [visit("outpatient", 1)])?.amount).toBe(35_800);
    expect(medicalAllowance("A", "2024-04-01", [visit("outpatient", 1)])?.amount).toBe(36_900);
    expect(medicalAllowance("A", "2026-04-01", [visit("pharmacy", 1)])).toBeUndefined();
  });

  test("B類は、入院と入院相当の通院だけ", () => {
    const all = [
      { way: "outpatient", hospitalEquivalent: false },
      { way: "outpatient", hospitalEquivalent: true },
      { way: "inpatient", hospitalEquivalent: false },
    ] as const;
    expect(visitsThatCount(true, all)).toEqual([all[1], all[2]]);
    expect(visitsThatCount(false, all)).toEqual(all);
  });

  test("日は「1,3,5-9」と入力し、順番と重なりは問わない。月にない日は読まない", () => {
    expect(readDays("9、3,5−7 １", 31)).toEqual([1, 3, 5, 6, 7, 9]);
    expect(readDays("3,3", 31)).toEqual([3]);
    expect(["0", "31", "7-5", "x", "1-", "1-2-3"].map((text) => readDays(text, 30))).toEqual(
      Array(6).fill(undefined),
    );
    expect(readDays("", 31)).toEqual([]);
    expect(writeDays([1, 3, 5, 6, 7, 8, 10, 11])).toBe("1、3、5〜8、10、11");
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 31 })), (days) => {
        expect(readDays(writeDays(days), 31)).toEqual(days.toSorted((a, b) => a - b));
      }),
    );
  });
});

describe("医療費", () => {
  test("自己負担額と食事代から、他の給付で受けた額を差し引く。0円を下回らない", () => {
    const one = { paid: 12_000, meals: 1_500, reimbursed: 0 };
    expect(medicalCost([one, { ...one, reimbursed: 4_000 }])).toMatchObject({
      amount: 23_000,
      steps: [
        { label: "自己負担額", amount: 24_000 },
        { label: "入院時食事療養標準負担額等", amount: 3_000 },
        { label: "他の給付で受けた額", amount: -4_000 },
      ],
    });
    expect(medicalCost([{ ...one, reimbursed: 99_999 }]).amount).toBe(0);
  });
});
