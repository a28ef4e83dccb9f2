import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { getVaccine, schedule } from "#workflows/vaccination/schedule.ts";
import { cohortBirths, targetBirths } from "#workflows/vaccination/targets/births.ts";
import { asVaccine, type CityVaccine } from "#workflows/vaccination/targets/city-vaccines.ts";
import {
  judgeTarget,
  laterDoses,
  type TargetGroup,
  type TargetOrder,
} from "#workflows/vaccination/targets/judge.ts";
import { lookedAt } from "#workflows/vaccination/targets/looked-at.ts";
import { readTargetSubject, targetSubject } from "#workflows/vaccination/targets/subjects.ts";
import type { Condition, Shot, VaccineId } from "#workflows/vaccination/vocabulary.ts";

const group = (born: IsoDate, more: Partial<TargetGroup> = {}): TargetGroup => ({
  born,
  sex: "female",
  standing: "lives",
  conditions: [],
  history: [],
  sent: new Set(),
  ...more,
});
const judge = (
  id: VaccineId,
  on: IsoDate,
  one: TargetGroup,
  more: Partial<Omit<TargetOrder, "vaccine" | "on">> = {},
) => judgeTarget(one, { vaccine: getVaccine(id), on, ahead: 0, ...more });
const given = (vaccine: string, date: IsoDate, dose = 1, product?: string): Shot => ({
  vaccine,
  date,
  dose,
  product,
});

