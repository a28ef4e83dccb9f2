import { z } from "zod";
import {
  agentPart,
  applicantPart,
  isoDate,
  optionalText,
  personNumber,
  postalCodeOf,
  requiredText,
} from "#src/platform/entry-parts/index.ts";
import { codesOf } from "#src/platform/intake/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";
import { prefectures } from "#workflows/vaccination/request-letters/prefectures.ts";
import {
  addresseeKinds,
  channels,
  payments,
  requestReasons,
} from "#workflows/vaccination/request-letters/reasons.ts";
import { findVaccine } from "#workflows/vaccination/schedule.ts";
import type { VaccineId } from "#workflows/vaccination/vocabulary.ts";

/** What the applicant is to whom the shot is given. */
export const applicantRelations = {
  self: "本人",
  parent: "父母",
  guardian: "その他の保護者",
  spouse: "配偶者",
  child: "子",
  other: "その他",
} as const;

/** 申請者. */
export const requestApplicant = applicantPart("applicant", "申請者", applicantRelations);

const day = (what: string) => isoDate(what) as unknown as z.ZodType<IsoDate>;
const prefecture = z.enum(codesOf(prefectures), "都道府県を選んでください。");

/** One dose of a request. */
const lineSchema = z.strictObject({
  vaccine: z
    .string()
    .refine((id) => findVaccine(id) !== undefined, "予防接種を選んでください。")
    .transform((id) => id as VaccineId),
  dose: z
    .number("回数は、1から9までの整数で入力してください。")
    .int("回数は、1から9までの整数で入力してください。")
    .min(1, "回数は、1から9までの整数で入力してください。")
    .max(9, "回数は、1から9までの整数で入力してください。"),
  plannedOn: day("接種の予定日"),
});

/** Where they stay. */
const staySchema = z.strictObject({
  prefecture,
  municipality: requiredText("滞在先の市区町村"),
  postalCode: postalCodeOf("滞在先の郵便番号"),
  address: requiredText("滞在先の住所"),
  building: optionalText,
  telephone: z
    .string()
    .regex(/^[\d-]{10,14}$/, "電話番号は数字とハイフンで入力してください。例: 096-328-0000")
    .or(z.literal("")),
});

/** 宛先. */
const toSchema = z.strictObject({
  name: requiredText("宛先の名前"),
  postalCode: postalCodeOf("宛先の郵便番号"),
  address: requiredText("宛先の住所"),
  building: optionalText,
});

/** What is keyed of an application for a letter, in the order of its form: so the mistakes are told. */
export const requestEntrySchema = z
  .strictObject({
    channel: z.enum(codesOf(channels), "受付方法を選んでください。"),
    applicant: requestApplicant.schema,
    /** 統合宛名番号, where the applicant is in the register and not the person themself. */
    applicantNumber: personNumber.transform((number) => number as PersonNumber).optional(),
    agent: agentPart.schema.optional(),
    stay: staySchema,
    stayFrom: day("滞在の始まりの日"),
    stayTo: day("滞在の終わりの日"),
    reason: z.enum(codesOf(requestReasons), "依頼の理由を選んでください。"),
    payment: z.enum(codesOf(payments), "費用の負担を選んでください。"),
    addressee: z.enum(codesOf(addresseeKinds), "宛先の種類を選んでください。"),
    to: toSchema,
    lines: z
      .array(lineSchema)
      .min(1, "予防接種を1件以上入力してください。")
      .max(20, "1件の申請に入力できる予防接種は、20件までです。"),
    remark: z.string().trim().max(500, "備考は500文字までです。").optional(),
  })
  .refine(({ stayFrom, stayTo }) => stayFrom <= stayTo, {
    path: ["stayTo"],
    error: "滞在の終わりの日が、始まりの日より前です。",
  });
export type RequestEntry = z.output<typeof requestEntrySchema>;
/** As it is keyed, before it is judged. */
export type KeyedRequest = RequestEntry;

/** What of an entry lies sealed with the key of whom it is for. */
export type SealedRequest = Pick<RequestEntry, "stay" | "to" | "agent" | "remark"> & {
  /** Where the applicant has no key of their own. */
  applicant?: RequestEntry["applicant"] | undefined;
};
