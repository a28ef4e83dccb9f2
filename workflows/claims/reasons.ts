/** Why nothing is paid for a receipt, or for a claim as a whole; printed on the notice. None says anything of an illness. */
export const refusalReasons = {
  "not-entitled": "診療を受けた日に、受給資格がなかったため",
  late: "申請の期限を過ぎているため",
  documents: "審査に必要な書類が提出されなかったため",
  "paid-in-kind": "医療機関の窓口で、すでに助成を受けているため",
  claimed: "同じ診療について、すでに助成金の支給を決定しているため",
  excluded: "ほかの制度による給付の対象となる診療のため",
  uninsured: "医療保険の適用を受けない費用のため",
  "nothing-left": "高額療養費などの給付と一部負担金を除くと、助成する額がないため",
  other: "助成の要件を満たしていないため",
} as const;
export type RefusalReason = keyof typeof refusalReasons;

/** Why a decision is cancelled before it is paid. */
export const cancellationReasons = {
  mistake: "審査又は計算に誤りがあったため",
  "insurer-paid": "医療保険からの給付が後から分かったため",
  request: "申請者からの申出があったため",
} as const;

/** Why something doubtful is accepted. */
export const acceptanceReasons = {
  "receipt-seen": "領収書の原本で確かめた",
  "asked-institution": "医療機関に確かめた",
  "asked-insurer": "保険者に確かめた",
  "asked-claimant": "申請者に確かめた",
  "other-receipt": "別の受診の領収書である",
  "certificate-seen": "領収証明書で確かめた",
} as const;
