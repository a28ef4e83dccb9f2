/** The door of the forms: data in, PDF out. */
export type * from "./data.ts";
export {
  checkText,
  type FontSupply,
  Fonts,
  findUnprintable,
  houseFonts,
  type Purpose,
  type Unprintable,
} from "./fonts/fonts.ts";
export { colourOf, type Form, sayer, templateName, type Wording } from "./language/form.ts";
export type { Problem } from "./language/paper.ts";
export { approvalNotice } from "./letters/approval.ts";
export { type ChangeData, changeNotice } from "./letters/change.ts";
export { type LossData, lossNotice } from "./letters/loss.ts";
export { missingDocumentsNotice } from "./letters/missing-documents.ts";
export { type PaymentDecisionData, paymentDecisionNotice } from "./letters/payment-decision.ts";
export { paymentPostcard } from "./letters/payment-postcard.ts";
export { rejectionNotice } from "./letters/rejection.ts";
export { revocationNotice } from "./letters/revocation.ts";
export { type StatusReportData, statusReport } from "./letters/status-report.ts";
export { dispatchList } from "./mailing/dispatch-list.ts";
export { handoverBook } from "./mailing/handover-book.ts";
export { formOf, forms } from "./registry.ts";
export { writeFiles } from "./writer/pool.ts";
export {
  type BulkOptions,
  type BulkResult,
  describeProblem,
  type FormInWords,
  type HeldPiece,
  inspectPiece,
  type MixedPiece,
  PiecesHeld,
  type WriteOptions,
  writeBulk,
  writeForm,
  writeMixed,
} from "./writer/write.ts";
