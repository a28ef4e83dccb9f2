import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankKana, cutKana, decodeJis, encodeJis } from "#src/formats/zengin/characters.ts";
import { someName } from "./samples.ts";

describe("kana of banks", () => {
  test.each([
    ["ヤマダ　ジュンコ", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"],
    ["やまだ じゅんこ", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"],
    ["ﾔﾏﾀﾞ ｼﾞｭﾝｺ", "ﾔﾏﾀﾞ ｼﾞﾕﾝｺ"],
    ["カ゛ハ゜", "ｶﾞﾊﾟ"],
    ["オーノ", "ｵ-ﾉ"],
    ["ｵｰﾉ", "ｵ-ﾉ"],
    ["ヲノ", "ｵﾉ"],
    ["ヰヱヴ", "ｲｴｳﾞ"],
    ["ァィゥェォッャュョヮヵヶ", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹ"],
    ["マリア・ロペス", "ﾏﾘｱ.ﾛﾍﾟｽ"],
    ["Smith－Ｊｏｎｅｓ", "SMITH-JONES"],
    ["カ）ミドリ", "ｶ)ﾐﾄﾞﾘ"],
    ["  ア   イ  ", "ｱ ｲ"],
    ["山田", "山田"],
  ])("%s is written %s", (name, kana) => {
    expect(bankKana(name)).toBe(kana);
  });

  test("folding twice changes nothing, and every character is one byte", () => {
    fc.assert(
      fc.property(someName, (name) => {
        const kana = bankKana(name);
        expect(bankKana(kana)).toBe(kana);
        expect(encodeJis(kana)).toHaveLength(kana.length);
        expect(decodeJis(encodeJis(kana))).toBe(kana);
      }),
    );
  });

  test.each([
    ["ﾔﾏﾀﾞ", 4, "ﾔﾏﾀﾞ"],
    ["ﾔﾏﾀﾞ", 3, "ﾔﾏ"],
    ["ｶﾞﾊﾟ", 3, "ｶﾞ"],
    ["ﾔﾏ ﾀ", 3, "ﾔﾏ"],
    ["ﾔﾏﾀ", 9, "ﾔﾏﾀ"],
  ])("%s cut to %i bytes never parts a kana from its mark", (kana, length, cut) => {
    expect(cutKana(kana, length)).toBe(cut);
  });
});
