/** What may be wrong with a row of a punched file, by code: it waits until somebody corrects it, sends it back or gives it up. */
export const punchedFaults = {
  encoding: "文字コードが取り決めと違うため読めません。",
  quotes: '引用符（"）の使い方が正しくありません。',
  "empty-row": "何も入っていない行です。",
  "column-count": "項目の数が足りません。列がずれている可能性があります。",
  "surplus-column": "項目の数が多すぎます。列がずれている可能性があります。",
  "record-length": "行の長さが取り決めと違います。",
  shifted: "読めない項目がいくつもあります。列がずれている可能性があります。",
  control: "制御文字が入っています。",
  replacement: "置き換えられた文字（�）が入っています。",
  invisible: "見えない文字が入っています。",
  noncharacter: "文字でないものが入っています。",
  missing: "必須の項目が空です。",
  nobody:
    "だれの予診票か分かる項目（券番号、予防接種番号、母子健康手帳番号、氏名と生年月日）がありません。",
  "not-a-date": "日付として読めないか、存在しない日です。",
  "future-date": "今日より後の日付です。",
  "date-order": "前後の日付と矛盾しています。",
  "unknown-code": "コード表にない値です。",
  "check-digit": "桁数か検査数字が合いません。",
  "not-a-number": "数字の形式が違います。",
  "too-long": "長すぎます。",
} as const;
export type PunchedFaultCode = keyof typeof punchedFaults;

/** One fault of a row: where and what, never the value. */
export interface PunchedFault {
  readonly item: string;
  readonly code: PunchedFaultCode;
}

/** As it is kept: `item:code`. */
export const faultText = ({ item, code }: PunchedFault): string => `${item}:${code}`;

/** A fault as it was kept. */
export function readFault(text: string): PunchedFault {
  const [item = "row", code = "missing"] = text.split(":");
  return { item, code: code as PunchedFaultCode };
}

/** From so many items on that cannot be read, the columns are thought to be shifted. */
export const shiftedFrom = 3;

/** Why a row is given up. */
export const dropTitles = {
  twice: "同じ予診票が二重にある",
  "not-ours": "この市の分でない",
  blank: "白紙・書損じ",
  unreadable: "原本も読めない",
} as const;
export type DropReason = keyof typeof dropTitles;
