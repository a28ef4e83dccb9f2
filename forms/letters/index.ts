import type { Form } from "../language/form.ts";
import { approvalNotice } from "./approval.ts";
import { approvalNoticeV1 } from "./approval-v1.ts";
import { certificateReminder } from "./certificate-reminder.ts";
import { changeNotice } from "./change.ts";
import { claimCancellation } from "./claim-cancellation.ts";
import { claimCancellationV1 } from "./claim-cancellation-v1.ts";
import { claimInquiry } from "./claim-inquiry.ts";
import { claimSupplement } from "./claim-supplement.ts";
import { expiryNotice } from "./expiry.ts";
import { inquiryLetter } from "./inquiry.ts";
import { lossNotice } from "./loss.ts";
import { missingDocumentsNotice } from "./missing-documents.ts";
import { paymentDecisionNotice } from "./payment-decision.ts";
import { paymentDecisionNoticeV1 } from "./payment-decision-v1.ts";
import { paymentPostcard } from "./payment-postcard.ts";
import { paymentPostcardV1 } from "./payment-postcard-v1.ts";
import { paymentRefusalNotice } from "./payment-refusal.ts";
import { rejectionNotice } from "./rejection.ts";
import { renewalEnd } from "./renewal-end.ts";
import { renewalReminder } from "./renewal-reminder.ts";
import { revocationNotice } from "./revocation.ts";
import { statusReport } from "./status-report.ts";
import { statusReportV1 } from "./status-report-v1.ts";

/** Forms of letters of every 事務, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  approvalNoticeV1,
  approvalNotice,
  rejectionNotice,
  missingDocumentsNotice,
  revocationNotice,
  changeNotice,
  lossNotice,
  expiryNotice,
  certificateReminder,
  paymentDecisionNoticeV1,
  paymentDecisionNotice,
  paymentPostcardV1,
  paymentPostcard,
  paymentRefusalNotice,
  claimSupplement,
  claimInquiry,
  claimCancellationV1,
  claimCancellation,
  statusReportV1,
  statusReport,
  renewalReminder,
  renewalEnd,
  inquiryLetter,
];
