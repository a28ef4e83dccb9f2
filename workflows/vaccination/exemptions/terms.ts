import { z } from "zod";
import { fiscalYear, fiscalYearStart } from "#workflows/dates/ages.ts";
import { addDays, addMonths, type IsoDate } from "#workflows/dates/iso-date.ts";
import type { CityParameter } from "#workflows/parameters/city-parameter.ts";
import {
  choiceField,
  choiceSchema,
  choicesField,
  type Fields,
  listField,
  wholeField,
  wholeSchema,
} from "#workflows/rules/rule.ts";
import { schedule } from "../schedule.ts";
import type { VaccineId } from "../vocabulary.ts";
import {
  type ExemptionEvidence,
  type ExemptionGround,
  exemptionEvidence,
  exemptionGrounds,
} from "./grounds.ts";

/** Of one ground: for which vaccines, by what papers, until when. */
export interface ExemptionTerm {
  readonly ground: ExemptionGround;
  readonly vaccines: readonly VaccineId[];
  readonly evidence: readonly ExemptionEvidence[];
  /** The month (1 to 12) with whose last day the exemption of a 年度 ends: 3 is the end of the 年度. */
  readonly lastMonth: number;
}

/** By which terms a city exempts from 自己負担. */
export interface ExemptionTerms {
  readonly grounds: readonly ExemptionTerm[];
}

const vaccines = Object.fromEntries(
  schedule.map(({ id, label, period }) => [id, [label, period].filter(Boolean).join(" ")]),
) as Record<VaccineId, string>;
const some = <T extends z.ZodType>(one: T, error: string) => z.array(one).min(1, { error });

const rowFields: Fields = {
  ground: choiceField("要件", exemptionGrounds, "welfare"),
  vaccines: choicesField("減免する予防接種", vaccines, ["flu"]),
  evidence: choicesField("確認資料", exemptionEvidence, ["welfare-certificate"]),
  lastMonth: wholeField("何月の末日まで（3は年度末）", 3, 1, 12),
};
const rowSchema = z.object({
  ground: choiceSchema(exemptionGrounds),
  vaccines: some(choiceSchema(vaccines), "減免する予防接種を選んでください。"),
  evidence: some(choiceSchema(exemptionEvidence), "確認資料を選んでください。"),
  lastMonth: wholeSchema(1, 12),
});

/**
 * 自己負担減免の取扱い. The law lets a municipality collect what a person can bear (予防接種法28条) and leaves to it whom it exempts:
 * nothing holds before two people have set it.
 */
export const exemptionTerms: CityParameter<ExemptionTerms> = {
  key: "vaccination.exemption",
  title: "自己負担減免の取扱い",
  hint: "減免の要件ごとに、対象の予防接種、確認資料、いつまで有効かを定めます。申請を受け付けた日に有効な値で審査します。",
  fields: { grounds: listField("減免の要件", rowFields, z.array(rowSchema), []) },
  schema: z.object({
    grounds: z
      .array(rowSchema)
      .min(1, { error: "要件を一つ以上入力してください。" })
      .superRefine((rows, context) => {
        rows.forEach(({ ground }, at) => {
          if (rows.findIndex((other) => other.ground === ground) < at)
            context.addIssue({
              code: "custom",
              path: [at, "ground"],
              message: "同じ要件の行があります。",
            });
        });
      }),
  }),
  templates: [
    {
      title: "生活保護・中国残留邦人等（高齢者の予防接種）",
      source: "例。自市の規則・要綱で確かめること",
      certainty: "assumed",
      known: {
        grounds: [
          {
            ground: "welfare",
            vaccines: ["flu", "ppv", "covid", "zoster"],
            evidence: ["welfare-certificate", "welfare-list"],
            lastMonth: 3,
          },
          {
            ground: "returnee",
            vaccines: ["flu", "ppv", "covid", "zoster"],
            evidence: ["returnee-identity"],
            lastMonth: 3,
          },
        ],
      },
    },
  ],
};

/** What the terms say of a ground; nothing where the city does not exempt for it. */
export const termOf = (
  { grounds }: ExemptionTerms,
  ground: ExemptionGround,
): ExemptionTerm | undefined => grounds.find((one) => one.ground === ground);

/**
 * From when until when an exemption holds that is received on a day: within its 年度, from that day, until the last day of the
 * month that the terms name. Nothing where that is over.
 */
export function exemptionPeriod(
  { lastMonth }: Pick<ExemptionTerm, "lastMonth">,
  from: IsoDate,
): { readonly from: IsoDate; readonly until: IsoDate } | undefined {
  const start = fiscalYearStart(fiscalYear(from));
  const until = addDays(addMonths(start, ((lastMonth + 8) % 12) + 1), -1);
  return until < from ? undefined : { from, until };
}

/** What speaks against a grant. */
export type ExemptionFault =
  | "ground-not-exempt"
  | "vaccine-not-exempt"
  | "evidence-not-accepted"
  | "evidence-missing"
  | "over";

/** In words for staff. */
export const exemptionFaults: Readonly<Record<ExemptionFault, string>> = {
  "ground-not-exempt": "市の定めに、この要件による減免がありません。",
  "vaccine-not-exempt": "市の定めで減免されない予防接種があります。",
  "evidence-not-accepted": "市の定めにない確認資料です。",
  "evidence-missing": "確認資料を見ていません。",
  over: "市の定めた有効期間が過ぎています。",
};

/** What speaks against granting an application, by the terms of the day on which it was received. Nothing: it may be granted. */
export function exemptionFaultsOf(
  terms: ExemptionTerms,
  {
    ground,
    vaccines: asked,
    evidence,
    receivedOn,
  }: {
    readonly ground: ExemptionGround;
    readonly vaccines: readonly string[];
    readonly evidence: string;
    readonly receivedOn: IsoDate;
  },
): ExemptionFault[] {
  const term = termOf(terms, ground);
  if (!term) return ["ground-not-exempt"];
  const known: readonly string[] = term.vaccines;
  const accepted: readonly string[] = term.evidence;
  return [
    ...(asked.every((id) => known.includes(id)) ? [] : ["vaccine-not-exempt" as const]),
    ...(evidence === "none"
      ? ["evidence-missing" as const]
      : accepted.includes(evidence)
        ? []
        : ["evidence-not-accepted" as const]),
    ...(exemptionPeriod(term, receivedOn) ? [] : ["over" as const]),
  ];
}
