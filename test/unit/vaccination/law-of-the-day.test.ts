import { describe, expect, test } from "vitest";
import { rules } from "#src/platform/rules.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import { dueDoses } from "#workflows/vaccination/due.ts";
import { lawDates } from "#workflows/vaccination/law-dates.ts";
import type { Condition, Person, Shot, VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationWindows } from "#workflows/vaccination/windows.ts";

const shot = (vaccine: string, date: IsoDate, product?: string): Shot => ({
  vaccine,
  date,
  ...(product && { product }),
});
const person = (birth: IsoDate, more: Partial<Person> = {}): Person => ({
  birth,
  sex: "female",
  ...more,
});
const codes = (who: Person, given: Shot, ...history: Shot[]) =>
  checkShot(who, history, given).map(({ code }) => code);
const ok: string[] = [];
const due = (who: Person, on: IsoDate, vaccine: VaccineId, ...history: Shot[]) => {
  const found = dueDoses(who, on, history).find((one) => one.vaccine === vaccine);
  return found && [found.dose, found.earliest, found.latest];
};

describe("定期になった日より前は定期接種でなく、その日からは定期接種", () => {
  test.each<[string, IsoDate, IsoDate, string]>([
    ["pcv", "2013-01-10", "2013-04-01", "not-in-schedule"],
    ["hib", "2013-01-10", "2013-04-01", "not-in-schedule"],
    ["hpv9", "2000-05-10", "2013-04-01", "not-in-schedule"],
    ["vzv", "2013-06-10", "2014-10-01", "not-in-schedule"],
    ["hepb", "2016-04-10", "2016-10-01", "not-in-schedule"],
    ["rota1", "2020-08-01", "2020-10-01", "not-in-schedule"],
    ["5mix", "2023-12-10", "2024-04-01", "not-in-schedule"],
    ["covid", "1950-01-01", "2024-10-01", "not-in-schedule"],
    ["zoster", "1960-05-10", "2025-04-01", "before-target-age"],
  ])("%s", (vaccine, birth, since, code) => {
    const who = person(birth);
    const before = new Date(Date.parse(since) - 86_400_000).toISOString().slice(0, 10) as IsoDate;
    expect(codes(who, shot(vaccine, since))).toEqual(ok);
    expect(checkShot(who, [], shot(vaccine, before))[0]).toMatchObject({ code, earliest: since });
  });

  test("ロタは2020年8月1日生まれから", () => {
    expect(codes(person("2020-07-31"), shot("rota1", "2020-10-01"))).toEqual(["not-in-schedule"]);
  });

  test("4種混合は2023年3月31日まで生後3月から、4月1日から生後2月から", () => {
    const who = person("2023-01-15");
    expect(codes(who, shot("4mix", "2023-03-31"))).toEqual(["not-in-schedule"]);
    expect(codes(who, shot("4mix", "2023-04-01"))).toEqual(ok);
    const older = person("2022-12-15");
    expect(codes(older, shot("4mix", "2023-03-13"))).toEqual(["before-target-age"]);
    expect(codes(older, shot("4mix", "2023-03-14"))).toEqual(ok);
    expect(due(older, "2023-03-20", "4mix", shot("4mix", "2023-03-14"))).toEqual([
      2,
      "2023-04-04",
      "2030-06-14",
    ]);
  });
});

