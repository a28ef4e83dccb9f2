import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { floorTo } from "#workflows/money/rounding.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** Monthly caps (自己負担上限月額) of a tier, yen. */
interface Caps {
  readonly ordinary: number;
  readonly longHighCost: number;
  readonly ventilator: number;
}

export const tiers = [
  "生活保護",
  "低所得Ⅰ",
  "低所得Ⅱ",
  "一般所得Ⅰ",
  "一般所得Ⅱ",
  "上位所得",
] as const;

export type Tier = (typeof tiers)[number];

const SOURCE = "難病の患者に対する医療等に関する法律施行令第1条";

/** 所得割 of the 基準世帯 from which the higher tiers begin. */
const MIDDLE_LEVY = 71_000;
const UPPER_LEVY = 251_000;

/** Caps by tier. */
export const capTable: DatedParameter<Readonly<Record<Tier, Caps>>> = {
  name: "特定医療費(指定難病)の自己負担上限月額",
  rows: [
    {
      from: "2018-01-01",
      value: {
        生活保護: { ordinary: 0, longHighCost: 0, ventilator: 0 },
        低所得Ⅰ: { ordinary: 2_500, longHighCost: 2_500, ventilator: 1_000 },
        低所得Ⅱ: { ordinary: 5_000, longHighCost: 5_000, ventilator: 1_000 },
        一般所得Ⅰ: { ordinary: 10_000, longHighCost: 5_000, ventilator: 1_000 },
        一般所得Ⅱ: { ordinary: 20_000, longHighCost: 10_000, ventilator: 1_000 },
        上位所得: { ordinary: 30_000, longHighCost: 20_000, ventilator: 1_000 },
      },
      source: SOURCE,
      certainty: "established",
    },
  ],
};

/** Income of the person up to which 低所得Ⅰ reaches. The amounts since July 2025 are not established here. */
export const lowIncomeThreshold: DatedParameter<number> = {
  name: "特定医療費の低所得Ⅰの収入の基準",
  rows: [
    {
      from: "2018-01-01",
      to: "2025-06-30",
      value: 800_000,
      source: SOURCE,
      certainty: "established",
    },
  ],
};

export interface CapFacts {
  readonly on: IsoDate;
  /** 生活保護. */
  readonly welfare: boolean;
  /** 市町村民税 of the 支給認定基準世帯. */
  readonly taxed: boolean;
  /** 所得割 of the 支給認定基準世帯, yen. */
  readonly incomeLevy: number;
  /** Income (収入) of the person, or of the guardian of a minor; yen. */
  readonly ownIncome: number;
  readonly longHighCost: boolean;
  readonly ventilator: boolean;
}

/** The tier of the 支給認定 and the cap of a month. */
export function intractableCap(
  facts: CapFacts,
  threshold: DatedParameter<number> = lowIncomeThreshold,
) {
  const row = rowOn(capTable, facts.on);
  const basis = [citeRow(capTable, row)];
  const tier = tierOf(facts, threshold, basis);
  const caps = row.value[tier];
  const unventilated = facts.longHighCost ? caps.longHighCost : caps.ordinary;
  return { tier, cap: facts.ventilator ? caps.ventilator : unventilated, basis };
}

/** The tier of a household that is taxed, by its 所得割. */
export function tierOfIncome(levy: number): Tier {
  if (levy < MIDDLE_LEVY) return "一般所得Ⅰ";
  return levy < UPPER_LEVY ? "一般所得Ⅱ" : "上位所得";
}

function tierOf(facts: CapFacts, threshold: DatedParameter<number>, basis: string[]): Tier {
  if (facts.welfare) return "生活保護";
  if (facts.taxed) return tierOfIncome(facts.incomeLevy);
  const row = rowOn(threshold, facts.on);
  basis.push(citeRow(threshold, row));
  return facts.ownIncome <= row.value ? "低所得Ⅰ" : "低所得Ⅱ";
}

/**
 * The caps of several patients of one 基準世帯: each in proportion, so that together they reach the
 * highest one. What is left below `unit` yen is cut off; the rounding is not established.
 */
export function apportion(caps: readonly number[], unit: number): number[] {
  const total = caps.reduce((sum, cap) => sum + cap, 0);
  const highest = Math.max(0, ...caps);
  return caps.map((cap) => (total === 0 ? 0 : floorTo((cap * highest) / total, unit)));
}
