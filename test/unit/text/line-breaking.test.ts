import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { builtInFonts } from "#forms/fonts/fonts.ts";
import { atSpace, betweenParts, mayBreak, measure, wrap } from "#forms/language/wrap.ts";

const glyphsOf = (text: string) => builtInFonts.shape(text, "gothic", "text").glyphs;
const linesOf = (text: string, width: number, rules = [mayBreak]) =>
  wrap(glyphsOf(text), width, rules).map((line) => line.map((glyph) => glyph.text).join(""));

describe("本文の改行", () => {
  const running = fc
    .array(fc.constantFrom(..."予防接種のお知らせをします。、」「（）ー・ッ々0円"), {
      maxLength: 80,
    })
    .map((characters) => characters.join(""));

  test("文字を落とさず、足さない", () => {
    fc.assert(
      fc.property(running, fc.integer({ min: 4, max: 30 }), (text, width) => {
        expect(linesOf(text, width).join("")).toBe(text);
      }),
    );
  });
  test("どの行も幅に収まる", () => {
    fc.assert(
      fc.property(running, fc.integer({ min: 4, max: 30 }), (text, width) => {
        for (const line of wrap(glyphsOf(text), width))
          expect(measure(line)).toBeLessThanOrEqual(width + 1e-6);
      }),
    );
  });
  test("句読点と閉じかっこは行の頭に、開きかっこは行の終わりに来ない", () => {
    expect(linesOf("期限は、四月一日（火）です。", 7)).toEqual([
      "期限は、四月一",
      "日（火）です。",
    ]);
    expect(linesOf("期限は、四月一日（火）です。", 6)).toEqual([
      "期限は、四月",
      "一日（火）で",
      "す。",
    ]);
    expect(linesOf("お持ちください。", 7)).toEqual(["お持ちくださ", "い。"]);
    expect(linesOf("次のもの（原本）", 5)).toEqual(["次のもの", "（原本）"]);
  });
  test("数字と、数える言葉の間では改行しない", () => {
    expect(linesOf("毎年必要です。2ページ目を確認", 8)).toEqual([
      "毎年必要です。",
      "2ページ目を確認",
    ]);
    expect(linesOf("期限は令和8年12月です", 7.5)).toEqual(["期限は令和8年", "12月です"]);
  });
  test("数字と英字の語は途中で切らない", () => {
    expect(linesOf("番号は1234567です", 5)).toEqual(["番号は", "1234567で", "す"]);
  });
});

describe("住所の改行", () => {
  const address = [atSpace, betweenParts, mayBreak];
  test("方書の前で改行する", () => {
    expect(linesOf("熊本市中央区手取本町99番1号 見本マンション305号", 20, address)).toEqual([
      "熊本市中央区手取本町99番1号",
      "見本マンション305号",
    ]);
  });
  test("番地は途中で切らず、番地の前で改行する", () => {
    expect(linesOf("熊本市南区奥古閑町字見本屋敷九千八百七十六番地の五十四", 20, address)).toEqual([
      "熊本市南区奥古閑町字見本屋敷",
      "九千八百七十六番地の五十四",
    ]);
    expect(linesOf("熊本市中央区水前寺99丁目8番7号の6", 12, address)).toEqual([
      "熊本市中央区水前寺",
      "99丁目8番7号の6",
    ]);
  });
  test("片仮名の建物名は語のまま次の行に送る", () => {
    expect(linesOf("グランドサンプル熊本リバーサイドタワー第2号棟", 14, address)).toEqual([
      "グランドサンプル熊本",
      "リバーサイドタワー第2号棟",
    ]);
  });
});
