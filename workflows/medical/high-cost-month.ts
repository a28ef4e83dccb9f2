import type { IsoMonth } from "#workflows/dates/iso-date.ts";
import { apportion, groupsOf, type Part, sum } from "./bills.ts";
import { type HighCostCategory, highCostLimit, highCostLimits } from "./high-cost.ts";

/** 健康保険法施行令第41条: below 70 only a month of an institution of this much counts when bills are added up. */
export const SUMMED_FROM = 21_000;

/** What is known of a person's class in the month. */
export interface HighCostFacts {
  readonly month: IsoMonth;
  readonly category?: HighCostCategory | undefined;
  /** From 70 on: the class of what the person paid as an outpatient. */
  readonly outpatientCategory?: HighCostCategory | undefined;
  /** 多数回該当. */
  readonly multiple: boolean;
}

/** 高額療養費 of the bills of one insurer. */
export interface HighCostShare {
  readonly insurer: string | undefined;
  readonly category: HighCostCategory | undefined;
  /** Yen paid back above the limits, and what of it the insurer pays in kind on single bills. */
  readonly amount: number;
  readonly perBill: number;
  /** Keys of the groups that were added up. */
  readonly summed: readonly string[];
  readonly byPart: ReadonlyMap<string, number>;
  readonly perBillByPart: ReadonlyMap<string, number>;
  readonly basis: readonly string[];
  /** True where the class isn't known and the bills reach the lowest limit. */
  readonly categoryMissing: boolean;
}

/**
 * 高額療養費 of the parts of one insurer: the limit of each institution's month by itself, then that of all that count together.
 * What a sum gives beyond the single bills is shared out by what each has left.
 */
export function highCostOfInsurer(parts: readonly Part[], facts: HighCostFacts): HighCostShare {
  const insurer = parts[0]?.first.insurer;
  const groups = groupsOf(parts).map((members) => ({
    members,
    key: members[0]?.groupKey ?? "",
    left: sum(members, (part) => part.share),
    cost: sum(members, (part) => part.cost),
    taken: 0,
    perBill: 0,
  }));
  type Group = (typeof groups)[number];
  const basis: string[] = [];
  const { category, outpatientCategory } = facts;
  const below70 = category !== undefined && !category.startsWith("70-");
  const summed = below70 ? groups.filter((group) => group.left >= SUMMED_FROM) : groups;
  const limitOf = (of: HighCostCategory, cost: number) => {
    const found = highCostLimit(facts.month, of, cost, facts.multiple);
    basis.push(...found.basis);
    return found.limit;
  };
  const take = (group: Group, over: number) => {
    group.left -= over;
    group.taken += over;
  };
  const above = (of: HighCostCategory, some: readonly Group[], together: readonly Group[]) => {
    for (const group of some) {
      if (group.left === 0) continue;
      const over = Math.max(0, group.left - limitOf(of, group.cost));
      take(group, over);
      group.perBill += over;
    }
    if (together.length < 2) return;
    const limit = limitOf(
      of,
      sum(together, (group) => group.cost),
    );
    const lefts = together.map((group) => group.left);
    const over = apportion(Math.max(0, sum(lefts, (left) => left) - limit), lefts);
    together.forEach((group, index) => {
      take(group, over[index] ?? 0);
    });
  };
  if (outpatientCategory) {
    const some = groups.filter(({ members }) => members[0]?.first.kind !== "inpatient");
    above(outpatientCategory, some, some);
  }
  if (category) {
    above(category, groups, summed);
    if (below70 && summed.length > 1) basis.push("健康保険法施行令第41条(21,000円以上を合算)");
  }
  return {
    insurer,
    category,
    amount: sum(groups, (group) => group.taken),
    perBill: sum(groups, (group) => group.perBill),
    summed: summed.map((group) => group.key),
    byPart: new Map(groups.flatMap(({ members, taken }) => shareOut(members, taken))),
    perBillByPart: new Map(groups.flatMap(({ members, perBill }) => shareOut(members, perBill))),
    basis,
    categoryMissing: category === undefined && reachesLowest(groups, facts.month),
  };
}

function shareOut(members: readonly Part[], taken: number): [string, number][] {
  const parts = apportion(
    taken,
    members.map((part) => part.share),
  );
  return members.map((part, index) => [part.key, parts[index] ?? 0]);
}

/** Whether bills whose class isn't known could be above a limit at all: the lowest of that month, 多数回 included. */
function reachesLowest(groups: readonly { left: number }[], month: IsoMonth): boolean {
  const row = highCostLimits.rows.find(
    ({ from, to }) => from <= `${month}-01` && (to === undefined || `${month}-01` <= to),
  );
  const limits = Object.values(row?.value ?? {}).flatMap(({ base, multiple }) => [
    base,
    multiple ?? base,
  ]);
  return sum(groups, ({ left }) => left) > Math.min(...limits);
}
