import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { citeRow, rowOn } from "#workflows/parameters/dated.ts";
import { exclusions, groupsOf, type Part, partsOfMonth, type SubsidyBill, sum } from "./bills.ts";
import { copaysOfMonth, type OpenPart, termsOf } from "./copay-month.ts";
import type { ClaimChannel, CopayPlan, CopayPlanRows, PlanBand } from "./copay-plan.ts";
import { takeFunds } from "./funds-of-part.ts";
import type { HighCostCategory } from "./high-cost.ts";
import { classOf } from "./high-cost-class.ts";
import { type HighCostShare, highCostOfInsurer } from "./high-cost-month.ts";
import { planBandOf } from "./plan-band.ts";

/** What is known of the person in the month, beside the bills. */
export interface SubsidyPerson {
  readonly birth?: IsoDate | undefined;
  /** The figure by which the plan's bands tell incomes apart, yen. */
  readonly income?: number | undefined;
  /** 適用区分 as the insurer told it. */
  readonly category?: HighCostCategory | undefined;
  /** From 70 on: the class of what was paid as an outpatient. */
  readonly outpatientCategory?: HighCostCategory | undefined;
  /** 多数回該当. */
  readonly multiple?: boolean | undefined;
}

/** Why a bill is refunded instead of paid in kind. */
export const refundReasons = {
  terms: "市が償還払いと定める診療",
  "refund-from": "1医療機関・1か月の自己負担が償還払いとする額以上",
  outside: "県外での受診",
  "not-shown": "受給者証を提示しなかった",
} as const;

/** The result for the bills of one institution, kind and insurer. All amounts in yen. */
export interface SubsidyPart {
  /** The bills' own names. */
  readonly ids: readonly string[];
  readonly institution: string;
  readonly kind: SubsidyBill["kind"];
  readonly total: number;
  readonly insured: number;
  readonly highCost: number;
  /** What insurer and other funds leave. */
  readonly patientBefore: number;
  readonly copay: number;
  readonly mealsSubsidy: number;
  /** What the city bears, meals included. */
  readonly subsidy: number;
  /** Copay, meals and what no subsidy covers. */
  readonly patientPays: number;
  readonly settlement: "in-kind" | "refund";
  readonly refundReasons: readonly (keyof typeof refundReasons)[];
  readonly steps: readonly AmountStep[];
}

/** A person's month: its parts in an order that doesn't depend on that of the bills, their sums, and why. */
export interface SubsidyMonth {
  readonly parts: readonly SubsidyPart[];
  readonly highCost: readonly HighCostShare[];
  readonly insured: number;
  readonly patientBefore: number;
  readonly copay: number;
  readonly subsidy: number;
  readonly patientPays: number;
  /** True where 高額療養費 could be due and the class isn't known: ask the insurer before paying. */
  readonly categoryMissing: boolean;
  readonly steps: readonly AmountStep[];
  readonly basis: readonly string[];
}

/**
 * What insurance, other funds, the city and the patient pay of all bills of a person in a month, by the city's plan that holds
 * on its first day. Bills of one institution, kind and insurer count as one, however they were cut.
 *
 * Throws InputError (`birth`, `income`) where the plan needs what isn't known, MissingParameterError where no plan or no limit
 * holds for the month.
 */
export function subsidyOfMonth(
  month: IsoMonth,
  bills: readonly SubsidyBill[],
  rows: CopayPlanRows,
  person: SubsidyPerson,
): SubsidyMonth {
  const row = rowOn(rows, `${month}-01` as IsoDate);
  const result = settleMonth(month, bills, row.value, person);
  return { ...result, basis: [...new Set([citeRow(rows, row), ...result.basis])] };
}

/** The same by one plan, without its row. */
export function settleMonth(
  month: IsoMonth,
  bills: readonly SubsidyBill[],
  plan: CopayPlan,
  person: SubsidyPerson,
): SubsidyMonth {
  const band = planBandOf(plan, month, person);
  const parts = partsOfMonth(bills, plan.yenPerPoint);
  const basis = ["市の医療費助成条例(医療保険と他の公費を優先)"];
  const highCost = insurersOf(parts).map((some) => {
    const found = classOf(month, plan, some[0]?.first.insurerGroup, person);
    basis.push(...found.basis);
    return highCostOfInsurer(some, { month, multiple: person.multiple ?? false, ...found });
  });
  for (const share of highCost) basis.push(...share.basis);
  const open = groupsOf(parts).flatMap((group) => {
    const grouped = sum(group, (part) => part.share);
    return group.map((part) => openPart(plan, band, part, grouped, highCost));
  });
  const copays = copaysOfMonth(
    plan,
    band,
    open.filter(({ part }) => part.first.exclusion === undefined),
  );
  const results = open
    .toSorted((a, b) => (a.part.key < b.part.key ? -1 : 1))
    .map((one) => partResult(band, one, copays.get(one.part.key) ?? 0));
  return {
    parts: results,
    highCost,
    insured: sum(results, (part) => part.insured),
    patientBefore: sum(results, (part) => part.patientBefore),
    copay: sum(results, (part) => part.copay),
    subsidy: sum(results, (part) => part.subsidy),
    patientPays: sum(results, (part) => part.patientPays),
    categoryMissing: highCost.some((share) => share.categoryMissing),
    steps: sumSteps(results),
    basis: [...new Set(basis)],
  };
}

