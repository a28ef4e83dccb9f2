import type { Fact } from "../data.ts";
import type { Item } from "./flow.ts";
import { type Block, pale } from "./paper.ts";
import { layOut, points, type TextStyle, text, write } from "./text.ts";

/** A cell of a grid: its label and how wide and high it is; cells fill rows from the left. */
export interface Cell {
  readonly key: string;
  readonly label: string;
  readonly width: number;
  readonly labelWidth: number;
}

export interface GridShape {
  readonly x: number;
  readonly y: number;
  readonly labelSize: number;
  readonly rows: readonly { readonly height: number; readonly cells: readonly Cell[] }[];
}

/** Labelled cells at fixed places: what is printed on every piece, and where values go. */
export interface Grid<Key extends string = string> {
  readonly sheet: Block;
  /** Writes a value into its cell, vertically centred. */
  put(key: Key, content: string, style: TextStyle): Block;
  /** The value part of a cell. */
  place(key: Key): { x: number; y: number; width: number; height: number };
}

/** Padding between the frame of a cell and its text, millimetres. */
const PAD = 1.2;

/** Lays out rows of labelled cells. */
export function grid({ x, y, labelSize, rows }: GridShape): Grid {
  const places = new Map<string, { x: number; y: number; width: number; height: number }>();
  const sheet: Block[] = [];
  let top = y;
  for (const { height, cells } of rows) {
    let left = x;
    for (const { key, label, width, labelWidth } of cells) {
      const [cellX, cellY] = [left, top];
      sheet.push((paper) => {
        if (labelWidth > 0) paper.fill([[cellX, cellY, labelWidth, height]], pale);
      });
      sheet.push((paper) => {
        paper.frame(cellX, cellY, width, height);
        if (labelWidth > 0 && labelWidth < width)
          paper.line(cellX + labelWidth, cellY, cellX + labelWidth, cellY + height);
      });
      if (label)
        sheet.push(
          text({ x: cellX + PAD / 2, y: cellY, width: labelWidth - PAD, height }, label, {
            size: labelSize,
            lines: 4,
            leading: 1.25,
            align: "centre",
            valign: "middle",
          }),
        );
      places.set(key, { x: cellX + labelWidth, y: cellY, width: width - labelWidth, height });
      left += width;
    }
    top += height;
  }
  const place = (key: string) => {
    const found = places.get(key);
    if (!found) throw new RangeError(`the grid has no cell ${key}`);
    return found;
  };
  return {
    sheet: (paper) => {
      for (const block of sheet) block(paper);
    },
    place,
    put(key, content, style) {
      const cell = place(key);
      const box = {
        x: cell.x + PAD,
        y: cell.y + PAD / 4,
        width: cell.width - 2 * PAD,
        height: cell.height - PAD / 2,
      };
      return text(box, content, {
        valign: "middle",
        ...style,
      });
    },
  };
}

/** Facts of a letter as a two-column table: what it is, and how it is in this case. A long name is set smaller. */
export function facts(rows: readonly Fact[], labelWidth = 48): Item {
  const size = 12;
  const padding = points(size * 0.4) + 3.6;
  return (area) => {
    const { paper, box } = area;
    const width = box.width - labelWidth;
    for (const { label, value, purpose = "text" } of rows) {
      const style = {
        size,
        lines: Number.POSITIVE_INFINITY,
        field: label,
        valign: "middle",
      } as const;
      const told = { ...style, purpose, smallest: purpose === "name" ? 8 : size };
      const room = (part: number) => ({ x: 0, y: 0, width: part - 5 });
      const short = { ...style, lines: 1, smallest: 10 };
      const head = layOut(paper, room(labelWidth), label, short) ? short : style;
      const height =
        padding +
        Math.max(
          layOut(paper, room(labelWidth), label, head)?.height ?? 0,
          layOut(paper, room(width), value, told)?.height ?? 0,
        );
      const y = area.take(height);
      paper.fill([[box.x, y, labelWidth, height]], pale);
      paper.frame(box.x, y, labelWidth, height);
      paper.frame(box.x + labelWidth, y, width, height);
      write(paper, { x: box.x + 2.5, y, width: labelWidth - 5, height }, label, head);
      write(paper, { x: box.x + labelWidth + 2.5, y, width: width - 5, height }, value, told);
    }
  };
}
