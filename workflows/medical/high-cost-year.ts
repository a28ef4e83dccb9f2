import { addMonths, type IsoDate, type IsoMonth } from "#workflows/dates/iso-date.ts";
import { citeRow, type DatedParameter, rowOn } from "#workflows/parameters/dated.ts";

/** Classes below 70 for the limit of a year; エ is lower for incomes up to about two million yen. */
export const yearlyCategories = {
  ア: "区分ア",
  イ: "区分イ",
  ウ: "区分ウ",
  エ: "区分エ",
  "エ-200万以下": "区分エ(年収約200万円以下)",
  オ: "区分オ",
} as const;

export type YearlyCategory = keyof typeof yearlyCategories;

/** The limit of what a person bears from August to July (年間上限), yen. */
export const yearlyLimits: DatedParameter<Readonly<Record<YearlyCategory, number>>> = {
  name: "高額療養費の年間上限",
  rows: [
    {
      from: "2026-08-01",
      to: "2027-07-31",
      value: {
        ア: 1_680_000,
        イ: 1_110_000,
        ウ: 530_000,
        エ: 530_000,
        "エ-200万以下": 410_000,
        オ: 290_000,
      },
      source: "健康保険法施行令(令和8年政令第240号による改正)",
      certainty: "established",
    },
  ],
};

const FIRST_MONTH = 8;

/**
 * The limit of the year (August to July) that a month lies in, and what of the sum borne in it is paid
 * back. `borne` is what was left after the monthly limits, yen. Throws MissingParameterError before 2026-08.
 */
export function yearlyHighCost(month: IsoMonth, category: YearlyCategory, borne: number) {
  const on = `${month}-01` as IsoDate;
  const row = rowOn(yearlyLimits, on);
  const since = Number(month.slice(5)) - FIRST_MONTH;
  const from = addMonths(on, -(since < 0 ? since + 12 : since));
  const limit = row.value[category];
  return {
    from: from.slice(0, 7),
    to: addMonths(from, 11).slice(0, 7),
    limit,
    paidBack: Math.max(0, borne - limit),
    basis: ["健康保険法第115条", citeRow(yearlyLimits, row)],
  };
}
