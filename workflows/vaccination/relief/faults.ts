/** What speaks against what is claimed. All have to be put right, or what they are found against is refused for a reason. */
export const benefitFaults = {
  "no-visit": "この月には、数えられる通院・入院がありません",
  "claimed-twice": "同じ医療機関・月・区分の受診が、この請求に二度あります",
  "claimed-elsewhere": "同じ受診が、別の救済の請求にあります",
  refunded:
    "同じ受診について医療費助成の償還払いがあり、「他の給付で受けた額」がその額に足りません",
  "refund-waiting": "同じ受診について、医療費助成の償還払いの申請があり、まだ決定していません",
  "paid-before": "この月の分は、既に支給決定されています",
  "no-certificate": "受診証明書がありません",
  "before-shot": "接種した日より前の受診です",
  "future-month": "今月より後の月です",
  "not-hospital-equivalent": "B類は、入院相当の医療に限り支給されます",
  late: "請求の期限を過ぎています",
  "not-due-rank": "先の順位の遺族がいるため、この遺族は支給を受けられません",
  "not-of-class": "この接種の区分に、この給付はありません",
  "not-recognised": "厚生労働大臣の認定がない給付です",
  "not-claimed": "請求書にない給付です",
  "not-dead": "接種を受けた方の死亡の日が入力されていません",
  "no-account": "振込先口座が、別の職員によって確認されていません",
  "no-grade": "この等級の給付はありません",
  "nothing-borne": "支給する額がありません",
} as const;
export type BenefitFault = keyof typeof benefitFaults;

/** Why something of a claim is not paid; printed in the notice. */
export const benefitRefusals = {
  "not-counted": "医療手当の対象となる通院・入院がないため",
  duplicate: "同じ受診について既に請求または支給があるため",
  "other-benefit": "他の制度から同じ費用の支給を受けているため",
  "not-hospital-equivalent": "入院相当の医療に当たらないため",
  late: "請求の期限を過ぎているため",
  "not-survivor": "支給を受けられる順位の遺族でないため",
  "not-recognised": "厚生労働大臣の認定を受けていないため",
  "no-proof": "受診証明書などで確かめられないため",
} as const;

/** A finding against a row: of a visit, or of a claimed benefit. */
export interface BenefitFinding {
  readonly of: "visit" | "benefit";
  readonly number: number;
  readonly code: BenefitFault;
}
