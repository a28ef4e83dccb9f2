import fc from "fast-check";
import { describe, expect, test } from "vitest";
import vectors from "#test/fixtures/age-vectors.json" with { type: "json" };
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import { readSubject } from "#workflows/vaccination/coupons-due.ts";
import { doseLabel, periodLabel, schedule, vaccineLabel } from "#workflows/vaccination/schedule.ts";
import type { Condition, Sex, VaccineId } from "#workflows/vaccination/vocabulary.ts";
import { vaccinationWindows } from "#workflows/vaccination/windows.ts";

const of = (
  birth: IsoDate,
  vaccine: VaccineId,
  dose = 1,
  sex: Sex = "female",
  conditions: Condition[] = [],
) =>
  vaccinationWindows({ birth, sex, conditions }).filter(
    (w) => w.vaccine === vaccine && w.dose === dose,
  );
const span = (birth: IsoDate, vaccine: VaccineId, dose = 1, sex: Sex = "female") =>
  of(birth, vaccine, dose, sex).map(({ from, to }) => [from, to]);

describe("2026年5月10日生まれの期間(計算例の表)", () => {
  test.each<[VaccineId, number, IsoDate, IsoDate]>([
    ["hepb", 1, "2026-05-10", "2027-05-09"],
    ["hepb", 3, "2026-05-10", "2027-05-09"],
    ["rota1", 1, "2026-06-21", "2026-10-25"],
    ["rota1", 2, "2026-06-21", "2026-10-25"],
    ["rota5", 3, "2026-06-21", "2026-12-20"],
    ["pcv", 1, "2026-07-09", "2031-05-09"],
    ["pcv", 2, "2026-07-09", "2031-05-09"],
    ["pcv", 4, "2027-05-09", "2031-05-09"],
    ["5mix", 1, "2026-07-09", "2033-11-09"],
    ["5mix", 4, "2026-07-09", "2033-11-09"],
    ["4mix", 4, "2026-07-09", "2033-11-09"],
    ["hib", 1, "2026-07-09", "2031-05-09"],
    ["hib", 2, "2026-07-09", "2027-05-09"],
    ["hib", 4, "2026-07-09", "2031-05-09"],
    ["bcg", 1, "2026-05-10", "2027-05-09"],
    ["mr1", 1, "2027-05-09", "2028-05-09"],
    ["mr2", 1, "2032-04-01", "2033-03-31"],
    ["vzv", 2, "2027-05-09", "2029-05-09"],
    ["je1", 3, "2026-11-09", "2033-11-09"],
    ["je2", 1, "2035-05-09", "2039-05-09"],
    ["dt2", 1, "2037-05-09", "2039-05-09"],
    ["hpv9", 1, "2038-04-01", "2043-03-31"],
    ["hpv9", 3, "2038-04-01", "2043-03-31"],
    ["ppv", 1, "2091-05-09", "2092-05-09"],
  ])("%s %i回目: %s から %s まで", (vaccine, dose, from, to) => {
    expect(span("2026-05-10", vaccine, dose)).toEqual([[from, to]]);
  });

  test("標準的な期間", () => {
    const standard = (vaccine: VaccineId, dose: number) =>
      of("2026-05-10", vaccine, dose).map((w) => [w.standardFrom, w.standardTo])[0];
    expect(standard("hepb", 1)).toEqual(["2026-07-09", "2027-02-09"]);
    expect(standard("hepb", 2)).toEqual([undefined, undefined]);
    expect(standard("rota1", 1)).toEqual(["2026-07-09", "2026-08-22"]);
    expect(standard("pcv", 4)).toEqual(["2027-05-09", "2027-08-09"]);
    expect(standard("5mix", 1)).toEqual(["2026-07-09", "2026-12-09"]);
    expect(standard("bcg", 1)).toEqual(["2026-10-09", "2027-01-09"]);
    expect(standard("vzv", 1)).toEqual(["2027-05-09", "2027-08-09"]);
    expect(standard("je1", 1)).toEqual(["2029-05-09", "2030-05-09"]);
    expect(standard("je1", 3)).toEqual(["2030-05-09", "2031-05-09"]);
    expect(standard("je2", 1)).toEqual(["2035-05-09", "2036-05-09"]);
    expect(standard("dt2", 1)).toEqual(["2037-05-09", "2038-05-09"]);
    expect(standard("hpv9", 1)).toEqual(["2039-04-01", "2040-03-31"]);
  });
});

