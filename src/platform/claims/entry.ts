import { z } from "zod";
import {
  type ClaimCare,
  type ClaimDocument,
  claimCares,
  claimDocuments,
} from "#workflows/claims/receipt.ts";
import { type IsoDate, type IsoMonth, isIsoDate } from "#workflows/dates/iso-date.ts";
import { exclusions } from "#workflows/medical/bills.ts";
import { insurerGroups } from "#workflows/medical/copay-plan.ts";
import { highCostCategories } from "#workflows/medical/high-cost.ts";

const keysOf = <T extends string>(titles: Readonly<Record<T, unknown>>) =>
  Object.keys(titles) as [T, ...T[]];
const most = 100_000_000;
const yen = (name: string) =>
  z
    .number({ error: `${name}は、円の整数で入力してください。` })
    .int({ error: `${name}は、円の整数で入力してください。` })
    .min(0, { error: `${name}は、0円以上です。` })
    .max(most, { error: `${name}が大きすぎます。` });
const count = (name: string, from: number) =>
  z
    .number({ error: `${name}は、整数で入力してください。` })
    .int({ error: `${name}は、整数で入力してください。` })
    .min(from, { error: `${name}は、${from}以上です。` })
    .max(99, { error: `${name}は、99以下です。` });

const dayError = "診療日は、1から31までの数字です。";
const day = z.number({ error: dayError }).int({ error: dayError });

/** One receipt as it is keyed. */
const receiptSchema = z.strictObject({
  month: z.custom<IsoMonth>((text) => typeof text === "string" && isIsoDate(`${text}-01`), {
    error: "診療年月を入力してください。例: R8.10",
  }),
  day: day.min(1, { error: dayError }).max(31, { error: dayError }).optional(),
  paidOn: z
    .custom<IsoDate>((text) => typeof text === "string" && isIsoDate(text), {
      error: "領収日を読み取れません。例: R8.10.5",
    })
    .optional(),
  /** 医療機関コード of ten digits, where it is known. */
  institutionCode: z
    .string()
    .regex(/^\d{10}$/, { error: "医療機関コードは10桁の数字です。" })
    .optional(),
  institutionName: z
    .string()
    .trim()
    .min(1, { error: "医療機関の名前か、10桁のコードを入力してください。" })
    .max(60, { error: "医療機関の名前は60文字までです。" }),
  care: z.enum(keysOf<ClaimCare>(claimCares), { error: "区分を選んでください。" }),
  /** 10割, yen. */
  cost: yen("総医療費").min(1, { error: "点数（装具は金額）を入力してください。" }),
  insuranceTenths: z.number().int().min(0).max(10),
  times: count("回数", 1),
  paid: yen("領収額"),
  meals: yen("食事代"),
  mealDays: count("食事の日数", 0),
  reimbursed: yen("療養費"),
  highCost: yen("高額療養費"),
  additionalBenefit: yen("附加給付"),
  otherPublic: yen("ほかの公費"),
  outsidePrefecture: z.boolean(),
  certificateShown: z.boolean(),
  exclusion: z.enum(keysOf(exclusions)).optional(),
  documents: z.array(z.enum(keysOf<ClaimDocument>(claimDocuments))),
});
export type KeyedReceipt = z.output<typeof receiptSchema>;

/** What is keyed of a claim. */
export const claimEntrySchema = z.strictObject({
  receipts: z
    .array(receiptSchema)
    .min(1, { error: "領収書を1枚以上入力してください。" })
    .max(200, { error: "1件の申請に入力できる領収書は、200枚までです。" }),
  insurerGroup: z.enum(keysOf(insurerGroups)).optional(),
  category: z.enum(keysOf(highCostCategories)).optional(),
  multiple: z.boolean().default(false),
  /** The figure by which the plan tells incomes apart, where it does; yen. */
  income: yen("所得").optional(),
  remark: z.string().trim().max(500, { error: "備考は500文字までです。" }).optional(),
});
export type ClaimEntry = z.output<typeof claimEntrySchema>;

/** What of an entry lies sealed, with the key of the person: names of institutions, the income, remarks. */
export interface SealedClaim {
  /** By the number of the receipt. */
  institutions: Readonly<Record<number, string>>;
  income?: number | undefined;
  remark?: string | undefined;
}
