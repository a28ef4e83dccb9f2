import type { ComponentChildren } from "preact";

/** A column of a table. */
export interface Column<Row> {
  title: string;
  cell: (row: Row) => ComponentChildren;
  /** Numbers and money stand to the right, in figures of one width. */
  align?: "start" | "end" | "center";
  /** Never broken into two lines: dates, numbers, states. */
  nowrap?: boolean;
  /** Where the heading leads to have the list in the order of this column; `direction` where it is in it now. */
  sorting?: { href: string; direction?: "ascending" | "descending" };
}

/** Boxes before the rows: what is ticked is sent with the form of that id. */
interface Ticks<Row> {
  form: string;
  name: string;
  value: (row: Row) => string;
  /** Said to screen readers, such as `R8-000123を選ぶ`. */
  label: (row: Row) => string;
  /** Why a row cannot be ticked; it has no box then. */
  offBecause?: (row: Row) => string | undefined;
  /** Ticked at first. */
  ticked?: (row: Row) => boolean;
}

interface TableProps<Row> {
  /** Said to screen readers; shown above the table when `captionShown`. */
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Where a row leads; arrows move between rows, Enter opens. */
  href?: (row: Row) => string;
  /** Marks a row: overdue, wrong, of the present. */
  tone?: (row: Row) => "warning" | "error" | "current" | "muted" | undefined;
  /** Space on a row ticks it. */
  ticks?: Ticks<Row>;
  empty?: ComponentChildren;
  foot?: ComponentChildren;
}

/** A dense table. With `href` the first cell is the link, and arrow keys move through the rows. */
export function Table<Row>(props: TableProps<Row>) {
  if (props.rows.length === 0) {
    return <EmptyState>{props.empty ?? "該当するものはありません。"}</EmptyState>;
  }
  return (
    <div class="table-frame">
      <table class="table" data-rows={props.href ? "" : undefined}>
        <caption class={props.captionShown ? "table-caption" : "visually-hidden"}>
          {props.caption}
        </caption>
        <thead>
          <tr>
            {props.ticks && (
              <th scope="col">
                <TickAll form={props.ticks.form} />
              </th>
            )}
            {props.columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                class={cellClass(column)}
                aria-sort={column.sorting?.direction}
              >
                {column.sorting ? (
                  <a href={column.sorting.href}>
                    {column.title}
                    <span aria-hidden="true">{arrowOf(column.sorting.direction)}</span>
                  </a>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, index) => {
            const tone = props.tone?.(row);
            return (
              <tr key={index} class={tone ? `row-${tone}` : undefined}>
                {props.ticks && (
                  <td>
                    <Tick ticks={props.ticks} row={row} />
                  </td>
                )}
                {props.columns.map((column, at) => (
                  <td key={column.title} class={cellClass(column)}>
                    {at === 0 && props.href ? (
                      <a href={props.href(row)}>{column.cell(row)}</a>
                    ) : (
                      column.cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
        {props.foot && <tfoot>{props.foot}</tfoot>}
      </table>
    </div>
  );
}

const arrowOf = (direction: "ascending" | "descending" | undefined): string =>
  direction === "ascending" ? " ▲" : direction === "descending" ? " ▼" : "";

function Tick<Row>({ ticks, row }: { ticks: Ticks<Row>; row: Row }) {
  const off = ticks.offBecause?.(row);
  if (off) return <span class="off-reason">{off}</span>;
  return (
    <input
      type="checkbox"
      name={ticks.name}
      value={ticks.value(row)}
      form={ticks.form}
      aria-label={ticks.label(row)}
      checked={ticks.ticked?.(row) ?? false}
    />
  );
}

/** Ticks every row that can be, or none; without a script it does nothing, and the rows are ticked one by one. */
const TickAll = ({ form }: { form: string }) => (
  <input type="checkbox" data-tick-all={form} aria-label="すべて選ぶ" />
);

function cellClass<Row>(column: Column<Row>): string | undefined {
  const classes = [column.align && `align-${column.align}`, column.nowrap && "nowrap"];
  return classes.filter(Boolean).join(" ") || undefined;
}

/** Said instead of an empty list: what would stand here, and what to do. */
export function EmptyState({ children }: { children: ComponentChildren }) {
  return <p class="empty-state">{children}</p>;
}

/** Names and values, two or more pairs a row on a wide screen. */
export function DefinitionList(props: {
  /** `wide` takes the whole row. */
  items: readonly (readonly [term: string, value: ComponentChildren, width?: "wide"])[];
  columns?: 1 | 2 | 3;
}) {
  return (
    <dl class={`definitions definitions-${props.columns ?? 1}`}>
      {props.items.map(([term, value, width]) => (
        <div key={term} class={width === "wide" ? "definition-wide" : undefined}>
          <dt>{term}</dt>
          <dd>{value ?? "―"}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A row of what was entered beside what the register says. */
export interface Difference {
  label: string;
  entered: ComponentChildren;
  register: ComponentChildren;
  /** Whether the two differ; marked by word and colour. */
  differs: boolean;
}

/** What was applied for beside what the register says, differences marked. */
export function DiffTable(props: {
  caption: string;
  rows: readonly Difference[];
  enteredTitle?: string;
  registerTitle?: string;
  /** 相違 and 一致 in other words. */
  differsWord?: string;
  sameWord?: string;
}) {
  return (
    <div class="table-frame">
      <table class="table diff-table">
        <caption class="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">{props.enteredTitle ?? "申請内容"}</th>
            <th scope="col">{props.registerTitle ?? "住民記録"}</th>
            <th scope="col">照合</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.label} class={row.differs ? "row-warning" : undefined}>
              <th scope="row">{row.label}</th>
              <td>{row.entered}</td>
              <td>{row.register}</td>
              <td class="nowrap">
                {row.differs ? (
                  <strong class="differs">{props.differsWord ?? "相違"}</strong>
                ) : (
                  (props.sameWord ?? "一致")
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Links to the pages of a long list; `href` makes the address of a page (from 1). */
export function Pagination(props: {
  page: number;
  pages: number;
  href: (page: number) => string;
  /** Of which list, where a page has several. */
  of?: string;
}) {
  if (props.pages <= 1) return null;
  return (
    <nav class="pagination" aria-label={props.of ? `${props.of}のページ` : "ページ"}>
      {props.page > 1 && (
        <a href={props.href(props.page - 1)} rel="prev">
          前へ
        </a>
      )}
      <span>
        {props.page} / {props.pages} ページ
      </span>
      {props.page < props.pages && (
        <a href={props.href(props.page + 1)} rel="next">
          次へ
        </a>
      )}
    </nav>
  );
}
