import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import type { SubsidyBill } from "./bills.ts";
import {
  type CareKind,
  type CareTerms,
  type CopayPlan,
  careKinds,
  careTermsSchema,
} from "./copay-plan.ts";
import type { HighCostCategory } from "./high-cost.ts";
import { settleMonth } from "./subsidy-month.ts";

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
export interface SubsidyFacts extends Omit<SubsidyBill, "institution" | "prescriber"> {
  readonly month: IsoMonth;
  readonly institution?: string | undefined;
  readonly highCostCategory?: HighCostCategory | undefined;
  /** 多数回該当. */
  readonly multiple: boolean;
  /** The plan as a short list, or as a whole. */
  readonly copay?: readonly Copay[] | undefined;
  readonly plan?: CopayPlan | undefined;
  readonly birth?: SubsidyPersonFacts["birth"];
  readonly income?: SubsidyPersonFacts["income"];
}

type SubsidyPersonFacts = Parameters<typeof settleMonth>[3];

/** What insurance, other funds, the city and the patient pay for a month of care, step by step: a month with one bill. */
export function medicalSubsidy(facts: SubsidyFacts) {
  const {
    month,
    institution = "",
    highCostCategory,
    multiple,
    copay = [],
    plan,
    birth,
    income,
  } = facts;
  const bill: SubsidyBill = { ...facts, institution };
  const person = { birth, income, category: highCostCategory, multiple };
  const found = settleMonth(month, [bill], plan ?? planOfCopays(copay), person);
  const part = found.parts[0];
  return {
    insured: found.insured,
    patientBefore: found.patientBefore,
    subsidy: found.subsidy,
    patientPays: found.patientPays,
    settlement: part?.settlement ?? "in-kind",
    refundReasons: part?.refundReasons ?? [],
    categoryMissing: found.categoryMissing,
    steps: part?.steps ?? [],
    basis: found.basis,
  };
}

/** A short list of copays as a plan with a single band. */
export function planOfCopays(copays: readonly Copay[]): CopayPlan {
  const terms = (kind: CareKind): CareTerms | undefined => {
    const row = copays.find((candidate) => candidate.kind === kind);
    if (!row) return undefined;
    const { unit, amount, maxTimes } = row;
    return careTermsSchema.parse(
      unit === "month"
        ? { burden: "share", monthFixed: amount }
        : { burden: "share", visitFixed: amount, monthTimes: maxTimes },
    );
  };
  const kinds = Object.keys(careKinds) as CareKind[];
  const byKind = Object.fromEntries(kinds.map((kind) => [kind, terms(kind)])) as Record<
    CareKind,
    CareTerms | undefined
  >;
  return {
    alone: false,
    checksLawNumber: true,
    checksPayerNumber: true,
    checksRecipientNumber: true,
    claimedByReceipt: true,
    writtenOnReceipt: true,
    yenPerPoint: 10,
    bandDay: "first",
    bands: [
      {
        title: "すべて",
        end: "year-end",
        ...byKind,
        pharmacyRule: byKind.pharmacy ? "own" : "free",
        mealsWhole: false,
      },
    ],
    capScope: "institution",
    inKindOutside: false,
    rounding: [],
    classes: [],
  };
}
