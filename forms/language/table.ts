import type { Purpose } from "../fonts/fonts.ts";
import type { Item } from "./flow.ts";
import { pale } from "./paper.ts";
import { points, write } from "./text.ts";

/** A column of a table that runs over pages. */
export interface Column<Row> {
  readonly title: string;
  /** Millimetres. */
  readonly width: number;
  readonly value: (row: Row) => string;
  readonly align?: "left" | "centre" | "right";
  /** Of all its values, or of the one in a row. */
  readonly purpose?: Purpose | ((row: Row) => Purpose);
  /** Lines a value may take; 1 unless stated. */
  readonly lines?: number;
}

export interface TableStyle {
  readonly size: number;
  readonly smallest: number;
  readonly rowHeight: number;
}

/** Rows under a head that is repeated on every page; a value that does not fit its cell shrinks to the stated size. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { size, smallest, rowHeight }: TableStyle,
): Item {
  const headHeight = points(size * 1.25) + 3.5;
  return (area) => {
    const { paper, box } = area;
    const wide = columns.reduce((sum, { width }) => sum + width, 0);
    if (wide > box.width + 0.01)
      throw new RangeError(`a table of ${wide} mm has no room in ${box.width} mm`);
    const strip = (y: number, height: number, cell: (column: Column<Row>, x: number) => void) => {
      let x = box.x;
      for (const column of columns) {
        paper.frame(x, y, column.width, height);
        cell(column, x);
        x += column.width;
      }
    };
    const head = (keep: number) => {
      const y = area.take(headHeight, keep);
      paper.fill([[box.x, y, wide, headHeight]], pale);
      strip(y, headHeight, ({ title, width }, x) => {
        write(paper, { x: x + 1, y, width: width - 2, height: headHeight }, title, {
          size,
          smallest,
          face: "bold",
          align: "centre",
          valign: "middle",
        });
      });
    };
    head(rowHeight);
    for (const row of rows) {
      if (rowHeight > area.room) head(rowHeight);
      const y = area.take(rowHeight);
      strip(
        y,
        rowHeight,
        ({ title, width, value, align = "left", purpose = "text", lines = 1 }, x) => {
          write(
            paper,
            { x: x + 1.2, y: y + 0.4, width: width - 2.4, height: rowHeight - 0.8 },
            value(row),
            {
              field: title,
              size,
              smallest,
              lines,
              leading: 1.15,
              align,
              valign: "middle",
              purpose: typeof purpose === "function" ? purpose(row) : purpose,
            },
          );
        },
      );
    }
  };
}
