import { handoverBook, missingDocumentsNotice } from "#forms/index.ts";
import {
  clinicDifference,
  clinicReturns,
  clinicStatement,
} from "#forms/vaccination/clinic-claim.ts";
import { clinicList } from "#forms/vaccination/clinic-list.ts";
import { adultCoupon, vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import { couponSheet } from "#forms/vaccination/coupon-sheet.ts";
import { exemptionCertificate } from "#forms/vaccination/exemption-certificate.ts";
import { exemptionRefusal, exemptionRevocation } from "#forms/vaccination/exemption-notice.ts";
import { historySheet } from "#forms/vaccination/history-sheet.ts";
import { interviewLetter } from "#forms/vaccination/interview-letter.ts";
import { interviewSheet } from "#forms/vaccination/interview-sheet.ts";
import { priceTable } from "#forms/vaccination/price-table.ts";
import { vaccinationRecord } from "#forms/vaccination/record.ts";
import { recordAnswer } from "#forms/vaccination/record-answer.ts";
import { englishRecord } from "#forms/vaccination/record-english.ts";
import { recordInquiry } from "#forms/vaccination/record-inquiry.ts";
import { refundDecision } from "#forms/vaccination/refund-decision.ts";
import { reliefClaim } from "#forms/vaccination/relief-claim.ts";
import { reliefDecision } from "#forms/vaccination/relief-decision.ts";
import { reliefForwarding } from "#forms/vaccination/relief-forwarding.ts";
import { reliefInvitation } from "#forms/vaccination/relief-invitation.ts";
import { reliefPapers } from "#forms/vaccination/relief-papers.ts";
import {
  reliefPensionCertificate,
  reliefPensionNotice,
  reliefPensionReport,
} from "#forms/vaccination/relief-pension.ts";
import { reliefReceipt } from "#forms/vaccination/relief-receipt.ts";
import { reminderPostcard } from "#forms/vaccination/reminder-postcard.ts";
import { vaccinationRequest } from "#forms/vaccination/request.ts";
import { requestClaim } from "#forms/vaccination/request-claim.ts";
import { requestContact } from "#forms/vaccination/request-contact.ts";
import { requestCancellation, requestRejection } from "#forms/vaccination/request-ending.ts";
import { requestReport } from "#forms/vaccination/request-report.ts";
import { sessionList } from "#forms/vaccination/session-list.ts";
import { targetLetter } from "#forms/vaccination/target-letter.ts";
import type { ProgramLetters } from "#src/platform/letters/index.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";

/** What 予防接種 prints. */
export const vaccinationPapers: ProgramPapers = {
  program: "vaccination",
  forms: [
    vaccinationCoupon,
    adultCoupon,
    couponSheet,
    interviewLetter,
    targetLetter,
    reminderPostcard,
    sessionList,
    handoverBook,
    vaccinationRecord,
    englishRecord,
    historySheet,
    recordInquiry,
    recordAnswer,
    vaccinationRequest,
    requestContact,
    requestReport,
    interviewSheet,
    requestClaim,
    requestRejection,
    requestCancellation,
    exemptionCertificate,
    exemptionRefusal,
    exemptionRevocation,
    missingDocumentsNotice,
    refundDecision,
    clinicStatement,
    clinicReturns,
    clinicDifference,
    reliefReceipt,
    reliefClaim,
    reliefInvitation,
    reliefPapers,
    reliefForwarding,
    reliefDecision,
    reliefPensionCertificate,
    reliefPensionNotice,
    reliefPensionReport,
    clinicList,
    priceTable,
  ],
};

/** What stands on its letters. */
export const vaccinationLetters: ProgramLetters = {
  papers: vaccinationPapers,
  title: "予防接種",
  sign: "予",
  daysToReturn: 14,
};
