import type { ReliefBenefit } from "#workflows/vaccination/relief/benefits.ts";
import type { HarmClass } from "./harm.ts";

/** As what somebody claims. */
export const claimantRelations = {
  self: "接種を受けた本人",
  guardian: "本人の保護者（親権者など）",
  representative: "本人の法定代理人・任意代理人",
  carer: "障害児を養育する方",
  spouse: "亡くなった方の配偶者",
  child: "亡くなった方の子",
  parent: "亡くなった方の父母",
  grandchild: "亡くなった方の孫",
  grandparent: "亡くなった方の祖父母",
  sibling: "亡くなった方の兄弟姉妹",
  funeral: "葬祭を行う方",
} as const;
export type ClaimantRelation = keyof typeof claimantRelations;

/** The survivors in the order of their ranks (予防接種法施行令). */
export const survivors = [
  "spouse",
  "child",
  "parent",
  "grandchild",
  "grandparent",
  "sibling",
] as const satisfies readonly ClaimantRelation[];

const patient = ["self", "guardian", "representative"] as const;

/** Who may claim a benefit (予防接種法第16条), as what. */
export const claimantsOf: Readonly<Record<ReliefBenefit, readonly ClaimantRelation[]>> = {
  "medical-cost": patient,
  "medical-allowance": patient,
  "child-care-pension": ["carer"],
  "disability-pension": ["self", "representative"],
  "death-lump-sum": survivors,
  "survivor-pension": survivors,
  "survivor-lump-sum": survivors,
  funeral: ["funeral"],
};

const pair: readonly ReliefBenefit[] = ["medical-cost", "medical-allowance"];

/** 年金: paid on and on; a case of one is not settled by one payment. */
export const pensions = [
  "child-care-pension",
  "disability-pension",
  "survivor-pension",
] as const satisfies readonly ReliefBenefit[];

/** Which benefits a class knows (予防接種法第16条); the city's own scheme follows those of A類 here, unless it settles less. */
export const benefitsOf: Readonly<Record<HarmClass, readonly ReliefBenefit[]>> = {
  A: [...pair, "child-care-pension", "disability-pension", "death-lump-sum", "funeral"],
  temporary: [...pair, "child-care-pension", "disability-pension", "death-lump-sum", "funeral"],
  city: [...pair, "child-care-pension", "disability-pension", "death-lump-sum", "funeral"],
  B: [
    ...pair,
    "child-care-pension",
    "disability-pension",
    "survivor-pension",
    "survivor-lump-sum",
    "funeral",
  ],
};

/** What is known of a claim when it is judged who may make it. */
export interface ClaimantFacts {
  readonly class: HarmClass;
  readonly benefits: readonly ReliefBenefit[];
  readonly relation: ClaimantRelation;
  /** Whether whoever was vaccinated is 18 already on the day of the claim; unknown where the day of birth is. */
  readonly ofAge: boolean | undefined;
  readonly died: boolean;
}

/**
 * Why the claim cannot be made so, as a sentence at its field; nothing where it can. One claim is one benefit; 医療費 and 医療手当
 * stand on one official form and are claimed together or each alone.
 */
export function claimantFault(
  facts: ClaimantFacts,
): { field: "benefits" | "relation"; message: string } | undefined {
  const { benefits, relation, ofAge, died } = facts;
  const at = (field: "benefits" | "relation", message: string) => ({ field, message });
  const [first] = benefits;
  if (!first) return at("benefits", "請求する給付を選んでください。");
  if (benefits.some((one) => !benefitsOf[facts.class].includes(one)))
    return at("benefits", "この接種の区分にはない給付です。接種の区分と給付を確かめてください。");
  if (benefits.length > 1 && !benefits.every((one) => pair.includes(one)))
    return at(
      "benefits",
      "一緒に請求できるのは医療費と医療手当だけです。ほかの給付は、別の請求として受け付けてください。",
    );
  if (benefits.some((one) => !claimantsOf[one].includes(relation)))
    return at("relation", "この給付を請求できる方ではありません。続柄と給付を確かめてください。");
  const isSurvivors = claimantsOf[first] === survivors || first === "funeral";
  if (isSurvivors && !died)
    return at("benefits", "亡くなった方についての給付です。死亡日を入力してください。");
  if (relation === "self" && died)
    return at("relation", "接種を受けた方は亡くなっています。請求する方を確かめてください。");
  if (relation === "guardian" && ofAge === true)
    return at("relation", "接種を受けた方は18歳以上です。本人か代理人が請求します。");
  if (first === "child-care-pension" && ofAge === true)
    return at("benefits", "障害児養育年金は、18歳未満の方についての給付です。");
  if (first === "disability-pension" && ofAge === false)
    return at("benefits", "障害年金は、18歳以上の方についての給付です。");
  return undefined;
}
