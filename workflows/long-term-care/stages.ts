import { fiscalYearStart } from "#workflows/dates/ages.ts";
import { type AmountStep, floorTo } from "#workflows/money/rounding.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** A stage: its number, what the base is multiplied by (in thousandths), and the income it begins at. */
interface Stage {
  readonly stage: number;
  readonly rate: number;
  /** Before the reduction by public money. */
  readonly before?: number;
}

interface TaxedStage extends Stage {
  readonly from: number;
}

/** The stages of a city for a year; amounts in yen. */
export interface StageTable {
  readonly base?: number;
  readonly roundTo: number;
  /** Threshold of 課税年金収入 and 合計所得 for the lowest stages. */
  readonly threshold: number;
  readonly welfare: Stage;
  /** Nobody in the household is taxed: up to the threshold, up to 1,200,000, above. */
  readonly untaxedHousehold: readonly [Stage, Stage, Stage];
  /** Only others are taxed: up to the threshold, above. */
  readonly untaxedPerson: readonly [Stage, Stage];
  /** By 合計所得金額. */
  readonly taxed: readonly TaxedStage[];
  /** 非課税限度額 of a person without dependants, for the recomputation of FY2026. */
  readonly nontaxLimit: number;
}

const MIDDLE = 1_200_000;

export interface StageFacts {
  readonly fiscalYear: number;
  /** 生活保護, or 老齢福祉年金 with nobody in the household taxed. */
  readonly welfare: boolean;
  readonly personTaxed: boolean;
  readonly householdTaxed: boolean;
  /** 課税年金収入額 and その他の合計所得金額, yen. */
  readonly pensionPlusOther: number;
  /** 合計所得金額 for the premium, yen. */
  readonly totalIncome: number;
  /** 給与収入 of 2025, for the rule of FY2026. */
  readonly salary?: number | undefined;
  /** 非課税限度額 that the person's dependants give, where it is not the table's. */
  readonly nontaxLimit?: number | undefined;
}

const NEUTRAL_YEAR = 2026;
const NEUTRAL_BASIS =
  "介護保険法施行令附則(令和7年度税制改正の影響を遮断する令和8年度の特例、介護保険最新情報Vol.1449、Vol.1465)";

/** The stage of a person, its rate, and the annual amount where the base is known. */
export function premiumStage(facts: StageFacts, table: DatedParameter<StageTable>) {
  const found = rowOn(table, fiscalYearStart(facts.fiscalYear));
  const basis = [citeRow(table, found)];
  const rise = facts.fiscalYear === NEUTRAL_YEAR ? formerSalaryRise(facts.salary ?? 0) : 0;
  if (rise > 0) basis.push(NEUTRAL_BASIS);
  const { stage, rate, before } = stageOf(found.value, {
    ...facts,
    personTaxed:
      facts.personTaxed ||
      (rise > 0 && facts.totalIncome + rise > (facts.nontaxLimit ?? found.value.nontaxLimit)),
    pensionPlusOther: facts.pensionPlusOther + rise,
    totalIncome: facts.totalIncome + rise,
  });
  const { base, roundTo } = found.value;
  const annual = base !== undefined ? floorTo((base * rate) / 1_000, roundTo) : undefined;
  const steps: AmountStep[] = [
    { label: "合計所得金額", amount: facts.totalIncome },
    { label: "課税年金収入+その他の合計所得", amount: facts.pensionPlusOther },
    ...(rise > 0 ? [{ label: "令和8年度の特例で加える給与所得", amount: rise }] : []),
    ...(base !== undefined ? [{ label: "基準額", amount: base }] : []),
    ...(annual !== undefined
      ? [{ label: `基準額×${rate / 1_000}(${roundTo}円未満切捨て)`, amount: annual }]
      : []),
  ];
  return {
    stage,
    rate: rate / 1_000,
    ...(before !== undefined && { rateBeforeReduction: before / 1_000 }),
    ...(annual !== undefined && { annual }),
    steps,
    basis,
  };
}

function stageOf(table: StageTable, facts: StageFacts): Stage {
  if (facts.welfare) return table.welfare;
  if (facts.personTaxed)
    return table.taxed.findLast(({ from }) => from <= facts.totalIncome) ?? table.untaxedPerson[1];
  const low = facts.pensionPlusOther <= table.threshold;
  if (facts.householdTaxed) return table.untaxedPerson[low ? 0 : 1];
  if (low) return table.untaxedHousehold[0];
  return table.untaxedHousehold[facts.pensionPlusOther <= MIDDLE ? 1 : 2];
}

/**
 * By how much the 給与所得 of a salary is higher under the deduction before 2025: for salaries from
 * 551,000 to under 1,900,000 yen, 0 for others.
 */
export function formerSalaryRise(salary: number): number {
  if (salary < 551_000 || salary >= 1_900_000) return 0;
  const current = Math.max(0, salary - 650_000);
  return salary - formerDeduction(salary) - current;
}

function formerDeduction(salary: number): number {
  if (salary <= 1_625_000) return 550_000;
  return salary <= 1_800_000
    ? Math.floor((salary * 4) / 10) - 100_000
    : Math.floor((salary * 3) / 10) + 80_000;
}
