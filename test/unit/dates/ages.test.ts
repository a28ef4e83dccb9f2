import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import vectors from "#test/fixtures/age-vectors.json" with { type: "json" };
import {
  ageOn,
  fiscalYear,
  fiscalYearEnd,
  reach,
  reachAge,
  schoolStart,
  yearEndAfterReaching,
} from "#workflows/dates/ages.ts";
import {
  addDays,
  addMonths,
  daysBetween,
  type IsoDate,
  isIsoDate,
  isoDate,
  monthEnd,
} from "#workflows/dates/iso-date.ts";

const anyDate = fc
  .integer({ min: -30_000, max: 40_000 })
  .map((days) => addDays("1970-01-01", days));

describe("確かめられた計算例", () => {
  for (const vector of vectors.vectors as Record<string, string | number | string[]>[]) {
    const birth = vector.birth as IsoDate;
    test(`${birth} 生まれ`, () => {
      for (const [label, expected] of Object.entries(vector)) {
        const months = /^生後(\d+)月に至った日$/.exec(label)?.[1];
        const years = /^(\d+)歳に達する日$/.exec(label)?.[1];
        const weeks = /^ロタ(\d+)週(\d)日後$/.exec(label);
        if (months) expect(reach(birth, Number(months)), label).toBe(expected);
        else if (years) expect(reachAge(birth, Number(years)), label).toBe(expected);
        else if (weeks)
          expect(addDays(birth, Number(weeks[1]) * 7 + Number(weeks[2])), label).toBe(expected);
        else if (label === "小学校就学の始期") expect(schoolStart(birth)).toBe(expected);
        else if (label.startsWith("18歳に達する日以後"))
          expect(yearEndAfterReaching(birth, 18)).toBe(expected);
      }
    });
  }
});

describe("年齢に達する日", () => {
  test.each<[IsoDate, number, IsoDate]>([
    ["2013-04-01", 1, "2013-04-30"],
    ["2013-04-01", 12, "2014-03-31"],
    ["2013-01-31", 1, "2013-02-28"],
    ["2025-12-31", 2, "2026-02-28"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-28"],
    ["2008-02-29", 216, "2026-02-28"],
    ["2026-01-01", 12, "2026-12-31"],
    ["2026-12-31", 12, "2027-12-30"],
  ])("%s 生まれは %i か月に %s に達する", (birth, months, expected) => {
    expect(reach(birth, months)).toBe(expected);
  });

  test("Temporal の日の前日、応当日のない月は Temporal の日", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 1300 }), (birth, months) => {
        const born = Temporal.PlainDate.from(birth);
        const target = born.add({ months });
        const expected = target.day === born.day ? target.subtract({ days: 1 }) : target;
        expect(reach(birth, months)).toBe(expected.toString());
      }),
    );
  });

  test("月数が増えて日が戻ることはない", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 1200 }), (birth, months) => {
        expect(reach(birth, months + 1) > reach(birth, months)).toBe(true);
      }),
    );
  });

  test("ある日の年齢は、達した中で最も高いもの", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 0, max: 40_000 }), (birth, days) => {
        const on = addDays(birth, days);
        const { years, months } = ageOn(birth, on);
        const total = years * 12 + months;
        expect(months).toBeLessThan(12);
        if (total > 0) expect(reach(birth, total) <= on).toBe(true);
        expect(reach(birth, total + 1) > on).toBe(true);
      }),
    );
  });

  test("誕生日の前日は数え、その前の日は数えない", () => {
    expect(ageOn("2008-04-01", "2026-03-31")).toEqual({ years: 18, months: 0 });
    expect(ageOn("2008-04-01", "2026-03-30")).toEqual({ years: 17, months: 11 });
    expect(ageOn("2026-11-20", "2026-11-20")).toEqual({ years: 0, months: 0 });
    expect(() => ageOn("2026-11-20", "2026-11-19")).toThrow(RangeError);
  });
});

describe("学年と年度", () => {
  test("4月1日生まれは上の学年、2日生まれは次の学年", () => {
    expect(schoolStart("2020-04-01")).toBe("2026-04-01");
    expect(schoolStart("2020-04-02")).toBe("2027-04-01");
    expect(yearEndAfterReaching("2008-04-01", 18)).toBe("2026-03-31");
    expect(yearEndAfterReaching("2008-04-02", 18)).toBe("2027-03-31");
  });

  test("年度は4月1日に変わる", () => {
    expect(fiscalYear("2026-03-31")).toBe(2025);
    expect(fiscalYear("2026-04-01")).toBe(2026);
    expect(fiscalYearEnd(2026)).toBe("2027-03-31");
  });

  test("就学は、6歳に達した後の年度末の翌日", () => {
    fc.assert(
      fc.property(anyDate, (birth) => {
        expect(addDays(yearEndAfterReaching(birth, 6), 1)).toBe(schoolStart(birth));
        expect(yearEndAfterReaching(birth, 18) >= reachAge(birth, 18)).toBe(true);
        expect(daysBetween(reachAge(birth, 18), yearEndAfterReaching(birth, 18))).toBeLessThan(366);
      }),
    );
  });
});

describe("暦の日付", () => {
  test.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-1-1",
    "20260101",
    "",
    "2026-04-31",
    "0026-01-01",
    "0999-12-31",
    "2026-01-00",
    "2026-01-011",
    "12026-01-01",
    "1900-02-29",
    "2100-02-29",
  ])("%s は日付ではない", (text) => expect(isIsoDate(text)).toBe(false));

  test("日と月の足し算は Temporal と同じ", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -500, max: 500 }), (date, count) => {
        const plain = Temporal.PlainDate.from(date);
        expect(isIsoDate(date)).toBe(true);
        expect(addDays(date, count)).toBe(plain.add({ days: count }).toString());
        expect(addMonths(date, count)).toBe(plain.add({ months: count }).toString());
        expect(monthEnd(date)).toBe(plain.with({ day: plain.daysInMonth }).toString());
      }),
    );
  });

  test("うるう年と、扱う最初の年", () => {
    for (const day of ["1000-01-01", "2000-02-29", "2400-02-29", "2096-02-29"] as const) {
      expect(isIsoDate(day)).toBe(true);
      expect(addDays(addDays(day, 1), -1)).toBe(day);
    }
    expect(addDays("2000-02-29", 146_097)).toBe("2400-02-29");
  });

  test("存在しない日は作れない", () => {
    expect(() => isoDate(2025, 2, 29)).toThrow(RangeError);
    expect(isoDate(2024, 2, 29)).toBe("2024-02-29");
  });
});
