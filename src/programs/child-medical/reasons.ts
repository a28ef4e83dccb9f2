/** Why an application is refused, in the words of the notice. */
export const rejectionReasonTitles = {
  age: "対象年齢の要件を満たしていないため",
  residence: "本市に住所を有していないため",
  insurance: "医療保険各法の被保険者又は被扶養者でないため",
  welfare: "生活保護法による保護を受けているため",
  documents: "審査に必要な書類が期限までに提出されなかったため",
  duplicate: "既に受給資格の認定を受けているため",
} as const;
export type RejectionReason = keyof typeof rejectionReasonTitles;

/** Why an entitlement is revoked ex officio. */
export const revocationReasonTitles = {
  mistake: "認定の要件を満たしていなかったことが判明したため",
  fraud: "偽りその他不正の手段により認定を受けたため",
} as const;
export type RevocationReason = keyof typeof revocationReasonTitles;

/** Why an entitlement ends. */
export const lossReasonTitles = {
  "moved-out": "市外への転出",
  died: "死亡",
  age: "対象年齢の終了",
  welfare: "生活保護の開始",
  other: "その他",
} as const;
export type LossReason = keyof typeof lossReasonTitles;

export const issueReasonTitles = {
  first: "新規交付",
  lost: "紛失・盗難",
  damaged: "汚損・破損",
  changed: "記載事項の変更",
  other: "その他",
} as const;
export type IssueReason = keyof typeof issueReasonTitles;

export const certificateEndingTitles = {
  replaced: "再交付により無効",
  returned: "返還",
  cancelled: "無効",
  "lost-entitlement": "資格喪失により失効",
  revoked: "職権取消により失効",
} as const;
