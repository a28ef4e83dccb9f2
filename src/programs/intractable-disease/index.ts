import { declareReceiptKind } from "#src/platform/receipts/index.ts";
import { intractableReceipts } from "./receipts.ts";
import { declareRenewalLetters } from "./renewals/letters.ts";

/** 指定難病医療給付: its applications and reports, for the screens, the command line and the demonstration. */
export { intractable } from "./application.ts";
export { enterSheet } from "./cap-sheets.ts";
export { intractableChanges } from "./changes.ts";
export { intractableClaims } from "./claims.ts";
export { keepDoctors } from "./doctors.ts";
export type { Entered } from "./entered.ts";
export { keepInstitutions } from "./institutions.ts";
export { intractablePanel } from "./panel.ts";
export { openLosses, openProposals } from "./register.ts";
export {
  decideRegistration,
  listRegistrations,
  proposeMild,
  proposeOfCase,
} from "./registrations.ts";
export { certificateOrder, renewedCertificatesId } from "./renewals/certificates.ts";
export { letterKindId, letterOrder } from "./renewals/letters.ts";
export { moveSeason, planSeason, readSeason } from "./renewals/seasons.ts";
export { progressOf } from "./renewals/standings.ts";

declareReceiptKind(intractableReceipts);
declareRenewalLetters();
