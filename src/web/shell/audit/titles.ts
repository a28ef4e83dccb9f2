/** Kinds of records in words. */
export const kindTitles: Record<string, string> = {
  look: "閲覧",
  search: "検索",
  select: "抽出",
  change: "変更",
  event: "画面・操作",
  print: "印刷",
  export: "出力",
  verify: "検証",
  erase: "消去",
  "sign-in": "サインイン",
  refusal: "拒否",
  log: "記録の管理",
};

export const itemTitles: Record<string, string> = {
  facts: "基本",
  "birth-date": "生年月日",
  sex: "性別",
  residence: "住民となった日・異動",
  certificate: "受給者証",
  name: "氏名",
  address: "住所",
  "individual-number": "個人番号",
  register: "住民記録",
  household: "世帯",
  tax: "税情報",
  welfare: "福祉情報",
  application: "申請内容",
  comment: "コメント",
  note: "メモ",
  attachment: "添付",
  document: "文書",
  "inquiry-answer": "照会の回答",
  income: "所得",
  "mailing-comment": "一括発送のコメント",
  "payment-account": "振込先口座",
  payment: "支払",
  "payment-comment": "支払のコメント",
  "transfer-file": "振込データ",
  "repayment-notice": "返還の通知",
  "release-reason": "保留を解除した理由",
  "settle-reason": "見合わせた郵便物をどう済ませたか",
  draft: "下書き",
  records: "連携ファイルの行",
  "record-numbers": "連携ファイルの個人番号",
  statement: "説明・判断の文",
  "access-log": "アクセス記録",
};

/** Items seen or changed, in words. */
export const itemWords = (items: readonly string[] | null): string =>
  [...new Set(items?.map((item) => itemTitles[item] ?? "その他"))].join("・");
