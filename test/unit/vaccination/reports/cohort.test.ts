import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ageOn, fiscalYear, reachAge } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { birthsOf, yearBefore } from "#workflows/vaccination/reports/cohort.ts";

const day = fc.integer({ min: 0, max: 12_000 }).map((days): IsoDate => addDays("1996-01-01", days));
const months = (birth: IsoDate, on: IsoDate) => {
  const { years, months } = ageOn(birth, on);
  return years * 12 + months;
};

describe("接種率の対象者", () => {
  test("年度内に65歳に達する人は、4月2日生まれから翌年4月1日生まれまで", () => {
    expect(birthsOf({ kind: "fiscal-year", year: 2026, age: 65 }, "2026-11-20")).toEqual({
      from: "1961-04-02",
      to: "1962-04-01",
    });
  });

  test("4月1日生まれは、3月31日に達する", () => {
    const { from, to } = birthsOf({ kind: "fiscal-year", year: 2026, age: 65 }, "2026-11-20");
    expect(fiscalYear(reachAge(to, 65))).toBe(2026);
    expect(fiscalYear(reachAge(addDays(to, 1), 65))).toBe(2027);
    expect(fiscalYear(reachAge(from, 65))).toBe(2026);
    expect(fiscalYear(reachAge(addDays(from, -1), 65))).toBe(2025);
  });

  test("12か月から23か月は、誕生日の前日に満ちる", () => {
    const { from, to } = birthsOf({ kind: "age", from: 12, to: 23 }, "2026-11-20");
    expect([from, to]).toEqual(["2024-11-22", "2025-11-21"]);
  });

  test("月の末日でも、年齢の計算と同じ人を数える", () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 30 }),
        (on, least, more) => {
          const { from, to } = birthsOf({ kind: "age", from: least, to: least + more }, on);
          for (const birth of [from, to]) {
            if (birth > on) continue;
            expect(months(birth, on)).toBeGreaterThanOrEqual(least);
            expect(months(birth, on)).toBeLessThanOrEqual(least + more);
          }
          expect(months(addDays(from, -1), on)).toBe(least + more + 1);
          if (addDays(to, 1) <= on) expect(months(addDays(to, 1), on)).toBeLessThan(least);
        },
      ),
    );
  });

  test("前年は、同じ年齢の一年前の人", () => {
    expect(
      yearBefore({ kind: "born", from: "2024-02-29", to: "2025-04-01" }, "2028-02-29"),
    ).toEqual({
      choice: { kind: "born", from: "2023-02-28", to: "2024-04-01" },
      on: "2027-02-28",
    });
    expect(yearBefore({ kind: "fiscal-year", year: 2026, age: 65 }, "2026-11-20").choice).toEqual({
      kind: "fiscal-year",
      year: 2025,
      age: 65,
    });
  });
});