describe("確かめられた計算例", () => {
  for (const vector of vectors.vectors as unknown as Record<string, string | string[]>[]) {
    const birth = vector.birth as IsoDate;
    test(`${birth} 生まれ`, () => {
      expect(span(birth, "mr2")).toEqual([vector.MR2期]);
      expect(span(birth, "hpv9")).toEqual([vector.HPV]);
      expect(span(birth, "mr1")).toEqual([[vector.生後12月に至った日, vector.生後24月に至った日]]);
      expect(span(birth, "pcv")).toEqual([[vector.生後2月に至った日, vector.生後60月に至った日]]);
      expect(span(birth, "rota1")).toEqual([[vector.ロタ6週0日後, vector.ロタ24週0日後]]);
      expect(span(birth, "rota5")).toEqual([[vector.ロタ6週0日後, vector.ロタ32週0日後]]);
      expect(span(birth, "dt2")).toEqual([[vector["11歳に達する日"], vector["13歳に達する日"]]]);
      const zoster = Number(vector.帯状疱疹65歳年度);
      if (zoster >= 2025)
        expect(span(birth, "zoster")).toContainEqual([`${zoster}-04-01`, `${zoster + 1}-03-31`]);
    });
  }
});

describe("世代と改正", () => {
  test("4月1日生まれは前の年度", () => {
    expect(span("2014-04-01", "hpv9")).toEqual([["2025-04-01", "2030-03-31"]]);
    expect(span("2014-04-02", "hpv9")).toEqual([["2026-04-01", "2031-03-31"]]);
    expect(span("2020-04-01", "mr2")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("2020-04-02", "mr2")).toEqual([["2026-04-01", "2027-03-31"]]);
    expect(span("2021-04-01", "mr2")).toEqual([["2026-04-01", "2027-03-31"]]);
  });

  test("HPV は女子", () => {
    expect(span("2014-04-02", "hpv9", 1, "male")).toEqual([]);
  });

  test("B型肝炎は2016年4月1日生まれから", () => {
    expect(span("2016-03-31", "hepb")).toEqual([]);
    expect(span("2016-04-01", "hepb")).toEqual([["2016-04-01", "2017-03-31"]]);
  });

  test("5種混合 exists since 2024-04-01", () => {
    expect(span("2023-12-01", "5mix")).toEqual([["2024-04-01", "2031-05-31"]]);
    expect(span("2024-02-02", "5mix")).toEqual([["2024-04-01", "2031-08-01"]]);
    expect(span("2024-02-03", "5mix")).toEqual([["2024-04-02", "2031-08-02"]]);
    expect(span("2016-10-01", "5mix")).toEqual([]);
    expect(span("2016-10-02", "5mix")).toEqual([["2024-04-01", "2024-04-01"]]);
  });

  test("日本脳炎の特例の世代", () => {
    expect(span("2007-04-01", "je1")).toEqual([["2007-09-30", "2027-03-31"]]);
    expect(span("2007-04-01", "je2")).toEqual([["2016-03-31", "2027-03-31"]]);
    expect(span("1995-04-02", "je2")).toEqual([["2004-04-01", "2015-04-01"]]);
    expect(span("1995-04-01", "je2")).toEqual([["2004-03-31", "2008-03-31"]]);
    expect(span("2007-04-02", "je1")).toEqual([
      ["2007-10-01", "2014-10-01"],
      ["2016-04-01", "2020-04-01"],
    ]);
    expect(span("2009-10-01", "je1")).toHaveLength(2);
    expect(span("2009-10-02", "je1")).toHaveLength(1);
    expect(span("2007-04-02", "je2")).toEqual([["2016-04-01", "2020-04-01"]]);
  });

  test("年度による帯状疱疹", () => {
    expect(span("1961-04-02", "zoster")[0]).toEqual(["2026-04-01", "2027-03-31"]);
    expect(span("1962-04-01", "zoster")[0]).toEqual(["2026-04-01", "2027-03-31"]);
    expect(span("1961-04-01", "zoster")[0]).toEqual(["2025-04-01", "2026-03-31"]);
    expect(span("1956-04-02", "zoster")).toEqual([["2026-04-01", "2027-03-31"]]);
    expect(span("1954-04-02", "zoster")).toEqual([["2029-04-01", "2030-03-31"]]);
    expect(span("1924-05-01", "zoster")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("1925-04-01", "zoster")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("1925-04-02", "zoster")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("1926-04-02", "zoster")).toEqual([["2026-04-01", "2027-03-31"]]);
    expect(span("1959-05-01", "zoster")).toEqual([["2029-04-01", "2030-03-31"]]);
    expect(span("1958-05-01", "zoster")).toEqual([["2028-04-01", "2029-03-31"]]);
  });

  test("母子免疫の RSV は妊娠による", () => {
    const conditions = [{ kind: "pregnant", expectedDelivery: "2027-01-10" }] as const;
    expect(of("1995-01-01", "rsv")).toEqual([]);
    expect(of("1995-01-01", "rsv", 1, "female", [...conditions])).toMatchObject([
      { from: "2026-10-18", to: "2026-12-19" },
    ]);
    expect(
      of("1995-01-01", "rsv", 1, "female", [{ kind: "pregnant", expectedDelivery: "2026-05-01" }]),
    ).toMatchObject([{ from: "2026-04-01", to: "2026-04-09" }]);
  });

  test("事情があれば60歳から、長期の病気は期間を延ばす", () => {
    expect(of("1965-05-10", "ppv", 1, "male", [{ kind: "disability-60-64" }])[0]).toMatchObject({
      from: "2025-05-09",
      to: "2030-05-09",
    });
    const ill = (until: IsoDate): Condition[] => [{ kind: "long-illness", until }];
    expect(of("2024-05-10", "bcg", 1, "male", ill("2026-06-01"))[0]?.to).toBe("2028-05-09");
    expect(of("2024-05-10", "mr1", 1, "male", ill("2026-06-01"))[0]?.to).toBe("2028-05-31");
    expect(of("2024-05-10", "mr1", 1, "male", ill("2025-01-01"))[0]?.to).toBe("2026-05-09");
    expect(of("2024-05-10", "mr1", 1, "male", ill("2025-05-09"))[0]?.to).toBe("2027-05-08");
    expect(of("2024-05-10", "mr1", 1, "male", ill("2025-05-08"))[0]?.to).toBe("2026-05-09");
    expect(of("2026-05-10", "rota1", 1, "male", ill("2027-06-01"))[0]?.to).toBe("2026-10-25");
  });
});

