/** What can be decided about a receipt that is not clear. */
export const decisionTitles = {
  accept: "支払う",
  query: "照会する",
  return: "返戻する",
} as const;
export type ReceiptAction = keyof typeof decisionTitles;

/** Why a receipt is accepted, asked about or sent back. Chosen, never typed: nothing personal stands in a decision. */
export const decisionReasons = {
  accept: {
    "confirmed-institution": "医療機関に確認した",
    "confirmed-recipient": "受給者に確認した",
    "insurance-changed": "保険の変更を確認した",
    "not-a-duplicate": "別の診療であることを確認した",
    "within-ordinance": "市の定めに合うことを確認した",
  },
  query: {
    "ask-institution": "医療機関に照会する",
    "ask-channel": "審査支払機関に照会する",
    "ask-recipient": "受給者に照会する",
  },
  return: {
    "not-entitled": "受給資格がない",
    "wrong-number": "受給者番号・負担者番号の誤り",
    "wrong-amount": "一部負担金の誤り",
    "double-claim": "重複請求",
    "wrong-record": "記録の誤り",
    "other-fund": "他の公費の誤り",
  },
} as const satisfies Record<ReceiptAction, Record<string, string>>;

/** Reasons of an action by their codes. */
export const reasonsOf = (action: ReceiptAction): Readonly<Record<string, string>> =>
  decisionReasons[action];

/** Why what a channel claims differs from the ledger. */
export const differenceReasons = {
  held: "照会中・返戻したレセプトがある",
  adjusted: "過誤・再審査の調整がある",
  "channel-figure": "審査支払機関に確認した額である",
} as const;

/** By which way receipts come. */
export const channelTitles = {
  "payment-fund": "支払基金",
  federation: "国保連",
  "elderly-union": "後期高齢者医療広域連合",
  direct: "医療機関（直接）",
} as const;
export type ReceiptChannel = keyof typeof channelTitles;

/** How a paid receipt is corrected. */
export const adjustmentTitles = {
  withdrawal: "過誤",
  "re-examination": "再審査",
  /** Other amounts without another examination: a share above the cap, say. */
  balancing: "調整",
} as const;
export type AdjustmentKind = keyof typeof adjustmentTitles;

/** Rows of the ledger: what each adds or takes away. */
export const benefitKinds = {
  original: "給付",
  "taken-back": "取戻し",
  withdrawal: "過誤",
  "re-examination": "再審査",
  balancing: "調整",
} as const;
