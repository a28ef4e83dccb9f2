import type { DatedParameter } from "../parameters/dated.ts";

/** What the log is searched for every night (USE-7). Each limit is a number; the same rows stand in `oversight.limit`. */
export type LimitName =
  | "bulk-people"
  | "night-from"
  | "night-to"
  | "without-case-people"
  | "case-days"
  | "list-people";

const source = "特定個人情報保護評価書の一般的な水準。市の定めに合わせて確認する";

const assumed = (name: string, value: number): DatedParameter<number> => ({
  name,
  rows: [{ from: "2000-01-01", value, source, certainty: "assumed" }],
});

export const oversightLimits: Readonly<Record<LimitName, DatedParameter<number>>> = {
  /** So many different people seen by one person in a day are many. */
  "bulk-people": assumed("大量の閲覧とみる人数（1日）", 500),
  "night-from": assumed("夜間の始まり（時）", 22),
  "night-to": assumed("夜間の終わり（時）", 6),
  /** So many people in a day who have no case. */
  "without-case-people": assumed("申請のない方の閲覧とみる人数（1日）", 20),
  /** A case counts from so many days before it is received to so many days after its last step. */
  "case-days": assumed("申請の前後の日数", 30),
  /** A page that shows more people than this is a list, not a look at one of them. */
  "list-people": assumed("一覧とみる人数（1画面）", 12),
};
