import type { Deduction } from "#workflows/taxes/income.ts";
import type { Random } from "./random.ts";
import type { Resident } from "./resident.ts";

/** What somebody lives on: revenue a year, yen. */
export interface Livelihood {
  wages: number;
  pension: number;
  /** Of an own business; a loss is below zero. */
  business: number;
  other: number;
  student: boolean;
}

const none: Livelihood = { wages: 0, pension: 0, business: 0, other: 0, student: false };
const thousands = (random: Random, low: number, high: number) => random.between(low, high) * 1_000;

/** An invented livelihood: most single parents earn below the limits of their schemes, some above. */
export function livelihoodOf(
  random: Random,
  { relation }: Resident,
  age: number,
  singleParent: boolean,
): Livelihood {
  const other = random.chance(0.04) ? thousands(random, 10, 900) : 0;
  if (age >= 65)
    return {
      ...none,
      other,
      pension: thousands(random, 500, 2_600),
      wages: random.chance(0.2) ? thousands(random, 600, 2_400) : 0,
    };
  if (age <= 22 && relation !== "02")
    return {
      ...none,
      student: true,
      wages: random.chance(0.5) ? thousands(random, 100, 1_000) : 0,
    };
  if (!singleParent && random.chance(0.07))
    return { ...none, other, business: thousands(random, -500, 6_000) };
  const wages = singleParent
    ? random.weighted([
        [0, 10],
        [thousands(random, 600, 1_300), 22],
        [thousands(random, 1_300, 2_500), 40],
        [thousands(random, 2_500, 4_000), 18],
        [thousands(random, 4_000, 7_500), 10],
      ])
    : random.weighted([
        [0, 14],
        [thousands(random, 600, 1_300), 20],
        [thousands(random, 1_300, 3_500), 26],
        [thousands(random, 3_500, 6_500), 28],
        [thousands(random, 6_500, 14_000), 12],
      ]);
  return { ...none, other, wages };
}

/** Incomes of a year of somebody, a little other than in the years around it. */
export function incomeOf(random: Random, of: Livelihood, year: number, undeclared: boolean) {
  const change = 0.95 + random.next() * 0.1;
  if (undeclared) return { total: 0, salary: 0, pension: 0, business: 0, other: 0 };
  const salary = afterWageDeduction(of.wages * change, year);
  const pension = Math.max(0, Math.floor(of.pension - 1_100_000));
  const business = Math.floor((of.business * change) / 1_000) * 1_000;
  const { other } = of;
  return {
    total: Math.max(0, salary + pension + business + other),
    salary,
    pension,
    business,
    other,
  };
}

/** 給与所得: wages after the deduction of the year (令和6年分まで最低55万円、令和7年分から65万円). */
function afterWageDeduction(wages: number, year: number): number {
  const least = year >= 2025 ? 650_000 : 550_000;
  const deduction =
    wages <= 1_800_000
      ? wages * 0.4 - 100_000
      : wages <= 3_600_000
        ? wages * 0.3 + 80_000
        : wages <= 6_600_000
          ? wages * 0.2 + 440_000
          : Math.min(1_950_000, wages * 0.1 + 1_100_000);
  return Math.max(0, Math.floor((wages - Math.max(least, deduction)) / 1_000) * 1_000);
}

/** Deductions of a year; the flat ones in the amounts of 児童扶養手当法施行令第4条. */
export function deductionsOf(
  random: Random,
  { student, wages, pension }: Livelihood,
  singleParent: boolean,
  total: number,
): Partial<Record<Deduction, number>> {
  const some: [Deduction, boolean, number][] = [
    ["disability", random.chance(0.03), 270_000],
    ["specialDisability", random.chance(0.012), 400_000],
    ["workingStudent", student && wages > 0 && random.chance(0.6), 270_000],
    ["casualtyLoss", random.chance(0.002), thousands(random, 50, 600)],
    ["medicalExpenses", random.chance(pension > 0 ? 0.12 : 0.05), thousands(random, 5, 250)],
    ["smallBusinessMutualAid", random.chance(0.04), thousands(random, 60, 276)],
    ["spouseSpecial", !singleParent && random.chance(0.03), thousands(random, 30, 330)],
    ["widow", !singleParent && pension > 0 && random.chance(0.03), 270_000],
    ["singleParent", singleParent && total <= 5_000_000, 350_000],
  ];
  return Object.fromEntries(
    some.filter(([, applies]) => applies).map(([name, , amount]) => [name, amount]),
  );
}
