import { z } from "zod";
import type { DatedParameter } from "#workflows/parameters/dated.ts";
import { choiceSchema, wholeSchema } from "#workflows/rules/rule.ts";

export const careKinds = {
  outpatient: "入院外",
  inpatient: "入院",
  pharmacy: "調剤",
  "home-nursing": "訪問看護",
} as const;

export type CareKind = keyof typeof careKinds;

/** How a bill reaches the city. Rounding and the order of payment depend on it. */
export const claimChannels = {
  receipt: "併用レセプト(現物)",
  paper: "紙の請求書(現物)",
  refund: "償還払い",
} as const;

export type ClaimChannel = keyof typeof claimChannels;

/** How the fraction of a copay below the unit is treated. */
export const roundings = { floor: "切捨て", "half-up": "四捨五入", up: "切上げ" } as const;

/** Whether a kind of care costs the patient something (負担区分). */
export const burdens = { none: "負担なし", share: "下の定めにより負担" } as const;

/** Whether the card opens the door, or the person pays at the counter and is refunded. */
export const settlements = { "in-kind": "現物給付", refund: "償還払い" } as const;

/** What a percentage is taken of. */
export const percentBases = { cost: "総医療費(10割)", share: "保険等を引いた自己負担" } as const;

/** How what a pharmacy asks for is treated (薬剤・院外処方の扱い). */
export const pharmacyRules = {
  free: "負担なし",
  joined: "処方した医療機関の分と合わせる",
  own: "薬局ごとに別に負担",
} as const;

/** When a band ends with an age: on the day it is reached, with that month, or with that school year. */
export const bandEnds = {
  reached: "達する日",
  "month-end": "達する日の属する月の末日",
  "year-end": "達する日以後の最初の3月31日",
} as const;

/** Whose month a cap counts: each institution's, or the person's at all of them. */
export const capScopes = {
  institution: "医療機関ごと",
  person: "すべての医療機関を合わせて",
} as const;

/** Kinds of insurance as the class of 高額療養費 is told by them. */
export const insurerGroups = {
  employee: "被用者保険",
  national: "国民健康保険",
  union: "国民健康保険組合",
  elderly: "後期高齢者医療",
} as const;

export type InsurerGroup = keyof typeof insurerGroups;

/** By which class (区分) the subsidy deducts 高額療養費. */
export const classRules = { own: "本人の適用区分", ウ: "所得によらず区分ウ" } as const;

const yen = wholeSchema(0, 100_000_000).optional();
const times = wholeSchema(0, 999).optional();
const percent = wholeSchema(0, 100).optional();

/** Terms of one kind of care; a cap, a number or a fixed amount that isn't set doesn't bind. */
export const careTermsSchema = z.object({
  burden: choiceSchema(burdens),
  settlement: choiceSchema(settlements).default("in-kind"),
  /** 1回 負担割合 (percent), and of what. */
  visitPercent: percent,
  percentOf: choiceSchema(percentBases).default("cost"),
  /** 1回 固定額. */
  visitFixed: yen,
  /** 1回 上限額. */
  visitCap: yen,
  /** 1日 上限額, 1日 上限回数. */
  dayCap: yen,
  dayTimes: times,
  /** A fixed amount for the month as a whole, whatever the number of visits. */
  monthFixed: yen,
  /** 1月 院内 上限額, 1月 院外 上限額 (of pharmacies), 1月 上限回数. */
  monthCap: yen,
  monthPharmacyCap: yen,
  monthTimes: times,
  /** 薬剤負担: whether 薬剤一部負担金 stays with the patient beside the copay. */
  drugs: z.boolean().default(false),
});

export type CareTerms = z.output<typeof careTermsSchema>;

/** One band of age and income with its terms; the first band of a plan that fits holds. */
export const planBandSchema = z.object({
  title: z.string().trim().min(1, { error: "区分の名前を入力してください。" }).max(60),
  /** Begins on the day on which this age is reached; from birth where it isn't set. */
  ageFrom: wholeSchema(0, 120).optional(),
  /** Ends with this age; never where it isn't set. */
  ageTo: wholeSchema(0, 120).optional(),
  end: choiceSchema(bandEnds).default("year-end"),
  /** 所得 (or 所得割) in yen: from, and below. */
  incomeFrom: wholeSchema(0).optional(),
  incomeBelow: wholeSchema(0).optional(),
  outpatient: careTermsSchema.optional(),
  inpatient: careTermsSchema.optional(),
  "home-nursing": careTermsSchema.optional(),
  pharmacyRule: choiceSchema(pharmacyRules).default("free"),
  /** Terms of each pharmacy where the rule is `own`. */
  pharmacy: careTermsSchema.optional(),
  /** 1日食事助成額: yen of a day's meals that the city bears; 食事療養費: whether it bears all of it. */
  mealsPerDay: yen,
  mealsWhole: z.boolean().default(false),
});

export type PlanBand = z.output<typeof planBandSchema>;

const roundingSchema = z.object({
  channel: choiceSchema(claimChannels),
  unit: wholeSchema(1, 1_000),
  how: choiceSchema(roundings),
});

/** A city's plan of a subsidy: all that the amount of a month depends on beside the bills. */
export const copayPlanSchema = z.object({
  /** 短縮制度名, 法別番号, 保険番号 of clinics' software: what the plan is called there. */
  shortName: z.string().trim().max(20).optional(),
  lawNumber: z
    .string()
    .regex(/^\d{2}$/, { error: "法別番号は2桁の数字です。" })
    .optional(),
  softwareNumber: z
    .string()
    .regex(/^\d{3}$/, { error: "保険番号は3桁の数字です。" })
    .optional(),
  /** 公費主保区分: whether the fund stands beside an insurance or in its place. */
  alone: z.boolean().default(false),
  /** 法別番号・検証番号・受給者検証番号チェック区分. */
  checksLawNumber: z.boolean().default(true),
  checksPayerNumber: z.boolean().default(true),
  checksRecipientNumber: z.boolean().default(true),
  /** レセプト請求, レセプト記載. */
  claimedByReceipt: z.boolean().default(true),
  writtenOnReceipt: z.boolean().default(true),
  /** 点数単価, yen. */
  yenPerPoint: wholeSchema(1, 100).default(10),
  /** On which day of the month the band of age is looked at. */
  bandDay: choiceSchema({ first: "月の初日", last: "月の末日" }).default("first"),
  bands: z.array(planBandSchema).min(1, { error: "区分を1つ以上入力してください。" }),
  /** Whose month a `monthCap` counts. */
  capScope: choiceSchema(capScopes).default("institution"),
  /** From this sum of an institution's month on (with its pharmacy, 自己負担 in yen) 現物 becomes 償還; not where it isn't set. */
  refundFrom: wholeSchema(1).optional(),
  /** 現物 outside the prefecture too. */
  inKindOutside: z.boolean().default(false),
  /** レセプト負担金額: rounding of the copay by channel; to one yen where a channel isn't listed. */
  rounding: z.array(roundingSchema).default([]),
  /** Class of 高額療養費 by kind of insurance; the person's own where a kind isn't listed. */
  classes: z
    .array(z.object({ insurer: choiceSchema(insurerGroups), rule: choiceSchema(classRules) }))
    .default([]),
});

/** The plan, its rows dated with source ({@link CopayPlanRows}). */
export type CopayPlan = z.output<typeof copayPlanSchema>;

/** The plans of a city as dated rows with source. */
export type CopayPlanRows = DatedParameter<CopayPlan>;
