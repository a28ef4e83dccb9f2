import { z } from "zod";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  optional,
  textField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";

const appeals = { yes: "載せる", no: "載せない" } as const;

/** What a city sets for the letters about its 返還金. */
export interface RepaymentTerms {
  /** 根拠 of asking back, as the letter names it. */
  readonly basis: string;
  /** Days from the issue to the 納期限, as it is proposed. */
  readonly dueDays: number;
  /** Days from a 督促状 or 催告書 to its 指定期限, as it is proposed. */
  readonly payByDays: number;
  /** Whether a 督促状 has a 教示: where the city treats it as a decision. */
  readonly dunningAppeal: keyof typeof appeals;
  /** 請求書発行企業コード of convenience stores, six digits; without it no slip has a barcode. */
  readonly storeCompany?: string | undefined;
  /** Digits that the collecting agent wants first in the free part of the barcode, up to ten. */
  readonly storePrefix?: string | undefined;
}

const digits = (from: number, to: number, message: string) =>
  z
    .string()
    .regex(new RegExp(`^\\d{${from},${to}}$`), { error: message })
    .optional();

/** 返還金の通知 of a 事務. Days, basis and barcode are of each city: nothing of them is established for all. */
export const repaymentTerms = (program: string, scheme: string): CityParameter<RepaymentTerms> => ({
  key: `${program}.repayment-letters`,
  title: `${scheme} 返還金の通知`,
  hint: "返還決定通知書の根拠、納期限と指定期限の日数、納付書のコンビニ収納用バーコードを定めます。",
  fields: {
    basis: textField("返還を求める根拠（通知書に載る）", "見本市こども医療費助成条例第10条"),
    dueDays: wholeField("通知書の発行から納期限まで(日)", 30, 1, 366),
    payByDays: wholeField("督促状・催告書の発行から指定期限まで(日)", 10, 1, 366),
    dunningAppeal: choiceField("督促状の教示", appeals, "no"),
    storeCompany: optional(
      textField(
        "請求書発行企業コード（先頭の4を除く6桁。なければバーコードを印字しない）",
        "999999",
      ),
    ),
    storePrefix: optional(
      textField("バーコードの自由使用欄の先頭の数字（収納代行の指定があるとき）", "01"),
    ),
  },
  schema: z.object({
    basis: z
      .string()
      .trim()
      .min(1, { error: "根拠を入力してください。" })
      .max(200, { error: "根拠は200字までで入力してください。" }),
    dueDays: wholeSchema(1, 366),
    payByDays: wholeSchema(1, 366),
    dunningAppeal: choiceSchema(appeals),
    storeCompany: digits(6, 6, "請求書発行企業コードは6桁の数字で入力してください。"),
    storePrefix: digits(1, 10, "自由使用欄の先頭は、10桁までの数字で入力してください。"),
  }),
});
