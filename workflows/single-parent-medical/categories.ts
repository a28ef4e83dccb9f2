import type { DatedParameter } from "#workflows/parameters/dated.ts";

/** Papers that prove a category (事由). */
export const evidence = {
  "family-register": {
    title: "戸籍謄本(全部事項証明書)",
    hint: "離婚日・死亡日、児童との続柄が分かるもの",
  },
  "disability-handbook": { title: "障害者手帳の写し", hint: "等級が条例の定める程度のもの" },
  "medical-certificate": { title: "診断書", hint: "所定の様式" },
  "missing-report": { title: "行方不明者届の受理を証する書類", hint: "警察の証明など" },
  "desertion-statement": {
    title: "遺棄の申立書",
    hint: "引き続き1年以上。民生委員などの証明のあるもの",
  },
  "protection-order": { title: "保護命令決定書の謄本", hint: "確定証明書とあわせて" },
  "detention-certificate": { title: "拘禁を証する書類", hint: "引き続き1年以上" },
  "unmarried-statement": { title: "未婚の申立書", hint: "事実上の婚姻関係がないこと" },
  "circumstances-statement": { title: "事情の申立書", hint: "事由が分かるもの" },
} as const;

export type EvidenceCode = keyof typeof evidence;

/** Why a household is one of ひとり親等, and the papers that prove it. */
export interface Category {
  readonly title: string;
  /** All of these; of the codes that stand together any one. */
  readonly evidence: readonly (readonly EvidenceCode[])[];
}

const register = ["family-register"] as const;

/** The categories are those of 児童扶養手当法; what paper each asks for is practice, and the city's to set. */
export const categories = {
  name: "ひとり親の事由と証明する書類",
  rows: [
    {
      from: "2019-04-01",
      value: {
        divorce: { title: "離婚", evidence: [register] },
        death: { title: "死亡", evidence: [register] },
        disability: {
          title: "障害",
          evidence: [register, ["disability-handbook", "medical-certificate"]],
        },
        missing: { title: "生死不明", evidence: [register, ["missing-report"]] },
        desertion: { title: "遺棄", evidence: [register, ["desertion-statement"]] },
        "protection-order": { title: "保護命令", evidence: [register, ["protection-order"]] },
        detention: { title: "拘禁", evidence: [register, ["detention-certificate"]] },
        unmarried: { title: "未婚", evidence: [register, ["unmarried-statement"]] },
        other: { title: "その他", evidence: [register, ["circumstances-statement"]] },
      },
      source:
        "事由は児童扶養手当法第4条第1項、同法施行令第1条の2による。書類は窓口の実務の一般知識による仮設定で、市の条例・要綱で確かめて登録し直すこと",
      certainty: "assumed",
    },
  ],
} as const satisfies DatedParameter<Readonly<Record<string, Category>>>;

export type CategoryCode = keyof (typeof categories)["rows"][0]["value"];

/** What is still to be shown of the papers that a category asks for; empty when it is proven. */
export function missingEvidence(
  category: Category,
  seen: ReadonlySet<EvidenceCode>,
): (readonly EvidenceCode[])[] {
  return category.evidence.filter((choices) => !choices.some((one) => seen.has(one)));
}
