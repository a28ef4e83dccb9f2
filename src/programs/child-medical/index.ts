import { expiryMailing, reminderMailing } from "#src/platform/applications/index.ts";
import { declareReceiptKind } from "#src/platform/receipts/index.ts";
import { childMedical } from "./application.ts";
import { childMedicalReceipts } from "./receipts.ts";

/** こども医療費助成: its applications and reports, for the screens, the command line and the demonstration. */
export { childMedical } from "./application.ts";
export { childMedicalChanges, openLosses } from "./changes.ts";
export { childMedicalClaims } from "./claims.ts";
export { type Entered, prefilledGuardian } from "./entered.ts";

declareReceiptKind(childMedicalReceipts);
expiryMailing(childMedical);
reminderMailing(childMedical);
