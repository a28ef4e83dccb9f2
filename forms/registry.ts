import { childMedicalCertificate } from "./child-medical/certificate.ts";
import { intractableCertificate } from "./intractable-disease/certificate.ts";
import { limitSheet } from "./intractable-disease/limit-sheet.ts";
import { type Form, templateName } from "./language/form.ts";
import { approvalNotice } from "./letters/approval.ts";
import { changeNotice } from "./letters/change.ts";
import { lossNotice } from "./letters/loss.ts";
import { missingDocumentsNotice } from "./letters/missing-documents.ts";
import { paymentDecisionNotice } from "./letters/payment-decision.ts";
import { paymentPostcard } from "./letters/payment-postcard.ts";
import { rejectionNotice } from "./letters/rejection.ts";
import { revocationNotice } from "./letters/revocation.ts";
import { statusReport } from "./letters/status-report.ts";
import { burdenCard } from "./long-term-care/burden-card.ts";
import { insuredCard } from "./long-term-care/insured-card.ts";
import { premiumNotice } from "./long-term-care/premium-notice.ts";
import { dispatchList } from "./mailing/dispatch-list.ts";
import { handoverBook } from "./mailing/handover-book.ts";
import { singleParentCertificate } from "./single-parent-medical/certificate.ts";
import { vaccinationCoupon } from "./vaccination/coupon.ts";
import { couponSheet } from "./vaccination/coupon-sheet.ts";
import { vaccinationCouponV1 } from "./vaccination/coupon-v1.ts";
import { interviewSheet } from "./vaccination/interview-sheet.ts";
import { vaccinationRecord } from "./vaccination/record.ts";
import { reminderPostcard } from "./vaccination/reminder-postcard.ts";
import { vaccinationRequest } from "./vaccination/request.ts";

/** All forms in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  vaccinationCoupon,
  vaccinationCouponV1,
  couponSheet,
  childMedicalCertificate,
  singleParentCertificate,
  intractableCertificate,
  limitSheet,
  insuredCard,
  burdenCard,
  premiumNotice,
  approvalNotice,
  rejectionNotice,
  missingDocumentsNotice,
  revocationNotice,
  changeNotice,
  lossNotice,
  paymentDecisionNotice,
  paymentPostcard,
  statusReport,
  vaccinationRequest,
  vaccinationRecord,
  interviewSheet,
  reminderPostcard,
  dispatchList,
  handoverBook,
];

/** The form that a paper names, such as `vaccination/coupon v1`; throws a RangeError when there never was one. */
export function formOf(template: string): Form<unknown> {
  const form = forms.find((one) => templateName(one) === template);
  if (!form) throw new RangeError(`no form ${template}`);
  return form;
}
