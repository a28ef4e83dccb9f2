/** Benefits of the relief for damage to health (予防接種法第16条). */
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

/**
 * What kind of vaccination it was: 定期(A類), 定期(B類), 臨時, or the city's own (行政措置). What the 臨時 ones are paid stands
 * with A類; the city's own scheme has amounts of its own, and none is known here.
 */
export const reliefClasses = { A: "A類", B: "B類", temporary: "臨時", city: "行政措置" } as const;
export type ReliefClass = keyof typeof reliefClasses;

/** Under whose amounts a class stands (予防接種法第16条第1項: A類 and 臨時; 第2項: B類). */
export const amountsOfClass = (of: ReliefClass): "A" | "B" | "city" =>
  of === "temporary" ? "A" : of;

const ofA: readonly ReliefBenefit[] = [
  "medical-cost",
  "medical-allowance",
  "child-care-pension",
  "disability-pension",
  "death-lump-sum",
  "funeral",
];

/** Which benefits a class knows (予防接種法第16条第1項, 第2項); the city's own ones follow A類 until its 要綱 says otherwise. */
export const benefitsOfClass: Readonly<Record<ReliefClass, readonly ReliefBenefit[]>> = {
  A: ofA,
  temporary: ofA,
  city: ofA,
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

/** Benefits that are paid month by month for as long as they last. */
export const pensionBenefits = [
  "child-care-pension",
  "disability-pension",
  "survivor-pension",
] as const satisfies readonly ReliefBenefit[];
export type PensionBenefit = (typeof pensionBenefits)[number];

export const isPension = (benefit: ReliefBenefit): benefit is PensionBenefit =>
  (pensionBenefits as readonly ReliefBenefit[]).includes(benefit);

/** How many grades a pension knows in a class; 1 for what has none (予防接種法施行令 別表). */
export function gradesOf(of: ReliefClass, benefit: ReliefBenefit): number {
  if (benefit === "child-care-pension") return 2;
  if (benefit === "disability-pension") return of === "B" ? 2 : 3;
  return 1;
}