/** Parts that 高額療養費 looks at together: those of one insurer, without what no health insurance pays for. */
function insurersOf(parts: readonly Part[]): Part[][] {
  const byInsurer = new Map<string, Part[]>();
  for (const part of parts) {
    if (part.first.exclusion === "work-accident") continue;
    const key = `${part.first.insurerGroup ?? ""} ${part.first.insurer ?? ""}`;
    const found = byInsurer.get(key);
    if (found) found.push(part);
    else byInsurer.set(key, [part]);
  }
  return [...byInsurer].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, some]) => some);
}

interface Settled extends OpenPart {
  readonly steps: AmountStep[];
  readonly highCost: number;
  readonly reasons: (keyof typeof refundReasons)[];
}

function openPart(
  plan: CopayPlan,
  band: PlanBand,
  part: Part,
  grouped: number,
  shares: readonly HighCostShare[],
): Settled {
  const steps: AmountStep[] = [
    { label: "総医療費(10割)", amount: part.cost },
    { label: "医療保険の給付", amount: part.share - part.cost },
  ];
  let left = part.share;
  const take = (label: string, amount: number) => {
    const taken = Math.min(left, amount);
    if (taken > 0) steps.push({ label, amount: -taken });
    left -= taken;
    return taken;
  };
  const highCost = take(
    "高額療養費",
    sum(shares, (share) => share.byPart.get(part.key)),
  );
  take(
    "附加給付",
    sum(part.bills, (bill) => bill.additionalBenefit),
  );
  takeFunds(part, plan.yenPerPoint, () => left, take);
  const reasons = refundReasonsOf(plan, band, part, grouped);
  const channel: ClaimChannel =
    part.first.channel ??
    (reasons.length > 0 ? "refund" : plan.claimedByReceipt ? "receipt" : "paper");
  return { part, left, channel, steps, highCost, reasons };
}

function refundReasonsOf(plan: CopayPlan, band: PlanBand, part: Part, grouped: number) {
  const reasons: (keyof typeof refundReasons)[] = [];
  if (termsOf(band, part)?.settlement === "refund") reasons.push("terms");
  if (plan.refundFrom !== undefined && grouped >= plan.refundFrom) reasons.push("refund-from");
  if (!plan.inKindOutside && part.bills.some((bill) => bill.outsidePrefecture))
    reasons.push("outside");
  if (part.bills.some((bill) => bill.certificateShown === false)) reasons.push("not-shown");
  return reasons;
}

function partResult(band: PlanBand, open: Settled, copay: number): SubsidyPart {
  const { part, left, steps, reasons } = open;
  const { exclusion } = part.first;
  const meals = sum(part.bills, (bill) => bill.meals);
  const days = sum(part.bills, (bill) => bill.mealDays ?? bill.times);
  const mealsSubsidy = exclusion
    ? 0
    : Math.min(meals, band.mealsWhole ? meals : (band.mealsPerDay ?? 0) * days);
  const selected = sum(part.bills, (bill) => bill.selectedCare);
  const care = exclusion ? 0 : left - copay;
  const borne = left - care;
  steps.push({ label: "市の助成", amount: -care });
  steps.push(
    exclusion
      ? { label: `助成の対象外(${exclusions[exclusion]})`, amount: borne }
      : { label: "一部負担金", amount: borne },
  );
  if (mealsSubsidy > 0) steps.push({ label: "市の助成(食事)", amount: -mealsSubsidy });
  if (meals > mealsSubsidy)
    steps.push({ label: "食事療養標準負担額(助成の対象外)", amount: meals - mealsSubsidy });
  if (selected > 0) steps.push({ label: "選定療養(助成の対象外)", amount: selected });
  return {
    ids: part.bills.flatMap(({ id }) => (id === undefined ? [] : [id])).toSorted(),
    institution: part.first.institution,
    kind: part.first.kind,
    total: part.cost,
    insured: part.cost - part.share,
    highCost: open.highCost,
    patientBefore: left,
    copay: exclusion ? 0 : borne,
    mealsSubsidy,
    subsidy: care + mealsSubsidy,
    patientPays: borne + meals - mealsSubsidy + selected,
    settlement: reasons.length > 0 ? "refund" : "in-kind",
    refundReasons: reasons,
    steps,
  };
}

/** Steps of the parts added up by what they are called, in the order of their first appearance in the longest. */
function sumSteps(parts: readonly SubsidyPart[]): AmountStep[] {
  const sums = new Map<string, number>();
  for (const { steps } of parts.toSorted((a, b) => b.steps.length - a.steps.length))
    for (const { label, amount } of steps) sums.set(label, (sums.get(label) ?? 0) + amount);
  return [...sums].map(([label, amount]) => ({ label, amount }));
}
