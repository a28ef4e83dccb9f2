/** Why somebody pays nothing, or less, of what a vaccination costs (自己負担減免の要件). Which of them a city has it sets itself. */
export const exemptionGrounds = {
  welfare: "生活保護を受けている",
  "tax-exempt": "世帯の全員が市町村民税非課税",
  returnee: "中国残留邦人等の支援給付を受けている",
  disaster: "災害により被災した",
  other: "市が定めるその他の要件",
} as const;
export type ExemptionGround = keyof typeof exemptionGrounds;

/** What was seen of a ground (確認資料). */
export const exemptionEvidence = {
  "welfare-certificate": "生活保護受給証明書（受給証）の写し",
  "tax-certificate": "市町村民税（非）課税証明書",
  "care-insurance": "介護保険料の通知（所得段階）",
  "returnee-identity": "支援給付の本人確認証",
  "disaster-certificate": "り災証明書",
  "welfare-list": "福祉事務所の名簿",
  other: "その他の書類",
} as const;
export type ExemptionEvidence = keyof typeof exemptionEvidence;

/** Who applies. */
export const exemptionApplicants = { self: "本人", guardian: "保護者", agent: "代理人" } as const;
export type ExemptionApplicant = keyof typeof exemptionApplicants;

/** Why an application is refused, for the letter. */
export const exemptionRefusals = {
  "ground-not-met": "減免の要件に該当しないため",
  "evidence-missing": "要件を確認できる書類の提出がないため",
  "not-a-target": "減免の対象となる予防接種ではないため",
  "not-resident": "本市の住民でないため",
  other: "その他の理由により、減免の対象と認められないため",
} as const;
export type ExemptionRefusal = keyof typeof exemptionRefusals;

/** Why a decision is taken back (取消), or ends by itself (失効). */
export const exemptionEndReasons = {
  "ground-gone": "減免の要件に該当しなくなったため",
  "wrong-facts": "申請の内容が事実と異なっていたため",
  mistaken: "決定に誤りがあったため",
  moved: "転出・死亡のため",
  declined: "本人が辞退したため",
  other: "その他の理由のため",
} as const;
export type ExemptionEndReason = keyof typeof exemptionEndReasons;

/** A step back, a withdrawal, a certificate given anew: why. */
export const exemptionStepReasons = {
  facts: "内容の確認が足りない",
  evidence: "確認資料の不足",
  withdrawn: "申請者が取り下げた",
  twice: "二重の申請",
  lost: "紛失",
  spoilt: "汚損",
  undelivered: "未着・返戻",
  changed: "氏名・住所の変更",
  other: "その他",
} as const;
export type ExemptionStepReason = keyof typeof exemptionStepReasons;
/** For which of them a certificate is given anew. */
export const reissueReasons = ["lost", "spoilt", "undelivered", "changed"] as const;
