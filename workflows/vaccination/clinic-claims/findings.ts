/** What a finding means for a row of a claim. */
export interface FindingRule {
  /** In words for staff and for the clinic. */
  readonly title: string;
  /** `blocks`: it cannot be paid as it stands. `asks`: somebody decides, with a reason. `tells`: it is paid all the same. */
  readonly weight: "blocks" | "asks" | "tells";
}

const blocks = (title: string): FindingRule => ({ title, weight: "blocks" });
const asks = (title: string): FindingRule => ({ title, weight: "asks" });
const tells = (title: string): FindingRule => ({ title, weight: "tells" });

/** What may be found of a slip or record that a clinic claims for, by code. */
export const findingRules = {
  "no-record": blocks("接種記録になっていません（予診票の処理待ち）。"),
  "no-price": blocks("契約単価の表に、この予防接種の単価がありません。"),
  "nothing-left": blocks("自己負担額が単価以上で、委託料がありません。"),
  "paid-refund": blocks("本人に払戻し済みの接種です。"),
  "paid-clinic": blocks("委託料を支払済みの接種です。"),
  "other-clinic": asks("同じ接種を、別の医療機関も報告しています。"),
  "not-resident": asks("接種日に、市の住民ではありません。"),
  "no-contract": asks("接種日に、この契約がありません。"),
  "other-payee": asks("この医療機関の委託料は、別の請求者に支払う契約です。"),
  suspended: asks("接種日に、医療機関が休止又は廃止しています。"),
  "not-in-register": asks("医療機関台帳にない医療機関です。"),
  "not-handled": asks("台帳では、この予防接種を扱わない医療機関です。"),
  "not-claimed": asks("この区分は請求されていません。"),
  doubtful: asks("対象年齢・接種間隔などに疑いのある接種です。"),
  "mistake-open": asks("間違い接種の調査中です（委託料の支払は未定）。"),
  "mistake-refused": asks("間違い接種のため、委託料を支払わないと決まっています。"),
  "not-born-known": asks("生年月日が不詳のため、自己負担額を年齢で決められません。"),
  "mistake-paid": tells("間違い接種ですが、委託料を支払うと決まっています。"),
  exempt: tells("自己負担の減免を受けています。"),
  late: tells("請求月より前の月の接種です。"),
  "back-again": tells("返戻の再提出です。"),
  "second-channel": tells("同じ接種を、別の経路でも受け取っています（支払は1回）。"),
} as const satisfies Record<string, FindingRule>;

export type Finding = keyof typeof findingRules;

export const findingTitle = (code: string): string =>
  (findingRules as Readonly<Record<string, FindingRule>>)[code]?.title ?? code;

/** What becomes of a row. */
export const dispositions = {
  open: "未決定",
  pay: "支払う",
  same: "別の予診票で支払う",
  return: "返戻",
  query: "照会中",
  refuse: "支払わない",
  later: "次回に回す",
} as const;
export type Disposition = keyof typeof dispositions;

/** Why a row is judged so, by what is done with it. */
export const judgingReasons = {
  pay: {
    checked: "予診票を確かめた",
    "city-agreed": "市が認めた接種",
    "contract-terms": "契約の定めによる",
    "answer-received": "医療機関の回答による",
  },
  return: {
    "sign-missing": "署名・記入漏れ",
    "lot-missing": "ロット番号の記載なし",
    "no-slip": "予診票の添付なし",
    "wrong-person": "被接種者が特定できない",
    "paid-already": "支払済み・二重の請求",
    "out-of-contract": "契約の対象外",
    "not-resident": "接種日に市民でない",
    "other-place": "別の請求先への請求",
    illegible: "判読できない",
  },
  query: {
    "given-day": "接種日の確認",
    person: "被接種者の確認",
    product: "ワクチン・ロットの確認",
    clinic: "実施した医療機関の確認",
    circumstances: "接種した事情の確認",
  },
  refuse: {
    "invalid-dose": "対象年齢・間隔の外の接種（契約の定めによる）",
    "paid-already": "支払済み・二重の請求",
    "not-resident": "接種日に市民でない",
    "out-of-contract": "契約の対象外",
  },
  later: {
    "not-claimed": "請求がない",
    "record-pending": "接種記録の処理待ち",
    "answer-pending": "照会の回答待ち",
    "price-pending": "単価の登録待ち",
  },
} as const satisfies Record<
  Exclude<Disposition, "open" | "same">,
  Readonly<Record<string, string>>
>;
export type Judged = keyof typeof judgingReasons;
const allReasons: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(judgingReasons),
);
/** A reason in words, whatever it was said for. */
export const judgingReasonTitle = (code: string): string => allReasons[code] ?? code;

/** What a clinic answered to a query. */
export const answers = {
  "as-claimed": "請求のとおり",
  corrected: "訂正して回答",
  "given-up": "請求を取り下げる",
  none: "回答なし",
} as const;

/** Why a line that differs is paid as it was reckoned. */
export const lineReasons = {
  "as-reckoned": "計算した額が正しい",
  "slips-returned": "返戻・次回回しによる差",
  "asked-clinic": "医療機関に確認した",
  other: "その他",
} as const;

/** Why a claim that came late is paid. */
export const lateReasons = {
  clinic: "医療機関の事情（市が認めた）",
  city: "市の事情",
  post: "郵便の遅れ",
  other: "その他",
} as const;

/** Why what was paid is corrected in the next month (過誤). */
export const correctionReasons = {
  "record-cancelled": "接種記録の取消",
  "other-person": "別の人の接種",
  price: "単価の誤り",
  copay: "自己負担・減免の誤り",
  "paid-twice": "二重の支払",
  "not-resident": "接種日に市民でない",
  invalid: "対象外の接種",
  other: "その他",
} as const;