describe("受けそびれた人の日本脳炎", () => {
  test("通常にはある標準の年齢がない", () => {
    expect(of("2007-04-01", "je1", 1)[0]).not.toHaveProperty("standardFrom");
    expect(of("2007-04-01", "je2", 1)[0]).not.toHaveProperty("standardFrom");
    expect(of("2007-04-02", "je1", 1)[0]).toHaveProperty("standardFrom");
    expect(of("1995-04-01", "je2", 1)[0]).toHaveProperty("standardFrom");
    expect(of("2020-04-02", "bcg", 1)[0]).toMatchObject({
      standardFrom: "2020-09-01",
      standardTo: "2020-12-01",
    });
  });
});

describe("令和6年度に供給不足で受けられなかったMR", () => {
  const short: Condition[] = [{ kind: "supply-shortage" }];
  const exception = { from: "2025-04-01", to: "2027-03-31" };

  test.each([
    ["2022-04-01", "mr1", 1],
    ["2022-04-02", "mr1", 2],
    ["2023-04-01", "mr1", 2],
    ["2023-04-02", "mr1", 1],
    ["2018-04-01", "mr2", 1],
    ["2018-04-02", "mr2", 2],
    ["2019-04-01", "mr2", 2],
    ["2019-04-02", "mr2", 1],
  ] as const)("%s 生まれ: %s の期間は %i", (birth, vaccine, windows) => {
    const found = of(birth, vaccine, 1, "male", short);
    expect(found).toHaveLength(windows);
    if (windows === 2) expect(found[1]).toMatchObject(exception);
    expect(of(birth, vaccine, 1, "male")).toHaveLength(1);
  });

  test("2027年3月31日まで正しく、翌日は定期でない", () => {
    const person = { birth: "2022-04-02", sex: "male", conditions: short } as const;
    const on = (date: IsoDate) => checkShot(person, [], { vaccine: "mr1", date });
    expect(on("2027-03-31")).toEqual([]);
    expect(on("2027-04-01")).toMatchObject([{ code: "not-in-schedule" }]);
  });
});

