import type { Form } from "./language/form.ts";
import { approvalNotice } from "./letters/approval.ts";
import { missingDocumentsNotice } from "./letters/missing-documents.ts";
import { rejectionNotice } from "./letters/rejection.ts";
import { revocationNotice } from "./letters/revocation.ts";
import { vaccinationCoupon } from "./vaccination/coupon.ts";

/** All forms in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  vaccinationCoupon,
  approvalNotice,
  rejectionNotice,
  missingDocumentsNotice,
  revocationNotice,
];
