/**
 * How much a fault weighs. `remark`: said beside the receipt, which is paid. `doubtful`: somebody decides.
 * `blocked`: cannot be paid as it is; it goes back, is asked about, or is judged again when the register has changed.
 */
export type FaultLevel = "remark" | "doubtful" | "blocked";

interface FaultKind {
  readonly title: string;
  readonly level: FaultLevel;
  /** Whether accepting it nevertheless wants a second person: money, or whose it is, differs. */
  readonly second?: true;
}

/** What can be against a receipt. The database knows the same codes with level and second person (`receipts.fault_kind`). */
export const receiptFaults = {
  "format-remark": { title: "記録の書き方が仕様と違います（読めました）。", level: "remark" },
  "format-doubtful": {
    title: "記録の内容が仕様と合いません。",
    level: "doubtful",
    second: true,
  },
  "format-blocked": { title: "記録が読めないか、必要な項目がありません。", level: "blocked" },
  "payer-unknown": { title: "市の公費負担者番号がありません。", level: "blocked" },
  "two-subsidies": {
    title: "市の公費が2つ以上あります。",
    level: "doubtful",
    second: true,
  },
  "number-unknown": { title: "受給者番号に当たる方がいません。", level: "blocked" },
  "number-padded": {
    title: "受給者番号の桁をそろえて、受給者を見つけました。",
    level: "remark",
  },
  "old-number": {
    title: "診療年月の番号ではない受給者番号から、受給者を見つけました。",
    level: "remark",
  },
  "birth-differs": {
    title: "生年月日が、受給者番号の方のものと違います。",
    level: "doubtful",
    second: true,
  },
  "no-entitlement": { title: "受給資格がありません。", level: "blocked" },
  "outside-period": { title: "診療年月が、受給資格の期間の外です。", level: "blocked" },
  suspended: { title: "診療年月に、受給資格が停止しています。", level: "blocked" },
  "suspended-part": {
    title: "診療年月の一部の日に、受給資格が停止しています。診療日を確かめてください。",
    level: "doubtful",
    second: true,
  },
  "insurer-differs": {
    title: "保険者番号が、前に受け取ったレセプトと違います。",
    level: "doubtful",
  },
  "other-fund-differs": {
    title: "併用する公費が、同じ医療機関の前のレセプトと違います。",
    level: "remark",
  },
  "fund-order": {
    title: "公費の並びが優先順位と違います。",
    level: "doubtful",
  },
  duplicate: {
    title: "同じ医療機関・診療年月・入外・受給者・点数のレセプトがもうあります。",
    level: "doubtful",
    second: true,
  },
  "copay-differs": {
    title: "一部負担金の額が、市の定めから求めた額と違います。",
    level: "doubtful",
    second: true,
  },
  "copay-unknown": {
    title: "診療年月の一部負担金の定めが登録されていないため、額を比べていません。",
    level: "remark",
  },
  "long-term-care": {
    title: "介護サービスは、この事業の対象ではありません。",
    level: "blocked",
  },
  "stated-differs": {
    title: "レセプトの保険負担額か公費負担額が、点数から求めた額と違います。",
    level: "doubtful",
    second: true,
  },
  "terms-missing": {
    title: "診療年月の自己負担上限月額が登録されていません。",
    level: "doubtful",
    second: true,
  },
  "payer-differs": {
    title: "公費負担者番号が、受給者証のものと違います。",
    level: "doubtful",
    second: true,
  },
  "category-differs": {
    title: "適用区分が、受給者証のものと違います。",
    level: "doubtful",
    second: true,
  },
  "cap-exceeded": {
    title: "診療年月の自己負担の合計が、自己負担上限月額を超えています。",
    level: "doubtful",
    second: true,
  },
  "cap-not-reached": {
    title: "自己負担が求めた額より少なく、診療年月の合計も自己負担上限月額に届いていません。",
    level: "doubtful",
  },
  "not-designated": {
    title: "診療年月に指定医療機関ではありません。",
    level: "doubtful",
    second: true,
  },
  "period-part": {
    title: "診療年月の一部の日だけが、有効期間です。",
    level: "remark",
  },
  "refund-due": {
    title: "市の定めでは、償還払いとする診療です。",
    level: "doubtful",
    second: true,
  },
  "category-missing": {
    title: "高額療養費に当たりうる額で、適用区分の記録がありません。",
    level: "remark",
  },
  "copay-above-cost": { title: "負担金額が総医療費より多くなっています。", level: "blocked" },
  "points-high": {
    title: "点数が、確かめる基準より多くなっています。",
    level: "doubtful",
    second: true,
  },
  "future-month": { title: "診療年月が請求年月と同じか後です。", level: "blocked" },
  "claim-month-differs": {
    title: "医療機関の記録の請求年月が、受け取ったファイルの請求年月と違います。",
    level: "remark",
  },
  "moved-on": {
    title: "点検のあとに受給資格が変わりました。もう一度点検してください。",
    level: "blocked",
  },
} as const satisfies Record<string, FaultKind>;

export type ReceiptFaultCode = keyof typeof receiptFaults;

/** What can be against a file as a whole; it does not stop its receipts. */
export const fileFaults = {
  "totals-differ": "総件数か総合計点数が、読んだレセプトと合いません。",
  "cut-off": "途中で切れています。",
  misplaced: "置けない場所にあるレコードです。",
  "no-totals": "請求書（GO）のレコードがありません。",
} as const;

export type FileFaultCode = keyof typeof fileFaults;

/** Title of a fault of a receipt or a file, by its code. */
export const faultTitle = (code: string): string =>
  ((receiptFaults as Record<string, FaultKind>)[code]?.title ??
    (fileFaults as Record<string, string>)[code]) ||
  code;
