import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvAnswers } from "#src/formats/payment-answers/csv.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import {
  bankDaysBefore,
  earliestTransfer,
  isBankHoliday,
  lastClosing,
  nextClosing,
  paymentDates,
  proposedTransfer,
  transferDay,
  transferDayFault,
} from "#workflows/payments/calendar.ts";
import { equalInstalments, planFault, unpaidOf } from "#workflows/payments/instalments.ts";
import { setOffs } from "#workflows/payments/set-off.ts";
import { storeBarcode, weightedCheckDigit } from "#workflows/payments/store-barcode.ts";

const days = {
  closingDay: 31,
  payMonths: 1,
  payDay: 15,
  whenClosed: "after",
  leadDays: 2,
} as const;
const anyDay = fc.integer({ min: 0, max: 3000 }).map((n) => addDays("2024-01-01", n));

describe("締日と支払日", () => {
  test("銀行は、土日、祝日、12月31日から1月3日まで休み、12月29日と30日は開いている", () => {
    expect(["2026-12-29", "2026-12-30"].map((day) => isBankHoliday(day as IsoDate))).toEqual([
      false,
      false,
    ]);
    for (const day of [
      "2026-12-31",
      "2027-01-01",
      "2027-01-03",
      "2026-11-22",
      "2026-11-23",
      "2026-05-05",
    ])
      expect(isBankHoliday(day as IsoDate), day).toBe(true);
  });

  test("締日は今日までで最後のもの、31日は月末である", () => {
    expect(lastClosing("2026-11-20", days)).toBe("2026-10-31");
    expect(lastClosing("2026-02-28", days)).toBe("2026-02-28");
    expect(lastClosing("2026-03-15", { closingDay: 15 })).toBe("2026-03-15");
    expect(lastClosing("2026-03-14", { closingDay: 15 })).toBe("2026-02-15");
  });

  test("支払日が休みなら、市の定めのとおり前か後の営業日になる", () => {
    // 2026-11-15 is a Sunday.
    expect(transferDay("2026-10-31", days)).toBe("2026-11-16");
    expect(transferDay("2026-10-31", { ...days, whenClosed: "before" })).toBe("2026-11-13");
    expect(transferDay("2026-11-30", { ...days, payDay: 31 })).toBe("2027-01-04");
  });

  test("銀行が求める営業日より近い日には振り込めない", () => {
    expect(transferDayFault("2026-11-21", "2026-11-10", days)).toContain("営業日");
    expect(transferDayFault("2026-11-24", "2026-11-20", days)).toContain("2日以上");
    expect(transferDayFault("2026-11-25", "2026-11-20", days)).toBeUndefined();
  });

  test("予定は、締日ごとに一度ずつ、休業日でずれた支払日と、データの期限とともに並ぶ", () => {
    expect(paymentDates("2026-10-31", days, 3)).toEqual([
      // 2026-11-15 is a Sunday, 2027-01-15 none.
      { closingOn: "2026-10-31", payOn: "2026-11-16", fileBy: "2026-11-12", moved: true },
      { closingOn: "2026-11-30", payOn: "2026-12-15", fileBy: "2026-12-11", moved: false },
      { closingOn: "2026-12-31", payOn: "2027-01-15", fileBy: "2027-01-13", moved: false },
    ]);
    // A closing day that a month has not is its last one, and none is passed over.
    expect(
      paymentDates("2027-01-31", { ...days, closingDay: 30 }, 3).map(({ closingOn }) => closingOn),
    ).toEqual(["2027-02-28", "2027-03-30", "2027-04-30"]);
  });

  test("薦める振込指定日は、いつでも振り込める日である", () => {
    fc.assert(
      fc.property(
        anyDay,
        fc.record({
          closingDay: fc.integer({ min: 1, max: 31 }),
          payMonths: fc.integer({ min: 0, max: 3 }),
          payDay: fc.integer({ min: 1, max: 31 }),
          whenClosed: fc.constantFrom("before" as const, "after" as const),
          leadDays: fc.integer({ min: 0, max: 10 }),
        }),
        (today, given) => {
          const closing = lastClosing(today, given);
          expect(closing <= today).toBe(true);
          const payOn = proposedTransfer(closing, today, given);
          expect(transferDayFault(payOn, today, given)).toBeUndefined();
          expect(bankDaysBefore(earliestTransfer(today, given), given.leadDays) >= today).toBe(
            true,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("分納と充当", () => {
  test("分納の合計は、どの額と回数でも未納額と同じである", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 9_999_999 }),
        fc.integer({ min: 1, max: 60 }),
        (amount, count) => {
          const plan = equalInstalments(amount, count, "2026-12-31");
          expect(plan.reduce((sum, one) => sum + one.amount, 0)).toBe(amount);
          expect(planFault(amount, plan, "2026-11-20")).toBeUndefined();
          expect(planFault(amount + 1, plan, "2026-11-20")).toContain("合計");
        },
      ),
    );
  });

  test("納めた額は早い回から充てられ、残りは未納額と同じである", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 99_999 }),
        fc.integer({ min: 1, max: 10 }),
        fc.nat(99_999),
        (amount, count, paid) => {
          const received = Math.min(amount, paid);
          const left = unpaidOf(equalInstalments(amount, count, "2026-12-01"), received);
          expect(left.reduce((sum, one) => sum + one.amount, 0)).toBe(amount - received);
        },
      ),
    );
  });

  test("充当した額と支払う額の合計は、決定した額と同じで、どの返還も超えない", () => {
    const owed = fc.array(
      fc.record({ id: fc.uuid(), dueOn: anyDay, outstanding: fc.integer({ min: 1, max: 50_000 }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), owed, (amount, back) => {
        const { parts, left } = setOffs(amount, back);
        expect(parts.reduce((sum, one) => sum + one.amount, left)).toBe(amount);
        expect(left === 0 || parts.length === back.length).toBe(true);
      }),
    );
  });
});

