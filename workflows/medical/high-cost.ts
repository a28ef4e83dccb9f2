import type { IsoDate, IsoMonth } from "#workflows/dates/iso-date.ts";
import { divideHalfUp } from "#workflows/money/rounding.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** Limit of a month in yen: `base`, and one per cent of the cost above `from`; `multiple` from the fourth time in a year. */
interface Limit {
  readonly base: number;
  readonly from?: number;
  readonly multiple?: number;
}

/** Classes below 70 (適用区分), and those from 70 on. */
export const highCostCategories = {
  ア: "区分ア",
  イ: "区分イ",
  ウ: "区分ウ",
  エ: "区分エ",
  オ: "区分オ",
  "70-現役並みⅢ": "70歳以上 現役並みⅢ",
  "70-現役並みⅡ": "70歳以上 現役並みⅡ",
  "70-現役並みⅠ": "70歳以上 現役並みⅠ",
  "70-一般": "70歳以上 一般(世帯)",
  "70-一般外来": "70歳以上 一般(外来・個人)",
  "70-低所得Ⅱ": "70歳以上 低所得Ⅱ(世帯)",
  "70-低所得Ⅰ": "70歳以上 低所得Ⅰ(世帯)",
  "70-低所得外来": "70歳以上 低所得(外来・個人)",
} as const;

export type HighCostCategory = keyof typeof highCostCategories;

/** A class has no limit in a row where none is established. */
type Limits = Readonly<Partial<Record<HighCostCategory, Limit>>>;

const BEFORE: readonly [Limit, Limit, Limit] = [
  { base: 252_600, from: 842_000, multiple: 140_100 },
  { base: 167_400, from: 558_000, multiple: 93_000 },
  { base: 80_100, from: 267_000, multiple: 44_400 },
];
const SINCE: readonly [Limit, Limit, Limit] = [
  { base: 270_300, from: 901_000, multiple: 140_100 },
  { base: 179_100, from: 597_000, multiple: 93_000 },
  { base: 85_800, from: 286_000, multiple: 44_400 },
];

/** Limits of each class. */
export const highCostLimits: DatedParameter<Limits> = {
  name: "高額療養費の自己負担限度額",
  rows: [
    {
      from: "2018-08-01",
      to: "2026-07-31",
      value: {
        ア: BEFORE[0],
        イ: BEFORE[1],
        ウ: BEFORE[2],
        エ: { base: 57_600, multiple: 44_400 },
        オ: { base: 35_400, multiple: 24_600 },
        "70-現役並みⅢ": BEFORE[0],
        "70-現役並みⅡ": BEFORE[1],
        "70-現役並みⅠ": BEFORE[2],
        "70-一般": { base: 57_600, multiple: 44_400 },
        "70-一般外来": { base: 18_000 },
        "70-低所得Ⅱ": { base: 24_600 },
        "70-低所得Ⅰ": { base: 15_000 },
        "70-低所得外来": { base: 8_000 },
      },
      source: "健康保険法施行令第42条(令和8年7月31日まで)",
      certainty: "established",
    },
    {
      from: "2026-08-01",
      to: "2027-07-31",
      value: {
        ア: SINCE[0],
        イ: SINCE[1],
        ウ: SINCE[2],
        エ: { base: 61_500, multiple: 44_400 },
        オ: { base: 36_900, multiple: 24_600 },
        "70-現役並みⅢ": SINCE[0],
        "70-現役並みⅡ": SINCE[1],
        "70-現役並みⅠ": SINCE[2],
        "70-一般外来": { base: 22_000 },
      },
      source: "健康保険法施行令第42条(令和8年政令第240号による改正)",
      certainty: "established",
    },
  ],
};

/** The limit of a month for a cost (10割, yen), and how the rows read that gave it. */
export function highCostLimit(
  month: IsoMonth,
  category: HighCostCategory,
  totalCost: number,
  multiple: boolean,
): { limit: number; basis: string[] } {
  const on = `${month}-01` as IsoDate;
  const own: DatedParameter<Limit> = {
    name: `${highCostLimits.name}(${highCostCategories[category]})`,
    rows: highCostLimits.rows.flatMap((row) => {
      const value = row.value[category];
      return value ? [{ ...row, value }] : [];
    }),
  };
  const row = rowOn(own, on);
  const { base, from = totalCost, multiple: reduced } = row.value;
  const limit =
    multiple && reduced !== undefined
      ? reduced
      : base + divideHalfUp(Math.max(0, totalCost - from), 100);
  return { limit, basis: ["健康保険法第115条", citeRow(own, row)] };
}
