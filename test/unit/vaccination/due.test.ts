import { describe, expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import type { Condition, Shot } from "#workflows/vaccination/vocabulary.ts";
import { BIRTH, due, given } from "./due.ts";

describe("何も受けていない人が次に受けるもの", () => {
  test("1回目は対象の年齢から、または今日から", () => {
    expect(due("5mix", BIRTH)).toEqual([1, "2026-07-09", "2033-11-09"]);
    expect(due("5mix", "2026-09-01")).toEqual([1, "2026-09-01", "2033-11-09"]);
    expect(due("bcg", "2027-05-09")).toEqual([1, "2027-05-09", "2027-05-09"]);
    expect(due("bcg", "2027-05-10")).toBeUndefined();
    expect(due("hpv9", BIRTH, [], BIRTH, "male")).toBeUndefined();
  });

  test("4種混合 and Hib alone are for those who have begun with them", () => {
    expect(due("4mix", BIRTH)).toBeUndefined();
    expect(due("hib", BIRTH)).toBeUndefined();
    const begun = given("4mix", "2026-07-10");
    expect(due("4mix", "2026-07-11", begun)).toEqual([2, "2026-07-31", "2033-11-09"]);
    expect(due("5mix", "2026-07-11", begun)).toBeUndefined();
    expect(due("5mix", "2026-09-01", [...begun, ...given("5mix", "2026-08-10")])?.[0]).toBe(3);
  });

  test("ロタは、始めるまではどちらでも", () => {
    expect(due("rota1", BIRTH)).toEqual([1, "2026-06-21", "2026-10-25"]);
    expect(due("rota5", BIRTH)).toEqual([1, "2026-06-21", "2026-12-20"]);
    const begun = given("rota1", "2026-07-10");
    expect(due("rota5", "2026-07-11", begun)).toBeUndefined();
    expect(due("rota1", "2026-07-11", begun)).toEqual([2, "2026-08-07", "2026-10-25"]);
    expect(due("rota5", "2026-09-01", [...begun, ...given("rota1", "2026-08-10")])).toBeUndefined();
  });
});

describe("間隔", () => {
  test("B型肝炎は27日、次は1回目から139日", () => {
    expect(due("hepb", "2026-07-10", given("hepb", "2026-07-09"))).toEqual([
      2,
      "2026-08-06",
      "2027-05-09",
    ]);
    expect(due("hepb", "2026-08-07", given("hepb", "2026-07-09", "2026-08-06"))?.[1]).toBe(
      "2026-11-26",
    );
    expect(due("hepb", "2027-01-11", given("hepb", "2026-07-09", "2027-01-10"))?.[1]).toBe(
      "2027-01-11",
    );
    expect(due("hepb", "2027-01-10", given("hepb", "2026-07-09", "2027-01-10"))?.[1]).toBe(
      "2027-01-11",
    );
    expect(
      due("hepb", "2027-01-10", given("hepb", "2026-07-09", "2026-08-06", "2026-12-01")),
    ).toBeUndefined();
  });

  test("5種混合: 20 days, 20 days, 6 months", () => {
    const shots: IsoDate[] = ["2026-07-09", "2026-07-30", "2026-08-31"];
    expect(due("5mix", "2026-07-09", given("5mix", ...shots.slice(0, 1)))?.[1]).toBe("2026-07-30");
    expect(due("5mix", "2026-08-31", given("5mix", ...shots))).toEqual([
      4,
      "2027-02-28",
      "2033-11-09",
    ]);
  });

  test("水痘は3か月、日本脳炎は6日と6か月", () => {
    expect(due("vzv", "2027-06-01", given("vzv", "2027-05-31"))?.[1]).toBe("2027-08-31");
    expect(due("je1", "2029-06-01", given("je1", "2029-06-01"))?.[1]).toBe("2029-06-08");
    expect(due("je1", "2029-06-08", given("je1", "2029-06-01", "2029-06-08"))).toEqual([
      3,
      "2029-12-08",
      "2033-11-09",
    ]);
  });

  test("注射生ワクチンどうしは27日、ほかとはあけなくてよい", () => {
    const mr = given("mr1", "2027-06-01");
    expect(due("vzv", "2027-06-02", mr)?.[1]).toBe("2027-06-29");
    expect(due("vzv", "2027-06-01", mr)?.[1]).toBe("2027-06-01");
    expect(due("pcv", "2027-06-02", mr)?.[1]).toBe("2027-06-02");
    const mumps: Shot[] = [{ vaccine: "mumps", date: "2027-06-01", live: true }];
    expect(due("vzv", "2027-06-02", mumps)?.[1]).toBe("2027-06-29");
    expect(due("vzv", "2027-06-02", [{ vaccine: "mumps", date: "2027-06-01" }])?.[1]).toBe(
      "2027-06-02",
    );
    expect(due("mr1", "2027-06-02", given("rota1", "2027-06-01"))?.[1]).toBe("2027-06-02");
  });
});

describe("世代・季節・事情", () => {
  test("特例の世代の日本脳炎", () => {
    const birth: IsoDate = "2007-04-01";
    expect(due("je1", "2026-11-20", given("je1", "2026-11-15"), birth)).toEqual([
      2,
      "2026-11-22",
      "2027-03-31",
    ]);
    expect(due("je1", "2027-04-01", [], birth)).toBeUndefined();
    const first = given("je1", "2010-06-01", "2010-06-08", "2026-11-15");
    expect(due("je2", "2026-11-20", first, birth)).toEqual([1, "2026-11-22", "2027-03-31"]);
  });

  test("インフルエンザは冬に一度", () => {
    const elder: IsoDate = "1950-01-01";
    expect(due("flu", "2026-07-01", [], elder)).toEqual([1, "2026-10-01", "2027-03-31"]);
    expect(due("flu", "2026-11-20", [], elder)).toEqual([1, "2026-11-20", "2027-03-31"]);
    expect(due("flu", "2026-11-20", given("flu", "2025-12-01"), elder)?.[1]).toBe("2026-11-20");
    expect(due("flu", "2026-11-20", given("flu", "2026-10-05"), elder)).toEqual([
      1,
      "2027-10-01",
      "2028-03-31",
    ]);
    expect(due("flu", "2026-11-20", [], "1962-01-10")).toEqual([1, "2027-01-09", "2027-03-31"]);
    expect(due("flu", "2026-11-20", [], "1961-06-01")?.[1]).toBe("2026-11-20");
  });

  test("帯状疱疹は生1回か、組換え2回を年度内に", () => {
    const elder: IsoDate = "1961-08-01";
    const with_ = (product: string, date: IsoDate): Shot[] => [
      { vaccine: "zoster", date, product },
    ];
    expect(due("zoster", "2026-11-20", with_("生", "2026-11-01"), elder)).toBeUndefined();
    expect(due("zoster", "2026-11-20", with_("recombinant", "2026-11-01"), elder)).toEqual([
      2,
      "2027-01-01",
      "2027-03-31",
    ]);
    expect(due("zoster", "2027-02-01", with_("recombinant", "2027-02-01"), elder)).toBeUndefined();
  });

  test("ほかの生ワクチンとは同じ日か、28日後", () => {
    const child = { birth: "2020-08-26", sex: "female" } as const;
    const mr = (on: IsoDate, history: Shot[]) =>
      dueDoses(child, on, history).find(({ vaccine }) => vaccine === "mr1");
    const varicella = (...dates: IsoDate[]) => dates.map((date) => ({ vaccine: "vzv", date }));
    expect(mr("2022-07-28", varicella("2022-07-28"))).toMatchObject({
      earliest: "2022-07-28",
      latest: "2022-08-25",
    });
    expect(mr("2022-07-29", varicella("2022-07-29"))).toMatchObject({
      earliest: "2022-07-29",
      latest: "2022-07-29",
    });
    expect(mr("2022-07-30", varicella("2022-07-29"))).toBeUndefined();
    const second = dueDoses(child, "2022-03-20", [
      { vaccine: "vzv", date: "2022-01-01" },
      { vaccine: "mr1", date: "2022-03-20" },
    ]).find(({ vaccine }) => vaccine === "vzv");
    expect(second).toMatchObject({ dose: 2, earliest: "2022-04-17" });
  });

  test("母子免疫の RSV は妊娠ごとに一度", () => {
    const conditions: Condition[] = [{ kind: "pregnant", expectedDelivery: "2028-01-10" }];
    const mother = { birth: "1995-01-01", sex: "female", conditions } as const;
    const found = dueDoses(mother, "2027-09-01", given("rsv", "2026-08-01")).find(
      (d) => d.vaccine === "rsv",
    );
    expect(found).toMatchObject({ dose: 1, earliest: "2027-10-18", latest: "2027-12-19" });
    expect(
      dueDoses(mother, "2027-11-01", given("rsv", "2027-10-20")).some((d) => d.vaccine === "rsv"),
    ).toBe(false);
  });

  test("高齢者の肺炎球菌は、受けたことのない人に", () => {
    expect(due("ppv", "2026-11-20", [], "1961-08-01")).toEqual([1, "2026-11-20", "2027-07-31"]);
    expect(due("ppv", "2026-11-20", given("ppsv23", "2020-01-01"), "1961-08-01")).toBeUndefined();
  });
});
