import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { type HighCostCategory, highCostLimit } from "./high-cost.ts";

export const careKinds = {
  outpatient: "入院外",
  inpatient: "入院",
  pharmacy: "調剤",
  "home-nursing": "訪問看護",
} as const;

export type CareKind = keyof typeof careKinds;

/** What a city leaves to the patient (一部負担金) for a kind of care. A kind without a row costs nothing. */
export interface Copay {
  readonly kind: CareKind;
  /** For each visit, each day, or the month as a whole. */
  readonly unit: "visit" | "day" | "month";
  /** Yen for each. */
  readonly amount: number;
  /** Most visits or days that are counted in a month. */
  readonly maxTimes?: number | undefined;
}

/** One month of care at one institution; amounts in yen. */
export interface SubsidyFacts {
  readonly month: IsoMonth;
  readonly kind: CareKind;
  readonly points: number;
  /** Tenths that the insurance pays: 7, 8 or 9. */
  readonly insuranceTenths: number;
  readonly highCostCategory?: HighCostCategory | undefined;
  /** 多数回該当. */
  readonly multiple: boolean;
  /** 附加給付 of the insurer. */
  readonly additionalBenefit: number;
  /** What other public funds pay, which come before the city. */
  readonly otherPublic: number;
  /** 食事療養標準負担額: stays with the patient. */
  readonly meals: number;
  /** Visits or days in the month. */
  readonly times: number;
  readonly copay: readonly Copay[];
}

const YEN_PER_POINT = 10;

/** What insurance, other funds, the city and the patient pay for a month of care, step by step. */
export function medicalSubsidy(facts: SubsidyFacts) {
  const total = facts.points * YEN_PER_POINT;
  const insured = facts.points * facts.insuranceTenths;
  const steps: AmountStep[] = [
    { label: "総医療費(10割)", amount: total },
    { label: "医療保険の給付", amount: -insured },
  ];
  let left = total - insured;
  const take = (label: string, amount: number) => {
    const taken = Math.min(left, amount);
    if (taken > 0) steps.push({ label, amount: -taken });
    left -= taken;
  };
  const basis = ["市の医療費助成条例(医療保険と他の公費を優先)"];
  if (facts.highCostCategory) {
    const high = highCostLimit(facts.month, facts.highCostCategory, total, facts.multiple);
    take("高額療養費", Math.max(0, left - high.limit));
    basis.push(...high.basis);
  }
  take("附加給付", facts.additionalBenefit);
  take("他の公費の負担", facts.otherPublic);
  const patientBefore = left;
  const copay = Math.min(left, copayOf(facts));
  const subsidy = left - copay;
  steps.push({ label: "市の助成", amount: -subsidy }, { label: "一部負担金", amount: copay });
  if (facts.meals > 0)
    steps.push({ label: "食事療養標準負担額(助成の対象外)", amount: facts.meals });
  return { insured, patientBefore, subsidy, patientPays: copay + facts.meals, steps, basis };
}

function copayOf({ copay, kind, times }: SubsidyFacts): number {
  const row = copay.find((candidate) => candidate.kind === kind);
  if (!row) return 0;
  const counted = row.unit === "month" ? 1 : Math.min(times, row.maxTimes ?? times);
  return row.amount * counted;
}

/**
 * Order in which public funds pay, the first one first, by 法別番号 (公費の優先順位); funds of the cities,
 * which are not listed, come last.
 */
const FUND_ORDER = [
  "13",
  "14",
  "18",
  "29",
  "30",
  "10",
  "11",
  "20",
  "21",
  "15",
  "16",
  "24",
  "22",
  "28",
  "17",
  "79",
  "19",
  "23",
  "52",
  "54",
  "51",
  "38",
  "53",
  "66",
  "62",
  "25",
  "12",
] as const;

/** The payer numbers (公費負担者番号) in the order in which they pay. */
export function publicFundOrder(payers: readonly string[]): string[] {
  const rank = (payer: string) => {
    const index = FUND_ORDER.findIndex((code) => payer.startsWith(code));
    return index < 0 ? FUND_ORDER.length : index;
  };
  return payers.toSorted((a, b) => rank(a) - rank(b));
}
