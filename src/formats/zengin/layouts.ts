import { characters, digits } from "./records.ts";

/**
 * 全国銀行協会 標準通信プロトコル(ベーシック手順)適用業務およびレコード・フォーマット (令和元年12月)
 * section 8 総合振込, sections 15 and 16 預金口座振替. Every layout has 120 bytes.
 */
const kindOf = (code: string) => digits("record", "データ区分", 1, new RegExp(`^${code}$`));
const filler = (length: number) => characters("filler", "ダミー", length, "open");

const header = <const T extends string>(type: T, date: string, bank: string) =>
  [
    kindOf("1"),
    digits("type", "種別コード", 2, new RegExp(`^${type}$`)),
    digits("code", "コード区分", 1, /^0$/),
    digits("originatorCode", "委託者コード", 10),
    characters("originatorName", "委託者名", 40, "party", /\S/),
    digits("date", date, 4, /^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/),
    digits("bankCode", `${bank}銀行番号`, 4),
    characters("bankName", `${bank}銀行名`, 15, "bank"),
    digits("branchCode", `${bank}支店番号`, 3),
    characters("branchName", `${bank}支店名`, 15, "bank"),
    digits("accountType", "預金種目", 1, /^[129]$/),
    digits("accountNumber", "口座番号", 7),
    filler(17),
  ] as const;

/** 総合振込: money paid out of the city's account. */
export const transferLayouts = {
  header: header("21", "振込指定日", "仕向"),
  data: [
    kindOf("2"),
    digits("bankCode", "被仕向銀行番号", 4),
    characters("bankName", "被仕向銀行名", 15, "bank"),
    digits("branchCode", "被仕向支店番号", 3),
    characters("branchName", "被仕向支店名", 15, "bank"),
    characters("clearingHouse", "手形交換所番号", 4, "open", /^(\d{4}| {4})$/),
    digits("accountType", "預金種目", 1, /^[1249]$/),
    digits("accountNumber", "口座番号", 7),
    characters("name", "受取人名", 30, "party", /\S/),
    digits("amount", "振込金額", 10, /[1-9]/),
    digits("newCode", "新規コード", 1, /^[012]$/),
    characters("customerCodes", "顧客コード", 20, "edi"),
    characters("category", "振込指定区分", 1, "open", /^[078 ]$/),
    characters("identification", "識別表示", 1, "open", /^[Y ]$/),
    filler(7),
  ],
  trailer: [
    kindOf("8"),
    digits("count", "合計件数", 6),
    digits("amount", "合計金額", 12),
    filler(101),
  ],
} as const;

/** 口座振替: money drawn into the city's account; the bank returns the same file with its results. */
export const debitLayouts = {
  header: header("91", "引落日", "取引"),
  data: [
    kindOf("2"),
    digits("bankCode", "引落銀行番号", 4),
    characters("bankName", "引落銀行名", 15, "bank"),
    digits("branchCode", "引落支店番号", 3),
    characters("branchName", "引落支店名", 15, "bank"),
    characters("unused", "ダミー", 4, "open"),
    digits("accountType", "預金種目", 1, /^[1239]$/),
    digits("accountNumber", "口座番号", 7),
    characters("name", "預金者名", 30, "party", /\S/),
    digits("amount", "引落金額", 10, /[1-9]/),
    digits("newCode", "新規コード", 1, /^[012]$/),
    characters("customerNumber", "顧客番号", 20, "open"),
    digits("result", "振替結果コード", 1, /^[0123489]$/),
    filler(8),
  ],
  trailer: [
    kindOf("8"),
    digits("count", "合計件数", 6),
    digits("amount", "合計金額", 12),
    digits("collectedCount", "振替済件数", 6),
    digits("collectedAmount", "振替済金額", 12),
    digits("uncollectedCount", "振替不能件数", 6),
    digits("uncollectedAmount", "振替不能金額", 12),
    filler(65),
  ],
} as const;

/** The last record of both. */
export const endLayout = [kindOf("9"), filler(119)] as const;
