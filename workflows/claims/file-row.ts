/** Why a row of a file of claims becomes no claim; the database keeps `item:code`, never what the row says. */
export const rowFaults = {
  unreadable: "行を項目に分けて読めません（項目の数、引用符、文字コード）。",
  missing: "空欄です。",
  "not-a-date": "日付として読めないか、実在しない日です。",
  "not-a-month": "年月として読めないか、実在しない年月です。",
  "not-a-number": "数字の形式が違います。",
  "out-of-range": "ありえない値です。",
  "unknown-code": "決められた値ではありません。",
  refused: "受け付けられない値です。",
  "unknown-recipient": "この受給者番号の方は見つかりません。",
  "several-people": "この受給者番号に、複数の方が見つかりました。",
  "birth-differs": "受給者番号の方の生年月日と違います。",
  "never-entitled": "この方には、受給資格があったことがありません。",
  "in-the-future": "今日より後の日付です。",
  duplicate: "同じ内容の行が、このファイルから取り込まれています。",
  "taken-before": "同じ内容の行が、前のファイルから取り込まれています。",
} as const;
export type RowFaultCode = keyof typeof rowFaults;

/** A fault of a row: `row` of the row as a whole. */
export interface RowFault {
  readonly item: string;
  readonly code: RowFaultCode;
}

/** Why a row is given up. */
export const dropReasons = {
  duplicate: "重複している",
  "not-ours": "この事務の申請ではない",
  withdrawn: "申請者が取り下げた",
  "asked-again": "正しいデータを改めて受け取る",
} as const;

/** The same with what a file that is taken back leaves. */
export const dropTitles = { ...dropReasons, "taken-back": "ファイルの取消し" } as const;

export const rowStates = {
  waiting: "取込待ち",
  faulty: "誤り",
  claimed: "受付済み",
  incomplete: "受付済み（入力待ち）",
  dropped: "取りやめ",
  "taken-back": "取消し",
} as const;
export type RowState = keyof typeof rowStates;

export const fileStates = {
  taking: "取込中",
  taken: "取込済み",
  "taking-back": "取消し中",
  "taken-back": "取消し済み",
} as const;
export type FileState = keyof typeof fileStates;
