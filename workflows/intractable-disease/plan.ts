import { type Tier, tiers } from "./caps.ts";

/** What the prefecture or city settles for 支給認定. */
export interface IntractablePlan {
  /** The last day of every 有効期間, `MM-DD`. */
  readonly fixedEnd: `${number}-${number}`;
  /** Longest 有効期間, months. */
  readonly mostMonths: number;
  /** 臨床調査個人票 were written within so many months before the application. */
  readonly recordMonths: number;
  /** 低所得Ⅰの収入の基準, yen. */
  readonly lowIncomeLimit: number;
  /** The tier where the income of the household cannot be confirmed (所得状況の確認不能). */
  readonly unconfirmedTier: Tier;
  /** What is left below so many yen by 按分 is cut off. */
  readonly roundingUnit: number;
  /** The month from which the tax of the new 年度 counts. */
  readonly taxYearMonth: number;
}

export const tierTitles = Object.fromEntries(tiers.map((tier) => [tier, tier])) as Readonly<
  Record<Tier, Tier>
>;
