import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type HighCostTest,
  highCostMonths,
  longHighCost,
  type MonthCost,
  mildHighCost,
} from "#workflows/intractable-disease/high-cost-months.ts";
import { yen } from "#workflows/text/yen.ts";
import type { Entered } from "./entered.ts";

/** How one of the tests of monthly costs comes out beside what was entered. */
export interface CostTest {
  title: string;
  /** As it was entered. */
  entered: boolean;
  met: boolean;
  /** 50,000円を超える月が6回（6回で該当）. */
  words: string;
}

/** 高額かつ長期 and 軽症高額 by the monthly costs that were entered; nothing without any. */
export function costTests(
  { costs, onset, ...entered }: Entered,
  receivedOn: IsoDate,
): readonly CostTest[] {
  if (costs.length === 0) return [];
  const months = costs as readonly MonthCost[];
  const test = (title: string, of: HighCostTest, is: boolean, since?: IsoDate): CostTest => {
    const { met, counted } = highCostMonths(of, receivedOn, months, since);
    const words = `${yen(of.above)}を超える月が${counted}回（${of.times}回で該当）`;
    return { title, entered: is, met, words };
  };
  const since = onset === "" ? undefined : (onset as IsoDate);
  return [
    test("高額かつ長期", longHighCost, entered.longHighCost),
    test("軽症高額", mildHighCost, entered.mildHighCost, since),
  ];
}
