import { defineRule, optional, textField } from "#workflows/rules/rule.ts";
import { isFoundBy } from "./search-keys.ts";

/** Rules about names. */
export const rules = [
  defineRule({
    id: "name.find",
    title: "氏名の検索",
    summary: "住民検索でその文字を入力したとき、その氏名の方が見つかるかどうかを求める",
    fields: {
      name: textField("氏名", "髙橋　かほる"),
      kana: optional(textField("カナ", "タカハシ　カオル")),
      latin: optional(textField("ローマ字氏名", "TAKAHASHI KAORU")),
      query: textField("検索する文字", "たかはし かほる"),
    },
    decide: ({ name, kana, latin, query }) => ({
      result: {
        found: isFoundBy(
          { kanji: name, kana: kana ?? "", ...(latin && { alphabetic: latin }) },
          query,
        ),
      },
      basis: ["住民検索の索引と同じ計算"],
    }),
    examples: [
      {
        title: "かなで書く名前は、読みでも、書いたとおりのかなでも見つかる",
        input: { name: "髙橋　かほる", kana: "タカハシ　カオル", query: "高橋 かほる" },
        expected: { found: true },
      },
      {
        title: "ローマ字の氏名は、姓が後ろにあっても見つかる",
        input: { name: "NGUYEN VAN AN", kana: "", query: "An Nguyen" },
        expected: { found: true },
      },
      {
        title: "ほかの方は見つからない",
        input: { name: "山田　太郎", kana: "ヤマダ　タロウ", query: "さとう" },
        expected: { found: false },
      },
    ],
  }),
];
