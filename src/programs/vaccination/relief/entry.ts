import { z } from "zod";
import { codesOf } from "#src/platform/intake/index.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { claimantRelations } from "#workflows/vaccination/relief/claimants.ts";
import { harmClasses } from "#workflows/vaccination/relief/harm.ts";

const day = (message: string) =>
  z
    .string({ error: message })
    .refine(isIsoDate, { error: message }) as unknown as z.ZodType<IsoDate>;
const words = (most: number) => z.string().max(most);

/** What is entered of a claim: codes and days stand in its row, all else is sealed with the key of whoever was vaccinated. */
export const reliefEntrySchema = z.strictObject({
  class: z.enum(codesOf(harmClasses), "接種の区分を選んでください。"),
  vaccine: z
    .string({ error: "ワクチンを入力してください。" })
    .min(1, {
      error: "ワクチンを入力してください。",
    })
    .max(60, { error: "ワクチンは60文字以内で入力してください。" }),
  shotOn: day("接種日を入力してください。例: R7.4.20"),
  shotId: z.uuid().optional(),
  residenceCode: z
    .string({ error: "接種した日の住所地の市区町村コードを入力してください。" })
    .regex(/^\d{6}$/, { error: "市区町村コードは6桁の数字です。" }),
  diedOn: day("死亡日の書き方を確かめてください。例: R7.8.1").optional(),
  benefits: z
    .array(z.enum(codesOf(reliefBenefits)))
    .min(1, { error: "請求する給付を選んでください。" }),
  relation: z.enum(codesOf(claimantRelations), "請求する方の続柄を選んでください。"),
  claimantNumber: z.string({ error: "請求する方を選んでください。" }).regex(/^\d{10}$/, {
    error: "請求する方を選ぶか、統合宛名番号（10桁）を入力してください。",
  }),
  claimedOn: day("請求日を入力してください。例: R8.11.20"),
  symptoms: words(2000).min(1, { error: "症状を入力してください。" }),
  onsetOn: day("発症日の書き方を確かめてください。例: R7.4.22").optional(),
  institutions: words(1000).optional(),
  clinic: words(200).optional(),
  lot: words(40).optional(),
  telephone: words(40).optional(),
  remark: words(1000).optional(),
});
export type ReliefEntry = z.infer<typeof reliefEntrySchema>;

/** What is sealed of it. */
export type SealedRelief = Pick<
  ReliefEntry,
  "symptoms" | "onsetOn" | "institutions" | "clinic" | "lot" | "telephone" | "remark"
>;

/** Parts that stand outside the vault are left out. */
export const sealedPart = ({
  symptoms,
  onsetOn,
  institutions,
  clinic,
  lot,
  telephone,
  remark,
}: ReliefEntry): SealedRelief => ({
  symptoms,
  ...(onsetOn ? { onsetOn } : {}),
  ...(institutions ? { institutions } : {}),
  ...(clinic ? { clinic } : {}),
  ...(lot ? { lot } : {}),
  ...(telephone ? { telephone } : {}),
  ...(remark ? { remark } : {}),
});
