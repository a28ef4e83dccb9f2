import { type AmountStep, divideHalfUp, sumOf } from "#workflows/money/rounding.ts";
import { type Deduction, deductionLabels, type TaxedIncome } from "#workflows/taxes/income.ts";
import type { Relation } from "./limits.ts";

/** Not for the parents themselves, for whom the scheme is made. */
const NOT_FOR_PARENTS: readonly Deduction[] = ["widow", "singleParent"];

/** Income of a year as taxed, and what the scheme asks beside it; yen. */
export interface IncomeItems extends TaxedIncome {
  /** 養育費 received in the year. */
  readonly childSupport: number;
}

const SALARY_PENSION = 100_000;
const SOCIAL_INSURANCE = 80_000;

/**
 * The income that is held against the limit, with every step (児童扶養手当法施行令3条、4条). `carer`: the
 * applicant brings the child up without being a parent.
 */
export function assessIncome(items: IncomeItems, relation: Relation, carer = false) {
  const parent = relation === "applicant" && !carer;
  const earned = items.salary + items.pension;
  const steps: AmountStep[] = [
    { label: "給与所得", amount: items.salary },
    { label: "公的年金等に係る雑所得", amount: items.pension },
    {
      label: "給与所得・公的年金等に係る控除(10万円まで)",
      // Never -0, which would be shown so.
      amount: 0 - Math.min(earned, SALARY_PENSION),
    },
    { label: "事業所得", amount: items.business },
    { label: "その他の所得", amount: items.other },
  ];
  if (parent) steps.push({ label: "養育費の8割", amount: divideHalfUp(items.childSupport * 4, 5) });
  steps.push({ label: "社会保険料相当額(一律)", amount: -SOCIAL_INSURANCE });
  for (const [name, label] of Object.entries(deductionLabels) as [Deduction, string][]) {
    const amount = items.deductions[name] ?? 0;
    if (amount === 0) continue;
    if (parent && NOT_FOR_PARENTS.includes(name))
      steps.push({ label: `${label}(父母には適用なし)`, amount: 0 });
    else steps.push({ label, amount: 0 - amount });
  }
  return { assessed: Math.max(0, sumOf(steps)), steps };
}
