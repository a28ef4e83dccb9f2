import { addMonths, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** A pair of thresholds: alone, and with others from 65 in the household; yen. */
interface RatioStep {
  readonly ownTotal: number;
  readonly alone: number;
  readonly together: number;
}

/** Thresholds of 20 and 30 per cent. */
export const copayRatios: DatedParameter<{
  readonly third: RatioStep;
  readonly second: RatioStep;
}> = {
  name: "利用者負担割合の基準",
  rows: [
    {
      from: "2018-08-01",
      value: {
        third: { ownTotal: 2_200_000, alone: 3_400_000, together: 4_630_000 },
        second: { ownTotal: 1_600_000, alone: 2_800_000, together: 3_460_000 },
      },
      source: "介護保険法施行令第22条の2、第29条の2",
      certainty: "established",
    },
  ],
};

export interface CopayFacts {
  readonly on: IsoDate;
  /** 1: first insured (from 65), 2: second insured. */
  readonly insured: 1 | 2;
  readonly welfare: boolean;
  /** 合計所得金額 of the person, yen. */
  readonly ownTotalIncome: number;
  /** 年金収入 and その他の合計所得 of everybody from 65 in the household, yen. */
  readonly pensionPlusOther: number;
  /** People from 65 in the household, the person included. */
  readonly over65InHousehold: number;
}

/** What the person pays of the cost: 10, 20 or 30 per cent. */
export function copayRatio(facts: CopayFacts): { ratio: number; basis: string[] } {
  const row = rowOn(copayRatios, facts.on);
  const reached = ({ ownTotal, alone, together }: RatioStep) =>
    facts.ownTotalIncome >= ownTotal &&
    facts.pensionPlusOther >= (facts.over65InHousehold > 1 ? together : alone);
  const basis = ["介護保険法第49条の2", citeRow(copayRatios, row)];
  if (facts.insured === 2 || facts.welfare) return { ratio: 0.1, basis };
  if (reached(row.value.third)) return { ratio: 0.3, basis };
  return { ratio: reached(row.value.second) ? 0.2 : 0.1, basis };
}

/** The threshold of low incomes for benefits: the same amount as for premiums, on other dates. */
export const benefitThreshold: DatedParameter<number> = {
  name: "高額介護サービス費・補足給付の低所得の基準",
  rows: [
    {
      from: "2021-08-01",
      to: "2025-07-31",
      value: 800_000,
      source: "介護保険法施行令第22条の2の2",
      certainty: "probable",
    },
    {
      from: "2025-08-01",
      to: "2026-07-31",
      value: 809_000,
      source: "介護保険法施行令第22条の2の2(令和7年8月改正)",
      certainty: "established",
    },
    {
      from: "2026-08-01",
      value: 826_500,
      source: "介護保険法施行令第22条の2の2(令和8年8月改正)",
      certainty: "established",
    },
  ],
};

export interface HighCostFacts {
  readonly month: IsoMonth;
  readonly welfare: boolean;
  readonly householdTaxed: boolean;
  readonly pensionPlusOther: number;
  /** Highest 課税所得 of those from 65 in the household, yen. */
  readonly taxableIncome: number;
}

/** The monthly limit of 高額介護サービス費, for the person or the household. */
export function highCostCareCap(facts: HighCostFacts): {
  cap: number;
  scope: "person" | "household";
  basis: string[];
} {
  const row = rowOn(benefitThreshold, `${facts.month}-01` as IsoDate);
  const basis = ["介護保険法第51条", citeRow(benefitThreshold, row)];
  if (facts.welfare) return { cap: 15_000, scope: "person", basis };
  if (facts.householdTaxed) {
    if (facts.taxableIncome >= 6_900_000) return { cap: 140_100, scope: "household", basis };
    return { cap: facts.taxableIncome >= 3_800_000 ? 93_000 : 44_400, scope: "household", basis };
  }
  return facts.pensionPlusOther <= row.value
    ? { cap: 15_000, scope: "person", basis }
    : { cap: 24_600, scope: "household", basis };
}

/** Highest savings (預貯金等) of a person alone with which a stage is allowed; 10,000,000 more for a couple. */
const SAVINGS = {
  "1": 10_000_000,
  "2": 6_500_000,
  "3-1": 5_500_000,
  "3-2": 5_000_000,
} as const;
type AssistanceStage = keyof typeof SAVINGS;
const COUPLE = 10_000_000;
const UPPER = 1_200_000;

/** Meal costs a day in a facility that stay with the person, by stage, yen. */
export const mealLimits: DatedParameter<Readonly<Record<AssistanceStage, number>>> = {
  name: "補足給付の食費の負担限度額(施設)",
  rows: [
    {
      from: "2021-08-01",
      to: "2026-07-31",
      value: { "1": 300, "2": 390, "3-1": 650, "3-2": 1_360 },
      source: "介護保険法施行規則、負担限度額の告示",
      certainty: "probable",
    },
    {
      from: "2026-08-01",
      value: { "1": 300, "2": 390, "3-1": 680, "3-2": 1_420 },
      source: "負担限度額の告示(令和8年8月改正: 第3段階①+30円、②+60円)",
      certainty: "probable",
    },
  ],
};

export interface AssistanceFacts {
  readonly on: IsoDate;
  readonly welfare: boolean;
  /** Anybody in the household, or the spouse living apart, is taxed. */
  readonly householdTaxed: boolean;
  /** 年金収入 (tax-free pensions included) and その他の合計所得, yen. */
  readonly pensionPlusOther: number;
  /** 預貯金等 of the person and the spouse, yen. */
  readonly savings: number;
  readonly couple: boolean;
}

/** The stage of 補足給付 and the meal limit of a day; no stage when tax or savings shut it out. */
export function assistance(facts: AssistanceFacts) {
  const threshold = rowOn(benefitThreshold, facts.on);
  const meals = rowOn(mealLimits, facts.on);
  const basis = [
    "介護保険法第51条の3",
    citeRow(benefitThreshold, threshold),
    citeRow(mealLimits, meals),
  ];
  if (!facts.welfare && facts.householdTaxed)
    return { stage: null, reason: "世帯に市町村民税が課税されている人がいます。", basis };
  const stage = facts.welfare ? "1" : assistanceStage(facts.pensionPlusOther, threshold.value);
  const most = SAVINGS[stage] + (facts.couple ? COUPLE : 0);
  if (!facts.welfare && facts.savings > most)
    return { stage: null, reason: `預貯金等が${most}円を超えています。`, basis };
  return { stage, mealLimit: meals.value[stage], basis };
}

function assistanceStage(income: number, threshold: number): AssistanceStage {
  if (income <= threshold) return "2";
  return income <= UPPER ? "3-1" : "3-2";
}

export interface RestrictionFacts {
  readonly on: IsoDate;
  /** The oldest due date that is still unpaid. */
  readonly oldestDue?: IsoDate | undefined;
  /** Months of premium whose claim lapsed (時効), within ten years before the certification. */
  readonly lapsedMonths: number;
  /** Months paid in the same ten years. */
  readonly paidMonths: number;
  /** 公費負担医療 for victims of the bomb and the like, or a disaster: nothing is restricted. */
  readonly exempt: boolean;
}

/** Measures after arrears, and how long the benefit is reduced. */
export function benefitRestriction(facts: RestrictionFacts) {
  const { on, oldestDue, lapsedMonths, paidMonths, exempt } = facts;
  const since = (months: number) => oldestDue !== undefined && on >= addMonths(oldestDue, months);
  const reduced = lapsedMonths > 0 && !exempt;
  return {
    /** 66条: the person pays in full and claims back. */
    paymentChange: !exempt && since(12),
    /** 67条: the benefit is withheld for a time. */
    suspension: !exempt && since(18),
    /** 69条: the ratio is raised. */
    reduction: reduced,
    /** Exact length in months; how a part of a month is rounded is not established. */
    reductionMonths: reduced ? (lapsedMonths * lapsedMonths) / (lapsedMonths + paidMonths) / 2 : 0,
  };
}

/** The ratio while the benefit is reduced: 30 per cent, or 40 for those who pay 30 already (69条). */
export function reducedRatio(ratio: number): number {
  return ratio === 0.3 ? 0.4 : 0.3;
}
