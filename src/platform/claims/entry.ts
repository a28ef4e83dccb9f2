import { z } from "zod";
import { claimCares, claimDocuments } from "#workflows/claims/receipt.ts";
import { exclusions } from "#workflows/medical/bills.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";
import { codesOf, dayField, institutionFields, monthField, yenField } from "../intake/index.ts";

const count = (name: string, from: number) =>
  z
    .number({ error: `${name}は、整数で入力してください。` })
    .int({ error: `${name}は、整数で入力してください。` })
    .min(from, { error: `${name}は、${from}以上です。` })
    .max(99, { error: `${name}は、99以下です。` });

const dayError = "診療日は、1から31までの数字です。";
const day = z.number({ error: dayError }).int({ error: dayError });

/** One receipt as it is keyed. */
export const receiptShape = z.strictObject({
  month: monthField("診療年月を入力してください。例: R8.10"),
  day: day.min(1, { error: dayError }).max(31, { error: dayError }).optional(),
  paidOn: dayField("領収日を読み取れません。例: R8.10.5").optional(),
  ...institutionFields,
  care: z.enum(codesOf(claimCares), { error: "区分を選んでください。" }),
  /** 10割, yen. */
  cost: yenField("総医療費").min(1, { error: "点数（装具は金額）を入力してください。" }),
  insuranceTenths: z.number().int().min(0).max(10),
  times: count("回数", 1),
  paid: yenField("領収額"),
  meals: yenField("食事代"),
  mealDays: count("食事の日数", 0),
  reimbursed: yenField("療養費"),
  highCost: yenField("高額療養費"),
  additionalBenefit: yenField("附加給付"),
  otherPublic: yenField("ほかの公費"),
  outsidePrefecture: z.boolean(),
  certificateShown: z.boolean(),
  /** Of 調剤: 処方箋発行医療機関, by code or name. */
  prescriberCode: z
    .string()
    .regex(/^\d{10}$/, { error: "処方した医療機関のコードは10桁の数字です。" })
    .optional(),
  prescriberName: z
    .string()
    .trim()
    .max(60, { error: "処方した医療機関の名前は60文字までです。" })
    .optional(),
  exclusion: z.enum(codesOf(exclusions)).optional(),
  documents: z.array(z.enum(codesOf(claimDocuments))),
});
const receiptSchema = receiptShape.refine(
  ({ care, prescriberCode, prescriberName }) =>
    care === "pharmacy" || (!prescriberCode && !prescriberName),
  { error: "処方した医療機関は、調剤のときだけ入力します。", path: ["prescriberName"] },
);
export type KeyedReceipt = z.output<typeof receiptSchema>;

/** What is keyed of a claim. */
export const claimEntrySchema = z.strictObject({
  receipts: z
    .array(receiptSchema)
    .min(1, { error: "領収書を1枚以上入力してください。" })
    .max(200, { error: "1件の申請に入力できる領収書は、200枚までです。" }),
  insurerGroup: z.enum(codesOf(insurerGroups)).optional(),
  category: z.enum(codesOf(highCostCategories)).optional(),
  multiple: z.boolean().default(false),
  /** The figure by which the plan tells incomes apart, where it does; yen. */
  income: yenField("所得").optional(),
  remark: z.string().trim().max(500, { error: "備考は500文字までです。" }).optional(),
});
export type ClaimEntry = z.output<typeof claimEntrySchema>;

/** What of an entry lies sealed, with the key of the person: names of institutions, the income, remarks. */
export interface SealedClaim {
  /** By the number of the receipt. */
  institutions: Readonly<Record<number, string>>;
  /** 処方箋発行医療機関 of 調剤, by the same number; none in entries of earlier releases. */
  prescribers?: Readonly<Record<number, string>> | undefined;
  income?: number | undefined;
  remark?: string | undefined;
}
