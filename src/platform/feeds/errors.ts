import { type Unwritable, unwritableWords } from "#workflows/text/signs.ts";

/** What can be wrong with a row. The code is kept outside the vault; the row itself is not. */
export const rowErrors = {
  encoding: "文字コードが取り決めと違うため読めません。",
  quotes:
    '引用符（"）の使い方が正しくありません。閉じていないか、項目の途中にあるか、項目の中に改行があります。',
  "empty-row": "何も入っていない行です。",
  "column-count": "項目の数が足りません。",
  "record-length": "レコードの長さが取り決めと違います。",
  "surplus-column": "取り決めにない項目が付いています。取り決めた項目だけを受け取ります。",
  "surplus-value": "この異動では受け取らない項目に値が入っています。",
  nobody: "どなたの行か読み取れません。",
  missing: "必須の項目が空です。",
  control: unwritableWords.control,
  replacement: unwritableWords.replacement,
  invisible: unwritableWords.invisible,
  noncharacter: unwritableWords.noncharacter,
  "too-long": "長すぎます。",
  "not-a-date": "日付として読めないか、存在しない日です。",
  "birth-unknown":
    "生年も分からない生年月日は、受け取る取り決めがありません。送付元に確かめてください。",
  "future-date": "ファイルの基準日より後の日付です。",
  "date-order": "前後の日付と矛盾しています。",
  "unknown-code": "コード表にない値です。",
  "check-digit": "検査数字が合いません。",
  "not-kana": "カタカナ以外の文字が入っています。",
  "not-a-number": "番号の形式が違います。",
  "not-an-amount": "金額の形式が違います。",
  "out-of-range": "ありえない値です。",
  mismatch: "ほかの項目と矛盾しています。",
  duplicate: "同じ番号の行がファイルの中にもうあります。",
  refused: "同じ番号がほかの方に使われているため、反映できません。",
} as const satisfies Readonly<Record<Unwritable, string>> & Readonly<Record<string, string>>;
export type RowErrorCode = keyof typeof rowErrors;

/** One fault of a row: where and what, never the value. */
export interface RowError {
  /** Item of the kind, such as `birthDate`; `row` for the row as a whole. */
  field: string;
  code: RowErrorCode;
}
