import type { FindingKind } from "#src/platform/oversight/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { oversightLimits } from "#workflows/oversight/limits.ts";
import { valueOn } from "#workflows/parameters/dated.ts";

/** What each kind of finding is called. */
export const findingTitles: Readonly<Record<FindingKind, string>> = {
  bulk: "大量の閲覧",
  night: "夜間・閉庁日の閲覧",
  "own-household": "自分の世帯の閲覧",
  "same-surname": "同じ姓の方の閲覧",
  colleague: "同僚の閲覧",
  "without-case": "申請のない方の閲覧",
  protected: "支援措置の方の閲覧",
};

/** By what rule it was found, with the limits of its day. */
export function ruleOf(kind: FindingKind, day: IsoDate): string {
  const limit = (name: keyof typeof oversightLimits) => valueOn(oversightLimits[name], day);
  const near = `前後${limit("case-days")}日に申請・届出のない`;
  return {
    bulk: `1日に${limit("bulk-people")}人以上を閲覧しました（一覧での表示を含みます）。`,
    night: `${limit("night-from")}時から${limit("night-to")}時まで、又は閉庁日に閲覧しました。`,
    "own-household": "届け出た宛名番号と同じ世帯の方を閲覧しました。",
    "same-surname": "職員と姓が同じ方を、一覧ではない画面で閲覧しました。",
    colleague: "ほかの職員が届け出た宛名番号の方を閲覧しました。",
    "without-case": `${near}方を、1日に${limit("without-case-people")}人以上、申請の画面の外で閲覧しました。`,
    protected: `支援措置の対象で、${near}方を、申請の画面の外で閲覧しました。`,
  }[kind];
}
