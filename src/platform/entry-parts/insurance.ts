import { z } from "zod";
import { boundFault, type DateBounds } from "#workflows/dates/bounds.ts";
import { type IsoDate, isIsoDate } from "#workflows/dates/iso-date.ts";
import { formatWareki } from "#workflows/dates/wareki.ts";
import type { InsuranceKind } from "#workflows/medical/insurers.ts";
import { checkNumber } from "#workflows/numbers/kinds.ts";
import { figures } from "#workflows/text/widths.ts";
import { codesOf } from "../intake/index.ts";
import { type EntryPart, isoDate, optionalText, requiredText } from "./part.ts";
import { date, plain } from "./read-text.ts";

export const insuranceKindTitles = {
  national: "国民健康保険",
  association: "健康保険組合",
  kyokai: "協会けんぽ",
  mutual: "共済組合",
  union: "国保組合",
  elderly: "後期高齢者医療",
} as const satisfies Record<InsuranceKind, string>;
export const insuredRelationTitles = { insured: "被保険者", dependant: "被扶養者" } as const;

const schema = z.strictObject({
  insurerNumber: z
    .string()
    .refine(
      (text) => checkNumber("insurer", text).valid,
      "保険者番号が正しくありません。桁数と検証番号を確かめてください。",
    )
    .transform((text) => checkNumber("insurer", text).normalized),
  insurerName: requiredText("保険者名"),
  kind: z.enum(codesOf(insuranceKindTitles), "保険の種類を選んでください。"),
  symbol: optionalText,
  number: requiredText("被保険者証の番号"),
  branchNumber: z.string().regex(/^\d{0,2}$/, "枝番は2桁までの数字で入力してください。"),
  insuredName: requiredText("被保険者の氏名"),
  relation: z.enum(codesOf(insuredRelationTitles), "被保険者か被扶養者かを選んでください。"),
  since: isoDate("保険の資格取得日"),
});

/** 主保険 of a person. */
export type Insurance = z.infer<typeof schema>;

export const insurancePart: EntryPart<Insurance> = {
  name: "insurance",
  schema,
  readers: {
    insurerNumber: figures,
    insurerName: plain,
    kind: plain,
    symbol: plain,
    number: plain,
    branchNumber: figures,
    insuredName: plain,
    relation: plain,
    since: date,
  },
  items: (insurance) => [
    {
      label: "加入している健康保険",
      value: `${insurance.insurerName}（${insuranceKindTitles[insurance.kind]}）`,
      letter: insurance.insurerName,
    },
    { label: "保険者番号", value: insurance.insurerNumber },
    {
      label: "記号・番号",
      value: [insurance.symbol, insurance.number, insurance.branchNumber]
        .filter(Boolean)
        .join("・"),
    },
    {
      label: "被保険者",
      value: `${insurance.insuredName}（本人は${insuredRelationTitles[insurance.relation]}）`,
      letter: insurance.insuredName,
      purpose: "name",
    },
    { label: "保険の資格取得日", value: formatWareki(insurance.since as IsoDate) },
  ],
};

/** 資格取得日 that cannot be: before birth or ahead; by the path of its field. */
export function insuranceFaults(
  insurance: Partial<Insurance> | null | undefined,
  bounds: DateBounds,
  prefix: string = insurancePart.name,
): Readonly<Record<string, string>> {
  const { since = "" } = insurance ?? {};
  const fault = isIsoDate(since) ? boundFault(since, bounds) : undefined;
  return fault ? { [`${prefix}.since`]: fault } : {};
}
