import { describe, expect, test } from "vitest";
import { checkShot } from "#workflows/vaccination/check.ts";
import { dueDose } from "#workflows/vaccination/due.ts";
import { getVaccine } from "#workflows/vaccination/schedule.ts";
import { type Circumstance, conditionsAt } from "#workflows/vaccination/special/circumstances.ts";
import { judgeException } from "#workflows/vaccination/special/exception.ts";
import { isInPregnancy, rsvDays } from "#workflows/vaccination/special/pregnancy.ts";
import type { Person } from "#workflows/vaccination/vocabulary.ts";

const child = { birth: "2020-05-10", sex: "female" } as const;
const ill = (vaccine: string, from: string, to: string, person: Person = child) =>
  judgeException(vaccine, person, { from: from as never, to: to as never });

describe("長期療養特例の期限", () => {
  test.each([
    // Two years from the day on which the hindrance ended, that day counted.
    ["mr1", "2021-06-01", "2023-04-01", { until: "2025-03-31", by: "years" }],
    ["vzv", "2021-06-01", "2024-02-29", { until: "2026-02-27", by: "years" }],
    // The upper ages: BCG 4, 小児用肺炎球菌 6, Hib 10, 5種混合 15.
    ["bcg", "2020-06-01", "2023-04-01", { until: "2024-05-09", by: "age" }],
    ["pcv", "2020-08-01", "2025-04-01", { until: "2026-05-09", by: "age" }],
  ] as const)("%s: %s から %s まで受けられなかった", (vaccine, from, to, expected) => {
    expect(ill(vaccine, from, to)).toEqual({ vaccine, ...expected });
  });

  test.each([
    ["rota1", "2020-06-01", "2020-09-01", "no-exception"],
    ["flu", "2020-06-01", "2023-04-01", "no-exception"],
    ["なし", "2020-06-01", "2023-04-01", "no-exception"],
    // The illness began on the day after the last of the target, or ended on the day before its first.
    ["mr1", "2022-05-10", "2023-04-01", "not-a-target"],
    ["mr1", "2020-06-01", "2021-05-08", "not-a-target"],
    ["bcg", "2020-06-01", "2024-05-10", "too-old"],
    ["pcv", "2020-08-01", "2023-05-09", "still-open"],
  ] as const)("%s: %s から %s は特例にならない（%s）", (vaccine, from, to, refusal) => {
    expect(ill(vaccine, from, to)).toEqual({ vaccine, refusal });
  });

  test("対象の最後の日に始まった病気は、特例になる", () => {
    expect(ill("mr1", "2022-05-09", "2023-04-01")).toMatchObject({ until: "2025-03-31" });
    expect(ill("mr1", "2020-06-01", "2021-05-09")).toMatchObject({ until: "2023-05-08" });
  });

  test("高齢者の肺炎球菌と帯状疱疹は1年", () => {
    const old = { birth: "1960-05-10", sex: "male" } as const;
    expect(ill("ppv", "2025-06-01", "2026-08-01", old)).toEqual({
      vaccine: "ppv",
      until: "2027-07-31",
      by: "years",
    });
  });
});

describe("特例のある人の接種の判定", () => {
  const mr: Circumstance = {
    kind: "long-illness",
    hindranceFrom: "2021-06-01",
    hindranceTo: "2023-04-01",
    vaccines: ["mr1"],
  };
  const at = (date: string, circumstances: readonly Circumstance[], vaccine = "mr1") =>
    checkShot({ ...child, conditions: conditionsAt(circumstances, date as never) }, [], {
      vaccine,
      date: date as never,
    }).map(({ code }) => code);

  test("特例の最後の日までは定期接種、次の日からは違う", () => {
    expect(at("2025-03-31", [mr])).toEqual([]);
    expect(at("2025-04-01", [mr])).toEqual(["after-target-age"]);
    expect(at("2025-03-31", [])).toEqual(["after-target-age"]);
  });

  test("名前のないワクチンは延びない", () => {
    expect(at("2024-01-10", [mr], "bcg")).toEqual(["after-target-age"]);
  });

  test("二度の療養は、遅いほうの期限まで", () => {
    const again = { ...mr, hindranceTo: "2024-04-01" } as const;
    expect(at("2026-03-31", [again, mr])).toEqual([]);
  });

  test("次に受けるものに、特例の期限が出る", () => {
    const person = { ...child, conditions: conditionsAt([mr], "2024-01-10") };
    expect(dueDose(getVaccine("mr1"), person, "2024-01-10", [])).toMatchObject({
      earliest: "2024-01-10",
      latest: "2025-03-31",
    });
  });
});

describe("妊娠と障害", () => {
  test("RSウイルスは妊娠28週0日から36週6日まで", () => {
    expect(rsvDays("2026-12-01")).toEqual({ from: "2026-09-08", to: "2026-11-09" });
    const mother = (date: string, dueOn: string) =>
      checkShot(
        {
          birth: "1996-05-10",
          sex: "female",
          conditions: conditionsAt([{ kind: "pregnancy", dueOn: dueOn as never }], date as never),
        },
        [],
        { vaccine: "rsv", date: date as never },
      ).map(({ code }) => code);
    expect(mother("2026-09-07", "2026-12-01")).toEqual(["before-target-age"]);
    expect(mother("2026-09-08", "2026-12-01")).toEqual([]);
    expect(mother("2026-11-09", "2026-12-01")).toEqual([]);
    expect(mother("2026-11-10", "2026-12-01")).toEqual(["after-target-age"]);
    expect(mother("2027-09-08", "2026-12-01")).toEqual(["not-in-schedule"]);
  });

  test("二度目の妊娠では、その妊娠で判定する", () => {
    expect(isInPregnancy("2026-12-01", "2026-02-24")).toBe(true);
    expect(isInPregnancy("2026-12-01", "2026-02-23")).toBe(false);
    const both = [
      { kind: "pregnancy", dueOn: "2025-06-01" },
      { kind: "pregnancy", dueOn: "2026-12-01" },
    ] as const;
    expect(conditionsAt(both, "2026-10-01")).toEqual([
      { kind: "pregnant", expectedDelivery: "2026-12-01" },
    ]);
  });

  test("60～64歳の障害は、入力した期間だけ。HIVは帯状疱疹も対象になる", () => {
    const organ = (organ: "heart" | "hiv") =>
      [{ kind: "disability", organ, from: "2026-04-01", until: "2026-12-31" }] as const;
    const kinds = (list: ReturnType<typeof conditionsAt>) => list.map(({ kind }) => kind);
    expect(kinds(conditionsAt(organ("heart"), "2026-03-31"))).toEqual([]);
    expect(kinds(conditionsAt(organ("heart"), "2026-04-01"))).toEqual(["disability-60-64"]);
    expect(kinds(conditionsAt(organ("hiv"), "2026-12-31"))).toEqual([
      "disability-60-64",
      "hiv-60-64",
    ]);
    expect(kinds(conditionsAt(organ("hiv"), "2027-01-01"))).toEqual([]);
  });
});
