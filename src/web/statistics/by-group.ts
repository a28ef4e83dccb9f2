import type { FigureTable } from "./sheet.ts";

/** A column that is read off the row of each group. */
export interface GroupColumn<Row> {
  title: string;
  unit: string;
  charted?: true;
  value: (row: Row) => number;
}

/** A group of the period; `path` leads from its first column to the rows behind it. */
export interface Group<Row> {
  title: string;
  /** Left out where nothing happened. */
  row: Row | undefined;
  path?: `/${string}` | undefined;
}

/** A table of the whole period with a row for every group, also for those in which nothing happened. */
export function tableByGroup<Row>({
  title,
  rowTitle,
  columns,
  rows,
  whole,
}: {
  title: string;
  rowTitle: string;
  columns: readonly GroupColumn<Row>[];
  rows: readonly Group<Row>[];
  whole: Omit<Group<Row>, "title">;
}): FigureTable {
  const figuresOf = ({ row, path }: Omit<Group<Row>, "title">) =>
    columns.map(({ value }, at) => ({
      value: row ? value(row) : 0,
      ...(at === 0 && { path }),
    }));
  return {
    title,
    rowTitle,
    chart: "bars",
    columns: columns.map(({ title: name, unit, charted }) => ({
      title: name,
      unit,
      ...(charted && { charted }),
    })),
    rows: rows.map((group) => ({ title: group.title, figures: figuresOf(group) })),
    whole: { title: "期間の計", figures: figuresOf(whole) },
  };
}
