import { reachAge } from "#workflows/dates/ages.ts";
import { addMonths, type IsoDate, type IsoMonth, monthStart } from "#workflows/dates/iso-date.ts";
import type { HighCostCategory } from "#workflows/medical/high-cost.ts";

/** From 70 on the letters of the 適用区分 name other classes, and below the working ones others for outpatients. */
const classesFrom70: Readonly<
  Record<string, Readonly<Record<"inpatient" | "outpatient", HighCostCategory | undefined>>>
> = {
  ア: { inpatient: "70-現役並みⅢ", outpatient: "70-現役並みⅢ" },
  イ: { inpatient: "70-現役並みⅡ", outpatient: "70-現役並みⅡ" },
  ウ: { inpatient: "70-現役並みⅠ", outpatient: "70-現役並みⅠ" },
  エ: { inpatient: "70-一般", outpatient: "70-一般外来" },
  // Ⅰ and Ⅱ are not told apart by the letter.
  オ: { inpatient: undefined, outpatient: "70-低所得外来" },
};

/** Whether the classes from 70 on hold in a month: of 後期高齢者医療, or from the month after the day on which 70 was reached. */
export function isFrom70(
  month: IsoMonth,
  { birth, elderly }: { readonly birth: IsoDate | undefined; readonly elderly: boolean },
): boolean {
  if (elderly || !birth) return elderly;
  return addMonths(monthStart(reachAge(birth, 70)), 1).slice(0, 7) <= month;
}

/** The class that a letter from ア to オ names for somebody from 70 on; nothing where it names two. */
export const classFrom70 = (
  letter: HighCostCategory,
  inpatient: boolean,
): HighCostCategory | undefined => classesFrom70[letter]?.[inpatient ? "inpatient" : "outpatient"];