describe("結果一覧", () => {
  const read = (...lines: string[]) =>
    csvAnswers.read(Buffer.from(["支払番号,支払額,結果,理由", ...lines].join("\r\n")));
  test("振込済と不能を読み、読めない行は行と項目を示す", () => {
    const { answers, faults } = read(
      'P0000012,"12,345",振込済,',
      "13,6789,不能,名義相違",
      "P14,1,不能,雨天",
      "P15,0,振込済,",
      "X,1,振込済,",
      "P16,1,済,",
      "P17,1,振込済",
      "",
    );
    expect(answers).toEqual([
      { line: 2, serial: 12, amount: 12_345, outcome: "paid" },
      { line: 3, serial: 13, amount: 6_789, outcome: "failed", reason: "name-mismatch" },
    ]);
    expect(faults.map(({ record, field }) => [record, field])).toEqual([
      [4, "理由"],
      [5, "支払額"],
      [6, "支払番号"],
      [7, "結果"],
      [8, "列"],
    ]);
  });

  test("どんなファイルでも止まらない", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(csvAnswers.read(bytes).answers).toEqual([]);
      }),
    );
  });

  test("見出しの違うファイルは、何も取り込まない", () => {
    expect(csvAnswers.read(Buffer.from("番号,額\r\nP1,1")).faults).toHaveLength(1);
  });
});

describe("コンビニ収納用バーコード", () => {
  // Published examples of GS1-128 for payment slips.
  test.each([
    ["91912345012345678901234567890101033101230003"],
    ["91942386178953917853935692730103073110312903"],
  ])("検査数字は、公表された例 %s と同じになる", (code) => {
    expect(weightedCheckDigit(code.slice(0, 43))).toBe(code.at(-1));
  });

  test("44桁に組み立てられ、30万円を超えると印字されず、桁の違うものは断られる", () => {
    const slip = { company: "912345", free: "012345678901234567890", reissue: 1 };
    expect(storeBarcode({ ...slip, due: "2001-03-31", amount: 123_000 })).toBe(
      "91912345012345678901234567890101033101230003",
    );
    expect(storeBarcode({ ...slip, due: "2026-12-25", amount: 300_000 })).toHaveLength(44);
    expect(storeBarcode({ ...slip, due: "2026-12-25", amount: 300_001 })).toBeUndefined();
    for (const wrong of [
      { company: "12345" },
      { free: "" },
      { free: "1".repeat(22) },
      { amount: 0 },
    ])
      expect(() => storeBarcode({ ...slip, due: "2026-12-25", amount: 1, ...wrong })).toThrow(
        RangeError,
      );
  });
});

test("決定の日は、その日以後の最初の締日に数えられる", () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 31 }), (day, closingDay) => {
      const next = nextClosing(day, { closingDay });
      expect(next >= day).toBe(true);
      expect(lastClosing(next, { closingDay })).toBe(next);
      expect(lastClosing(addDays(next, -1), { closingDay }) < day).toBe(true);
    }),
  );
});
