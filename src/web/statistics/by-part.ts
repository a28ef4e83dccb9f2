import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Asked, Figure, FigureTable } from "./sheet.ts";

/** Days of a part of a period, from its first to its last. */
export interface Days {
  from: IsoDate;
  to: IsoDate;
}

/** A column that is read off the row of each month or 年度. */
export interface PartColumn<Row> {
  title: string;
  unit: string;
  charted?: true;
  value: (row: Row) => number | null;
  /** Said where nothing happened in the part. */
  none?: number | null;
  path?: (days: Days) => `/${string}`;
}

/** A table with a row for every month or 年度 of the period, also for those in which nothing happened. */
export function tableByPart<Row extends { bucket: IsoDate | null }>(
  { period }: Asked,
  {
    title,
    columns,
    found,
  }: { title: string; columns: readonly PartColumn<Row>[]; found: readonly Row[] },
): FigureTable {
  const figuresOf = (row: Row | undefined, days: Days): Figure[] =>
    columns.map(({ value, none = 0, path }) => ({
      value: row ? value(row) : none,
      path: path?.(days),
    }));
  return {
    title,
    rowTitle: period.byYear ? "年度" : "年月",
    chart: "columns",
    columns: columns.map(({ title, unit, charted }) => ({
      title,
      unit,
      ...(charted && { charted }),
    })),
    rows: period.parts.map((part) => ({
      title: part.title,
      figures: figuresOf(
        found.find(({ bucket }) => bucket === part.from),
        part,
      ),
    })),
    whole: {
      title: "期間の計",
      figures: figuresOf(
        found.find(({ bucket }) => bucket === null),
        period,
      ),
    },
  };
}
