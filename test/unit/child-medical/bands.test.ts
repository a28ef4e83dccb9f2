import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";
import { copayBandOn, exampleBands } from "#workflows/child-medical/bands.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { bandEnd } from "#workflows/medical/plan-band.ts";

describe("bands of copays", () => {
  const band = (birth: IsoDate, on: IsoDate, income?: number) =>
    copayBandOn({ birth, on, income }, exampleBands);

  test.each([
    ["2020-04-01", "year-end", "2026-03-31"],
    ["2020-04-02", "year-end", "2027-03-31"],
    ["2020-03-01", "month-end", "2026-02-28"],
    ["2020-03-02", "month-end", "2026-03-31"],
    ["2020-03-01", "reached", "2026-02-28"],
    ["2020-02-29", "reached", "2026-02-28"],
  ] as const)("born %s, six years, %s: %s", (birth, end, expected) => {
    expect(bandEnd(birth, { age: 6, end })).toBe(expected);
  });

  test("income is asked for only where the plan looks at it", () => {
    expect(band("2024-05-10", "2026-11-20").needsIncome).toBe(false);
    expect(band("2016-05-10", "2026-11-20")).toMatchObject({ needsIncome: true });
    expect(
      findRule("child-medical.copay-band")?.run({ birth: "2016-05-10", on: "2026-11-20" }),
    ).toEqual({
      ok: false,
      error: { field: "income", message: "所得または税額を入力してください。" },
    });
  });

  test("after the last band there is none", () => {
    expect(band("2008-04-01", "2026-03-31", 0).band).toBeDefined();
    expect(band("2008-04-01", "2026-04-01", 0)).toMatchObject({ needsIncome: false });
    expect(band("2008-04-01", "2026-04-01", 0).band).toBeUndefined();
    expect(
      findRule("child-medical.copay-band")?.run({ birth: "2008-04-01", on: "2026-04-01" }),
    ).toMatchObject({ result: { none: "当てはまる区分がありません。" } });
  });

  test("a plan of one's own can be tried", () => {
    const bands = [{ title: "全員", age: 18, end: "year-end", copay: [] }];
    expect(
      findRule("child-medical.copay-band")?.run({ birth: "2016-05-10", on: "2026-11-20", bands }),
    ).toMatchObject({
      result: { band: "全員" },
      basis: [expect.anything(), expect.stringContaining("入力された区分")],
    });
  });
});
