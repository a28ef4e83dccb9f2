import type { Form } from "../language/form.ts";
import { vaccinationCoupon } from "./coupon.ts";
import { couponSheet } from "./coupon-sheet.ts";
import { vaccinationCouponV1 } from "./coupon-v1.ts";
import { interviewSheet } from "./interview-sheet.ts";
import { vaccinationRecord } from "./record.ts";
import { reminderPostcard } from "./reminder-postcard.ts";
import { vaccinationRequest } from "./request.ts";

/** Forms of 予防接種, in all versions ever used; one line a version. */
export const forms: readonly Form<unknown>[] = [
  vaccinationCoupon,
  vaccinationCouponV1,
  couponSheet,
  interviewSheet,
  vaccinationRecord,
  reminderPostcard,
  vaccinationRequest,
];
