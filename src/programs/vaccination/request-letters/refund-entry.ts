import { z } from "zod";
import {
  accountPart,
  isoDate,
  optionalText,
  requiredText,
} from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type channels, refundDocuments } from "#workflows/vaccination/request-letters/reasons.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

const day = (what: string) => isoDate(what) as unknown as z.ZodType<IsoDate>;
const doseError = "回数は、1から9までの整数で入力してください。";
const paidError = "支払った額は、1円から1,000,000円までの整数で入力してください。";

/** What can be paid for on a receipt. */
export const refundOutcomes = { given: "接種", screened: "予診のみ" } as const;

/** One dose that was paid for. */
const doseSchema = z
  .strictObject({
    vaccine: z
      .string()
      .refine((id) => findVaccine(id) !== undefined, "予防接種を選んでください。")
      .transform((id) => id as VaccineId),
    dose: z.number(doseError).int(doseError).min(1, doseError).max(9, doseError),
    outcome: z.enum(codesOf(refundOutcomes), "接種か予診のみかを選んでください。"),
    product: z.string().trim().max(60, "製品名は60文字までです。").optional(),
    clinic: requiredText("医療機関の名前"),
    givenOn: day("接種日"),
    paidOn: day("支払った日"),
    paid: z.number(paidError).int(paidError).min(1, paidError).max(1_000_000, paidError),
    /** 領収書の番号, where it has one. */
    receiptNumber: optionalText.optional(),
    documents: z.array(z.enum(codesOf(refundDocuments))),
  })
  .refine(({ givenOn, paidOn }) => givenOn <= paidOn, {
    path: ["paidOn"],
    error: "支払った日が、接種日より前です。",
  })
  .refine(({ documents }) => documents.includes("receipt"), {
    path: ["documents"],
    error: "領収書の原本がないと、払い戻せません。",
  });

/** What is keyed of a claim for a refund. */
export const refundEntrySchema = z.strictObject({
  doses: z
    .array(doseSchema)
    .min(1, "領収書を1件以上入力してください。")
    .max(50, "1件の請求に入力できるのは、50件までです。"),
  /** 振込先口座, where it is told with the claim. */
  account: accountPart.schema.optional(),
  remark: z.string().trim().max(500, "備考は500文字までです。").optional(),
});
export type RefundEntry = z.output<typeof refundEntrySchema>;
export type KeyedRefund = RefundEntry;
export type RefundChannel = keyof typeof channels;

/** What of a claim lies sealed: clinics and numbers of receipts by the number of the dose, remarks. */
export interface SealedRefund {
  clinics: Readonly<Record<number, string>>;
  receiptNumbers: Readonly<Record<number, string>>;
  remark?: string | undefined;
}