describe("終わった特例", () => {
  test("水痘は2015年3月31日まで、一度も受けていない3歳から5歳に1回", () => {
    const who = person("2010-12-01");
    expect(codes(who, shot("vzv", "2014-09-30"))).toEqual(["not-in-schedule"]);
    expect(codes(who, shot("vzv", "2014-10-01"))).toEqual(ok);
    expect(codes(who, shot("vzv", "2015-03-31"))).toEqual(ok);
    expect(codes(who, shot("vzv", "2015-04-01"))).not.toEqual(ok);
    expect(codes(who, shot("vzv", "2014-11-01"), shot("vzv", "2013-05-01"))).not.toEqual(ok);
    expect(due(who, "2014-10-01", "vzv")).toEqual([1, "2014-10-01", "2015-03-31"]);
    expect(due(who, "2014-11-01", "vzv", shot("vzv", "2014-10-05"))).toBeUndefined();
    // Whoever reaches three years in those months goes on without a gap.
    expect(due(person("2011-12-01"), "2014-10-01", "vzv")).toEqual([1, "2014-10-01", "2015-03-31"]);
  });

  test("HPVのキャッチアップは2022年度から2024年度まで、1997年4月2日から2008年4月1日生まれ", () => {
    const at = (birth: IsoDate, date: IsoDate) => codes(person(birth), shot("hpv9", date, "9価"));
    expect(at("1997-04-01", "2024-06-01")).toEqual(["not-in-schedule"]);
    for (const birth of ["1997-04-02", "2005-01-01", "2008-04-01"] as const) {
      expect(at(birth, "2024-06-01"), birth).toEqual(ok);
      expect(at(birth, "2025-04-01"), birth).toEqual(["not-in-schedule"]);
    }
    expect(codes(person("2000-06-01"), shot("hpv4", "2022-03-31"))).toEqual(["not-in-schedule"]);
    expect(codes(person("2000-06-01"), shot("hpv4", "2022-04-01"))).toEqual(ok);
    expect(due(person("2000-06-01"), "2024-06-01", "hpv9")).toEqual([
      1,
      "2024-06-01",
      "2025-03-31",
    ]);
  });

  test("その間に1回でも受けた2009年4月1日までに生まれた人は、2026年3月31日まで残りを受けられる", () => {
    const begun = shot("hpv9", "2025-03-31", "9価");
    const next = (birth: IsoDate, date: IsoDate, first = begun) =>
      codes(person(birth), shot("hpv9", date, "9価"), first);
    for (const birth of ["1997-04-02", "2009-04-01"] as const) {
      expect(next(birth, "2026-03-31"), birth).toEqual(ok);
      expect(next(birth, "2026-04-01"), birth).toEqual(["not-in-schedule"]);
      expect(codes(person(birth), shot("hpv9", "2025-06-01")), birth).not.toEqual(ok);
      expect(next(birth, "2025-12-01", shot("hpv9", "2022-03-31", "4価")), birth).not.toEqual(ok);
    }
    expect(next("1997-04-01", "2025-12-01")).not.toEqual(ok);
    expect(due(person("2000-06-01"), "2025-04-10", "hpv9", begun)).toEqual([
      2,
      "2025-04-30",
      "2026-03-31",
    ]);
    expect(due(person("2000-06-01"), "2025-04-10", "hpv9")).toBeUndefined();
  });

  test("HPVの製品と回数は、その日に使えたものによる", () => {
    const girl = person("2010-06-01");
    expect(codes(girl, shot("hpv9", "2023-03-31", "9価"))).toContain("not-in-schedule");
    expect(codes(girl, shot("hpv9", "2023-04-01", "9価"))).toEqual(ok);
    expect(codes(girl, shot("hpv2", "2022-08-01"))).toEqual(ok);
    expect(codes(girl, shot("hpv4", "2026-04-01"))).toEqual(["not-in-schedule"]);
    // 2価: the third five months after the first.
    const two = [shot("hpv2", "2022-08-01"), shot("hpv2", "2022-09-01")];
    expect(checkShot(girl, two, shot("hpv2", "2022-12-31"))[0]?.earliest).toBe("2023-01-01");
    expect(codes(girl, shot("hpv2", "2023-01-01"), ...two)).toEqual(ok);
    // Begun with 2価, gone on with 9価: three months after the second.
    expect(checkShot(girl, two, shot("hpv9", "2023-04-01", "9価"))).toEqual([]);
    // Begun under the older law, three doses are needed also below fifteen.
    const untold = [shot("hpv9", "2022-08-01"), shot("hpv9", "2023-02-01")];
    expect(due(girl, "2023-06-01", "hpv9", ...untold)?.[0]).toBe(3);
  });

  test("高齢者肺炎球菌は2023年度まで、その年度に65歳から5歳ごとの年齢になる人", () => {
    const at = (birth: IsoDate, date: IsoDate) => codes(person(birth), shot("ppsv23", date));
    expect(at("1949-06-01", "2014-09-30")).not.toEqual(ok);
    expect(at("1949-06-01", "2014-10-01")).toEqual(ok);
    expect(at("1944-06-01", "2014-10-01")).toEqual(ok);
    expect(at("1943-06-01", "2014-10-01")).not.toEqual(ok);
    expect(at("1910-06-01", "2015-03-31")).toEqual(ok);
    expect(at("1910-06-01", "2015-04-01")).not.toEqual(ok);
    expect(at("1919-04-01", "2020-03-31")).toEqual(ok);
    expect(at("1918-06-01", "2020-04-01")).not.toEqual(ok);
    expect(at("1953-08-01", "2024-03-31")).toEqual(ok);
    expect(at("1953-08-01", "2024-04-01")).not.toEqual(ok);
    // From 2024-04-01 whoever is 65, and not the year.
    expect(at("1959-08-01", "2024-04-01")).not.toEqual(ok);
    expect(at("1959-08-01", "2024-07-31")).toEqual(ok);
    expect(at("1961-05-01", "2026-04-30")).toEqual(["not-in-schedule"]);
    expect(codes(person("1961-05-01"), shot("ppv", "2026-04-30", "PCV20"))).toEqual(ok);
  });

  test("風しん5期は、抗体の足りない1962年4月2日から1979年4月1日生まれの男性に、2025年3月31日まで1回", () => {
    const man = (birth: IsoDate, conditions: Condition[] = [{ kind: "rubella-antibody-low" }]) =>
      person(birth, { sex: "male", conditions });
    const given = (date: IsoDate) => shot("mr5", date);
    expect(codes(man("1970-01-01"), given("2019-01-31"))).toEqual(["not-in-schedule"]);
    expect(codes(man("1970-01-01"), given("2019-02-01"))).toEqual(ok);
    expect(codes(man("1970-01-01"), given("2025-03-31"))).toEqual(ok);
    expect(codes(man("1970-01-01"), given("2025-04-01"))).toEqual(["not-in-schedule"]);
    expect(codes(man("1970-01-01", []), given("2020-01-01"))).toEqual(["not-in-schedule"]);
    for (const birth of ["1962-04-01", "1979-04-02"] as const)
      expect(codes(man(birth), given("2020-01-01")), birth).toEqual(["not-in-schedule"]);
    expect(codes(man("1970-01-01"), given("2021-01-01"), given("2020-01-01"))).toContain(
      "already-complete",
    );
    const woman = person("1970-01-01", { conditions: [{ kind: "rubella-antibody-low" }] });
    expect(checkShot(woman, [], given("2020-01-01"))).toMatchObject([
      { code: "wrong-sex", message: expect.stringContaining("5期の定期接種は男性") },
    ]);
    const short = man("1970-01-01", [{ kind: "supply-shortage" }]);
    expect(codes(short, given("2027-03-31"))).toEqual(ok);
    expect(codes(short, given("2027-04-01"))).not.toEqual(ok);
  });

  test("小児用肺炎球菌の製品は、その日に使えたもの", () => {
    const at = (date: IsoDate, product: string) =>
      codes(person("2013-02-01"), shot("pcv", date, product)).length;
    expect([at("2013-10-31", "PCV7"), at("2013-11-01", "PCV7")]).toEqual([0, 1]);
    expect([at("2013-10-31", "PCV13"), at("2013-11-01", "PCV13")]).toEqual([1, 0]);
    const baby = (date: IsoDate, product: string) =>
      codes(person("2024-02-01"), shot("pcv", date, product)).length;
    expect([baby("2024-09-30", "PCV13"), baby("2024-10-01", "PCV13")]).toEqual([0, 1]);
    expect([baby("2024-09-30", "PCV20"), baby("2024-10-01", "PCV20")]).toEqual([1, 0]);
    expect(baby("2024-10-01", "PCV15")).toBe(0);
  });

  test("今の期間には、終わった特例は入らない", () => {
    const windows = vaccinationWindows(person("2000-06-01")).filter((w) => w.vaccine === "hpv9");
    expect(windows.map(({ from, to }) => [from, to])).toEqual(
      windows.map(() => ["2012-04-01", "2017-03-31"]),
    );
    expect(
      vaccinationWindows(person("1970-01-01", { sex: "male" })).map((w) => w.vaccine),
    ).not.toContain("mr5");
  });
});

