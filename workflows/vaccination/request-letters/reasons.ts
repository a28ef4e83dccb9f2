/*
 * Codes of 予防接種実施依頼書 as they stand in the database, with their words. Which reasons a city accepts is a dated parameter
 * (terms.ts); none of these says anything of an illness or of a family's quarrel beyond what the letter itself prints.
 */

/** Why the vaccination is given elsewhere. */
export const requestReasons = {
  homecoming: "里帰り出産などで、長く市外に滞在するため",
  "living-apart": "家庭の事情で、住民票のある市を離れて生活しているため",
  hospital: "市外の医療機関に入院・通院していて、そこでの接種が適当なため",
  facility: "市外の施設に入所しているため",
  study: "市外で就学していて、帰省が難しいため",
  other: "市長が必要と認めるため",
} as const;
export type RequestReason = keyof typeof requestReasons;

/** To whom the letter is written; the host decides which. */
export const addresseeKinds = { municipality: "市区町村長", clinic: "医療機関の長" } as const;

/** Who pays on the day of the shot. */
export const payments = {
  self: "本人が全額を支払い、市に払戻しを請求する",
  host: "滞在先の自治体が負担する（市への払戻しの請求はできない）",
} as const;
export type Payment = keyof typeof payments;

/** How an application or a claim came. */
export const channels = { window: "窓口", post: "郵送", electronic: "電子申請" } as const;

/** What the place of the stay has agreed with the city, as the city's table has it. */
export const agreements = {
  none: "なし",
  mutual: "県内相互乗入れ（依頼書は要らない）",
  regional: "広域化の契約（依頼書は要らない）",
  "host-pays": "滞在先の自治体が費用を負担する",
} as const;
export type Agreement = keyof typeof agreements;

/** Why no letter is issued; printed on the notice. */
export const rejectionReasons = {
  "not-resident": "接種を受ける日に、本市の住民でないため",
  "not-target": "接種を受ける日に、定期の予防接種の対象者でないため",
  "already-given": "すでに必要な回数の接種を受けているため",
  "letter-open": "同じ接種について、有効な依頼書をすでに交付しているため",
  "contract-covers": "滞在先の医療機関で、依頼書がなくても定期の予防接種を受けられるため",
  "not-covered": "本市が依頼書の対象とする予防接種でないため",
  reason: "依頼書を交付する理由に当たらないため",
  documents: "審査に必要な書類が提出されなかったため",
} as const;

/** Why a letter is cancelled before it is used up. */
export const letterCancellationReasons = {
  moved: "本市の住民でなくなったため",
  request: "申請者からの申出があったため",
  mistake: "交付の内容に誤りがあったため",
} as const;

/** Why a letter is issued anew; the one before ends. */
export const reissueReasons = {
  lost: "紛失",
  damaged: "汚損・破損",
  "not-arrived": "不着",
  misprint: "記載の誤り",
} as const;

/** How a letter goes out. */
export const sendingWays = {
  applicant: "申請者に郵送",
  addressee: "宛先に郵送",
  handed: "窓口で手渡し",
} as const;

/** Why a finding against a dose is accepted. */
export const acceptanceReasons = {
  "special-case": "特例の対象であることを証明する書類で確かめた",
  "host-asked": "滞在先の自治体・医療機関に確かめた",
  "handbook-seen": "母子健康手帳で確かめた",
  "applicant-asked": "申請者に確かめた",
} as const;

/** What became of a dose of a letter: a screening alone (予診のみ) leaves it open. */
export const outcomes = {
  given: "接種した",
  screened: "予診のみ",
  "not-given": "接種しない",
} as const;

/** How a dose of a letter stands. */
export const lineStates = {
  open: "接種待ち",
  given: "接種済み",
  "not-given": "接種せず",
  expired: "期限切れ",
  cancelled: "取消し",
} as const;

/** Why nothing is refunded; printed on the notice. */
export const refundRefusals = {
  "host-paid": "滞在先の自治体が費用を負担しているため",
  "no-letter": "接種を受けた日に、有効な依頼書がなかったため",
  late: "請求の期限を過ぎているため",
  "no-price": "本市の契約単価がない予防接種のため",
  "not-refunded": "本市が払戻しの対象とする予防接種でないため",
  "paid-already": "同じ接種の費用を、すでに支払っているため",
  documents: "審査に必要な書類が提出されなかったため",
} as const;
export type RefundRefusal = keyof typeof refundRefusals;

/** Why a decision on a refund is cancelled before it is paid. */
export const refundCancellationReasons = {
  mistake: "審査又は計算に誤りがあったため",
  "host-paid": "滞在先の自治体の助成が後から分かったため",
  request: "請求した方からの申出があったため",
} as const;

/** Papers that come with a claim. */
export const refundDocuments = {
  receipt: "領収書の原本（ワクチン名が分かるもの）",
  record: "母子健康手帳・接種済証の写し",
  slip: "予診票の原本又は写し",
  letter: "依頼書の写し",
} as const;
