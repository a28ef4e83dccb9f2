import { divideHalfUp } from "#workflows/money/rounding.ts";
import { costOf, type Part, sum, type Visit } from "./bills.ts";
import type { CareTerms, ClaimChannel, CopayPlan, roundings } from "./copay-plan.ts";

/** Rounds a copay as the plan has it for the channel; to one yen where it says nothing. */
export function roundCopay(plan: CopayPlan, channel: ClaimChannel, amount: number): number {
  const row = plan.rounding.find((candidate) => candidate.channel === channel);
  if (!row || row.unit === 1) return amount;
  const units: Readonly<Record<keyof typeof roundings, number>> = {
    floor: Math.floor(amount / row.unit),
    "half-up": divideHalfUp(amount, row.unit),
    up: Math.ceil(amount / row.unit),
  };
  return units[row.how] * row.unit;
}

/** The care that one copay is asked for: an institution's month, with its pharmacies where the plan joins them. */
export interface Pool {
  readonly cost: number;
  readonly share: number;
  readonly times: number;
  /** The visits one by one; nothing where a bill doesn't tell them. */
  readonly visits:
    | readonly { readonly day: number; readonly cost: number; readonly share: number }[]
    | undefined;
}

/**
 * The care of parts as one pool. A pharmacy's day joins the visit of that day at the prescriber; where days aren't known its
 * times don't count beside the prescriber's.
 */
export function poolOf(parts: readonly Part[], yenPerPoint: number): Pool {
  const own = parts.filter((part) => part.first.kind !== "pharmacy");
  const counted = own.length > 0 ? own : parts;
  const bills = parts.flatMap((part) => part.bills);
  const known = bills.every((bill) => bill.visits !== undefined);
  const tenths = parts[0]?.first.insuranceTenths ?? 7;
  return {
    cost: sum(parts, (part) => part.cost),
    share: sum(parts, (part) => part.share),
    times: sum(
      counted.flatMap((part) => part.bills),
      (bill) => bill.times,
    ),
    visits: known ? visitsOf(parts, own.length > 0, tenths, yenPerPoint) : undefined,
  };
}

function visitsOf(parts: readonly Part[], joined: boolean, tenths: number, yenPerPoint: number) {
  const visits: Visit[] = [];
  const extra: Visit[] = [];
  for (const { first, bills } of parts)
    for (const bill of bills)
      (joined && first.kind === "pharmacy" ? extra : visits).push(...(bill.visits ?? []));
  visits.sort((a, b) => a.day - b.day || b.points - a.points);
  const points = visits.map((visit) => visit.points);
  for (const { day, points: more } of extra) {
    const before = visits.findLastIndex((visit) => visit.day <= day);
    const at = Math.max(0, before);
    points[at] = (points[at] ?? 0) + more;
  }
  return visits.map(({ day }, index) => ({
    day,
    ...costOf(points[index] ?? 0, tenths, yenPerPoint),
  }));
}

/** What the terms ask of a pool, before rounding and before what the person has left to pay bounds it. */
export function copayOfPool(terms: CareTerms, pool: Pool): number {
  if (terms.burden === "none") return 0;
  const amount =
    terms.monthFixed ?? (pool.visits ? byVisits(terms, pool.visits) : byTimes(terms, pool));
  return Math.min(pool.share, amount);
}

function visitAmount(terms: CareTerms, cost: number, share: number): number {
  const asked =
    terms.visitFixed ??
    (terms.visitPercent === undefined
      ? share
      : divideHalfUp((terms.percentOf === "cost" ? cost : share) * terms.visitPercent, 100));
  return Math.min(asked, share, terms.visitCap ?? asked);
}

/** Visits in the order of their days; those beyond the number that a day or the month counts cost nothing. */
function byVisits(terms: CareTerms, visits: NonNullable<Pool["visits"]>): number {
  const days = new Map<number, { times: number; amount: number }>();
  let times = 0;
  for (const { day, cost, share } of visits) {
    const counted = days.get(day) ?? { times: 0, amount: 0 };
    if (counted.times >= (terms.dayTimes ?? Number.POSITIVE_INFINITY)) continue;
    if (times >= (terms.monthTimes ?? Number.POSITIVE_INFINITY)) break;
    times += 1;
    days.set(day, {
      times: counted.times + 1,
      amount: counted.amount + visitAmount(terms, cost, share),
    });
  }
  return sum([...days.values()], ({ amount }) => Math.min(amount, terms.dayCap ?? amount));
}

/** Where single visits aren't known: each on a day of its own, and all alike. */
function byTimes(terms: CareTerms, { cost, share, times }: Pool): number {
  if (terms.dayTimes === 0) return 0;
  const counted = Math.min(times, terms.monthTimes ?? times);
  const cap = Math.min(
    terms.visitCap ?? Number.POSITIVE_INFINITY,
    terms.dayCap ?? Number.POSITIVE_INFINITY,
  );
  if (terms.visitFixed !== undefined) return counted * Math.min(terms.visitFixed, cap);
  const whole =
    terms.visitPercent === undefined
      ? share
      : Math.min(
          share,
          divideHalfUp((terms.percentOf === "cost" ? cost : share) * terms.visitPercent, 100),
        );
  const part = times > counted ? Math.floor((whole * counted) / times) : whole;
  return cap === Number.POSITIVE_INFINITY ? part : Math.min(part, counted * cap);
}
