import { expiryMailing, reminderMailing } from "#src/platform/applications/index.ts";
import { declareReceiptKind } from "#src/platform/receipts/index.ts";
import { renewalMailings } from "#src/platform/renewals/index.ts";
import { singleParent } from "./application.ts";
import { singleParentReceipts } from "./receipts.ts";
import { singleParentRenewal } from "./renewal.ts";

/** ひとり親家庭等医療費助成: its applications and reports, for the screens, the command line and the demonstration. */
export { singleParent } from "./application.ts";
export { singleParentChanges } from "./changes.ts";
export { singleParentClaims } from "./claims.ts";
export type { Entered } from "./entered.ts";
export { endExpired, handOverHouseholds } from "./expiry.ts";
export { openLosses, openProposals } from "./register.ts";
export { singleParentRenewal } from "./renewal.ts";

declareReceiptKind(singleParentReceipts);
expiryMailing(singleParent);
reminderMailing(singleParent);
renewalMailings(singleParentRenewal);
