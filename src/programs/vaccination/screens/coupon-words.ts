import { cancelReasons, reprintReasons } from "../coupons.ts";

/** What happened to a coupon, in words. */
export const couponEventTitles = {
  issued: "発行",
  reprinted: "再印刷",
  "reprint-withdrawn": "再印刷の取りやめ",
  cancelled: "取消",
} as const;

/** Why it was printed again or cancelled. */
export const couponReasonTitle = (reason: string | null): string | undefined =>
  reason ? ({ ...reprintReasons, ...cancelReasons } as Record<string, string>)[reason] : undefined;
