import { describe, expect, test } from "vitest";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Shot } from "#workflows/vaccination/vocabulary.ts";
import { due, given } from "./due.ts";

describe("始めた年齢による肺炎球菌", () => {
  test("7か月までに始めれば3回と、12か月からの追加", () => {
    expect(due("pcv", "2026-12-10", given("pcv", "2026-12-09"))).toEqual([
      2,
      "2027-01-06",
      "2028-05-09",
    ]);
    const three: Shot[] = given("pcv", "2026-07-09", "2026-08-06", "2026-09-03");
    expect(due("pcv", "2026-09-04", three)).toEqual([4, "2027-05-09", "2031-05-09"]);
    const late: Shot[] = given("pcv", "2026-07-09", "2026-08-06", "2027-05-01");
    expect(due("pcv", "2027-05-02", late)?.[1]).toBe("2027-07-01");
    expect(due("pcv", "2031-01-01", [...three, ...given("pcv", "2027-05-09")])).toBeUndefined();
  });

  test("2回目が12か月を過ぎれば3回目はなく、24か月を過ぎればどちらもない", () => {
    expect(due("pcv", "2027-05-09", given("pcv", "2026-07-09", "2027-05-09"))?.[0]).toBe(3);
    expect(due("pcv", "2027-05-10", given("pcv", "2026-07-09", "2027-05-10"))).toEqual([
      4,
      "2027-07-10",
      "2031-05-09",
    ]);
    expect(due("pcv", "2028-05-09", given("pcv", "2026-07-09"))?.[0]).toBe(2);
    expect(due("pcv", "2028-05-10", given("pcv", "2026-07-09"))).toEqual([
      4,
      "2028-05-10",
      "2031-05-09",
    ]);
  });

  test("後で始めれば、2回と追加、2回、または1回", () => {
    expect(due("pcv", "2026-12-11", given("pcv", "2026-12-10"))).toEqual([
      2,
      "2027-01-07",
      "2028-05-09",
    ]);
    expect(due("pcv", "2027-01-07", given("pcv", "2026-12-10", "2027-01-07"))).toEqual([
      3,
      "2027-05-09",
      "2031-05-09",
    ]);
    expect(due("pcv", "2027-05-10", given("pcv", "2027-05-09"))?.[1]).toBe("2027-06-06");
    expect(due("pcv", "2027-05-11", given("pcv", "2027-05-10"))).toEqual([
      2,
      "2027-07-10",
      "2031-05-09",
    ]);
    expect(due("pcv", "2027-07-10", given("pcv", "2027-05-10", "2027-07-10"))).toBeUndefined();
    expect(due("pcv", "2028-05-10", given("pcv", "2028-05-09"))?.[0]).toBe(2);
    expect(due("pcv", "2028-05-11", given("pcv", "2028-05-10"))).toBeUndefined();
  });
});

describe("始めた年齢によるヒブ", () => {
  test("初回は12か月まで。その後は27日あけて追加", () => {
    expect(due("hib", "2027-04-12", given("hib", "2026-07-09", "2027-04-11"))).toEqual([
      3,
      "2027-05-09",
      "2027-05-09",
    ]);
    expect(due("hib", "2027-04-13", given("hib", "2026-07-09", "2027-04-12"))).toEqual([
      4,
      "2027-05-10",
      "2031-05-09",
    ]);
    const three = given("hib", "2026-07-09", "2026-08-06", "2026-09-03");
    expect(due("hib", "2026-09-04", three)).toEqual([4, "2027-04-03", "2031-05-09"]);
    expect(due("hib", "2026-12-11", given("hib", "2026-12-10"))).toEqual([
      2,
      "2027-01-07",
      "2027-05-09",
    ]);
    expect(due("hib", "2027-01-08", given("hib", "2026-12-10", "2027-01-07"))).toEqual([
      3,
      "2027-08-07",
      "2031-05-09",
    ]);
    expect(due("hib", "2027-05-11", given("hib", "2027-05-10"))).toBeUndefined();
  });
});

test("初回を省いた後のヒブの追加は27日あける", () => {
  const two = given("hib", "2026-07-09", "2027-05-01");
  expect(due("hib", "2027-05-02", two)).toEqual([4, "2027-05-29", "2031-05-09"]);
});

describe("HPVワクチン", () => {
  const girl: IsoDate = "2012-06-15";
  const hpv = (on: IsoDate, ...dates: IsoDate[]) => due("hpv9", on, given("hpv9", ...dates), girl);

  test("15歳になる前に始めれば2回、5か月以上あける", () => {
    expect(hpv("2026-05-01", "2026-04-30")).toEqual([2, "2026-09-30", "2029-03-31"]);
    expect(hpv("2026-10-01", "2026-04-30", "2026-09-30")).toBeUndefined();
  });

  test("2回目が5か月以内か、15歳から始めたら3回", () => {
    expect(hpv("2026-10-01", "2026-04-30", "2026-09-29")).toEqual([3, "2026-12-29", "2029-03-31"]);
    expect(hpv("2027-06-14", "2027-06-14")?.[1]).toBe("2027-11-14");
    expect(hpv("2027-06-15", "2027-06-15")).toEqual([2, "2027-07-15", "2029-03-31"]);
    expect(hpv("2027-07-15", "2027-06-15", "2027-07-15")).toEqual([3, "2027-10-15", "2029-03-31"]);
  });

  test("前のワクチンで始めたら3回、新しいもので終える", () => {
    const begun: Shot[] = [{ vaccine: "hpv4", date: "2025-12-01" }];
    expect(due("hpv9", "2026-04-01", begun, girl)).toEqual([2, "2026-04-01", "2029-03-31"]);
    expect(due("hpv9", "2026-12-01", [...begun, ...given("hpv9", "2026-06-10")], girl)).toEqual([
      3,
      "2026-12-01",
      "2029-03-31",
    ]);
  });
});
