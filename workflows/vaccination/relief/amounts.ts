import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { sumOf } from "#workflows/money/rounding.ts";
import {
  citeRow,
  type DatedParameter,
  type DatedRow,
  MissingParameterError,
} from "#workflows/parameters/dated.ts";
import {
  amountsOfClass,
  benefitsOfClass,
  gradesOf,
  isPension,
  type ReliefBenefit,
  type ReliefClass,
  reliefBenefits,
} from "./benefits.ts";
import { type CountedDays, countDays, type Visit } from "./visits.ts";

/**
 * Amounts of a class in a time, in yen; what is not known of a time is left out. Pensions by the year and by grade, 医療手当 by the
 * month.
 */
export interface ReliefAmounts {
  readonly allowanceHigh?: number | undefined;
  readonly allowanceLow?: number | undefined;
  readonly childCare1?: number | undefined;
  readonly childCare2?: number | undefined;
  readonly disability1?: number | undefined;
  readonly disability2?: number | undefined;
  readonly disability3?: number | undefined;
  readonly careAddition1?: number | undefined;
  readonly careAddition2?: number | undefined;
  readonly deathLumpSum?: number | undefined;
  readonly survivorPension?: number | undefined;
  readonly survivorLumpSum?: number | undefined;
  readonly funeral?: number | undefined;
}

/** What each amount is called. */
export const amountTitles: Readonly<Record<keyof ReliefAmounts, string>> = {
  allowanceHigh: "医療手当の月額(通院3日以上・入院8日以上・入通院の併用)",
  allowanceLow: "医療手当の月額(通院3日未満・入院8日未満)",
  childCare1: "障害児養育年金の年額(1級)",
  childCare2: "障害児養育年金の年額(2級)",
  disability1: "障害年金の年額(1級)",
  disability2: "障害年金の年額(2級)",
  disability3: "障害年金の年額(3級)",
  careAddition1: "介護加算の年額(1級)",
  careAddition2: "介護加算の年額(2級)",
  deathLumpSum: "死亡一時金",
  survivorPension: "遺族年金の年額",
  survivorLumpSum: "遺族一時金",
  funeral: "葬祭料",
};

const FY2023 = { from: "2023-04-01", to: "2024-03-31", certainty: "established" } as const;
const FY2024 = { from: "2024-04-01", to: "2025-03-31", certainty: "established" } as const;

const title = (of: "A" | "B" | "city") =>
  `予防接種健康被害救済(${of === "city" ? "行政措置" : `${of}類`})`;

/** What is established of the amounts; all else two people of the city enter (`vaccination.relief-amounts-*`). */
export const lawAmounts: Readonly<Record<"A" | "B" | "city", DatedParameter<ReliefAmounts>>> = {
  A: {
    name: title("A"),
    rows: [
      {
        ...FY2023,
        source: "予防接種法施行令(令和5年4月の額)",
        value: {
          allowanceHigh: 37_800,
          allowanceLow: 35_800,
          childCare1: 1_617_600,
          childCare2: 1_293_600,
          disability1: 5_175_600,
          disability2: 4_138_800,
          disability3: 3_104_400,
          careAddition1: 846_200,
          careAddition2: 564_200,
          deathLumpSum: 45_300_000,
          funeral: 212_000,
        },
      },
      {
        ...FY2024,
        source: "予防接種法施行令第11条(令和6年4月の額)",
        value: { allowanceHigh: 38_900, allowanceLow: 36_900 },
      },
    ],
  },
  B: {
    name: title("B"),
    rows: [
      {
        ...FY2024,
        source: "予防接種法施行令第24条、第26条(令和6年政令第116号)",
        value: { survivorPension: 2_594_400, survivorLumpSum: 7_783_200 },
      },
    ],
  },
  city: { name: title("city"), rows: [] },
};

/** All amounts of the state, for the documentation and the page. */
export const reliefParameters: readonly DatedParameter<unknown>[] = [lawAmounts.A, lawAmounts.B];

/** Amounts that the city entered, by class; rows in order of time. */
export type CityAmounts = Partial<Record<"A" | "B" | "city", DatedParameter<ReliefAmounts>>>;

/** One amount with the row it stands in. */
interface FoundAmount {
  readonly amount: number;
  readonly basis: string;
}

/**
 * An amount on a day: of what is established, else of what the city entered.
 *
 * @throws MissingParameterError that names it where neither holds
 */
