import type { Fact } from "#forms/index.ts";
import type { CalculationStep } from "#src/platform/applications/index.ts";
import type { CaseRow } from "#src/platform/cases/index.ts";
import type { Work } from "#src/platform/work.ts";
import { diseaseTitle } from "#workflows/intractable-disease/diseases.ts";
import { yen } from "#workflows/text/yen.ts";
import { capOf } from "./cap.ts";
import type { Entered } from "./entered.ts";
import { type NewTerms, termsOfApplication } from "./proposed-terms.ts";

/** What a notice says of the terms: the diseases, the tier, the cap, and how it was reckoned. */
export const factsOfTerms = (
  terms: NewTerms,
  steps: readonly CalculationStep[],
): readonly Fact[] => [
  {
    label: "疾病",
    value: terms.diseases.map((number) => diseaseTitle(number, terms.validFrom)).join("\n"),
  },
  { label: "階層区分", value: [terms.tier, ...marksOf(terms)].join("・") },
  { label: "自己負担上限月額", value: yen(terms.cap) },
  {
    label: "計算の過程",
    // Names those with whom the cap is shared.
    purpose: "name",
    value: steps
      .filter(({ label }) => !untold.has(label))
      .map(({ label, value }) => `${label}　${value}`)
      .join("\n"),
  },
];

const untold = new Set(["支給認定基準世帯", "自己負担上限月額"]);

export const marksOf = (terms: NewTerms): string[] => [
  ...(terms.longHighCost ? ["高額かつ長期"] : []),
  ...(terms.ventilator ? ["人工呼吸器等装着者"] : []),
  ...(terms.mildHighCost ? ["軽症高額"] : []),
  ...(terms.apportioned ? ["按分あり"] : []),
  ...(terms.tierBefore ? ["生活保護移行防止"] : []),
];

/** What the notice of 支給認定 says beside the period. */
export async function noticeOf(work: Work, found: CaseRow, entered: Entered) {
  const terms = await termsOfApplication(work, found, entered);
  const { steps } = await capOf(work, found, entered);
  return {
    share: ["2割（1割の方は1割）", `月額 ${yen(terms.cap)}まで`],
    facts: factsOfTerms(terms, steps),
  };
}
