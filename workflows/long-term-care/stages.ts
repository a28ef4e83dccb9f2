import { fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
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
const STANDARD_SOURCE = "介護保険法施行令第38条、第39条(第9期の標準乗率、公費軽減後)";

const standard = (threshold: number): StageTable => ({
  roundTo: 1,
  threshold,
  welfare: { stage: 1, rate: 285, before: 455 },
  untaxedHousehold: [
    { stage: 1, rate: 285, before: 455 },
    { stage: 2, rate: 485, before: 685 },
    { stage: 3, rate: 685, before: 690 },
  ],
  untaxedPerson: [
    { stage: 4, rate: 900 },
    { stage: 5, rate: 1_000 },
  ],
  taxed: [
    { stage: 6, from: 0, rate: 1_200 },
    { stage: 7, from: 1_200_000, rate: 1_300 },
    { stage: 8, from: 2_100_000, rate: 1_500 },
    { stage: 9, from: 3_200_000, rate: 1_700 },
    { stage: 10, from: 4_200_000, rate: 1_900 },
    { stage: 11, from: 5_200_000, rate: 2_100 },
    { stage: 12, from: 6_200_000, rate: 2_300 },
    { stage: 13, from: 7_200_000, rate: 2_400 },
  ],
  nontaxLimit: 450_000,
});

const row = (year: number, value: StageTable, source: string) =>
  ({
    from: fiscalYearStart(year),
    to: fiscalYearEnd(year),
    value,
    source,
    certainty: "established",
  }) as const;

const yokohama: StageTable = {
  base: 79_440,
  roundTo: 10,
  threshold: 826_500,
  welfare: { stage: 1, rate: 200 },
  untaxedHousehold: [
    { stage: 2, rate: 200 },
    { stage: 3, rate: 340 },
    { stage: 4, rate: 585 },
  ],
  untaxedPerson: [
    { stage: 5, rate: 900 },
    { stage: 6, rate: 1_000 },
  ],
  taxed: [
    { stage: 7, from: 0, rate: 1_070 },
    { stage: 8, from: 1_200_000, rate: 1_100 },
    { stage: 9, from: 1_600_000, rate: 1_270 },
    { stage: 10, from: 2_100_000, rate: 1_300 },
    { stage: 11, from: 2_500_000, rate: 1_550 },
    { stage: 12, from: 3_200_000, rate: 1_750 },
    { stage: 13, from: 4_200_000, rate: 1_950 },
    { stage: 14, from: 5_200_000, rate: 2_150 },
    { stage: 15, from: 6_200_000, rate: 2_350 },
    { stage: 16, from: 7_200_000, rate: 2_500 },
    { stage: 17, from: 10_000_000, rate: 3_000 },
    { stage: 18, from: 20_000_000, rate: 3_250 },
    { stage: 19, from: 30_000_000, rate: 3_500 },
  ],
  nontaxLimit: 450_000,
};

/** Stages by city. */
export const stageTables = {
  standard: {
    name: "介護保険料の段階(国の標準13段階)",
    rows: [
      row(2024, standard(800_000), STANDARD_SOURCE),
      row(2025, standard(809_000), STANDARD_SOURCE),
      row(2026, standard(826_500), STANDARD_SOURCE),
    ],
  },
  yokohama: {
    name: "介護保険料の段階(横浜市19段階)",
    rows: [row(2026, yokohama, "横浜市介護保険条例(令和8年度の公表された表)")],
  },
} as const satisfies Record<string, DatedParameter<StageTable>>;

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
