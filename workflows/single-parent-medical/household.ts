import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { assessIncome, type IncomeItems } from "./income.ts";
import { type IncomeOrdinance, incomeTest, type Relation } from "./limits.ts";

/** Whose income counts: 申請者, 配偶者 and 扶養義務者 of the same livelihood. */
export const householdRoles = {
  applicant: "申請者",
  spouse: "配偶者",
  supporter: "扶養義務者",
} as const;

/** An applicant who brings the child up without being a parent (養育者), of orphans or not. */
export const carers = { carer: "養育者", "orphan-carer": "孤児等の養育者" } as const;

/** A person whose income counts. */
export interface HouseholdMember {
  readonly role: keyof typeof householdRoles;
  /** Only of an applicant. */
  readonly carer?: keyof typeof carers | undefined;
  readonly dependants: number;
  readonly elderlyDependants?: number | undefined;
  readonly studentDependants?: number | undefined;
  readonly items: IncomeItems;
}

/** What became of a member: assessed income and limit in yen, the year of the income, and the steps. */
export interface MemberResult {
  readonly role: HouseholdMember["role"];
  readonly assessed: number;
  readonly limit: number;
  readonly within: boolean;
  readonly incomeYear: number;
  readonly steps: readonly AmountStep[];
}

/**
 * The income test of a household on a day. Spouse, 扶養義務者 and the 養育者 of orphans are held against
 * the table of 扶養義務者等 (児童扶養手当法第9条の2から第11条まで, 同法施行令第2条の4).
 *
 * @returns each member in the order given; `failing` holds the places of those who are not below
 *   their limit; `within` only where somebody was tested and nobody fails
 */
export function householdTest(
  { on, members }: { readonly on: IsoDate; readonly members: readonly HouseholdMember[] },
  ordinance: IncomeOrdinance,
) {
  const tested = members.map(({ role, carer, items, ...dependants }) => {
    const { assessed, steps } = assessIncome(items, relationOf(role), carer !== undefined);
    const facts = { ...dependants, on, relation: tableOf(role, carer), income: assessed };
    const { basis, ...limits } = incomeTest(facts, ordinance);
    return { result: { role, assessed, ...limits, steps } satisfies MemberResult, basis };
  });
  const results: readonly MemberResult[] = tested.map(({ result }) => result);
  const failing = results.flatMap(({ within }, at) => (within ? [] : [at]));
  return {
    within: results.length > 0 && failing.length === 0,
    members: results,
    failing,
    basis: [...new Set(tested.flatMap(({ basis }) => basis))],
  };
}

const relationOf = (role: HouseholdMember["role"]): Relation =>
  role === "applicant" ? "applicant" : "supporter";

const tableOf = (role: HouseholdMember["role"], carer: HouseholdMember["carer"]): Relation =>
  carer === "orphan-carer" ? "supporter" : relationOf(role);
