import { plainDashes } from "#workflows/text/signs.ts";

/** How an account of ゆうちょ銀行 is named in files of other banks. */
export interface TransferAccount {
  readonly bankCode: "9900";
  readonly branchCode: string;
  /** 1 普通, 2 当座 */
  readonly accountType: "1" | "2";
  readonly accountNumber: string;
}

/**
 * The account for transfers from 記号 and 番号 of a passbook: `1abc0` is branch `ab8`, 普通, the number
 * without its last digit, which is always 1; `0abcd` is branch `ab9`, 当座, the whole number. A digit behind a hyphen of the
 * 記号 (a passbook issued again) does not count. Nothing when it cannot be such an account.
 */
export function transferAccountOf(symbol: string, number: string): TransferAccount | undefined {
  const [, first, branch, last] = /^([01])(\d\d)\d(\d)(?:-?\d)?$/.exec(halfWidth(symbol)) ?? [];
  const digits = halfWidth(number);
  if (first === "1" && last === "0" && /^\d{1,7}1$/.test(digits))
    return {
      bankCode: "9900",
      branchCode: `${branch}8`,
      accountType: "1",
      accountNumber: digits.slice(0, -1).padStart(7, "0"),
    };
  if (first === "0" && /^\d{1,7}$/.test(digits))
    return {
      bankCode: "9900",
      branchCode: `${branch}9`,
      accountType: "2",
      accountNumber: digits.padStart(7, "0"),
    };
  return undefined;
}

/** Why there is no account under a 記号 and 番号 for which {@link transferAccountOf} gives none, at its field. */
export function accountFault(symbol: string): { field: "symbol" | "number"; message: string } {
  const plain = halfWidth(symbol);
  if (/^1\d{3}0(-?\d)?$/.test(plain))
    return {
      field: "number",
      message: "番号が正しくありません。総合口座・通常貯金の番号は、2桁から8桁で、最後が1です。",
    };
  return /^0\d{4}(-?\d)?$/.test(plain)
    ? { field: "number", message: "番号が正しくありません。振替口座の番号は、7桁までの数字です。" }
    : {
        field: "symbol",
        message: "記号が正しくありません。1で始まり0で終わる5桁か、0で始まる5桁です。",
      };
}

const halfWidth = (text: string) => plainDashes(text).normalize("NFKC").replace(/\s/g, "");