export function amountOn(
  of: ReliefClass,
  name: keyof ReliefAmounts,
  on: IsoDate,
  city: CityAmounts = {},
): FoundAmount {
  const table = amountsOfClass(of);
  for (const parameter of [lawAmounts[table], city[table]]) {
    const row = parameter && rowWith(parameter, name, on);
    const amount = row?.value[name];
    if (parameter && row && amount !== undefined)
      return {
        amount,
        basis: citeRow({ ...parameter, name: `${title(table)}の${amountTitles[name]}` }, row),
      };
  }
  throw new MissingParameterError(`${title(table)}の${amountTitles[name]}`, on);
}

const rowWith = (
  { rows }: DatedParameter<ReliefAmounts>,
  name: keyof ReliefAmounts,
  on: IsoDate,
): DatedRow<ReliefAmounts> | undefined =>
  rows.find(
    ({ from, to, value }) =>
      from <= on && (to === undefined || on <= to) && value[name] !== undefined,
  );

/** An amount as it was reckoned: its lines from top to bottom, which add up to it, and what it rests on. */
export interface Reckoned {
  readonly amount: number;
  readonly steps: readonly AmountStep[];
  readonly basis: readonly string[];
}

const LAW = "予防接種法第15条、第16条";
const reckoned = (steps: readonly AmountStep[], ...basis: string[]): Reckoned => ({
  amount: sumOf(steps),
  steps,
  basis: [LAW, ...basis],
});

/**
 * 医療費 of a month: what the patient bore (自己負担額, 入院時食事療養標準負担額等), less what others gave of it. Never below 0.
 */
export function medicalCost(
  visits: readonly Pick<Visit, "paid" | "meals" | "reimbursed">[],
): Reckoned {
  const of = (name: "paid" | "meals" | "reimbursed") =>
    visits.reduce((sum, one) => sum + one[name], 0);
  const steps = [{ label: "自己負担額", amount: of("paid") }];
  if (of("meals") > 0) steps.push({ label: "入院時食事療養標準負担額等", amount: of("meals") });
  const less = Math.min(of("reimbursed"), sumOf(steps));
  if (less > 0) steps.push({ label: "他の給付で受けた額", amount: -less });
  return reckoned(steps);
}

const LONG_OUTPATIENT = 3;
const LONG_INPATIENT = 8;

/** Whether the higher amount is due: 通院3日以上, 入院8日以上, or both in a month (予防接種法施行令第11条). */
export const isHigher = ({ outpatient, inpatient }: CountedDays): boolean =>
  outpatient >= LONG_OUTPATIENT || inpatient >= LONG_INPATIENT || (outpatient > 0 && inpatient > 0);

/**
 * 医療手当 of a month, by its days and the amount of that month; nothing where no day counts. It is due whether or not 医療費 is.
 *
 * @param on a day of the month
 * @throws MissingParameterError
 */
export function medicalAllowance(
  of: ReliefClass,
  on: IsoDate,
  visits: readonly Pick<Visit, "way" | "days">[],
  city?: CityAmounts,
): Reckoned | undefined {
  return allowanceFor(of, on, countDays(visits), city);
}

/** The same of days that are counted already. */
export function allowanceFor(
  of: ReliefClass,
  on: IsoDate,
  counted: CountedDays,
  city?: CityAmounts,
): Reckoned | undefined {
  if (counted.outpatient + counted.inpatient === 0) return undefined;
  const high = isHigher(counted);
  const found = amountOn(of, high ? "allowanceHigh" : "allowanceLow", on, city);
  return reckoned(
    [
      {
        label: high ? "通院3日以上・入院8日以上・入通院の併用" : "通院3日未満・入院8日未満",
        amount: found.amount,
      },
    ],
    found.basis,
  );
}

/** Names of the yearly amounts of a pension by grade. */
const pensionNames = (benefit: ReliefBenefit, grade: number): keyof ReliefAmounts | undefined => {
  if (benefit === "survivor-pension") return grade === 1 ? "survivorPension" : undefined;
  if (benefit === "child-care-pension")
    return ([undefined, "childCare1", "childCare2"] as const)[grade];
  return ([undefined, "disability1", "disability2", "disability3"] as const)[grade];
};

