import { z } from "zod";
import { findBank, findBranch } from "#db/bank/banks.ts";
import { figures, fullWidthKatakana } from "#workflows/text/widths.ts";
import { codesOf } from "../intake/index.ts";
import { type EntryPart, kanaText } from "./part.ts";
import { plain } from "./read-text.ts";

export const accountKindTitles = { ordinary: "普通", current: "当座", savings: "貯蓄" } as const;

const schema = z
  .strictObject({
    bankCode: z
      .string()
      .refine((code) => findBank(code) !== undefined, "金融機関コードが見つかりません。"),
    branchCode: z.string().regex(/^\d{3}$/, "店番は3桁の数字で入力してください。"),
    kind: z.enum(codesOf(accountKindTitles), "口座の種類を選んでください。"),
    number: z.string().regex(/^\d{7}$/, "口座番号は7桁の数字で入力してください。"),
    holderKana: kanaText("口座名義"),
  })
  .refine((value) => findBranch(value.bankCode, value.branchCode) !== undefined, {
    path: ["branchCode"],
    message: "この金融機関にその店番はありません。",
  });

/** 振込先口座. */
export type Account = z.infer<typeof schema>;

/** Of the number only its end is printed: notices go by post. */
const inLetters = (account: Account) =>
  `${account.bankCode}-${account.branchCode} ${accountKindTitles[account.kind]} ****${account.number.slice(-3)}`;

export const accountPart: EntryPart<Account> = {
  name: "account",
  schema,
  readers: {
    bankCode: figures,
    branchCode: figures,
    kind: plain,
    number: figures,
    holderKana: fullWidthKatakana,
  },
  items: (account) => [
    {
      label: "振込先口座",
      value: `${account.bankCode}-${account.branchCode} ${accountKindTitles[account.kind]} ${account.number}`,
      letter: inLetters(account),
    },
    { label: "口座名義", value: account.holderKana },
  ],
};
