import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bankKana, cutKana, decodeJis, encodeJis } from "#src/formats/zengin/characters.ts";
import { someName } from "./samples.ts";

describe("銀行のカナ", () => {
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
  ])("%s は %s と書く", (name, kana) => {
    expect(bankKana(name)).toBe(kana);
  });

  test("二度そろえても変わらず、どの文字も1バイト", () => {
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
  ])("%s を %i バイトに切っても、カナと濁点は離れない", (kana, length, cut) => {
    expect(cutKana(kana, length)).toBe(cut);
  });
});
