/** What can be entered of a person in 予防接種. */
export const specialKinds = {
  "long-illness": "長期療養特例",
  caution: "要注意",
  disaster: "震災特例",
  stay: "滞在先",
  "mailing-address": "送付先",
  pregnancy: "妊娠",
  disability: "60～64歳の対象となる障害",
  memo: "特記事項",
} as const;
export type SpecialKind = keyof typeof specialKinds;

/** What a second person decides, because it makes a shot legal that would not be. */
export const needsTwo = (kind: SpecialKind): boolean => kind === "long-illness";

/** Of these a place is entered, of all others words. */
export const hasAddress = (kind: SpecialKind): boolean =>
  kind === "stay" || kind === "mailing-address";

/**
 * Why it is entered. Those of 長期療養特例 name in short what the ordinance lists; the diseases themselves are judged by the doctor
 * whose letter was seen.
 */
export const specialReasons = {
  "long-illness": {
    disease: "重い病気にかかっていた",
    immunity: "臓器移植後などの免疫を抑える治療を受けていた",
    equivalent: "これらに準ずると医師が認めた",
    other: "その他のやむを得ない事情",
  },
  caution: {
    reaction: "過去の接種後の反応",
    allergy: "アレルギー",
    convulsion: "けいれんの既往",
    disease: "基礎疾患・治療中",
    other: "その他",
  },
  disaster: { evacuee: "避難している", damaged: "被災した", other: "その他" },
  stay: {
    homecoming: "里帰り",
    hospital: "入院",
    facility: "施設への入所",
    work: "仕事・就学",
    other: "その他",
  },
  "mailing-address": {
    hospital: "入院・入所",
    apart: "住所と居所が異なる",
    representative: "代理人・後見人が受け取る",
    work: "単身赴任・出張",
    other: "その他",
  },
  pregnancy: { notice: "妊娠の届出", told: "本人の申出" },
  disability: {
    heart: "心臓の機能の障害",
    kidney: "腎臓の機能の障害",
    respiratory: "呼吸器の機能の障害",
    hiv: "HIVによる免疫の機能の障害",
  },
  memo: { memo: "特記事項" },
} as const satisfies Record<SpecialKind, Readonly<Record<string, string>>>;

/** Title of a reason of a kind. */
export const specialReasonTitle = (kind: SpecialKind, reason: string): string =>
  (specialReasons[kind] as Readonly<Record<string, string>>)[reason] ?? reason;

/** What was seen (確認資料). */
export const specialEvidence = {
  doctor: "診断書・医師の意見書",
  handbook: "身体障害者手帳（1級相当）の写し",
  "mother-child": "母子健康手帳・妊娠届出書",
  "disaster-certificate": "り災証明書・避難者の証明",
  identity: "本人確認書類・在所証明",
  told: "申出のみ",
  other: "その他の書類",
} as const;
export type SpecialEvidence = keyof typeof specialEvidence;

/** What has to be seen: where it opens a target, a paper that proves it; else also what somebody says. */
export function evidenceFor(kind: SpecialKind): readonly SpecialEvidence[] {
  if (kind === "long-illness") return ["doctor"];
  if (kind === "disability") return ["handbook", "doctor"];
  if (kind === "pregnancy") return ["mother-child", "doctor"];
  return ["told", "identity", "doctor", "disaster-certificate", "other"];
}

/** Why an entry ends or is taken off. */
export const specialEndReasons = {
  over: "事情がなくなった",
  moved: "転出・死亡",
  told: "本人・保護者の申出",
  mistaken: "入力の誤り",
  evidence: "根拠が足りない",
  other: "その他",
} as const;
export type SpecialEndReason = keyof typeof specialEndReasons;
