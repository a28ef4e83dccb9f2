import type { Item } from "./flow.ts";
import { type Block, grey } from "./paper.ts";
import type { Box } from "./text.ts";

/** How pieces that are cut apart lie on a page. */
export interface RowsShape {
  readonly columns: number;
  /** Millimetres from one cut to the next; a row is never split over pages. */
  readonly height: number;
}

/** Pieces of one kind side by side in rows, over as many pages as they need, with dashed lines to cut along. */
export function rows<Piece>(
  pieces: readonly Piece[],
  { columns, height }: RowsShape,
  draw: (piece: Piece, box: Required<Box>) => readonly Block[],
): Item {
  return (area) => {
    const { paper, box } = area;
    const width = box.width / columns;
    let above: number | undefined;
    for (let first = 0; first < pieces.length; first += columns) {
      const y = area.take(height);
      const row = pieces.slice(first, first + columns);
      const right = box.x + row.length * width;
      // A line between two pieces is drawn once, so that its dashes stay dashes.
      if (above !== y) paper.line(box.x, y, right, y, CUT);
      paper.line(box.x, y, box.x, y + height, CUT);
      paper.line(box.x, y + height, right, y + height, CUT);
      above = y + height;
      row.forEach((piece, column) => {
        const place = { x: box.x + column * width, y, width, height };
        paper.line(place.x + width, y, place.x + width, y + height, CUT);
        for (const block of draw(piece, place)) block(paper);
      });
    }
  };
}

const CUT = { width: 0.2, dash: [1.6, 1.2], colour: grey };
