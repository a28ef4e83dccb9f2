import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBirthDate } from "#workflows/dates/birth-date.ts";
import { type Identity, likeness } from "#workflows/people/likeness.ts";

const hanako: Identity = {
  name: { kanji: "渡邉󠄂　花子", kana: "ワタナベ　ハナコ" },
  birthDate: parseBirthDate("1990-04-01"),
  sex: "female",
  postalCode: "8600004",
  address: "熊本市中央区新町２丁目４番２７号",
};
const words = (one: Identity, other: Identity) =>
  likeness(one, other).reasons.map((reason) => reason.words);

describe("似た方の点数", () => {
  test("同じ方は100点で、理由がすべて並ぶ", () => {
    const { score, grade } = likeness(hanako, hanako);
    expect({ score, grade }).toEqual({ score: 100, grade: "same" });
  });
  test("異体字・半角の数字・全角の空白の違いは、違いとみない", () => {
    const other = {
      ...hanako,
      name: { kanji: "渡辺 花子", kana: "ワタナベ ハナコ" },
      address: "熊本市中央区新町2丁目4番27号",
    };
    expect(likeness(hanako, other).score).toBe(100);
  });
  test("生年月日の一つだけの違いと、分かる範囲で合うものと、合わないものを分ける", () => {
    const born = (text: string) => ({ ...hanako, birthDate: parseBirthDate(text) });
    expect(words(hanako, born("1990-04-11"))).toContain(
      "生年月日の年・月・日のうち一つだけが異なる",
    );
    expect(words(hanako, born("1990"))).toContain("生年月日が分かる範囲で合う");
    expect(words(hanako, born("1991"))).toContain("生年月日が合わない");
    expect(words(hanako, born("1985-12-31"))).toContain("生年月日が異なる");
  });
  test("ローマ字は、姓名の順が違っても同じ表記とみる", () => {
    const silva = { ...hanako, name: { kanji: "SILVA MARIA", kana: "シルバ　マリア" } };
    const maria = {
      ...hanako,
      name: { kanji: "マリア", kana: "マリア　シルバ", alphabetic: "Maria Silva" },
    };
    expect(words(silva, maria)).toContain("氏名の表記が同じ（異体字は同じとみる）");
  });
  test("個人番号が同じなら同じ方、異なれば点が下がる", () => {
    const numbered = (individualNumber: string, one = hanako) => ({ ...one, individualNumber });
    const stranger = {
      ...hanako,
      name: { kanji: "別人", kana: "ベツジン" },
      birthDate: parseBirthDate("1950"),
    };
    expect(likeness(numbered("1", stranger), numbered("1")).grade).toBe("same");
    expect(likeness(numbered("1"), numbered("2")).grade).toBe("some");
  });
  test("性質: どちらから見ても同じ点数で、0点から100点まで", () => {
    const identity = fc.record({
      name: fc.record({
        kanji: fc.string(),
        kana: fc.constantFrom("ヤマダ　タロウ", "ヤマダ", ""),
      }),
      birthDate: fc.constantFrom("1990", "1990-04", "1990-04-01", "1990-05-01").map(parseBirthDate),
      sex: fc.constantFrom("female", "male", "unknown"),
      address: fc.constantFrom("", "新町1"),
    }) as fc.Arbitrary<Identity>;
    fc.assert(
      fc.property(identity, identity, (one, other) => {
        const { score } = likeness(one, other);
        expect(score).toBe(likeness(other, one).score);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
      }),
    );
  });
});
