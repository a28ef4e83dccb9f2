import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { CopayPlan } from "#workflows/medical/copay-plan.ts";
import { medicalSubsidy, planOfCopays } from "#workflows/medical/subsidy.ts";
import { InputError } from "#workflows/rules/rule.ts";
import type { FundFacts, ReceiptCare, ReceiptFacts } from "./facts.ts";
import type { ReceiptFaultCode } from "./faults.ts";

/** What a receipt comes to, in yen, by the rule `medical.subsidy`. */
export interface ReceiptAmounts {
  readonly totalCost: number;
  readonly insured: number;
  readonly highCost: number;
  readonly additionalBenefit: number;
  readonly otherPublic: number;
  readonly subsidy: number;
  readonly patientPays: number;
  /** 市区町村補助額: what of the person's share a subsidy of a city takes over, where the receipt tells. */
  readonly municipalSubsidy?: number | undefined;
}

/** A receipt whose month of treatment can be read. */
export type DatedReceipt = ReceiptFacts & { readonly treatmentMonth: IsoMonth };

/** The amounts with what the city's plan says of the receipt; `copay` is null where it says nothing. */
export interface ExpectedReceipt {
  readonly amounts: ReceiptAmounts;
  readonly copay: number | null;
  /** By the plan it is refunded to the person, not paid to the institution. */
  readonly refunded: boolean;
  /** 高額療養費 could be due, and the class is not known. */
  readonly categoryMissing: boolean;
  /** What a 事務 that reckons for itself finds against its copay; where it is left out, stated and expected are compared. */
  readonly faults?: readonly ReceiptFaultCode[] | undefined;
}

const YEN_PER_POINT = 10;
/** Nothing is left to the patient: for what is known before any plan. */
const nothingLeft = planOfCopays([]);

/**
 * The amounts of a receipt for the fund of the city, and the 一部負担金 that its plan expects. The one place where receipts
 * call the rule. What the patient bears under the fund before ours is what is left for ours.
 *
 * @param plan the city's; nothing where none is registered: then what the receipt states is taken
 */
export function expectedAmounts(
  facts: DatedReceipt,
  fund: FundFacts,
  plan: CopayPlan | undefined,
): ExpectedReceipt {
  const points = fund.points ?? facts.points;
  const settle = (by: CopayPlan, otherPublic: number) =>
    medicalSubsidy({
      month: facts.treatmentMonth,
      institution: facts.institution ?? "",
      kind: careOfPlan(facts.care),
      insurer: facts.insurer ?? undefined,
      points,
      insuranceTenths: facts.insuranceTenths,
      highCostCategory: facts.highCostCategory ?? undefined,
      multiple: facts.multiple,
      times: fund.days ?? facts.days ?? 1,
      birth: facts.birth ?? undefined,
      channel: "receipt",
      otherPublic,
      plan: by,
    });
  const before = facts.funds[facts.funds.indexOf(fund) - 1];
  const share = before ? settle(nothingLeft, 0).patientBefore : 0;
  const otherPublic = before ? Math.max(0, share - (before.copay ?? 0)) : 0;
  const found = foundBy(plan, (by) => settle(by, otherPublic));
  const settled = found ?? settle(nothingLeft, otherPublic);
  const left = settled.patientBefore;
  const patientPays = Math.min(fund.copay ?? 0, left);
  const totalCost = points * YEN_PER_POINT;
  return {
    copay: found ? found.patientPays : null,
    refunded: found?.settlement === "refund",
    categoryMissing: settled.categoryMissing,
    amounts: {
      totalCost,
      insured: settled.insured,
      highCost: totalCost - settled.insured - otherPublic - left,
      additionalBenefit: 0,
      otherPublic,
      subsidy: left - patientPays,
      patientPays,
    },
  };
}

/** No plan knows services of 介護保険: they count as 訪問看護. */
const careOfPlan = (care: ReceiptCare | null) =>
  care === "long-term-care" ? "home-nursing" : (care ?? "outpatient");

/** A receipt as the ledger keeps it; yen. */
export interface PostedReceipt {
  readonly month: IsoMonth;
  readonly institution: string;
  readonly care: ReceiptCare;
  readonly insurer: string | null;
  readonly points: number;
  readonly days: number | null;
  readonly totalCost: number;
  readonly insured: number;
  readonly highCost: number;
  readonly additionalBenefit: number;
  readonly otherPublic: number;
}

/**
 * The 一部負担金 of a receipt of the ledger by a plan, in yen: what the insurer and other funds paid stays as it was posted.
 * Nothing where the plan asks for what the ledger does not tell.
 */
export function copayOfPosted(
  posted: PostedReceipt,
  birth: IsoDate | undefined,
  plan: CopayPlan | undefined,
): number | undefined {
  const { month, institution, care, insurer, points, days, otherPublic } = posted;
  const { totalCost, insured, highCost, additionalBenefit } = posted;
  return foundBy(plan, (by) =>
    medicalSubsidy({
      month,
      institution,
      kind: careOfPlan(care),
      insurer: insurer ?? undefined,
      points,
      insuranceTenths: totalCost === 0 ? 7 : Math.round((insured * 10) / totalCost),
      multiple: false,
      times: days ?? 1,
      birth,
      channel: "receipt",
      otherPublic,
      additionalBenefit: highCost + additionalBenefit,
      plan: by,
    }),
  )?.patientPays;
}

/** Nothing where there is no plan, or it asks for what a receipt does not tell (an income). */
function foundBy<T>(plan: CopayPlan | undefined, settle: (plan: CopayPlan) => T): T | undefined {
  if (!plan) return undefined;
  try {
    return settle(plan);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
