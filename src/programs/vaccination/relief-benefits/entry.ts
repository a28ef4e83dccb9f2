import { z } from "zod";
import {
  codesOf,
  dayField,
  institutionFields,
  monthField,
  yenField,
} from "#src/platform/intake/index.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { isPension, reliefBenefits } from "#workflows/vaccination/relief/benefits.ts";
import { benefitRefusals } from "#workflows/vaccination/relief/faults.ts";
import { survivorRanks } from "#workflows/vaccination/relief/survivors.ts";
import { visitWays } from "#workflows/vaccination/relief/visits.ts";

const refusal = z.enum(codesOf(benefitRefusals)).optional();
const person = z.custom<string>((text) => typeof text === "string" && isPersonNumber(text), {
  error: "支払う相手の統合宛名番号を確かめてください。",
});

/** What one institution certifies of a month, as it is keyed. */
const visitSchema = z
  .strictObject({
    month: monthField("受診した年月を入力してください。例: R6.4"),
    ...institutionFields,
    way: z.enum(codesOf(visitWays), { error: "区分を選んでください。" }),
    days: z
      .array(z.int().min(1).max(31), { error: "受診した日を読み取れません。例: 1,3,5-9" })
      .min(1, { error: "受診した日を入力してください。例: 1,3,5-9" }),
    paid: yenField("自己負担額"),
    meals: yenField("食事代"),
    reimbursed: yenField("他の給付で受けた額"),
    paidOn: dayField("支払日を読み取れません。例: R6.5.10").optional(),
    certificate: z.boolean(),
    hospitalEquivalent: z.boolean(),
    refusal,
  })
  .refine((one) => one.reimbursed <= one.paid + one.meals, {
    error: "他の給付で受けた額が、支払った額を超えています。",
    path: ["reimbursed"],
  });

/** A benefit that is not by the month, for one person. */
const otherSchema = z
  .strictObject({
    benefit: z.enum(codesOf(reliefBenefits), { error: "給付を選んでください。" }),
    payeeNumber: person,
    rank: z.enum(codesOf(survivorRanks)).optional(),
    grade: z.int().min(1).max(3).optional(),
    /** First day of the month in which its cause arose (支給事由の生じた日). */
    causeOn: dayField("支給事由の生じた日を読み取れません。例: R6.4.1").optional(),
    homeCare: z.boolean(),
    otherBenefits: yenField("調整する額"),
    refusal,
  })
  .superRefine((one, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (isPension(one.benefit)) {
      if (!one.causeOn) fault("causeOn", "支給事由の生じた日を入力してください。");
      if (!one.grade) fault("grade", "等級を選んでください。");
    }
    const ofRank = ["death-lump-sum", "survivor-pension", "survivor-lump-sum"].includes(
      one.benefit,
    );
    if (ofRank && !one.rank) fault("rank", "死亡した方との続柄を選んでください。");
    if (!ofRank && one.rank) fault("rank", "続柄は、死亡一時金と遺族の給付だけに入力します。");
  });

/** What is keyed of a claim. */
export const benefitEntrySchema = z
  .strictObject({
    visits: z
      .array(visitSchema)
      .max(500, { error: "1件の請求に入力できる受診は、500行までです。" }),
    /** To whom 医療費 and 医療手当 are paid. */
    medicalPayee: person.optional(),
    /** Months for which 医療手当 is claimed, and why not, where whoever examined said so. */
    allowanceMonths: z
      .array(z.strictObject({ month: monthField("医療手当の月を読み取れません。"), refusal }))
      .max(240, { error: "医療手当を請求できる月は、240か月までです。" }),
    costRefusal: refusal,
    benefits: z.array(otherSchema).max(30, { error: "入力できる給付は、30行までです。" }),
    disabilityMonths: z
      .number({ error: "障害年金の月数は、整数で入力してください。" })
      .int({ error: "障害年金の月数は、整数で入力してください。" })
      .min(0, { error: "障害年金の月数は、0以上です。" })
      .max(1200, { error: "障害年金の月数が大きすぎます。" }),
    remark: z.string().trim().max(500, { error: "備考は500文字までです。" }).optional(),
  })
  .refine((one) => one.visits.length + one.benefits.length > 0, {
    error: "受診か、給付を1行以上入力してください。",
    path: ["visits"],
  })
  .refine(
    (one) => one.visits.length + one.allowanceMonths.length === 0 || one.medicalPayee !== undefined,
    { error: "医療費・医療手当を支払う相手を選んでください。", path: ["medicalPayee"] },
  );
export type BenefitEntry = z.output<typeof benefitEntrySchema>;

/** What of an entry lies sealed with the key of who was vaccinated. */
export interface SealedBenefits {
  /** Names of institutions by the number of the visit. */
  institutions: Readonly<Record<number, string>>;
  remark?: string | undefined;
}
