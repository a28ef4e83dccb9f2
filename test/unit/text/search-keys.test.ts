import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFoundBy, nameKeys, type SearchedName } from "#workflows/names/search-keys.ts";

const kaoru = { kanji: "髙橋　かほる", kana: "タカハシ　カオル" };
const yu = { kanji: "鈴木ゆふ", kana: "スズキ　ユウ" };
const garcia = {
  kanji: "GARCIA MARQUEZ GABRIEL JOSE",
  kana: "ガルシア・マルケス・ガブリエル・ホセ",
};
const nguyen = {
  kanji: "グエン　ヴァン　アン",
  kana: "グエン　ヴァン　アン",
  alphabetic: "NGUYỄN VĂN AN",
};
const brien = { kanji: "O’BRIEN-SMITH, MARY", kana: "オブライエン　メアリー", alphabetic: "" };
const cruz = { kanji: "DE LA CRUZ MARIA", kana: "デラクルス　マリア" };
const park = {
  kanji: "朴　正子",
  kana: "パク　チョンジャ",
  commonName: "新井　正子",
  commonKana: "アライ　マサコ",
};

describe("氏名の検索", () => {
  test.each<[string, SearchedName, string]>([
    ["かなの名前を、書いたとおりに", kaoru, "かほる"],
    ["かなの名前を、読みで", kaoru, "カオル"],
    ["姓の読みと、書いたとおりの名", kaoru, "たかはし かほる"],
    ["漢字の姓と、書いたとおりの名", kaoru, "高橋 かほる"],
    ["姓と名のあいだに空白のない氏名", yu, "ゆふ"],
    ["読みで", yu, "すずき ゆう"],
    ["空白のあるローマ字の氏名", garcia, "garcia"],
    ["二つ目の姓", garcia, "Marquez"],
    ["名だけ", garcia, "gabriel"],
    ["名と姓が逆", garcia, "Gabriel García"],
    ["二つ目の姓のカナ", garcia, "まるけす"],
    ["続けて書いた姓と名", garcia, "GarciaMarquez"],
    ["カナのヴをバで", nguyen, "グエン バン"],
    ["ローマ字を声調なしで", nguyen, "nguyen van an"],
    ["名が先のローマ字", nguyen, "An Nguyen"],
    ["空のローマ字氏名", brien, "o'brien"],
    ["別のアポストロフィ", brien, "Oʼbrien"],
    ["ハイフンの後ろの姓", brien, "Smith"],
    ["姓, 名", brien, "Smith, Mary"],
    ["続けて書く前置詞", cruz, "delacruz"],
    ["前置詞のない姓", cruz, "Cruz"],
    ["離し方の違う前置詞", cruz, "dela cruz"],
    ["通称", park, "新井"],
    ["本名", park, "パク"],
    ["見えない文字がまじる", park, "新\u200b井 \u00ad正子"],
  ])("%s", (_, name, query) => {
    expect(isFoundBy(name, query)).toBe(true);
  });

  test.each<[string, SearchedName, string]>([
    ["違う名", kaoru, "高橋 みつる"],
    ["姓だけ合う", garcia, "Garcia Pedro"],
    ["記号だけ", kaoru, "・、-"],
    ["何もない", kaoru, ""],
    ["名の途中", yu, "ずき"],
  ])("%sでは見つからない", (_, name, query) => {
    expect(isFoundBy(name, query)).toBe(false);
  });

  test("どの方も、氏名のどの部分のはじめでも見つかる", () => {
    const word = fc.stringMatching(/^[ァ-ヴヷ]{1,6}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 2, maxLength: 4 }),
        fc.nat(),
        fc.nat(),
        (words, at, cut) => {
          const part = words[at % words.length] ?? "";
          const query = part.slice(0, 1 + (cut % part.length));
          const name = { kanji: "外国　人", kana: words.join("　") };
          expect(isFoundBy(name, query), query).toBe(true);
        },
      ),
    );
  });

  test("長い氏名でも、鍵の数は限られる", () => {
    const longest = Array.from({ length: 12 }, () => "クリストファーアレクサンダー").join("　");
    expect(nameKeys({ kanji: longest, kana: longest }).length).toBeLessThan(150);
  });
});
