import { defineRule, InputError, textField } from "#workflows/rules/rule.ts";
import { accountFault, transferAccountOf } from "./japan-post-account.ts";

/** Rules about accounts. */
export const rules = [
  defineRule({
    id: "bank.japan-post",
    title: "ゆうちょ銀行の口座",
    summary: "通帳の記号と番号から、ほかの銀行から振り込むときの店番と口座番号を求める",
    fields: { symbol: textField("記号", "14990"), number: textField("番号", "12345671") },
    decide: ({ symbol, number }) => {
      const account = transferAccountOf(symbol, number);
      if (!account) {
        const { field, message } = accountFault(symbol);
        throw new InputError(field, message);
      }
      return {
        result: {
          bank: account.bankCode,
          branch: account.branchCode,
          type: account.accountType,
          account: account.accountNumber,
        },
        basis: ["ゆうちょ銀行 記号・番号から振込用の店名・預金種目・口座番号への読み替え"],
      };
    },
    examples: [
      {
        title: "総合口座・通常貯金",
        input: { symbol: "14990", number: "12345671" },
        expected: { bank: "9900", branch: "498", type: "1", account: "1234567" },
      },
      {
        title: "振替口座",
        input: { symbol: "00120-2", number: "123456" },
        expected: { bank: "9900", branch: "019", type: "2", account: "0123456" },
      },
    ],
  }),
];
