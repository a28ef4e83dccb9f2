import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldKana } from "#workflows/text/fold-kana.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import { foldLatin } from "#workflows/text/fold-latin.ts";
import { kanjiNumber } from "#workflows/text/kanji-numbers.ts";
import { kanjiVariants } from "#workflows/text/kanji-variants.ts";

describe("readings folded for search", () => {
  test.each([
    ["ｶﾞｯｺｳ", "ガッコウ"],
    ["がっこう", "ガッコウ"],
    ["ガツコウ", "ガッコウ"],
    ["カ゛ッコウ", "ガッコウ"],
    ["が".normalize("NFD"), "ガ"],
    ["ヤマダ　タロウ", "ﾔﾏﾀﾞ ﾀﾛｳ"],
    ["オオノ", "オーノ"],
    ["オウノ", "オオノ"],
    ["ケイコ", "ケーコ"],
    ["ケエコ", "ケイコ"],
    ["ユーコ", "ユウコ"],
    ["キョウコ", "キヨウコ"],
    ["ヰ", "イ"],
    ["ヲ", "オ"],
    ["ヅカ", "ズカ"],
    ["マリア・ロペス", "マリアロペス"],
    ["ｰ", ""],
    ["ミ-ナ", "ミイナ"],
    ["オオオカ", "オーオカ"],
  ])("%s finds %s", (a, b) => {
    expect(foldKana(a)).toBe(foldKana(b));
  });

  test("a fold is katakana, large, voiced in one character, with long vowels as vowels", () => {
    expect(foldKana("カ゛ハ゜")).toBe("ガパ");
    expect(foldKana("オーオカ")).toBe("オウオカ");
    expect(foldKana("セーエ")).toBe("セイエ");
    expect(foldKana("セエ")).toBe("セイ");
    expect(foldKana("ウオ")).toBe("ウオ");
    expect(foldKana("イエ")).toBe("イエ");
    expect(foldKana("コウオ")).toBe("コウオ");
    expect(foldKana("コイ")).toBe("コイ");
    expect(foldKana("ケア")).toBe("ケア");
    expect(foldKana("エ")).toBe("エ");
    expect(foldKana("ーアー")).toBe("アア");
    expect(foldKana("リー・smith 2")).toBe("リイSMITH2");
  });

  test("different readings stay different", () => {
    expect(foldKana("ヤマダ")).toBe("ヤマダ");
    expect(foldKana("ヤマタ")).not.toBe(foldKana("ヤマダ"));
    expect(foldKana("ハヤシ")).not.toBe(foldKana("バヤシ"));
    expect(foldKana("ミオ")).toBe("ミオ");
    expect(foldKana("ナエ")).toBe("ナエ");
    expect(foldKana("オ")).toBe("オ");
  });

  test("folding twice changes nothing more, and a beginning stays a beginning", () => {
    const kana = fc.array(
      fc.constantFrom(..."アイウエオカキクケコガャュョッーヲヂヤユヨトドノン "),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(kana, fc.nat(12), (letters, cut) => {
        const whole = foldKana(letters.join(""));
        expect(foldKana(whole)).toBe(whole);
        expect(whole.startsWith(foldKana(letters.slice(0, cut).join("")))).toBe(true);
      }),
    );
  });
});

describe("kanji folded for search", () => {
  test.each([
    ["髙橋", "高橋"],
    ["山﨑", "山崎"],
    ["渡邉", "渡辺"],
    ["渡邊", "渡辺"],
    ["𠮷田", "吉田"],
    ["齋藤", "斉藤"],
    ["齊藤", "斎藤"],
    ["濵田", "浜田"],
    ["德永", "徳永"],
    ["葛\u{e0102}城", "葛城"],
    ["邉\u{e0109}", "辺"],
    ["神\ufe00", "神"],
    ["\ufa19田", "神田"],
    ["櫻井　愛", "桜井愛"],
    ["嶋", "島"],
    ["Ａｎｎ", "ANN"],
    ["栁", "柳"],
  ])("%s finds %s", (a, b) => {
    expect(foldKanji(a)).toBe(foldKanji(b));
  });

  test("every variant leads to a character that is no variant itself", () => {
    expect(kanjiVariants.size).toBeGreaterThan(450);
    for (const plain of kanjiVariants.values()) expect(kanjiVariants.has(plain), plain).toBe(false);
    expect(foldKanji("田中")).toBe("田中");
    expect(foldKanji("髙橋　Ａｎｎ")).toBe("高橋ANN");
  });
});

test.each([
  ["José María", "JOSEMARIA"],
  ["O’Brien-Smith", "OBRIENSMITH"],
  ["Müller", "muller"],
  ["Søren", "SOREN"],
  ["ＮＧＵＹỄＮ Văn", "nguyen van"],
  ["Łukasz Đặng", "LUKASZDANG"],
  ["Strauß", "STRAUSS"],
  ["Ægir", "AEGIR"],
])("the name %s finds %s", (a, b) => {
  expect(foldLatin(a)).toBe(foldLatin(b));
  expect(foldLatin(a)).toMatch(/^[A-Z]+$/);
});

test.each([
  ["二一", 21],
  ["二十一", 21],
  ["百", 100],
  ["千二百三十四", 1234],
  ["三千十", 3010],
  ["〇", 0],
])("%s is %i", (kanji, number) => {
  expect(kanjiNumber(kanji)).toBe(number);
});
