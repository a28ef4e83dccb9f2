import type { RefusalReason } from "./reasons.ts";

interface FaultKind {
  readonly title: string;
  /** `blocked`: it can't be refunded as it stands. `doubtful`: somebody looks and accepts it with a reason. */
  readonly level: "blocked" | "doubtful";
  /** With which reason the receipt is refused, where nothing is mended. */
  readonly refusal?: RefusalReason;
}

/** What can be against a receipt of a claim. The database knows the same codes (`claims.fault_level`); a test holds both together. */
export const claimFaults = {
  "no-receipt": {
    title: "領収書も領収証明書も提出されていません。",
    level: "blocked",
    refusal: "documents",
  },
  "receipt-lost": {
    title: "領収書がなく、医療機関の領収証明書だけです。",
    level: "doubtful",
  },
  "no-insurer-decision": {
    title: "保険者の支給決定通知書がありません。先に保険者への請求が必要です。",
    level: "blocked",
    refusal: "documents",
  },
  "no-doctor": {
    title: "治療用装具の、医師の証明書がありません。",
    level: "blocked",
    refusal: "documents",
  },
  "future-month": { title: "診療年月が今月より後です。", level: "blocked", refusal: "other" },
  "day-impossible": {
    title: "診療日が、診療年月にない日です。",
    level: "blocked",
    refusal: "other",
  },
  "not-entitled": {
    title: "診療年月に受給資格がありません。",
    level: "blocked",
    refusal: "not-entitled",
  },
  "not-designated": {
    title: "診療年月に指定医療機関ではありません。",
    level: "doubtful",
  },
  "on-cap-sheet": {
    title:
      "同じ診療が管理票に記載されています。窓口で受給者証を使った診療ではないか確かめてください。",
    level: "doubtful",
  },
  "partly-entitled": {
    title: "受給資格が診療年月の一部だけです。診療日が資格のある日か確かめてください。",
    level: "doubtful",
  },
  late: { title: "申請の期限を過ぎています。", level: "blocked", refusal: "late" },
  "deadline-unknown": {
    title: "申請の期限を確かめられません。",
    level: "doubtful",
  },
  excluded: {
    title: "ほかの制度（災害共済給付、第三者行為、労災）の対象です。",
    level: "blocked",
    refusal: "excluded",
  },
  "paid-in-kind": {
    title: "同じ診療のレセプトがあり、現物給付で助成済みです。",
    level: "blocked",
    refusal: "paid-in-kind",
  },
  "maybe-in-kind": {
    title: "診療年月・区分・点数の同じレセプトがあります。医療機関が同じか確かめてください。",
    level: "doubtful",
  },
  "claimed-twice": {
    title: "同じ医療機関・診療日・点数の領収書が、すでに申請されています。",
    level: "blocked",
    refusal: "claimed",
  },
  "maybe-claimed-twice": {
    title: "同じ医療機関・診療年月・点数の領収書が、ほかにあります。",
    level: "doubtful",
  },
  "relief-paid": {
    title:
      "予防接種健康被害救済で、同じ診療の医療費が支給されています。保険者などから受けた額に含めてください。",
    level: "blocked",
    refusal: "excluded",
  },
  "relief-claimed": {
    title:
      "予防接種健康被害救済で、同じ診療の医療費が請求されています。どちらで支給するか確かめてください。",
    level: "doubtful",
  },
  "amount-differs": {
    title: "領収額が、点数と負担割合から求めた額と違います。",
    level: "doubtful",
  },
  "paid-above-cost": {
    title: "領収額が、総医療費（10割）より多くなっています。",
    level: "blocked",
    refusal: "uninsured",
  },
  "received-above-paid": {
    title: "保険者などから受けた額が、領収額より多くなっています。",
    level: "blocked",
    refusal: "nothing-left",
  },
  "prescriber-missing": {
    title:
      "調剤の、処方箋を出した医療機関が入力されていません。同じ月の診療と合わせて計算できません。",
    level: "doubtful",
  },
  "high-cost-differs": {
    title: "受けた高額療養費が、適用区分から求めた額と違います。",
    level: "doubtful",
  },
  "category-missing": {
    title: "高額療養費に当たりうる額です。適用区分を保険者に確かめて入力してください。",
    level: "blocked",
  },
  "amount-unknown": {
    title:
      "助成額を計算できません。一部負担金の定め、区分に使う所得、または認定された上限月額を確かめてください。",
    level: "blocked",
  },
  "nothing-left": {
    title: "給付と一部負担金を除くと、助成する額がありません。",
    level: "blocked",
    refusal: "nothing-left",
  },
} as const satisfies Record<string, FaultKind>;

export type ClaimFaultCode = keyof typeof claimFaults;

/** A fault of one receipt. */
export interface ClaimFault {
  readonly number: number;
  readonly code: ClaimFaultCode;
  /** What more is to be said: a date, amounts, the number of another claim; nothing of a person. */
  readonly detail?: string | undefined;
}

export const faultKind = (code: ClaimFaultCode): FaultKind => claimFaults[code];
