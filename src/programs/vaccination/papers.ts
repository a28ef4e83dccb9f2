import { handoverBook } from "#forms/index.ts";
import { vaccinationCoupon } from "#forms/vaccination/coupon.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";

/** What 予防接種 prints. */
export const vaccinationPapers: ProgramPapers = {
  program: "vaccination",
  forms: [vaccinationCoupon, handoverBook],
};