describe("大人の境目", () => {
  const conditions = (...kinds: ("disability-60-64" | "hiv-60-64")[]) =>
    kinds.map((kind) => ({ kind }));

  test("事情があれば60歳から65歳まで、それぞれのワクチンに", () => {
    const hiv = (vaccine: VaccineId) =>
      of("1965-05-10", vaccine, 1, "male", conditions("hiv-60-64"))[0];
    expect(hiv("ppv")).toMatchObject({ from: "2025-05-09", to: "2030-05-09" });
    expect(hiv("zoster")).toMatchObject({ from: "2025-05-09", to: "2030-05-09" });
    expect(hiv("flu")).toMatchObject({ from: "2025-05-09" });
    expect(of("1965-05-10", "zoster", 1, "male", conditions("disability-60-64"))[0]?.from).toBe(
      "2030-04-01",
    );
    expect(of("1964-05-10", "zoster", 1, "male", conditions("hiv-60-64"))[0]?.from).toBe(
      "2025-04-01",
    );
  });

  test("季節のワクチンに終わりはなく、新型コロナは2024年10月から", () => {
    expect(span("1950-01-01", "flu")).toEqual([["2014-12-31", "9999-12-31"]]);
    expect(span("1950-01-01", "covid")).toEqual([["2024-10-01", "9999-12-31"]]);
  });

  test("帯状疱疹の年齢は令和11年度まで、100歳超は令和7年度まで", () => {
    expect(span("1960-04-01", "zoster")).toEqual([["2029-04-01", "2030-03-31"]]);
    expect(span("1925-04-02", "zoster")).toHaveLength(1);
    expect(span("1924-04-02", "zoster")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("1919-06-01", "zoster")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("1955-06-01", "zoster")).toEqual([["2025-04-01", "2026-03-31"]]);
    expect(span("1930-06-01", "zoster")).toHaveLength(1);
  });

  test("長期の病気は終わりから2年、高齢者は1年", () => {
    const ill = (birth: IsoDate, vaccine: VaccineId, until: IsoDate) =>
      of(birth, vaccine, 1, "female", [{ kind: "long-illness", until }])[0]?.to;
    for (const vaccine of ["hepb", "mr1", "vzv", "je1", "dt2"] as const)
      expect(ill("2012-05-10", vaccine, "2026-06-01") ?? "none").toBe(
        vaccine === "hepb" ? "none" : "2028-05-31",
      );
    expect(ill("2020-05-10", "hepb", "2026-06-01")).toBe("2028-05-31");
    expect(ill("2020-05-10", "pcv", "2026-06-01")).toBe("2026-05-09");
    expect(ill("2020-05-10", "pcv", "2025-06-01")).toBe("2026-05-09");
    expect(ill("2017-05-10", "hib", "2026-06-01")).toBe("2027-05-09");
    expect(ill("2012-05-10", "4mix", "2026-06-01")).toBe("2027-05-09");
    expect(ill("1960-05-10", "ppv", "2026-06-01")).toBe("2027-05-31");
  });
});

describe("すべての期間", () => {
  const birth = fc
    .integer({ min: -25_000, max: 22_000 })
    .map((days) => addDays("1970-01-01", days));
  const sex = fc.constantFrom<Sex>("female", "male");

  test("前後が逆にならず、後に生まれて同じワクチンの期間が早まることはない", () => {
    fc.assert(
      fc.property(birth, sex, (born, who) => {
        for (const window of vaccinationWindows({ birth: born, sex: who })) {
          expect(window.from <= window.to, JSON.stringify(window)).toBe(true);
          expect(window.from >= born).toBe(true);
          if (window.standardFrom && window.standardTo)
            expect(window.standardFrom <= window.standardTo).toBe(true);
        }
      }),
    );
  });
});

test("帳票での呼び名", () => {
  expect(vaccineLabel("mr1")).toBe("麻しん風しん混合(MR)");
  expect([periodLabel("mr1"), periodLabel("mr2"), periodLabel("bcg")]).toEqual([
    "1期",
    "2期",
    undefined,
  ]);
  expect([1, 2, 3, 4].map((dose) => doseLabel("5mix", dose))).toEqual([
    "1期初回1回目",
    "1期初回2回目",
    "1期初回3回目",
    "1期追加",
  ]);
  expect([1, 4].map((dose) => doseLabel("pcv", dose))).toEqual(["初回1回目", "追加"]);
  expect(doseLabel("hpv9", 3)).toBe("3回目");
  expect(doseLabel("bcg", 9)).toBe("9回目");
  expect(() => readSubject("mumps:1")).toThrow("not in the schedule");
  expect(new Set(schedule.map(({ id }) => id)).size).toBe(21);
});
