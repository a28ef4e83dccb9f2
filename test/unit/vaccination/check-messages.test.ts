import { describe, expect, test } from "vitest";
import { findRule } from "#src/platform/rules.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { checkShot } from "#workflows/vaccination/check.ts";
import type { Condition, Sex, Shot } from "#workflows/vaccination/vocabulary.ts";

const BIRTH: IsoDate = "2026-05-10";
const shot = (vaccine: string, date: IsoDate, more: Partial<Shot> = {}): Shot => ({
  vaccine,
  date,
  ...more,
});

describe("職員が読む文", () => {
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
    ["定期でないワクチン", shot("mumps", "2027-06-01"), {}, "定期接種のワクチンではありません。"],
    [
      "男子とHPV",
      shot("hpv9", "2026-06-01"),
      { birth: "2013-05-10", sex: "male" },
      "HPV(9価)の定期接種は女性が対象です。",
    ],
    [
      "妊娠していない人のRSV",
      shot("rsv", "2026-06-01"),
      { birth: "1995-01-01" },
      "この方はRSウイルス(母子免疫)の定期接種の対象ではありません。",
    ],
    [
      "B型肝炎の4回目",
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
    ["早すぎる年齢", shot("mr1", "2027-05-08"), {}, "対象年齢に達していません。"],
    ["遅すぎる年齢", shot("mr1", "2028-05-10"), {}, "対象年齢を過ぎています。"],
    [
      "特例の期間の後",
      shot("mr1", "2027-04-01"),
      { birth: "2022-04-02", conditions: shortage },
      "2027-03-31で定期接種が終わっています。",
    ],
    [
      "RSVの始まる前",
      shot("rsv", "2026-03-31"),
      { birth: "1995-01-01", conditions: [{ kind: "pregnant", expectedDelivery: "2026-05-01" }] },
      "2026-04-01より前は定期接種ではありません。",
    ],
    [
      "前の製品",
      shot("hpv9", "2026-04-01", { product: "4価" }),
      { birth: "2012-06-15" },
      "この製品は、接種日には定期接種に使えません。",
    ],
    [
      "その製品には早い年齢",
      shot("flu", "2026-10-10", { product: "高用量" }),
      { birth: elder },
      "この製品の対象年齢に達していません。",
    ],
    [
      "はじめと違う製品",
      shot("zoster", "2026-08-01", { product: "live" }),
      { birth: elder, history: [shot("zoster", "2026-05-01", { product: "recombinant" })] },
      "はじめに接種した製品と違います。同じ製品で完了してください。",
    ],
    [
      "27日",
      shot("hepb", "2026-08-05"),
      { history: [shot("hepb", "2026-07-09")] },
      "前回の接種から27日以上の間隔が必要です。",
    ],
    [
      "三月",
      shot("vzv", "2027-08-31"),
      { history: [shot("vzv", "2027-06-01")] },
      "前回の接種から3月以上の間隔が必要です。",
    ],
    [
      "1回目から139日",
      shot("hepb", "2026-11-25"),
      { history: [shot("hepb", "2026-07-09"), shot("hepb", "2026-08-06")] },
      "1回目の接種から139日以上の間隔が必要です。",
    ],
    [
      "2回目と同じ日の3回目",
      shot("hepb", "2026-11-30"),
      { history: [shot("hepb", "2026-07-09"), shot("hepb", "2026-11-30")] },
      "前回の接種より後の日であることが必要です。",
    ],
    [
      "1期の終わりから6日",
      shot("je2", "2024-05-07"),
      { birth: "2005-04-02", history: [shot("je1", "2024-05-01"), shot("dt2", "2024-05-05")] },
      "1期の終了から6日以上の間隔が必要です。",
    ],
    [
      "ほかの生ワクチン",
      shot("vzv", "2027-06-28"),
      { history: [shot("mr1", "2027-06-01")] },
      "ほかの注射生ワクチンの接種から27日以上の間隔が必要です。",
    ],
  ])("%s", (_, given, facts, message) => {
    expect(told(given, facts)).toEqual([message]);
  });

  test("抜けた回は番号で書けるが、受けた回は書けない", () => {
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

  test("帯状疱疹では、生ワクチンだけがほかの生ワクチンとの間隔を要する", () => {
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

  test("妊娠週数の最初の日の接種は、その妊娠に数える", () => {
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

  test("定期でないワクチンにも、根拠の法令を示す", () => {
    expect(
      findRule("vaccination.check")?.run({
        birth: BIRTH,
        sex: "male",
        given: { vaccine: "mumps", date: "2027-06-01" },
      }),
    ).toMatchObject({ ok: true, basis: ["予防接種法施行令第3条", expect.any(String)] });
  });
});
