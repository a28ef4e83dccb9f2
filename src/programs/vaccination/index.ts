import { declareFeedKind } from "#src/platform/feeds/index.ts";
import { declareFlow } from "#src/platform/flow-ways.ts";
import { declareMailingKind } from "#src/platform/mailings/index.ts";
import { clinicAccountV1 } from "#workflows/vaccination/clinics/account-machine.ts";
import { clinicEntryV1 } from "#workflows/vaccination/clinics/entry-machine.ts";
import { copyRunV1 } from "#workflows/vaccination/exchange/copy-run.ts";
import { handOnV1 } from "#workflows/vaccination/exchange/hand-on.ts";
import { inquiryV1 } from "#workflows/vaccination/exchange/inquiry.ts";
import { exemptionV1 } from "#workflows/vaccination/exemptions/machine.ts";
import { exemptionV2 } from "#workflows/vaccination/exemptions/machine-v2.ts";
import { mistakeV1 } from "#workflows/vaccination/mistakes/machine.ts";
import { mistakeYearV1 } from "#workflows/vaccination/mistakes/year-machine.ts";
import { punchedFileV1 } from "#workflows/vaccination/punched-files/machine.ts";
import { recordRevisionV1 } from "#workflows/vaccination/records/revision-machine.ts";
import { reportClosingV1 } from "#workflows/vaccination/reports/closing-machine.ts";
import { specialV1 } from "#workflows/vaccination/special/machine.ts";
import { couponMailing } from "./coupon-mailing.ts";
import "./clinic-claims/index.ts";
import { certificateMailing } from "./exemptions/mailing.ts";
import "./relief/index.ts";
import "./relief-benefits/index.ts";
import { reprintMailing } from "./reprint-mailing.ts";
import { shotFeed } from "./shots.ts";
import "./request-letters/index.ts";
import { targetMailings } from "./targets/kinds.ts";
import { noticeReprints } from "./targets/notice-reprints.ts";

/** 予防接種: coupons, their mailings, records of vaccination. */
declareMailingKind(couponMailing);
declareMailingKind(reprintMailing);
for (const kind of targetMailings) declareMailingKind(kind);
for (const kind of Object.values(noticeReprints)) declareMailingKind(kind);
declareMailingKind(certificateMailing);
declareFeedKind(shotFeed);
for (const flow of [
  mistakeV1,
  mistakeYearV1,
  recordRevisionV1,
  punchedFileV1,
  clinicEntryV1,
  clinicAccountV1,
  specialV1,
  exemptionV1,
  exemptionV2,
  reportClosingV1,
  copyRunV1,
  inquiryV1,
  handOnV1,
])
  declareFlow(flow);

export { couponMailing } from "./coupon-mailing.ts";

export { shotFeed } from "./shots.ts";
export { couponVaccines } from "./vaccines.ts";
