/** The door of the forms: data in, PDF out. */
export { childMedicalCertificate } from "./child-medical/certificate.ts";
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
export {
  type IntractableCertificateData,
  intractableCertificate,
} from "./intractable-disease/certificate.ts";
export { type LimitSheetData, limitSheet } from "./intractable-disease/limit-sheet.ts";
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
export { type BurdenCardData, burdenCard } from "./long-term-care/burden-card.ts";
export { type InsuredCardData, insuredCard } from "./long-term-care/insured-card.ts";
export { type PremiumNoticeData, premiumNotice } from "./long-term-care/premium-notice.ts";
export { dispatchList } from "./mailing/dispatch-list.ts";
export { handoverBook } from "./mailing/handover-book.ts";
export { formOf, forms } from "./registry.ts";
export { singleParentCertificate } from "./single-parent-medical/certificate.ts";
export { vaccinationCoupon } from "./vaccination/coupon.ts";
export { couponSheet } from "./vaccination/coupon-sheet.ts";
export { type InterviewSheetData, interviewSheet } from "./vaccination/interview-sheet.ts";
export { type VaccinationRecordData, vaccinationRecord } from "./vaccination/record.ts";
export { type ReminderPostcardData, reminderPostcard } from "./vaccination/reminder-postcard.ts";
export { type VaccinationRequestData, vaccinationRequest } from "./vaccination/request.ts";
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
