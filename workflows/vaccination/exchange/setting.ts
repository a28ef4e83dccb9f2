import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";

const layouts = { "1": "副本ファイル 第1版（このプログラムの様式）" } as const;
const withheld = {
  flag: "自動応答不可を付けて登録する",
  "leave-out": "登録しない（登録済みは削除する）",
} as const;

/** How records of vaccination are registered as 副本. */
export interface CopySetting {
  /** Who gets the file, as it stands on the page. */
  readonly recipient: string;
  /** 法令上の根拠, as the city names it. */
  readonly basis: string;
  /** `age1…`: the recipient alone opens the file. */
  readonly publicKey: string;
  readonly layout: keyof typeof layouts;
  /** People under 支援措置, of their household, and those flagged 自動応答不可. */
  readonly withheld: keyof typeof withheld;
  readonly rowsPerPart: number;
  /** Days within which an answer is expected. */
  readonly answerDays: number;
}

const text = (label: string, most: number) =>
  z
    .string({ error: `${label}を入力してください。` })
    .trim()
    .min(2, { error: `${label}を入力してください。` })
    .max(most, { error: `${label}は${most}文字以内で入力してください。` });

const schema: z.ZodType<CopySetting> = z.object({
  recipient: text("引渡し先", 100),
  basis: text("法令上の根拠", 200),
  publicKey: z.string({ error: "公開鍵を入力してください。" }).regex(/^age1[0-9a-z]{20,3000}$/, {
    error: "引渡し先の age の公開鍵（age1…）を入力してください。",
  }),
  layout: choiceSchema(layouts),
  withheld: choiceSchema(withheld),
  rowsPerPart: wholeSchema(100, 200_000),
  answerDays: wholeSchema(1, 90),
});

/** 副本登録 of 予防接種 as a city parameter; without a row it is switched off. No layout of a real system stands behind it. */
export const copySetting: CityParameter<CopySetting> = {
  key: "vaccination.copies",
  title: "予防接種 副本登録の設定",
  hint: "接種記録を副本として引き渡すときの、引渡し先と様式です。設定がなければ登録しません。",
  fields: {
    recipient: textField("引渡し先", "統合宛名システム"),
    basis: textField("法令上の根拠", "根拠の条項を入力してください"),
    publicKey: textField(
      "引渡し先の公開鍵",
      "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
    ),
    layout: choiceField("様式", layouts, "1"),
    withheld: choiceField("支援措置・自動応答不可の方", withheld, "flag"),
    rowsPerPart: wholeField("1ファイルの行数", 100_000, 100, 200_000),
    answerDays: wholeField("回答を待つ日数", 14, 1, 90),
  },
  schema,
};
