import { describe, expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { findRule } from "#workflows/rules/registry.ts";
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

describe("what a clerk reads", () => {
  const told = (
    given: Shot,
    { history = [], birth = BIRTH, sex = "female", conditions = [] }: Partial<Told> = {},
  ) => checkShot({ birth, sex, conditions }, history, given).map(({ message }) => message);
  interface Told {
    history: Shot[];
    birth: IsoDate;
    sex: Sex;
    conditions: Condition[];
  }
  const elder: IsoDate = "1961-08-01";
  const shortage: Condition[] = [{ kind: "supply-shortage" }];

  test.each<[string, Shot, Partial<Told>, string]>([
    ["no routine vaccine", shot("mumps", "2027-06-01"), {}, "定期接種のワクチンではありません。"],
    [
      "a boy and HPV",
      shot("hpv9", "2026-06-01"),
      { birth: "2013-05-10", sex: "male" },
      "HPV(9価)の定期接種は女性が対象です。",
    ],
    [
      "RSV without a pregnancy",
      shot("rsv", "2026-06-01"),
      { birth: "1995-01-01" },
      "この方はRSウイルス(母子免疫)の定期接種の対象ではありません。",
    ],
    [
      "a fourth hepatitis B",
      shot("hepb", "2027-03-01"),
      {
        history: [
          shot("hepb", "2026-07-09"),
          shot("hepb", "2026-08-06"),
          shot("hepb", "2026-11-26"),
        ],
      },
      "この接種は必要な回数を終えています。",
    ],
    ["too young", shot("mr1", "2027-05-08"), {}, "対象年齢に達していません。"],
    ["too old", shot("mr1", "2028-05-10"), {}, "対象年齢を過ぎています。"],
    [
      "after the exception",
      shot("mr1", "2027-04-01"),
      { birth: "2022-04-02", conditions: shortage },
      "2027-03-31で定期接種が終わっています。",
    ],
    [
      "before RSV began",
      shot("rsv", "2026-03-31"),
      { birth: "1995-01-01", conditions: [{ kind: "pregnant", expectedDelivery: "2026-05-01" }] },
      "2026-04-01より前は定期接種ではありません。",
    ],
    [
      "an old product",
      shot("hpv9", "2026-04-01", { product: "4価" }),
      { birth: "2012-06-15" },
      "この製品は、接種日には定期接種に使えません。",
    ],
    [
      "too young for the product",
      shot("flu", "2026-10-10", { product: "高用量" }),
      { birth: elder },
      "この製品の対象年齢に達していません。",
    ],
    [
      "another product than the first",
      shot("zoster", "2026-08-01", { product: "live" }),
      { birth: elder, history: [shot("zoster", "2026-05-01", { product: "recombinant" })] },
      "はじめに接種した製品と違います。同じ製品で完了してください。",
    ],
    [
      "27 days",
      shot("hepb", "2026-08-05"),
      { history: [shot("hepb", "2026-07-09")] },
      "前回の接種から27日以上の間隔が必要です。",
    ],
    [
      "three months",
      shot("vzv", "2027-08-31"),
      { history: [shot("vzv", "2027-06-01")] },
      "前回の接種から3月以上の間隔が必要です。",
    ],
    [
      "139 days from the first",
      shot("hepb", "2026-11-25"),
      { history: [shot("hepb", "2026-07-09"), shot("hepb", "2026-08-06")] },
      "1回目の接種から139日以上の間隔が必要です。",
    ],
    [
      "the third on the day of the second",
      shot("hepb", "2026-11-30"),
      { history: [shot("hepb", "2026-07-09"), shot("hepb", "2026-11-30")] },
      "前回の接種より後の日であることが必要です。",
    ],
    [
      "six days after the first period",
      shot("je2", "2016-05-07"),
      { birth: "2005-04-02", history: [shot("je1", "2016-05-01"), shot("dt2", "2016-05-05")] },
      "1期の終了から6日以上の間隔が必要です。",
    ],
    [
      "another live vaccine",
      shot("vzv", "2027-06-28"),
      { history: [shot("mr1", "2027-06-01")] },
      "ほかの注射生ワクチンの接種から27日以上の間隔が必要です。",
    ],
  ])("%s", (_, given, facts, message) => {
    expect(told(given, facts)).toEqual([message]);
  });

  test("a dose that was skipped may still be told by its number, one that was given may not", () => {
    const history = [shot("pcv", "2026-08-06", { dose: 2 })];
    expect(told(shot("pcv", "2026-09-10", { dose: 1 }), { history })).toEqual([]);
    expect(told(shot("pcv", "2026-09-10", { dose: 2 }), { history })).toEqual([
      "この接種は必要な回数を終えています。",
    ]);
    expect(told(shot("pcv", "2026-09-10", { dose: 3 }), { history })).toEqual([]);
    expect(told(shot("pcv", "2027-09-10", { dose: 4 }), { history })).toEqual([
      "初回3回目の接種歴がありません。",
    ]);
  });

  test("only the live product against zoster minds other live vaccines", () => {
    const history = [shot("mumps", "2026-11-01", { live: true })];
    const zoster = (product: string) =>
      told(shot("zoster", "2026-11-20", { product }), { birth: elder, history });
    expect(zoster("生")).toEqual(["ほかの注射生ワクチンの接種から27日以上の間隔が必要です。"]);
    expect(zoster("組換え")).toEqual([]);
    const measles = [shot("zoster", "2026-11-01", { product: "生" })];
    expect(told(shot("mr2", "2026-11-20"), { birth: "2020-05-10", history: measles })).toHaveLength(
      1,
    );
  });

  test("a shot on the first day of a pregnancy's weeks counts in it", () => {
    const conditions: Condition[] = [{ kind: "pregnant", expectedDelivery: "2027-01-10" }];
    const history = [shot("rsv", "2026-10-18")];
    expect(told(shot("rsv", "2026-11-20"), { birth: "1995-01-01", conditions, history })).toEqual([
      "この接種は必要な回数を終えています。",
    ]);
    const before = [shot("rsv", "2026-10-17")];
    expect(
      told(shot("rsv", "2026-11-20"), { birth: "1995-01-01", conditions, history: before }),
    ).toEqual([]);
  });

  test("even of a vaccine outside the schedule the law is named", () => {
    expect(
      findRule("vaccination.check")?.run({
        birth: BIRTH,
        sex: "male",
        given: { vaccine: "mumps", date: "2027-06-01" },
      }),
    ).toMatchObject({ ok: true, basis: ["予防接種法施行令第3条", expect.any(String)] });
  });
});
