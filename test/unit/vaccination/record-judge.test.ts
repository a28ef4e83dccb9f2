import { describe, expect, test } from "vitest";
import { usualReport } from "#workflows/vaccination/mistakes/categories.ts";
import { reportDueOn, reportYear } from "#workflows/vaccination/mistakes/report.ts";
import { mistakeOf } from "#workflows/vaccination/records/doubts.ts";
import { judgeDose, type KnownLife, type ToldDose } from "#workflows/vaccination/records/judge.ts";
import { bestOf, scoreOf } from "#workflows/vaccination/records/score.ts";

const life: KnownLife = {
  bornNotBefore: "2026-05-10",
  bornOn: "2026-05-10",
  sex: "female",
  residentFrom: "2026-05-10",
};
const told = (given: Partial<ToldDose> = {}): ToldDose => ({
  channel: "slip",
  outcome: "given",
  vaccine: "pcv",
  givenOn: "2026-07-10",
  ...given,
});
const judge = (
  given: Partial<ToldDose> = {},
  facts: Partial<Parameters<typeof judgeDose>[1]> = {},
) => judgeDose(told(given), { today: "2026-11-20", life, history: [], lots: [], ...facts });
const codes = (of: { doubts: readonly { code: string }[] }) => of.doubts.map(({ code }) => code);

describe("接種の確かめ", () => {
  test("対象年齢の初日は、疑わしくない。前の日は早すぎる", () => {
    expect(judge()).toEqual({ dose: 1, doubts: [] });
    expect(codes(judge({ givenOn: "2026-07-08" }))).toEqual(["before-target-age"]);
  });
  test("生まれた日は生まれる前でない。亡くなった日と今日は過ぎていない", () => {
    expect(codes(judge({ givenOn: "2026-05-09" }))).toEqual(["before-birth"]);
    expect(codes(judge({ givenOn: "2026-05-10" }))).not.toContain("before-birth");
    const died = { ...life, diedOn: "2026-07-10" as const, residentTo: "2026-07-10" as const };
    expect(judge({}, { life: died }).doubts).toEqual([]);
    expect(codes(judge({ givenOn: "2026-07-11" }, { life: died }))).toEqual(["after-death"]);
    expect(codes(judge({ givenOn: "2026-11-20" }))).not.toContain("future");
    expect(codes(judge({ givenOn: "2026-11-21" }))).toEqual(["future"]);
  });
  test("ロットは、有効期限の最後の日まで使える。登録のないワクチンは照合しない", () => {
    const lots = [{ lot: "A1", product: "P", expiresOn: "2026-07-10" as const }];
    expect(judge({ lot: "A1" }, { lots }).doubts).toEqual([]);
    expect(codes(judge({ lot: "A1", givenOn: "2026-07-11" }, { lots }))).toEqual(["expired-lot"]);
    expect(codes(judge({ lot: "B1" }, { lots }))).toEqual(["unknown-lot"]);
    expect(judge({ lot: "B1" }).doubts).toEqual([]);
  });
  test("転出した日は住民、次の日は住民でない。転入前の記録では問わない", () => {
    const moved = { ...life, residentTo: "2026-07-10" as const };
    expect(judge({}, { life: moved }).doubts).toEqual([]);
    expect(codes(judge({ givenOn: "2026-07-11" }, { life: moved }))).toEqual(["moved-out"]);
    expect(judge({ givenOn: "2026-07-11", channel: "in-mover" }, { life: moved }).doubts).toEqual(
      [],
    );
  });
  const history = [{ id: "x", vaccine: "pcv", dose: 1, date: "2026-07-10" as const }];
  test("同じ日の同じ接種は一つの記録。回が違えば同じ日の別の回、日が違えば同じ回の別の日", () => {
    expect(judge({}, { history })).toMatchObject({ same: "x", dose: 1, doubts: [] });
    expect(codes(judge({ dose: 2 }, { history }))).toContain("same-day");
    expect(codes(judge({ dose: 1, givenOn: "2026-09-10" }, { history }))).toEqual(["dose-taken"]);
    expect(judge({ dose: 1, givenOn: "2026-09-10" }, { history }).dose).toBe(2);
  });
  test("前の回の記録がないうちに後の回が来ると、間違い接種とはせずに確かめる", () => {
    const found = judge({ dose: 2, givenOn: "2026-09-10" });
    expect(codes(found)).toEqual(["earlier-missing"]);
    expect(mistakeOf(found.doubts)).toBeUndefined();
  });
  test("表より前の定めのない日は、間違いとしない", () => {
    const old = {
      ...life,
      bornNotBefore: "2000-05-10" as const,
      bornOn: "2000-05-10" as const,
      residentFrom: "2000-05-10" as const,
    };
    expect(judge({ vaccine: "bcg", givenOn: "2000-09-10" }, { life: old }).doubts).toEqual([]);
  });
});

describe("間違い接種の態様", () => {
  test("重いものが先になり、直ちに報告するものが分かる", () => {
    expect(mistakeOf([{ code: "interval-too-short" }, { code: "expired-lot" }])).toBe(9);
    expect(mistakeOf([{ code: "moved-out" }])).toBeUndefined();
    expect([5, 6, 8, 9].map((n) => usualReport(n as 5))).toEqual(Array(4).fill("at-once"));
    expect(usualReport(4)).toBe("yearly");
    expect(usualReport(1)).toBeUndefined();
  });
  test("年次報告の年度は接種日の年度。期限の後に分かったものは、分かった日の年度", () => {
    expect(reportDueOn(2026)).toBe("2027-04-30");
    expect(reportYear({ givenOn: "2026-03-31", knownOn: "2026-04-30" })).toBe(2025);
    expect(reportYear({ givenOn: "2026-03-31", knownOn: "2026-05-01" })).toBe(2026);
    expect(reportYear({ givenOn: "2026-04-01", knownOn: "2026-04-01" })).toBe(2026);
  });
});

describe("予診票の人の点数", () => {
  const known = {
    name: { kanji: "渡邉　花子", kana: "ワタナベ　ハナコ" },
    birth: "2026-05-10",
    sex: "female",
    address: "熊本市中央区新町２丁目４番２７号",
  };
  const slip = {
    kana: "わたなべ はなこ",
    birth: "2026-05-10" as const,
    sex: "female" as const,
    address: "新町2-4-27",
  };
  test("すべて一致すれば100点で、内訳が何を比べたかを言う", () => {
    const score = scoreOf(slip, known);
    expect(score.points).toBe(100);
    expect(score.lines.map(({ what, says }) => `${what} ${says}`)).toEqual([
      "氏名 一致",
      "生年月日 一致",
      "性別 一致",
      "住所 一致",
    ]);
  });
  test("同じ点の人が二人いれば、どちらとも決めない", () => {
    const score = scoreOf(slip, known);
    expect(bestOf([{ score }, { score }]).best).toBeUndefined();
    expect(
      bestOf([{ score }, { score: scoreOf({ ...slip, birth: "2025-01-01", kana: "ベツ" }, known) }])
        .best,
    ).toBeDefined();
  });
});