/** What a pension is reckoned from. */
export interface PensionFacts {
  readonly class: ReliefClass;
  readonly benefit: ReliefBenefit;
  readonly grade: number;
  /** Cared for at home (介護加算, of A類 grades 1 and 2). */
  readonly homeCare: boolean;
  /** What others pay in a year for the same (特別児童扶養手当, 障害児福祉手当, 障害基礎年金 and the like), yen. */
  readonly otherBenefits: number;
}

/**
 * The yearly amount of a pension on a day, before it is shared. Nothing where the class has no such pension or grade.
 *
 * @throws MissingParameterError
 */
export function yearlyPension(
  { benefit, grade, homeCare, otherBenefits, ...of }: PensionFacts,
  on: IsoDate,
  city?: CityAmounts,
): Reckoned | undefined {
  const name = pensionNames(benefit, grade);
  if (!benefitsOfClass[of.class].includes(benefit) || !name || grade > gradesOf(of.class, benefit))
    return undefined;
  const full = amountOn(of.class, name, on, city);
  const steps: AmountStep[] = [{ label: reliefBenefits[benefit], amount: full.amount }];
  const basis = [full.basis];
  if (homeCare && grade <= 2 && benefit !== "survivor-pension" && of.class !== "B") {
    const care = amountOn(of.class, grade === 1 ? "careAddition1" : "careAddition2", on, city);
    steps.push({ label: "介護加算", amount: care.amount });
    basis.push(care.basis);
  }
  return reckoned(less(steps, "他の手当・年金との調整", otherBenefits), ...basis);
}

/** Takes off what is to be taken off, and no more than there is. */
function less(steps: readonly AmountStep[], label: string, off: number): readonly AmountStep[] {
  const most = Math.min(off, sumOf(steps));
  return most > 0 ? [...steps, { label, amount: -most }] : steps;
}

const lumpSums = {
  "death-lump-sum": "deathLumpSum",
  "survivor-lump-sum": "survivorLumpSum",
  funeral: "funeral",
} as const;

/**
 * 死亡一時金, 遺族一時金, 葬祭料 on a day. What is taken off: of 死亡一時金 for the time in which 障害年金 was paid (how much is not
 * established: whoever keys it says so with its basis), of 遺族一時金 the 遺族年金 that were paid for the death (予防接種法施行令第26条).
 *
 * @throws MissingParameterError
 */
export function lumpSum(
  of: ReliefClass,
  benefit: keyof typeof lumpSums,
  on: IsoDate,
  off: number,
  city?: CityAmounts,
): Reckoned | undefined {
  if (!benefitsOfClass[of].includes(benefit)) return undefined;
  const found = amountOn(of, lumpSums[benefit], on, city);
  const label = benefit === "survivor-lump-sum" ? "支払われた遺族年金" : "障害年金との調整";
  const steps = [{ label: reliefBenefits[benefit], amount: found.amount }];
  return reckoned(benefit === "funeral" ? steps : less(steps, label, off), found.basis);
}

/** What a single question of the rule knows. */
export interface ReliefFacts {
  readonly class: ReliefClass;
  readonly benefit: ReliefBenefit;
  readonly on: IsoDate;
  /** Days of a calendar month, for 医療手当. */
  readonly outpatientDays: number;
  readonly inpatientDays: number;
  /** What the patient paid, and the standard meals of a stay; yen. */
  readonly patientPaid: number;
  readonly meals: number;
  readonly grade: number;
  readonly homeCare: boolean;
  /** What is taken off: other allowances or pensions of the year, or what was paid before; yen. */
  readonly otherBenefits: number;
}

/**
 * The amount of a benefit with its steps; nothing when the class has no such benefit or grade, or nothing was counted.
 *
 * @throws MissingParameterError that names the amount that is not known for the time
 */
export function reliefAmount(facts: ReliefFacts, city?: CityAmounts): Reckoned | undefined {
  const { benefit, on } = facts;
  if (!benefitsOfClass[facts.class].includes(benefit)) return undefined;
  if (benefit === "medical-cost")
    return medicalCost([
      { paid: facts.patientPaid, meals: facts.meals, reimbursed: facts.otherBenefits },
    ]);
  if (benefit === "medical-allowance")
    return allowanceFor(
      facts.class,
      on,
      { outpatient: facts.outpatientDays, inpatient: facts.inpatientDays },
      city,
    );
  if (isPension(benefit)) return yearlyPension(facts, on, city);
  if (facts.grade !== 1) return undefined;
  return lumpSum(facts.class, benefit as keyof typeof lumpSums, on, facts.otherBenefits, city);
}
