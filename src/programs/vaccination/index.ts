import { declareFeedKind } from "#src/platform/feeds/index.ts";
import { declareMailingKind } from "#src/platform/mailings/index.ts";
import { couponMailing } from "./coupon-mailing.ts";
import { reprintMailing } from "./reprint-mailing.ts";
import { shotFeed } from "./shots.ts";

/** 予防接種: coupons, their mailings, records of vaccination. */
declareMailingKind(couponMailing);
declareMailingKind(reprintMailing);
declareFeedKind(shotFeed);

export { couponMailing } from "./coupon-mailing.ts";

export { shotFeed } from "./shots.ts";
export { couponVaccines } from "./vaccines.ts";
