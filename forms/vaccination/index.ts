import type { Form } from "../language/form.ts";
import { clinicDifference, clinicReturns, clinicStatement } from "./clinic-claim.ts";
import { clinicList } from "./clinic-list.ts";
import { adultCoupon, vaccinationCoupon } from "./coupon.ts";
import { couponSheet } from "./coupon-sheet.ts";
import { couponSheetV1 } from "./coupon-sheet-v1.ts";
import { vaccinationCouponV1 } from "./coupon-v1.ts";
import { adultCouponV1, vaccinationCouponV2 } from "./coupon-v2.ts";
import { exemptionCertificate } from "./exemption-certificate.ts";
import { exemptionRefusal, exemptionRevocation } from "./exemption-notice.ts";
import { historySheet } from "./history-sheet.ts";
import { interviewLetter } from "./interview-letter.ts";
import { interviewLetterV1 } from "./interview-letter-v1.ts";
import { interviewSheet } from "./interview-sheet.ts";
import { interviewSheetV1 } from "./interview-sheet-v1.ts";
import { priceTable } from "./price-table.ts";
import { vaccinationRecord } from "./record.ts";
import { recordAnswer } from "./record-answer.ts";
import { englishRecord } from "./record-english.ts";
import { recordInquiry } from "./record-inquiry.ts";
import { refundDecision } from "./refund-decision.ts";
import { reliefClaim } from "./relief-claim.ts";
import { reliefDecision } from "./relief-decision.ts";
import { reliefForwarding } from "./relief-forwarding.ts";
import { reliefInvitation } from "./relief-invitation.ts";
import { reliefPapers } from "./relief-papers.ts";
import {
  reliefPensionCertificate,
  reliefPensionNotice,
  reliefPensionReport,
} from "./relief-pension.ts";
import { reliefReceipt } from "./relief-receipt.ts";
import { reminderPostcard } from "./reminder-postcard.ts";
import { reminderPostcardV1 } from "./reminder-postcard-v1.ts";
import { vaccinationRequest } from "./request.ts";
import { requestClaim } from "./request-claim.ts";
import { requestContact } from "./request-contact.ts";
import { requestCancellation, requestRejection } from "./request-ending.ts";
import { requestReport } from "./request-report.ts";
import { vaccinationRequestV1 } from "./request-v1.ts";
import { sessionList } from "./session-list.ts";
import { targetLetter } from "./target-letter.ts";

/** Forms of 予防接種, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  vaccinationCoupon,
  vaccinationCouponV2,
  vaccinationCouponV1,
  adultCoupon,
  adultCouponV1,
  couponSheet,
  couponSheetV1,
  interviewLetter,
  interviewLetterV1,
  interviewSheet,
  interviewSheetV1,
  vaccinationRecord,
  englishRecord,
  historySheet,
  recordInquiry,
  recordAnswer,
  reminderPostcard,
  reminderPostcardV1,
  vaccinationRequest,
  vaccinationRequestV1,
  requestContact,
  requestReport,
  requestClaim,
  requestRejection,
  requestCancellation,
  exemptionCertificate,
  exemptionRefusal,
  exemptionRevocation,
  refundDecision,
  clinicStatement,
  clinicReturns,
  clinicDifference,
  reliefClaim,
  reliefDecision,
  reliefForwarding,
  reliefInvitation,
  reliefPapers,
  reliefReceipt,
  reliefPensionCertificate,
  reliefPensionNotice,
  reliefPensionReport,
  clinicList,
  priceTable,
  sessionList,
  targetLetter,
];
