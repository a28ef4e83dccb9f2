import { cityParameterOn } from "#src/platform/parameters/index.ts";
import { yearsBefore } from "#src/platform/statistics/index.ts";
import type { Work } from "#src/platform/work.ts";
import { showDateShort } from "#src/web/dates.ts";
import type { Values } from "#src/web/values.ts";
import { fiscalYear, fiscalYearEnd, fiscalYearStart } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { formatFiscalYear } from "#workflows/dates/wareki.ts";
import {
  arrange,
  type CountToMap,
  type MappedTable,
  type NationalTable,
  nationalTable,
} from "#workflows/vaccination/reports/national-table.ts";
import { readCountsToMap } from "../../reports/cube.ts";
import { basisTitles } from "./asked.ts";

/** The 年度 of a table, and whence it is counted. */
export interface TableAsked {
  year: number;
  basis: "now" | "own";
}

/** The last 年度 that is over, as it was closed, where nothing is chosen. */
export function readTableAsked(values: Values, today: IsoDate): TableAsked {
  const years = yearsBefore(today);
  return {
    year: Number(values.choice("year", years.map(String)) ?? fiscalYear(today) - 1),
    basis: values.choice("basis", ["now", "own"]) ?? "own",
  };
}
export const keptTable = ({ year, basis }: TableAsked): Record<string, string> => ({
  year: String(year),
  basis,
});

/** Counts of a 年度 in the table that holds on its last day, with what has no place in it. */
export interface ArrangedTable {
  asked: TableAsked;
  table: NationalTable;
  mapped: MappedTable;
  /** Corrections of 年度 before, as the closings of this one counted them. */
  earlier: readonly CountToMap[];
  /** All that was counted: in the table, and what has no place in it. */
  counted: number;
  words: string;
  source: string;
}

/** @throws Problem 503 where two people have not set the table for the last day of the 年度; 42501 without `person.read` */
export async function readNationalTable(
  work: Work,
  values: Values,
  today: IsoDate,
): Promise<ArrangedTable> {
  const asked = readTableAsked(values, today);
  const { year, basis } = asked;
  const days = { from: fiscalYearStart(year), to: fiscalYearEnd(year), byEntry: false };
  const { value: table, source, from } = await cityParameterOn(work, nationalTable, days.to);
  const counts = await readCountsToMap(work, { ...days, basis });
  return {
    asked,
    table,
    mapped: arrange(table, counts),
    earlier: basis === "own" ? await readCountsToMap(work, { ...days, basis: "earlier" }) : [],
    counted: counts.reduce((sum, { n }) => sum + n, 0),
    words: `${formatFiscalYear(year)}・${basisTitles[basis]}`,
    source: `表の行と列は「${nationalTable.title}」（${showDateShort(from)}から、${source}）による。年齢は接種日の満年齢。`,
  };
}
