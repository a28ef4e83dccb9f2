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

describe("年齢", () => {
  test("対象の前の日、最初と最後の日、次の日", () => {
    expect(codes([], shot("mr1", "2027-05-08"))).toEqual([["before-target-age", "2027-05-09"]]);
    expect(codes([], shot("mr1", "2027-05-09"))).toEqual([]);
    expect(codes([], shot("mr1", "2028-05-09"))).toEqual([]);
    expect(codes([], shot("mr1", "2028-05-10"))).toEqual(["after-target-age"]);
  });

  test("肺炎球菌の追加は12か月を待つ", () => {
    const three = [shot("pcv", "2026-07-09"), shot("pcv", "2026-08-06"), shot("pcv", "2026-09-03")];
    expect(codes(three, shot("pcv", "2027-05-08"))).toEqual([["before-target-age", "2027-05-09"]]);
    expect(codes(three, shot("pcv", "2027-05-09"))).toEqual([]);
  });

  test("対象期間が二つある世代の、間の日", () => {
    expect(codes([], shot("je1", "2015-01-01"), "2007-04-02")).toEqual([
      ["before-target-age", "2016-04-01"],
    ]);
    expect(codes([], shot("je1", "2016-04-01"), "2007-04-02")).toEqual([]);
  });

  test("妊娠の週数", () => {
    const pregnant: Condition[] = [{ kind: "pregnant", expectedDelivery: "2027-01-10" }];
    const at = (date: IsoDate, conditions = pregnant) =>
      codes([], shot("rsv", date), "1995-01-01", "female", conditions);
    expect(at("2026-10-17")).toEqual([["before-target-age", "2026-10-18"]]);
    expect(at("2026-10-18")).toEqual([]);
    expect(at("2026-12-20")).toEqual(["after-target-age"]);
    expect(at("2026-11-20", [])).toEqual(["not-in-schedule"]);
  });
});

describe("間隔", () => {
  test.each<[string, IsoDate, IsoDate]>([
    ["5mix", "2026-07-29", "2026-07-30"],
    ["pcv", "2026-08-05", "2026-08-06"],
    ["rota1", "2026-08-05", "2026-08-06"],
    ["hib", "2026-08-05", "2026-08-06"],
  ])("%s を %s に受けるのは一日早い", (vaccine, early, right) => {
    const first = [shot(vaccine, "2026-07-09")];
    expect(codes(first, shot(vaccine, early))).toEqual([["interval-too-short", right]]);
    expect(codes(first, shot(vaccine, right))).toEqual([]);
  });

  test("B型肝炎の3回目は1回目から数える", () => {
    const two = [shot("hepb", "2026-07-09"), shot("hepb", "2026-09-01")];
    expect(codes(two, shot("hepb", "2026-11-25"))).toEqual([["interval-too-short", "2026-11-26"]]);
    expect(codes(two, shot("hepb", "2026-11-26"))).toEqual([]);
  });

  test("同じワクチンを同じ日に二度", () => {
    expect(codes([shot("hepb", "2026-07-09")], shot("hepb", "2026-07-09"))).toEqual([
      ["interval-too-short", "2026-08-06"],
    ]);
  });

  test("月は同じ日、なければ月の末日", () => {
    const first = [shot("vzv", "2027-11-30")];
    expect(codes(first, shot("vzv", "2028-02-28"))).toEqual([["interval-too-short", "2028-02-29"]]);
    expect(codes(first, shot("vzv", "2028-02-29"))).toEqual([]);
  });

  test("注射生ワクチンは27日あける。同じ日ならよい", () => {
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

  test("確かめる接種より後の接種は数えない", () => {
    expect(codes([shot("vzv", "2027-06-20")], shot("mr1", "2027-06-01"))).toEqual([]);
    expect(codes([shot("5mix", "2026-09-01")], shot("5mix", "2026-07-09"))).toEqual([]);
  });

  test("いくつ誤っていても、すべて示す", () => {
    const history = [shot("bcg", "2027-05-01")];
    expect(codes(history, shot("mr1", "2027-05-08"))).toEqual([
      ["before-target-age", "2027-05-09"],
      ["live-interval-too-short", "2027-05-29"],
    ]);
  });

  test("HPV の2回目が5か月以内、3回目が3か月以内", () => {
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

describe("回数", () => {
  test("済んだものは済んでいる", () => {
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

  test("書かれた回の番号", () => {
    const first = [shot("5mix", "2026-07-09", { dose: 1 })];
    expect(codes(first, shot("5mix", "2026-08-09", { dose: 2 }))).toEqual([]);
    expect(codes(first, shot("5mix", "2026-08-09", { dose: 1 }))).toEqual(["already-complete"]);
    expect(codes(first, shot("5mix", "2027-08-09", { dose: 4 }))).toEqual(["not-in-schedule"]);
    expect(
      codes([shot("5mix", "2026-10-09", { dose: 3 })], shot("5mix", "2027-04-09", { dose: 4 })),
    ).toEqual([]);
  });

  test("ロタは一方のワクチンだけ", () => {
    expect(codes([shot("rota1", "2026-07-09")], shot("rota5", "2026-08-09"))).toEqual([
      "product-mismatch",
    ]);
    expect(codes([shot("rota5", "2026-07-09")], shot("rota1", "2026-08-09"))).toEqual([
      "product-mismatch",
    ]);
  });

  test("帯状疱疹は一方の種類だけ", () => {
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

describe("定期接種でないもの", () => {
  test("ほかのワクチン、ほかの性別、ほかの年", () => {
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

  test("日付と年齢による製品", () => {
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

  test("季節外と、一季節に二度のインフルエンザ", () => {
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

  test("どの誤りも日本語で示す", () => {
    for (const { message } of checkShot(
      { birth: BIRTH, sex: "male" },
      [shot("bcg", "2027-05-01")],
      shot("mr1", "2027-05-08"),
    ))
      expect(message).toMatch(/です。$|ません。$/);
  });
});