describe("生年月日による対象", () => {
  test("年度の年齢: 4月1日生まれは前の学年に入る", () => {
    expect(cohortBirths({ kind: "fiscal-year", ages: [13] }, "2026-04-01")).toEqual([
      { from: "2013-04-02", to: "2014-04-01" },
    ]);
    // 令和8年度に65歳となる人（帯状疱疹）と、5歳刻みの経過措置
    expect(cohortBirths({ kind: "fiscal-year", ages: [65, 70] }, "2027-03-31")).toEqual([
      { from: "1961-04-02", to: "1962-04-01" },
      { from: "1956-04-02", to: "1957-04-01" },
    ]);
  });

  test("月齢: 達した日は誕生日の前日、月末と2月29日は短い月の末日", () => {
    expect(cohortBirths({ kind: "age", from: 12, to: 23 }, "2026-11-26")).toEqual([
      { from: "2024-11-28", to: "2025-11-27" },
    ]);
    const [march] = cohortBirths({ kind: "age", from: 12, to: 23 }, "2025-02-28");
    expect(march?.to).toBe("2024-03-01");
  });

  test("帯状疱疹の令和8年度65歳は1961-04-02から1962-04-01まで", () => {
    const verdicts = (["1961-04-01", "1961-04-02", "1962-04-01", "1962-04-02"] as const).map(
      (born) => judge("zoster", "2026-04-01", group(born))?.outcome ?? "対象外",
    );
    expect(verdicts).toEqual(["over", "included", "included", "not-yet"]);
    expect(judge("zoster", "2026-11-26", group("1956-05-01"))?.usableTo).toBe("2027-03-31");
  });

  test("HPVは12歳となる年度の4月1日から: 2014-04-01生は令和7年度、2014-04-02生は令和8年度", () => {
    const first = (born: IsoDate, on: IsoDate) => judge("hpv9", on, group(born))?.outcome;
    expect(first("2014-04-01", "2026-03-31")).toBe("included");
    expect(first("2014-04-02", "2026-03-31")).toBe("not-yet");
    expect(first("2014-04-02", "2026-04-01")).toBe("included");
  });

  test("抽出する生年月日は、受けられる人の外を含まず、受けられる人を落とさない", () => {
    const ranges = targetBirths(
      getVaccine("mr2"),
      { from: "2026-11-26", to: "2026-11-26" },
      undefined,
    );
    const within = (born: IsoDate) => ranges.some(({ from, to }) => from <= born && born <= to);
    expect([within("2020-04-02"), within("2021-04-01"), within("2010-01-01")]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe("判定", () => {
  test("小児肺炎球菌は、始める月齢で回数が変わる", () => {
    const doses = (born: IsoDate) => {
      const order = { vaccine: getVaccine("pcv"), on: "2026-11-26" as const, ahead: 0 };
      const found = judgeTarget(group(born), order);
      return found ? 1 + laterDoses(group(born), order, found).length : 0;
    };
    expect(doses("2026-09-01")).toBe(4);
    expect(doses("2026-01-10")).toBe(3);
    expect(doses("2025-08-01")).toBe(2);
    expect(doses("2023-01-10")).toBe(1);
  });

  test("Hib単独と4種混合は、始めた人だけが対象になる", () => {
    expect(judge("hib", "2026-11-26", group("2024-05-01"))).toBeUndefined();
    const begun = group("2024-05-01", { history: [given("hib", "2024-08-01")] });
    expect(judge("hib", "2026-11-26", begun)?.outcome).toBe("included");
  });

  test("日本脳炎の特例（平成7年度から18年度生）は、20歳になるまで不足分を受けられる", () => {
    const special = group("2007-03-31", {
      history: [given("je1", "2012-05-01"), given("je1", "2012-06-01", 2)],
    });
    const found = judge("je1", "2026-11-26", special);
    expect([found?.outcome, found?.label, found?.usableTo]).toEqual([
      "included",
      "1期追加",
      "2027-03-30",
    ]);
    expect(judge("je1", "2026-11-26", group("2007-04-02"))?.outcome).toBe("over");
  });

  test("60歳から64歳は、障害の記録がある人だけが対象になる", () => {
    const disabled: Condition[] = [{ kind: "disability-60-64" }];
    expect(judge("flu", "2026-11-26", group("1964-05-01"))?.outcome).toBe("not-yet");
    expect(judge("flu", "2026-11-26", group("1964-05-01", { conditions: disabled }))?.outcome).toBe(
      "included",
    );
  });

  test("季節の予防接種は、年度ごとに一つの券になる", () => {
    const old = group("1950-05-01", { history: [given("flu", "2025-11-01")] });
    const found = judge("flu", "2026-11-26", old);
    expect(found?.subject && targetSubject(found.subject)).toBe("flu:1:2026");
    expect(
      judge("flu", "2026-11-26", group("1950-05-01", { sent: new Set(["1:2025"]) }))?.outcome,
    ).toBe("included");
    expect(
      judge("flu", "2026-11-26", group("1950-05-01", { sent: new Set(["1:2026"]) }))?.outcome,
    ).toBe("already-sent");
    const done = group("1950-05-01", { history: [given("flu", "2026-11-01")] });
    expect(judge("flu", "2026-11-26", done)?.outcome).toBe("done");
  });

  test("RSウイルスは妊娠の届出がある人だけ、28週0日から36週6日まで", () => {
    const due = (day: IsoDate): Condition[] => [{ kind: "pregnant", expectedDelivery: day }];
    expect(judge("rsv", "2026-11-26", group("1996-05-01"))).toBeUndefined();
    const open = judge("rsv", "2026-11-26", group("1996-05-01", { conditions: due("2027-02-18") }));
    expect([open?.outcome, open?.usableFrom, open?.usableTo]).toEqual([
      "included",
      "2026-11-26",
      "2027-01-27",
    ]);
    expect(
      judge("rsv", "2026-11-25", group("1996-05-01", { conditions: due("2027-02-18") }))?.outcome,
    ).toBe("not-yet");
  });

  test("長期療養特例は対象の期間を延ばす", () => {
    const late = group("2024-09-01");
    expect(judge("mr1", "2026-11-26", late)?.outcome).toBe("over");
    expect(
      judge("mr1", "2026-11-26", {
        ...late,
        conditions: [{ kind: "long-illness", until: "2026-08-01" }],
      })?.outcome,
    ).toBe("included");
  });

  test("ロタは先に選んだ方だけを、始めた人には始めた方を送る", () => {
    const before = [getVaccine("rota1")];
    expect(judge("rota5", "2026-11-26", group("2026-09-20"), { before })?.outcome).toBe(
      "other-vaccine",
    );
    const begun = group("2026-08-20", { history: [given("rota5", "2026-10-20")] });
    expect(judge("rota5", "2026-11-26", begun, { before })?.outcome).toBe("included");
    expect(judge("rota1", "2026-11-26", begun)?.outcome).toBe("other-vaccine");
  });

  test("接種済み・転出・死亡・支援措置・送付済み・抽出する回でない人は、理由で分かれる", () => {
    const born = "2025-09-01" as const;
    const outcome = (more: Partial<TargetGroup>, doses?: number[]) =>
      judge("mr1", "2026-11-26", group(born, more), doses ? { doses } : {})?.outcome;
    expect([
      outcome({}),
      outcome({ history: [given("mr1", "2026-10-01")] }),
      outcome({ standing: "moved-out" }),
      outcome({ standing: "deceased", sent: new Set(["1:"]) }),
      outcome({ standing: "protected" }),
      outcome({ sent: new Set(["1:"]) }),
      outcome({}, [2]),
    ]).toEqual([
      "included",
      "done",
      "moved-out",
      "deceased",
      "protected",
      "already-sent",
      "other-dose",
    ]);
  });

  test("市独自の予防接種は、年齢・回数・間隔を入力した表のとおりに判定する", () => {
    const mumps: CityVaccine = {
      number: 1,
      name: "おたふくかぜ",
      footing: "voluntary",
      diseases: "流行性耳下腺炎",
      fromMonths: 12,
      toMonths: 72,
      sex: "any",
      doses: 2,
      intervalDays: 27,
      live: true,
      subsidy: 3000,
    };
    const vaccine = asVaccine(mumps, "要綱");
    const at = (on: IsoDate, one: TargetGroup) =>
      judgeTarget(one, { vaccine, on, ahead: 0, cityLive: ["city-1"] });
    expect(at("2026-11-26", group("2025-11-27"))?.outcome).toBe("included");
    expect(at("2026-11-26", group("2025-11-28"))?.outcome).toBe("not-yet");
    const once = group("2024-01-10", { history: [given("city-1", "2026-11-01")] });
    expect(at("2026-11-26", once)).toMatchObject({ outcome: "not-yet", usableFrom: "2026-11-29" });
    // Another live vaccine keeps it away for 27 days, too.
    const live = group("2024-01-10", { history: [given("vzv", "2026-11-20")] });
    expect(at("2026-11-26", live)).toMatchObject({ outcome: "not-yet", usableFrom: "2026-12-18" });
    const after = group("2024-01-10", { history: [given("city-1", "2026-11-20")] });
    expect(judge("vzv", "2026-11-26", after, { cityLive: ["city-1"] })?.outcome).toBe("not-yet");
  });
});

test("回の書き方は読み戻せる", () => {
  for (const one of [
    { vaccine: "mr1", dose: 1, occasion: "" },
    { vaccine: "flu", dose: 1, occasion: "2026" },
    { vaccine: "rsv", dose: 1, occasion: "2027-02-18" },
    { vaccine: "city-12", dose: 3, occasion: "" },
  ])
    expect(readTargetSubject(targetSubject(one))).toEqual(one);
  expect(() => readTargetSubject("mr1")).toThrow(RangeError);
});

test("データベースが見る記録だけで、すべての記録で判定したのと同じになる", () => {
  const day = (from: IsoDate, most: number) =>
    fc.integer({ min: 0, max: most }).map((n) => addDays(from, n));
  const shots = fc.array(
    fc.record({
      vaccine: fc.constantFrom(...schedule.map(({ id }) => id as string), "hpv2", "hpv4", "ppsv23"),
      date: day("2006-01-01", 7600),
      dose: fc.integer({ min: 1, max: 4 }),
      product: fc.constantFrom(undefined, "生", "組換え", "9価", "2価"),
    }),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...schedule),
      day("1935-01-01", 33_500),
      fc.constantFrom("female" as const, "male" as const),
      day("2026-04-01", 400),
      shots,
      (vaccine, birth, sex, on, all) => {
        const history = all.filter(({ date }) => date >= birth && date <= on);
        const {
          series,
          live,
          from = "0001-01-01",
          liveFrom = "9999-12-31",
          own,
          most,
        } = lookedAt(vaccine, on);
        const kept = history.filter(
          ({ vaccine: id, date }) =>
            (series.includes(id) && date >= from) || (live.includes(id) && date >= liveFrom),
        );
        const due = dueDose(vaccine, { birth, sex }, on, history);
        expect(dueDose(vaccine, { birth, sex }, on, kept)).toEqual(due);
        const last = kept
          .filter(({ vaccine: id }) => own.includes(id))
          .toSorted((a, b) => (a.date === b.date ? a.dose - b.dose : a.date < b.date ? -1 : 1))
          .at(-1);
        if (most !== undefined && last && last.dose >= most) expect(due).toBeUndefined();
      },
    ),
    { numRuns: 4000 },
  );
});

test("季節の予防接種では、年度の初めに対象の年齢だった人は、生年月日を一つにまとめても判定が同じになる", () => {
  const on = "2026-11-26";
  const alike = (id: VaccineId) => lookedAt(getVaccine(id), on).bornAlike;
  // 1961-04-02生は、2026-04-01に65歳に達する。
  expect([alike("flu"), alike("covid")]).toEqual(["1961-04-02", "1961-04-02"]);
  expect((["ppv", "zoster", "mr1", "rsv"] as const).flatMap((id) => alike(id) ?? [])).toEqual([]);
  const day = (from: IsoDate, most: number) =>
    fc.integer({ min: 0, max: most }).map((n) => addDays(from, n));
  fc.assert(
    fc.property(
      fc.constantFrom("flu" as const, "covid" as const),
      day("2026-04-01", 800),
      fc.integer({ min: 0, max: 18_000 }),
      fc.constantFrom(0, 31, 200),
      fc.array(fc.record({ vaccine: fc.constantFrom("flu", "covid"), days: fc.nat(364) }), {
        maxLength: 3,
      }),
      fc.subarray(["1:2026", "1:2027", "1:2028"]),
      fc.constantFrom("lives", "protected", "moved-out"),
      (id, on, older, ahead, shots, sent, standing) => {
        const vaccine = getVaccine(id);
        const { bornAlike: last = on, from = on } = lookedAt(vaccine, on);
        const history = shots.map(({ vaccine, days }) => given(vaccine, addDays(from, days)));
        const verdict = (born: IsoDate) =>
          judgeTarget(group(born, { history, sent: new Set(sent), standing }), {
            vaccine,
            on,
            ahead,
          });
        expect(verdict(addDays(last, -older))).toEqual(verdict(last));
      },
    ),
    { numRuns: 600 },
  );
});
