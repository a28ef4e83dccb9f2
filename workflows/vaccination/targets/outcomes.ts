/** What becomes of somebody in an extraction: `included`, waits (`protected`), or why not. */
export const outcomes = {
  included: "対象",
  protected: "対象（支援措置のため発送は保留）",
  "already-sent": "送付済み",
  done: "接種済み",
  "other-vaccine": "別のワクチンで開始している",
  "not-yet": "まだ受けられない（時期・間隔）",
  over: "受けられる期間が終わった",
  "other-dose": "抽出する回ではない",
  "no-address": "あて先なし",
  "birth-unknown": "生年月日が不詳のため判定できない",
  "moved-out": "転出",
  deceased: "死亡",
} as const;
export type Outcome = keyof typeof outcomes;
export const outcomeIds = Object.keys(outcomes) as [Outcome, ...Outcome[]];

/** Those whom a mailing takes: who is protected waits there for a release. */
export const isGoing = (outcome: Outcome): boolean =>
  outcome === "included" || outcome === "protected";
