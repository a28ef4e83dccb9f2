import { type Column, Table } from "../components/index.ts";
import type { Figure, FigureRow, FigureTable as Figures } from "./sheet.ts";

/** A number as the tables of statistics show it; `―` where there is none to tell. */
export const shownFigure = (value: number | null): string =>
  value === null ? "―" : value.toLocaleString("ja-JP", { maximumFractionDigits: 1 });

/** The unit that all columns have; it stands at the title then. */
function sharedUnit({ columns }: Figures): string | undefined {
  const units = new Set(columns.map(({ unit }) => unit));
  return units.size === 1 ? columns[0]?.unit : undefined;
}

/** `年齢別（単位 人）`. */
export function titleWithUnit(table: Figures): string {
  const unit = sharedUnit(table);
  return unit ? `${table.title}（単位 ${unit}）` : table.title;
}

/** The table below a chart, with the same figures; each leads to its rows for who may see them. */
export function FigureTable({ table, leads }: { table: Figures; leads: boolean }) {
  const { title, rowTitle, columns, rows, whole } = table;
  const cell = (of: FigureRow, at: number) => (
    <Shown figure={of.figures[at]} name={`${of.title} ${columns[at]?.title}`} leads={leads} />
  );
  const shared = sharedUnit(table);
  const shown: Column<FigureRow>[] = [
    { title: rowTitle, cell: (row) => row.title, nowrap: columns.length <= 8 },
    ...columns.map(({ title, unit }, at) => ({
      title: shared ? title : `${title}（${unit}）`,
      align: "end" as const,
      cell: (row: FigureRow) => cell(row, at),
    })),
  ];
  return (
    <Table
      caption={title}
      columns={shown}
      rows={rows}
      foot={
        whole && (
          <tr>
            <th scope="row">{whole.title}</th>
            {columns.map((column, at) => (
              <td key={column.title} class="align-end">
                {cell(whole, at)}
              </td>
            ))}
          </tr>
        )
      }
    />
  );
}

function Shown(props: { figure: Figure | undefined; name: string; leads: boolean }) {
  const { figure, name, leads } = props;
  const text = shownFigure(figure?.value ?? null);
  if (!leads || !figure?.path || !figure.value) return <>{text}</>;
  return (
    <a href={figure.path} aria-label={`${name} ${text}の一覧`}>
      {text}
    </a>
  );
}