describe("異なるワクチンの間隔", () => {
  const baby = person("2020-01-10");
  test("2020年9月30日までは、生ワクチンの後27日、不活化ワクチンの後6日", () => {
    const problems = (given: Shot, ...history: Shot[]) =>
      checkShot(baby, history, given).map(({ code, earliest }) => [code, earliest]);
    const hib = shot("hib", "2020-06-01");
    expect(problems(shot("pcv", "2020-06-07"), hib)).toEqual([
      ["interval-too-short", "2020-06-08"],
    ]);
    expect(problems(shot("pcv", "2020-06-08"), hib)).toEqual([]);
    expect(problems(shot("pcv", "2020-06-01"), hib)).toEqual([]);
    const bcg = shot("bcg", "2020-06-15");
    expect(problems(shot("pcv", "2020-07-12"), bcg)).toEqual([
      ["live-interval-too-short", "2020-07-13"],
    ]);
    expect(problems(shot("pcv", "2020-07-13"), bcg)).toEqual([]);
    // Within one vaccine its own intervals hold.
    const child = person("2008-05-10");
    expect(codes(child, shot("je2", "2019-06-05"), shot("je1", "2019-06-01"))).toEqual(ok);
  });

  test("10月1日からは注射生ワクチンどうしだけ。その日を待てば足りる", () => {
    const bcg = shot("bcg", "2020-09-20");
    expect(checkShot(baby, [bcg], shot("pcv", "2020-09-30"))[0]?.earliest).toBe("2020-10-01");
    expect(codes(baby, shot("pcv", "2020-10-01"), bcg)).toEqual(ok);
    const mumps: Shot = { vaccine: "mumps", date: "2020-09-20", live: true };
    expect(checkShot(baby, [mumps], shot("bcg", "2020-10-01"))[0]?.earliest).toBe("2020-10-18");
    expect(due(baby, "2020-09-22", "pcv", bcg)?.[1]).toBe("2020-10-01");
  });
});

