/** Deductions (所得控除) that welfare schemes look at, by their names, with the names for people. */
export const deductionLabels = {
  disability: "障害者控除",
  specialDisability: "特別障害者控除",
  workingStudent: "勤労学生控除",
  casualtyLoss: "雑損控除",
  medicalExpenses: "医療費控除",
  smallBusinessMutualAid: "小規模企業共済等掛金控除",
  spouseSpecial: "配偶者特別控除",
  widow: "寡婦控除",
  singleParent: "ひとり親控除",
} as const;

export type Deduction = keyof typeof deductionLabels;

/** Incomes of a year by kind (所得, after the deductions of tax law for the kind), whole yen; a loss is below zero. */
export interface TaxedIncome {
  readonly salary: number;
  readonly pension: number;
  readonly business: number;
  readonly other: number;
  readonly deductions: Readonly<Partial<Record<Deduction, number>>>;
}

/** 市町村民税課税区分. */
export const assessmentTitles = {
  taxed: "課税",
  "per-capita": "均等割のみ",
  exempt: "非課税",
  undeclared: "未申告",
} as const;
export type Assessment = keyof typeof assessmentTitles;

/** People whom the taxpayer supports, as the tax office counts them. */
export interface Dependants {
  /** 同一生計配偶者. */
  readonly spouse: "none" | "under-70" | "from-70";
  /** 年少扶養親族: under 16. */
  readonly under16: number;
  /** 一般の扶養親族: from 16 on, neither 特定 nor 老人. */
  readonly general: number;
  /** Of those: 16 to 18. */
  readonly aged16To18: number;
  /** 特定扶養親族: 19 to 22. */
  readonly specific: number;
  /** 老人扶養親族: from 70 on. */
  readonly elderly: number;
}

/** Dependants as 児童扶養手当法施行令第2条の4 counts them: all, those from 70 on with the spouse, those of 16 to 22. */
export function countDependants({ spouse, ...relatives }: Dependants) {
  const { under16, general, aged16To18, specific, elderly } = relatives;
  return {
    dependants: (spouse === "none" ? 0 : 1) + under16 + general + specific + elderly,
    elderlyDependants: (spouse === "from-70" ? 1 : 0) + elderly,
    studentDependants: aged16To18 + specific,
  };
}
