import { fiscalYear, fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import { addMonths, type IsoDate, monthEnd, partsOf } from "#workflows/dates/iso-date.ts";
import { eraOf, formatFiscalYear } from "#workflows/dates/wareki.ts";

/** What figures are counted over: the months of one 年度, or 年度 side by side. */
export interface Period {
  from: IsoDate;
  to: IsoDate;
  byYear: boolean;
  /** 令和8年度 月別. */
  title: string;
  /** Its months or 年度, by their first day. */
  parts: readonly { from: IsoDate; to: IsoDate; title: string }[];
}

/** How many 年度 can be looked at, the present one last. */
const yearsShown = 5;

/** The years that can be chosen, the present one first. */
export const yearsBefore = (today: IsoDate): number[] =>
  Array.from({ length: yearsShown }, (_, n) => fiscalYear(today) - n);

/** The months of a 年度. */
export function monthsOf(year: number): Period {
  const from = fiscalYearStart(year);
  const parts = Array.from({ length: 12 }, (_, n) => {
    const start = addMonths(from, n);
    return { from: start, to: monthEnd(start), title: monthTitle(start) };
  });
  const title = `${formatFiscalYear(year)} 月別`;
  return { from, to: fiscalYearEnd(year), byYear: false, title, parts };
}

/** The last 年度 side by side. */
export function yearsUpTo(today: IsoDate): Period {
  const years = yearsBefore(today).toReversed();
  const parts = years.map((year) => ({
    from: fiscalYearStart(year),
    to: fiscalYearEnd(year),
    title: formatFiscalYear(year),
  }));
  const [first] = parts;
  const from = first?.from ?? fiscalYearStart(fiscalYear(today));
  return { from, to: fiscalYearEnd(fiscalYear(today)), byYear: true, title: "年度別", parts };
}

/** `令和8年4月`. */
function monthTitle(day: IsoDate): string {
  const { era, year } = eraOf(day);
  return `${era.name}${year === 1 ? "元" : year}年${partsOf(day).month}月`;
}
