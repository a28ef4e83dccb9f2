import { handoverBook, vaccinationCoupon } from "#forms/index.ts";
import type { ProgramPapers } from "#src/platform/printing/index.ts";

/** What 予防接種 prints, and who issues it until the city has set its own (帳票の設定). */
export const vaccinationPapers: ProgramPapers = {
  program: "vaccination",
  issuer: { title: "熊本市長", name: "実証　太郎" },
  forms: [vaccinationCoupon, handoverBook],
  city: "熊本市",
  hours: "平日 8時30分から17時15分まで",
};
