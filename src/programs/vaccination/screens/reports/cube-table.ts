import type { Work } from "#src/platform/work.ts";
import type { FigureTable } from "#src/web/statistics/index.ts";
import { axisTitles } from "#workflows/vaccination/reports/axes.ts";
import { readCube } from "../../reports/cube.ts";
import type { CubeAsked } from "./asked.ts";
import { keptFixed, keptPeriod } from "./asked.ts";
import { fixedBy, inOrder, type OfficeNames, titleOfValue } from "./labels.ts";
import { reportPaths, withQuery } from "./paths.ts";

/** A cube as a table of counts: what its rows and columns are, and the counts without their sums. */
export interface CubeTable {
  rowValues: string[];
  columnValues: string[];
  figures: FigureTable;
  /** Counts by row and column. */
  cells: number[][];
}

/** More rows than this are no table any more. */
const most = 400;

/** Reads a cube as a table; each figure leads to the rows behind it. */
export async function readCubeTable(
  work: Work,
  asked: CubeAsked,
  offices: OfficeNames,
): Promise<CubeTable & { cut: number }> {
  const { rows, columns, fixed } = asked;
  const found = await readCube(work, asked, { rows, columns }, fixed);
  const valueAt = new Map(
    found.map((one) => [
      `${one.ofRows ? "*" : one.row}|${one.ofColumns ? "*" : one.column}`,
      one.n,
    ]),
  );
  const n = (row: string, column: string) => valueAt.get(`${row}|${column}`) ?? 0;
  const all = found
    .filter((one) => !one.ofRows && one.ofColumns)
    .map(({ row }) => row)
    .toSorted(inOrder(rows));
  const rowValues = all.slice(0, most);
  const columnValues =
    columns === "none"
      ? []
      : found
          .filter((one) => one.ofRows && !one.ofColumns)
          .map(({ column }) => column)
          .toSorted(inOrder(columns));
  const path = (row: string, column: string) =>
    withQuery(reportPaths.rows, {
      ...keptPeriod(asked),
      ...keptFixed({
        ...fixed,
        ...(row !== "*" && fixedBy(rows, row)),
        ...(column !== "*" && fixedBy(columns, column)),
      }),
    });
  const line = (row: string, title: string) => ({
    title,
    figures: ["*", ...columnValues].map((column) => ({
      value: n(row, column),
      path: path(row, column),
    })),
  });
  return {
    rowValues,
    columnValues,
    cut: all.length - rowValues.length,
    cells: rowValues.map((row) =>
      columns === "none" ? [n(row, "*")] : columnValues.map((column) => n(row, column)),
    ),
    figures: {
      title: columns === "none" ? axisTitles[rows] : `${axisTitles[rows]} × ${axisTitles[columns]}`,
      rowTitle: axisTitles[rows],
      chart: rows === "month" || rows === "entry-month" ? "columns" : "bars",
      columns: [
        { title: "計", unit: "件", charted: true },
        ...columnValues.map((column) => ({
          title: titleOfValue(columns === "none" ? rows : columns, column, offices),
          unit: "件",
        })),
      ],
      rows: rowValues.map((row) => line(row, titleOfValue(rows, row, offices))),
      whole: line("*", "計"),
    },
  };
}
