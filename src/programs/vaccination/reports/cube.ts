import type { Lines } from "#src/platform/lines.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type Axis, bandsInMonths } from "#workflows/vaccination/reports/axes.ts";
import type { CountToMap } from "#workflows/vaccination/reports/national-table.ts";

/**
 * What is counted: the records as they stand now, or what the closings of the months counted of these months (`own`) and corrected
 * of those before (`earlier`). Days are the first of a month and the last of one.
 */
export interface ReportPeriod {
  basis: "now" | "own" | "earlier";
  from: IsoDate;
  to: IsoDate;
  /** By the month in which it was told instead of that of the shot; of the records as they stand now alone. */
  byEntry: boolean;
}

/** Values of other axes to which counts are narrowed. Ages are completed months, both inclusive. */
export interface Fixed {
  vaccine?: string | undefined;
  dose?: number | undefined;
  doseFrom?: number | undefined;
  doseTo?: number | undefined;
  ageFrom?: number | undefined;
  ageTo?: number | undefined;
  sex?: string | undefined;
  route?: string | undefined;
  contract?: string | undefined;
  source?: string | undefined;
  outcome?: string | undefined;
  office?: string | undefined;
  month?: string | undefined;
  entryMonth?: string | undefined;
}

/** A count at two values, or the sum over one axis or both. */
export interface CubeCell {
  row: string;
  column: string;
  ofRows: boolean;
  ofColumns: boolean;
  n: number;
}

/** Counts along two axes, with their sums; rounded for whoever could not see the rows. @throws 42501 without `statistics.read` */
export const readCube = (
  { sql }: Work,
  { basis, from, to, byEntry }: ReportPeriod,
  axes: { rows: Axis; columns: Axis | "none" },
  fixed: Fixed,
): Promise<CubeCell[]> => sql<CubeCell[]>`
  select row_value as row, column_value as column, row_sum as "ofRows", column_sum as "ofColumns", n
    from vaccination_reports.cube(${basis}, ${from}, ${to}, ${byEntry}, ${axes.rows}, ${axes.columns}, ${[...bandsInMonths]}::integer[], ${JSON.stringify(fixed)}::text::jsonb)`;

/** Counts from which the national table is made. @throws 42501 without `statistics.read` and `person.read` */
export const readCountsToMap = (
  { sql }: Work,
  { basis, from, to }: ReportPeriod,
): Promise<CountToMap[]> => sql<CountToMap[]>`
  select vaccine, dose, age, sex, route, outcome, sum(n)::integer as n
    from vaccination_reports.cells_to_map(${basis}, ${from}, ${to}) group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`;

/** A row behind a figure. */
export interface ReportRow {
  sourceId: string;
  /** A closing took it back. */
  taken: boolean;
  /** None where the record was erased after its time. */
  personNumber: string | null;
  givenOn: IsoDate;
  enteredOn: IsoDate;
  vaccine: string;
  dose: number;
  age: number;
  route: string;
  source: string;
  outcome: string;
  officeCode: string;
}

/** The rows behind a figure, a page of them; each page is recorded. @throws 42501 without `statistics.read` and `person.read` */
export async function readReportRows(
  { sql }: Work,
  { basis, from, to, byEntry }: ReportPeriod,
  fixed: Fixed,
  lines: Lines,
): Promise<{ total: number; rows: ReportRow[] }> {
  const rows = await sql<(ReportRow & { total: number })[]>`
    select total, source_id as "sourceId", taken, person_number as "personNumber", given_on::text as "givenOn", entered_on::text as "enteredOn", vaccine, dose, age, route,
           source, outcome, office_code as "officeCode"
      from vaccination_reports.rows(${basis}, ${from}, ${to}, ${byEntry}, ${JSON.stringify(fixed)}::text::jsonb, ${lines.from}, ${lines.size})`;
  return { total: rows[0]?.total ?? 0, rows };
}
