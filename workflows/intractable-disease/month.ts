import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { sum } from "#workflows/medical/bills.ts";
import { type HighCostCategory, highCostLimit } from "#workflows/medical/high-cost.ts";
import { SUMMED_FROM } from "#workflows/medical/high-cost-month.ts";
import { type AmountStep, divideHalfUp } from "#workflows/money/rounding.ts";

/** What an institution claims of a month, yen (10割). */
export interface MonthBill {
  readonly total: number;
  /** What of it is for the recognized disease at a designated institution: 54 pays for that alone. */
  readonly covered: number;
  /** Tells institutions apart. Bills that name none are taken together as one. */
  readonly institution?: string | undefined;
}

/** A person's month as the insurance and the certificate have it. */
export interface MonthFacts {
  readonly month: IsoMonth;
  /** 適用区分; nothing where it is not known: then no limit of 高額療養費 is taken off. */
  readonly category?: HighCostCategory | undefined;
  /** 多数回該当. */
  readonly multiple: boolean;
  /** 自己負担上限月額. */
  readonly cap: number;
  /** Paid of the cap already, as the 管理票 has it. */
  readonly paidBefore?: number | undefined;
  /** Tenths that the insurance pays; 0 without insurance. */
  readonly insuranceTenths: number;
}

/** A month of 特定医療費, yen: `insurerPays + publicPays + patientPays` is the cost of all bills. */
export interface IntractableMonth {
  /** What the person pays in all: under 54, and for what it does not cover. */
  readonly patientPays: number;
  /** What 54 pays. */
  readonly publicPays: number;
  readonly insurerPays: number;
  /** The person's share under 54, never above the cap. */
  readonly coveredShare: number;
  readonly uncoveredShare: number;
  /** 高額療養費 paid back on the sum of the shares. */
  readonly paidBack: number;
  readonly capLeft: number;
  readonly steps: readonly AmountStep[];
  readonly basis: readonly string[];
}

/** What the person pays of the covered cost at most (難病法施行令第1条), in tenths. */
const COVERED_TENTHS = 2;
const LAW = "難病の患者に対する医療等に関する法律第5条";

/** Costs of one institution that are covered, or that are not. */
interface Part {
  readonly cost: number;
  /** What the insurance leaves, before any limit. */
  readonly share: number;
  readonly limited: number;
}

/**
 * What insurer, 54 and the person pay of a month. Of what 54 covers the insurer leaves its share, at most the limit of
 * 高額療養費; the person pays two tenths (or the share, where that is less), what is left of the cap, or that limit, whichever
 * is least, and 54 the rest. What is not covered has a limit of its own. Where several shares are each 21,000 yen or more, the
 * person's shares together reach no more than the limit on their sum.
 *
 * @throws MissingParameterError where no limit of the class holds in the month
 */
export function intractableMonth(bills: readonly MonthBill[], facts: MonthFacts): IntractableMonth {
  const { month, category, multiple, cap, paidBefore = 0, insuranceTenths } = facts;
  const leaves = 10 - insuranceTenths;
  const rate = Math.min(COVERED_TENTHS, leaves);
  const basis = [LAW];
  const insured = insuranceTenths > 0 ? category : undefined;
  const limitOn = (cost: number): number => {
    if (insured === undefined) return Number.POSITIVE_INFINITY;
    const found = highCostLimit(month, insured, cost, multiple);
    basis.push(...found.basis);
    return found.limit;
  };
  const partOf = (cost: number): Part => {
    const share = divideHalfUp(cost * leaves, 10);
    return { cost, share, limited: cost === 0 ? 0 : Math.min(share, limitOn(cost)) };
  };
  const institutions = [...Map.groupBy(bills, ({ institution = "" }) => institution).values()];
  let capLeft = Math.max(0, cap - paidBefore);
  const covered = institutions.map((some) => {
    const part = partOf(sum(some, (bill) => bill.covered));
    const pays = Math.min(divideHalfUp(part.cost * rate, 10), capLeft, part.limited);
    capLeft -= pays;
    return { ...part, pays };
  });
  const uncovered = institutions.map((some) => {
    const part = partOf(sum(some, (bill) => bill.total - bill.covered));
    return { ...part, pays: part.limited };
  });
  const below70 = !insured?.startsWith("70-");
  const summed = [...covered, ...uncovered].filter(
    ({ cost, share }) => cost > 0 && (!below70 || share >= SUMMED_FROM),
  );
  const together = sum(summed, ({ pays }) => pays);
  const paidBack =
    summed.length > 1 ? Math.max(0, together - limitOn(sum(summed, ({ cost }) => cost))) : 0;
  if (paidBack > 0) basis.push("健康保険法施行令第41条(21,000円以上を合算)");

  const total = sum(bills, (bill) => bill.total);
  const coveredShare = sum(covered, ({ pays }) => pays);
  const uncoveredShare = sum(uncovered, ({ pays }) => pays);
  const publicPays = sum(covered, ({ limited, pays }) => limited - pays);
  const patientPays = coveredShare + uncoveredShare - paidBack;
  const insurerPays = total - publicPays - patientPays;
  const ofInsurer = (parts: readonly Part[]) => sum(parts, ({ cost, share }) => cost - share);
  const ofLimit = (parts: readonly Part[]) => sum(parts, ({ share, limited }) => share - limited);
  const all = [...covered, ...uncovered];
  return {
    patientPays,
    publicPays,
    insurerPays,
    coveredShare,
    uncoveredShare,
    paidBack,
    capLeft,
    steps: [
      { label: "総医療費(10割)", amount: total },
      { label: "医療保険の給付", amount: -ofInsurer(all) },
      { label: "高額療養費(それぞれの療養)", amount: -ofLimit(all) },
      { label: "公費54の負担", amount: -publicPays },
      { label: "高額療養費(合算)", amount: -paidBack },
    ].filter((step, index) => index === 0 || step.amount !== 0),
    basis,
  };
}
