import { apportion, type Part, sum } from "./bills.ts";
import { copayOfPool, poolOf, roundCopay } from "./copay.ts";
import type { CareTerms, ClaimChannel, CopayPlan, PlanBand } from "./copay-plan.ts";

/** A part of a month with what the insurer, 附加給付 and other funds leave of it, and the way it is settled. */
export interface OpenPart {
  readonly part: Part;
  readonly left: number;
  readonly channel: ClaimChannel;
}

/** The terms that hold for a part; nothing where the plan asks nothing of it. */
export function termsOf(band: PlanBand, { first }: Part): CareTerms | undefined {
  if (first.kind !== "pharmacy") return band[first.kind];
  if (band.pharmacyRule === "free") return undefined;
  return band.pharmacyRule === "own" ? band.pharmacy : band.outpatient;
}

/** What the patient bears (一部負担金) of each part, by its key; never above what is left of it. */
export function copaysOfMonth(
  plan: CopayPlan,
  band: PlanBand,
  open: readonly OpenPart[],
): Map<string, number> {
  const asked = new Map<string, number>();
  const scopes = new Map<string, { cap: number; keys: string[] }>();
  for (const { terms, members } of poolsOf(band, open)) {
    const keys = members.map(({ part }) => part.key);
    const amounts = amountsOfPool(plan, band, terms, members);
    keys.forEach((key, index) => {
      asked.set(key, amounts[index] ?? 0);
    });
    if (terms.monthCap === undefined || plan.capScope === "institution") continue;
    const scope = members[0]?.part.first.kind === "inpatient" ? "inpatient" : "outpatient";
    const found = scopes.get(scope);
    if (found) found.keys.push(...keys);
    else scopes.set(scope, { cap: terms.monthCap, keys });
  }
  for (const { cap, keys } of scopes.values()) {
    const amounts = keys.map((key) => asked.get(key) ?? 0);
    if (sum(amounts, (amount) => amount) <= cap) continue;
    const kept = apportion(cap, amounts);
    keys.forEach((key, index) => {
      asked.set(key, kept[index] ?? 0);
    });
  }
  for (const { part, left } of open)
    asked.set(part.key, Math.min(left, (asked.get(part.key) ?? 0) + drugsOf(band, part)));
  return asked;
}

/** 薬剤一部負担金, where the plan leaves it to the patient. */
function drugsOf(band: PlanBand, part: Part): number {
  return termsOf(band, part)?.drugs ? sum(part.bills, (bill) => bill.drugCopay) : 0;
}

/** The parts that one copay is asked for together. A prescriber comes before its pharmacies. */
function poolsOf(band: PlanBand, open: readonly OpenPart[]) {
  const pools = new Map<string, { terms: CareTerms; members: OpenPart[] }>();
  for (const member of open) {
    const terms = termsOf(band, member.part);
    if (!terms) continue;
    const joined = member.part.first.kind === "pharmacy" && band.pharmacyRule === "joined";
    const key = joined ? member.part.groupKey : member.part.key;
    const found = pools.get(key);
    if (!found) pools.set(key, { terms, members: [member] });
    else if (joined) found.members.push(member);
    else found.members.unshift(member);
  }
  return pools.values();
}

/** The copay of each member of a pool: the prescriber's own first, what the pool asks beyond it at the pharmacies. */
function amountsOfPool(
  plan: CopayPlan,
  band: PlanBand,
  terms: CareTerms,
  members: readonly OpenPart[],
): number[] {
  const channel = members[0]?.channel ?? "receipt";
  const pool = poolOf(
    members.map(({ part }) => part),
    plan.yenPerPoint,
  );
  const cap = plan.capScope === "institution" ? terms.monthCap : undefined;
  const whole = roundCopay(plan, channel, copayOfPool(terms, pool));
  let rest = Math.min(whole, cap ?? whole);
  return members.map(({ part, left }) => {
    const pharmacyCap =
      part.first.kind === "pharmacy"
        ? (terms.monthPharmacyCap ?? band.outpatient?.monthPharmacyCap)
        : undefined;
    const amount = Math.min(rest, left, pharmacyCap ?? rest);
    rest -= amount;
    return amount;
  });
}