describe("2013年3月31日まで", () => {
  const check = rules.find(({ id }) => id === "vaccination.check");
  test("その前から定期だったワクチンは、定めがないことを示して断り、ほかは定期接種でないと答える", () => {
    const run = (vaccine: string, date: string) =>
      check?.run({ birth: "2011-06-01", sex: "male", given: { vaccine, date } });
    expect(run("mr1", "2013-03-31")).toMatchObject({
      ok: false,
      error: {
        field: "parameter",
        parameter: "麻しん風しん混合(MR) 1期の定期接種の定め(2013-04-01より前)",
      },
    });
    expect(run("mr1", "2013-04-01")).toMatchObject({ ok: true, result: { valid: true } });
    expect(run("pcv", "2013-03-31")).toMatchObject({ ok: true, result: { valid: false } });
  });

  test("根拠には、その日の定めが挙がる", () => {
    const basis = (date: string) => {
      const out = check?.run({
        birth: "2000-06-01",
        sex: "female",
        given: { vaccine: "hpv9", date },
      });
      return out?.ok ? out.basis.join() : "";
    };
    expect(basis("2024-06-01")).toContain("キャッチアップ接種");
    expect(basis("2021-06-01")).toContain("積極的勧奨の差控え");
    expect(basis("2026-06-01")).not.toContain("キャッチアップ接種(");
  });

  test("定めの日付は前後せず、どれにも出典がある", () => {
    for (const { from, source, ...rest } of Object.values(lawDates)) {
      expect(source).not.toBe("");
      if ("to" in rest) expect(from <= rest.to).toBe(true);
    }
  });
});
