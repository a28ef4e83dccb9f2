import { describe, expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import type { Condition, Sex, Shot } from "#workflows/vaccination/vocabulary.ts";

const BIRTH: IsoDate = "2026-05-10";
const shot = (vaccine: string, date: IsoDate, more: Partial<Shot> = {}): Shot => ({
  vaccine,
  date,
  ...more,
});
const codes = (
  history: Shot[],
  given: Shot,
  birth = BIRTH,
  sex: Sex = "female",
  conditions: Condition[] = [],
) =>
  checkShot({ birth, sex, conditions }, history, given).map(({ code, earliest }) =>
    earliest ? [code, earliest] : code,
  );

describe("age", () => {
  test("the day before the target, its first and last day, and the day after", () => {
    expect(codes([], shot("mr1", "2027-05-08"))).toEqual([["before-target-age", "2027-05-09"]]);
    expect(codes([], shot("mr1", "2027-05-09"))).toEqual([]);
    expect(codes([], shot("mr1", "2028-05-09"))).toEqual([]);
    expect(codes([], shot("mr1", "2028-05-10"))).toEqual(["after-target-age"]);
  });

  test("the booster of the pneumococcal vaccine waits for 12 months", () => {
    const three = [shot("pcv", "2026-07-09"), shot("pcv", "2026-08-06"), shot("pcv", "2026-09-03")];
    expect(codes(three, shot("pcv", "2027-05-08"))).toEqual([["before-target-age", "2027-05-09"]]);
    expect(codes(three, shot("pcv", "2027-05-09"))).toEqual([]);
  });

  test("between two spans of a cohort", () => {
    expect(codes([], shot("je1", "2015-01-01"), "2007-04-02")).toEqual([
      ["before-target-age", "2016-04-01"],
    ]);
    expect(codes([], shot("je1", "2016-04-01"), "2007-04-02")).toEqual([]);
  });

  test("an expectant mother's weeks", () => {
    const pregnant: Condition[] = [{ kind: "pregnant", expectedDelivery: "2027-01-10" }];
    const at = (date: IsoDate, conditions = pregnant) =>
      codes([], shot("rsv", date), "1995-01-01", "female", conditions);
    expect(at("2026-10-17")).toEqual([["before-target-age", "2026-10-18"]]);
    expect(at("2026-10-18")).toEqual([]);
    expect(at("2026-12-20")).toEqual(["after-target-age"]);
    expect(at("2026-11-20", [])).toEqual(["not-in-schedule"]);
  });
});

describe("intervals", () => {
  test.each<[string, IsoDate, IsoDate]>([
    ["5mix", "2026-07-29", "2026-07-30"],
    ["pcv", "2026-08-05", "2026-08-06"],
    ["rota1", "2026-08-05", "2026-08-06"],
    ["hib", "2026-08-05", "2026-08-06"],
  ])("%s on %s is a day too early", (vaccine, early, right) => {
    const first = [shot(vaccine, "2026-07-09")];
    expect(codes(first, shot(vaccine, early))).toEqual([["interval-too-short", right]]);
    expect(codes(first, shot(vaccine, right))).toEqual([]);
  });

  test("hepatitis B 3 counts from the first", () => {
    const two = [shot("hepb", "2026-07-09"), shot("hepb", "2026-09-01")];
    expect(codes(two, shot("hepb", "2026-11-25"))).toEqual([["interval-too-short", "2026-11-26"]]);
    expect(codes(two, shot("hepb", "2026-11-26"))).toEqual([]);
  });

  test("the same vaccine twice on one day", () => {
    expect(codes([shot("hepb", "2026-07-09")], shot("hepb", "2026-07-09"))).toEqual([
      ["interval-too-short", "2026-08-06"],
    ]);
  });

  test("months keep the day, or the last of the month", () => {
    const first = [shot("vzv", "2027-11-30")];
    expect(codes(first, shot("vzv", "2028-02-28"))).toEqual([["interval-too-short", "2028-02-29"]]);
    expect(codes(first, shot("vzv", "2028-02-29"))).toEqual([]);
  });

  test("injected live vaccines: 27 days, but together on one day is right", () => {
    const mr = [shot("mr1", "2027-06-01")];
    expect(codes(mr, shot("vzv", "2027-06-28"))).toEqual([
      ["live-interval-too-short", "2027-06-29"],
    ]);
    expect(codes(mr, shot("vzv", "2027-06-29"))).toEqual([]);
    expect(codes(mr, shot("vzv", "2027-06-01"))).toEqual([]);
    expect(codes(mr, shot("pcv", "2027-06-02"))).toEqual([]);
    expect(
      codes([shot("mumps", "2027-06-01", { live: true })], shot("vzv", "2027-06-28")),
    ).toHaveLength(1);
    expect(
      codes(
        [shot("zoster", "2026-11-01", { product: "生" })],
        shot("zoster", "2026-11-02", { product: "生" }),
        "1961-08-01",
      ),
    ).toEqual(["already-complete"]);
  });

  test("shots after the one that is judged do not count", () => {
    expect(codes([shot("vzv", "2027-06-20")], shot("mr1", "2027-06-01"))).toEqual([]);
    expect(codes([shot("5mix", "2026-09-01")], shot("5mix", "2026-07-09"))).toEqual([]);
  });

  test("several things wrong at once are all told", () => {
    const history = [shot("bcg", "2027-05-01")];
    expect(codes(history, shot("mr1", "2027-05-08"))).toEqual([
      ["before-target-age", "2027-05-09"],
      ["live-interval-too-short", "2027-05-29"],
    ]);
  });

  test("HPV: the second within 5 months, the third within 3", () => {
    const first = [shot("hpv9", "2026-04-30")];
    expect(codes(first, shot("hpv9", "2026-09-29"), "2012-06-15")).toEqual([
      ["interval-too-short", "2026-09-30"],
    ]);
    const two = [...first, shot("hpv9", "2026-09-29")];
    expect(codes(two, shot("hpv9", "2026-12-28"), "2012-06-15")).toEqual([
      ["interval-too-short", "2026-12-29"],
    ]);
    expect(codes(two, shot("hpv9", "2026-12-29"), "2012-06-15")).toEqual([]);
  });
});

describe("series", () => {
  test("complete is complete", () => {
    expect(codes([shot("mr1", "2027-06-01")], shot("mr1", "2027-08-01"))).toEqual([
      "already-complete",
    ]);
    const two = [shot("rota1", "2026-07-09"), shot("rota1", "2026-08-06")];
    expect(codes(two, shot("rota1", "2026-09-10"))).toEqual(["already-complete"]);
    expect(
      codes(
        [shot("hpv9", "2026-04-30"), shot("hpv9", "2026-09-30")],
        shot("hpv9", "2027-01-10"),
        "2012-06-15",
      ),
    ).toEqual(["already-complete"]);
  });

  test("the number of the dose as told", () => {
    const first = [shot("5mix", "2026-07-09", { dose: 1 })];
    expect(codes(first, shot("5mix", "2026-08-09", { dose: 2 }))).toEqual([]);
    expect(codes(first, shot("5mix", "2026-08-09", { dose: 1 }))).toEqual(["already-complete"]);
    expect(codes(first, shot("5mix", "2027-08-09", { dose: 4 }))).toEqual(["not-in-schedule"]);
    expect(
      codes([shot("5mix", "2026-10-09", { dose: 3 })], shot("5mix", "2027-04-09", { dose: 4 })),
    ).toEqual([]);
  });

  test("one rotavirus vaccine only", () => {
    expect(codes([shot("rota1", "2026-07-09")], shot("rota5", "2026-08-09"))).toEqual([
      "product-mismatch",
    ]);
    expect(codes([shot("rota5", "2026-07-09")], shot("rota1", "2026-08-09"))).toEqual([
      "product-mismatch",
    ]);
  });

  test("one kind of herpes zoster vaccine only", () => {
    const first = [shot("zoster", "2026-05-01", { product: "recombinant" })];
    expect(codes(first, shot("zoster", "2026-08-01", { product: "live" }), "1961-08-01")).toEqual([
      "product-mismatch",
    ]);
    expect(codes(first, shot("zoster", "2026-07-01", { product: "組換え" }), "1961-08-01")).toEqual(
      [],
    );
    expect(codes(first, shot("zoster", "2026-06-30", { product: "組換え" }), "1961-08-01")).toEqual(
      [["interval-too-short", "2026-07-01"]],
    );
  });

  test("4種混合 may be followed by 5種混合", () => {
    expect(codes([shot("4mix", "2026-07-09")], shot("5mix", "2026-07-30"))).toEqual([]);
  });
});

describe("what is no routine vaccination", () => {
  test("other vaccines, other sexes, other years", () => {
    expect(codes([], shot("mumps", "2027-06-01", { live: true }))).toEqual(["not-in-schedule"]);
    expect(codes([], shot("hpv9", "2039-06-01"), BIRTH, "male")).toEqual(["wrong-sex"]);
    expect(codes([], shot("5mix", "2024-03-31"), "2024-01-01")).toEqual([
      ["not-in-schedule", "2024-04-01"],
    ]);
    expect(codes([], shot("5mix", "2024-03-31"), "2023-12-01")).toEqual([
      ["not-in-schedule", "2024-04-01"],
    ]);
    expect(codes([], shot("hepb", "2016-05-01"), "2016-03-31")).toEqual(["not-in-schedule"]);
    expect(codes([], shot("zoster", "2026-05-01"), "1925-04-01")).toEqual(["not-in-schedule"]);
  });

  test("products by date and age", () => {
    const elder: IsoDate = "1961-03-01";
    const ppv = (date: IsoDate, product: string) =>
      codes([], shot("ppv", date, { product }), elder);
    expect(ppv("2026-03-31", "PPSV23")).toEqual([]);
    expect(ppv("2026-04-01", "PPSV23")).toEqual(["not-in-schedule"]);
    expect(ppv("2026-03-31", "PCV20")).toEqual(["not-in-schedule"]);
    expect(ppv("2026-04-01", "PCV20")).toEqual([]);
    expect(codes([], shot("hpv9", "2026-04-01", { product: "4価" }), "2012-06-15")).toEqual([
      "not-in-schedule",
    ]);
    const flu = (birth: IsoDate) =>
      codes([], shot("flu", "2026-10-10", { product: "高用量" }), birth);
    expect(flu("1951-10-11")).toEqual([]);
    expect(flu("1951-10-12")).toEqual([["before-target-age", "2026-10-11"]]);
  });

  test("influenza out of season, and twice in one", () => {
    const elder: IsoDate = "1950-01-01";
    expect(codes([], shot("flu", "2026-09-30"), elder)).toEqual([
      ["not-in-schedule", "2026-10-01"],
    ]);
    expect(codes([], shot("flu", "2026-10-01"), elder)).toEqual([]);
    expect(codes([shot("flu", "2026-10-01")], shot("flu", "2026-12-01"), elder)).toEqual([
      "already-complete",
    ]);
    expect(codes([shot("flu", "2025-10-01")], shot("flu", "2026-10-01"), elder)).toEqual([]);
    expect(codes([], shot("flu", "2026-11-20"), "1962-01-10")).toEqual([
      ["before-target-age", "2027-01-09"],
    ]);
    expect(
      codes([], shot("flu", "2026-11-20"), "1962-01-10", "male", [{ kind: "disability-60-64" }]),
    ).toEqual([]);
  });

  test("every problem is told in Japanese", () => {
    for (const { message } of checkShot(
      { birth: BIRTH, sex: "male" },
      [shot("bcg", "2027-05-01")],
      shot("mr1", "2027-05-08"),
    ))
      expect(message).toMatch(/です。$|ません。$/);
  });
});
