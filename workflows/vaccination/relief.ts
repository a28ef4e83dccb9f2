import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** Benefits of the relief for damage to health (予防接種法16条). */
export const reliefBenefits = {
  "medical-cost": "医療費",
  "medical-allowance": "医療手当",
  "child-care-pension": "障害児養育年金",
  "disability-pension": "障害年金",
  "death-lump-sum": "死亡一時金",
  "survivor-pension": "遺族年金",
  "survivor-lump-sum": "遺族一時金",
  funeral: "葬祭料",
} as const;

export type ReliefBenefit = keyof typeof reliefBenefits;
export type ReliefClass = "A" | "B";

/** Which benefits a class knows. */
export const benefitsOfClass: Readonly<Record<ReliefClass, readonly ReliefBenefit[]>> = {
  A: [
    "medical-cost",
    "medical-allowance",
    "child-care-pension",
    "disability-pension",
    "death-lump-sum",
    "funeral",
  ],
  B: [
    "medical-cost",
    "medical-allowance",
    "child-care-pension",
    "disability-pension",
    "survivor-pension",
    "survivor-lump-sum",
    "funeral",
  ],
};

const FY2023 = {
  from: "2023-04-01",
  to: "2024-03-31",
  source: "予防接種法施行令(令和5年4月の額)",
  certainty: "established",
} as const;
const FY2024 = {
  from: "2024-04-01",
  to: "2025-03-31",
  source: "予防接種法施行令第11条(令和6年4月の額)",
  certainty: "established",
} as const;
const CLASS_A = "予防接種健康被害救済(A類)の";

const allowance: DatedParameter<{ readonly high: number; readonly low: number }> = {
  name: `${CLASS_A}医療手当の月額`,
  rows: [
    { ...FY2023, value: { high: 37_800, low: 35_800 } },
    { ...FY2024, value: { high: 38_900, low: 36_900 } },
  ],
};

/** Yearly amounts by grade (等級), or the one amount as grade 1. */
const amounts: Readonly<Partial<Record<ReliefBenefit, DatedParameter<readonly number[]>>>> = {
  "child-care-pension": {
    name: `${CLASS_A}障害児養育年金の年額`,
    rows: [{ ...FY2023, value: [1_617_600, 1_293_600] }],
  },
  "disability-pension": {
    name: `${CLASS_A}障害年金の年額`,
    rows: [{ ...FY2023, value: [5_175_600, 4_138_800, 3_104_400] }],
  },
  "death-lump-sum": { name: `${CLASS_A}死亡一時金`, rows: [{ ...FY2023, value: [45_300_000] }] },
  funeral: { name: `${CLASS_A}葬祭料`, rows: [{ ...FY2023, value: [212_000] }] },
};

const careAddition: DatedParameter<readonly number[]> = {
  name: `${CLASS_A}介護加算の年額`,
  rows: [{ ...FY2023, value: [846_200, 564_200] }],
};

/** All amounts, for the documentation and the page. */
export const reliefParameters: readonly DatedParameter<unknown>[] = [
  allowance,
  ...Object.values(amounts),
  careAddition,
];

export interface ReliefFacts {
  readonly class: ReliefClass;
  readonly benefit: ReliefBenefit;
  readonly on: IsoDate;
  /** Days of a calendar month, for the medical allowance. */
  readonly outpatientDays: number;
  readonly inpatientDays: number;
  /** What the patient paid, and the standard meals of a stay; yen. */
  readonly patientPaid: number;
  readonly meals: number;
  readonly grade: number;
  /** Cared for at home (介護加算). */
  readonly homeCare: boolean;
  /** Other allowances or pensions of the year that are taken off, yen. */
  readonly otherBenefits: number;
}

const LONG_OUTPATIENT = 3;
const LONG_INPATIENT = 8;

/**
 * The amount of a benefit and its steps. Amounts stand in dated parameters; for B類, and for the times
 * that are not established, the missing parameter is named. Nothing when the class has no such benefit
 * or grade, or nothing was counted.
 */
export function reliefAmount(
  facts: ReliefFacts,
): { amount: number; steps: AmountStep[]; basis: string[] } | undefined {
  const basis = ["予防接種法第15条、第16条"];
  if (!benefitsOfClass[facts.class].includes(facts.benefit)) return undefined;
  if (facts.benefit === "medical-cost") {
    const steps = [
      { label: "自己負担額", amount: facts.patientPaid },
      { label: "入院時食事療養標準負担額等", amount: facts.meals },
    ];
    return { amount: facts.patientPaid + facts.meals, steps, basis };
  }
  if (facts.class === "B")
    rowOn(
      { name: `予防接種健康被害救済(B類)の${reliefBenefits[facts.benefit]}`, rows: [] },
      facts.on,
    );
  return facts.benefit === "medical-allowance"
    ? medicalAllowance(facts, basis)
    : pension(facts, basis);
}

function medicalAllowance({ on, outpatientDays, inpatientDays }: ReliefFacts, basis: string[]) {
  if (outpatientDays + inpatientDays === 0) return undefined;
  const row = rowOn(allowance, on);
  const high =
    outpatientDays >= LONG_OUTPATIENT ||
    inpatientDays >= LONG_INPATIENT ||
    (outpatientDays > 0 && inpatientDays > 0);
  const amount = high ? row.value.high : row.value.low;
  const label = high ? "通院3日以上・入院8日以上・入通院の併用" : "通院3日未満・入院8日未満";
  return { amount, steps: [{ label, amount }], basis: [...basis, citeRow(allowance, row)] };
}

function pension(facts: ReliefFacts, basis: string[]) {
  const title = reliefBenefits[facts.benefit];
  const table = amounts[facts.benefit] ?? { name: `${CLASS_A}${title}`, rows: [] };
  const row = rowOn(table, facts.on);
  const full = row.value[facts.grade - 1];
  if (full === undefined) return undefined;
  const steps: AmountStep[] = [{ label: title, amount: full }];
  const cited = [...basis, citeRow(table, row)];
  if (facts.homeCare && facts.benefit.endsWith("-pension")) {
    const care = rowOn(careAddition, facts.on);
    const addition = care.value[facts.grade - 1];
    if (addition !== undefined) {
      steps.push({ label: "介護加算", amount: addition });
      cited.push(citeRow(careAddition, care));
    }
  }
  if (facts.otherBenefits > 0)
    steps.push({ label: "他の手当・年金との調整", amount: -facts.otherBenefits });
  const amount = Math.max(
    0,
    steps.reduce((sum, step) => sum + step.amount, 0),
  );
  return { amount, steps, basis: cited };
}
