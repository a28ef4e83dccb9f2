import { describe, expect, test } from "vitest";
import { childMedicalPeriod, type PeriodPlan } from "#workflows/child-medical/period.ts";
import { periodPlans } from "#workflows/child-medical/presets.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type DatedParameter, MissingParameterError } from "#workflows/parameters/dated.ts";

describe("period of the child's subsidy", () => {
  const plan = (value: Partial<PeriodPlan> = {}): DatedParameter<PeriodPlan> => ({
    name: "試験市の対象期間",
    rows: [
      {
        from: "2020-04-01",
        value: { reachBackDays: 30, otherwise: "application-date", endAge: 18, ...value },
        source: "試験",
        certainty: "assumed",
      },
    ],
  });
  const period = (
    birth: IsoDate,
    appliedOn: IsoDate,
    residentFrom?: IsoDate,
    value?: Partial<PeriodPlan>,
  ) => {
    const found = childMedicalPeriod({ birth, appliedOn, residentFrom }, plan(value));
    return "none" in found ? found.none : [found.from, found.to];
  };

  test("applied for in time it reaches back to birth, a day later it does not", () => {
    expect(period("2026-10-01", "2026-10-31")).toEqual(["2026-10-01", "2045-03-31"]);
    expect(period("2026-10-01", "2026-11-01")).toEqual(["2026-11-01", "2045-03-31"]);
    expect(period("2026-10-01", "2026-10-01")).toEqual(["2026-10-01", "2045-03-31"]);
  });

  test("who moved in counts from then", () => {
    expect(period("2020-05-01", "2026-10-31", "2026-10-01")).toEqual(["2026-10-01", "2039-03-31"]);
    expect(period("2020-05-01", "2026-11-01", "2026-10-01")).toEqual(["2026-11-01", "2039-03-31"]);
    expect(period("2026-10-20", "2026-11-01", "2026-10-01")).toEqual(["2026-10-20", "2045-03-31"]);
  });

  test("the first of the month, never before birth or in-move", () => {
    expect(period("2026-01-10", "2026-11-20", undefined, { otherwise: "first-of-month" })).toEqual([
      "2026-11-01",
      "2044-03-31",
    ]);
    expect(
      period("2026-11-10", "2026-11-20", undefined, {
        otherwise: "first-of-month",
        reachBackDays: 5,
      }),
    ).toEqual(["2026-11-10", "2045-03-31"]);
  });

  test("April 1 and 2, and other ages", () => {
    expect(period("2008-04-01", "2026-03-31")).toEqual(["2026-03-31", "2026-03-31"]);
    expect(period("2008-04-01", "2026-04-01")).toContain("対象年齢");
    expect(period("2008-04-02", "2026-04-01")).toEqual(["2026-04-01", "2027-03-31"]);
    expect(period("2011-04-02", "2026-04-01", undefined, { endAge: 15 })).toEqual([
      "2026-04-01",
      "2027-03-31",
    ]);
  });

  test("an application before birth, and a day without a plan", () => {
    expect(period("2026-10-02", "2026-10-01")).toContain("前です");
    expect(() => period("2019-01-01", "2020-03-31")).toThrow(
      new MissingParameterError("試験市の対象期間", "2020-03-31"),
    );
  });

  test("cites the row and says what decided", () => {
    const found = childMedicalPeriod(
      { birth: "2026-10-30", appliedOn: "2026-11-20" },
      periodPlans.kumamoto,
    );
    expect(found).toMatchObject({ reason: "出生日から30日以内の申請のため、出生日から" });
    expect(found.basis.at(-1)).toMatch(/^熊本市こども医療費助成の対象期間\(2019-04-01〜; 未確認/);
    const late = childMedicalPeriod(
      { birth: "2020-10-30", appliedOn: "2026-11-20", residentFrom: "2026-10-01" },
      periodPlans["first-of-month"],
    );
    expect(late).toMatchObject({
      from: "2026-11-01",
      reason: "転入日から30日を過ぎた申請のため、申請月の初日から",
    });
    const day = childMedicalPeriod(
      { birth: "2020-10-30", appliedOn: "2026-11-20" },
      periodPlans.kumamoto,
    );
    expect(day).toMatchObject({ reason: "出生日から30日を過ぎた申請のため、申請日から" });
  });
});
