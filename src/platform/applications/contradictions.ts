import type { ApplicationFacts } from "#workflows/cases/checks.ts";
import { looksAt } from "./facts.ts";
import type { AnyApplicationKind, Granting } from "./kind.ts";
import type { ApplicationView } from "./view.ts";

/** What is known of an application that is proposed; what was not asked for in its present state is not there. */
export interface KnownForReason {
  granting: Granting;
  missingDocuments: number;
  /** Somebody has an entitlement for the same time. */
  overlaps: boolean | undefined;
  /** People whose income is not below their limit. */
  incomesOverLimit: number | undefined;
  /** What the entry says of itself. */
  welfare: boolean | undefined;
}

/** What speaks against a reason of a rejection, by its code: the records do not bear it out. */
type Claims = Readonly<Record<string, (known: KnownForReason) => string | undefined>>;

const claims: Claims = {
  documents: ({ missingDocuments }) =>
    missingDocuments === 0
      ? "理由は書類の不足ですが、不足と記録された書類はありません。"
      : undefined,
  duplicate: ({ overlaps }) =>
    overlaps === false
      ? "理由は認定の重複ですが、期間の重なる受給資格は記録されていません。"
      : undefined,
  welfare: ({ welfare }) =>
    welfare === false ? "理由は生活保護ですが、申請内容では生活保護を受けていません。" : undefined,
  income: ({ incomesOverLimit }) =>
    incomesOverLimit === 0
      ? "理由は所得ですが、所得が限度額以上の方は記録されていません。"
      : undefined,
  age: ({ granting }) =>
    granting.granted ? "理由は対象年齢ですが、計算では対象年齢のうちです。" : undefined,
  residence: ({ granting }) =>
    granting.granted ? "理由は住所ですが、計算では市の住民です。" : undefined,
};

/**
 * What the calculation and the records say against a proposal, for who prepares and who decides it: a grant that nothing
 * would come of, a rejection with a reason that they do not bear out, or with one they know nothing of although they grant.
 */
export function contradictionsOf(
  subject: string,
  reason: string | undefined,
  known: KnownForReason,
): string[] {
  const { granting } = known;
  if (subject === "grant")
    return granting.granted ? [] : [`計算では認定できません。${granting.reason}`];
  if (subject !== "rejection") return [];
  const claim = claims[reason ?? ""];
  const against = claim?.(known);
  if (against) return [against];
  return granting.granted && !claim
    ? ["計算では認定できる期間があります。却下の理由を確かめてください。"]
    : [];
}

/** The same of an application as its page shows it. */
export function knownForReason(
  kind: AnyApplicationKind,
  { found, prepared, granting, documentChecks, entered }: ApplicationView<unknown>,
): KnownForReason {
  const facts: Partial<ApplicationFacts> & { incomesOverLimit?: number } = prepared.context;
  const said = entered as { welfare?: boolean } | undefined;
  return {
    granting,
    missingDocuments: documentChecks.filter(({ status }) => status === "missing").length,
    overlaps: looksAt(found, ["noOverlap"]) ? facts.overlaps : undefined,
    incomesOverLimit:
      kind.incomes && looksAt(found, ["withinLimits"]) ? facts.incomesOverLimit : undefined,
    welfare: said?.welfare,
  };
}
