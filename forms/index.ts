/** Forms: data in, PDF out. Forms of a 事務 are imported from their own files. */
export type * from "./data.ts";
export { countsOf, type EvidenceData, evidenceReport, proofOf } from "./evidence/report.ts";
export {
  builtInFonts,
  checkText,
  type FontSupply,
  Fonts,
  findUnprintable,
  type Purpose,
  type Unprintable,
} from "./fonts/fonts.ts";
export {
  type HighCostClaimData,
  type HighCostClaimLine,
  highCostClaim,
} from "./high-cost/claim.ts";
export { highCostMandate, type MandateData } from "./high-cost/mandate.ts";
export { colourOf, type Form, sayer, templateName, type Wording } from "./language/form.ts";
export type { PieceProblem } from "./language/paper.ts";
export { approvalNotice } from "./letters/approval.ts";
export {
  type CertificateReminderData,
  certificateReminder,
} from "./letters/certificate-reminder.ts";
export { type ChangeData, changeNotice } from "./letters/change.ts";
export { type ClaimCancellationData, claimCancellation } from "./letters/claim-cancellation.ts";
export { type ClaimInquiryData, claimInquiry } from "./letters/claim-inquiry.ts";
export type { ClaimDecisionData, ClaimLine } from "./letters/claim-lines.ts";
export { claimSupplement } from "./letters/claim-supplement.ts";
export { type ExpiryData, expiryNotice } from "./letters/expiry.ts";
export { type InquiryData, inquiryLetter } from "./letters/inquiry.ts";
export { lossNotice } from "./letters/loss.ts";
export { missingDocumentsNotice } from "./letters/missing-documents.ts";
export { paymentDecisionNotice } from "./letters/payment-decision.ts";
export { paymentPostcard } from "./letters/payment-postcard.ts";
export { type ClaimRefusalData, paymentRefusalNotice } from "./letters/payment-refusal.ts";
export { rejectionNotice } from "./letters/rejection.ts";
export { type RenewalEndData, renewalEnd } from "./letters/renewal-end.ts";
export { type RenewalReminderData, renewalReminder } from "./letters/renewal-reminder.ts";
export { revocationNotice } from "./letters/revocation.ts";
export { type StatusReportData, statusReport } from "./letters/status-report.ts";
export { bundleCover } from "./mailing/bundle-cover.ts";
export { type BundleMarkName, bundleMarks } from "./mailing/bundle-marks.ts";
export { handoverBook } from "./mailing/handover-book.ts";
export { decisionNotice } from "./oversight/decision-notice.ts";
export { heldData } from "./oversight/held-data.ts";
export { incidentReport } from "./oversight/incident-report.ts";
export { repaymentForms, runForms } from "./payments/index.ts";
export { type MoneyReceiptData, moneyReceipt } from "./payments/money-receipt.ts";
export { type OverdueData, repaymentDunning, repaymentReminder } from "./payments/overdue.ts";
export { paymentSlipLetter, type SlipLetterData } from "./payments/payment-slip.ts";
export { type RepaymentDecisionData, repaymentDecision } from "./payments/repayment-decision.ts";
export type { DuePart } from "./payments/repayment-letter.ts";
export { type RunStatementData, runStatement } from "./payments/run-statement.ts";
export type { PaymentSlip } from "./payments/slip.ts";
export { type TransferBookData, transferBook } from "./payments/transfer-book.ts";
export { formOf, forms } from "./registry.ts";
export type { Envelope } from "./writer/envelopes.ts";
export { joinPdfs } from "./writer/join.ts";
export { writeFiles } from "./writer/pool.ts";
export {
  type BulkResult,
  describeProblem,
  type FormInWords,
  inspectPiece,
  PiecesHeld,
  writeBulk,
  writeForm,
  writeMixed,
} from "./writer/write.ts";
