import type { Block, Colour, LineStyle, Size } from "./paper.ts";
import { grey } from "./paper.ts";

export const A4: Size = { width: 210, height: 297 };
export const A5: Size = { width: 148, height: 210 };
export const A4Landscape: Size = { width: 297, height: 210 };

export function line(x1: number, y1: number, x2: number, y2: number, style?: LineStyle): Block {
  return (paper) => paper.line(x1, y1, x2, y2, style);
}

export function frame(
  x: number,
  y: number,
  width: number,
  height: number,
  style?: LineStyle,
): Block {
  return (paper) => paper.frame(x, y, width, height, style);
}

export function fill(x: number, y: number, width: number, height: number, colour: Colour): Block {
  return (paper) => paper.fill([[x, y, width, height]], colour);
}

/** Blocks that are the same on many pages: drawn once into a file under the key, which names everything they depend on. */
export function once(key: string, blocks: readonly Block[]): Block {
  return (paper) => paper.once(key, blocks);
}

/** Marks at the left edge where an A4 letter is folded in three for a 長形3号 envelope. */
export const foldMarks: Block = (paper) => {
  for (const y of [99, 198]) paper.line(4, y, 9, y, { width: 0.15, colour: grey });
};

/** Corner marks outside a card that is cut out. */
export function cutMarks(x: number, y: number, width: number, height: number): Block {
  return (paper) => {
    const style: LineStyle = { width: 0.15, colour: grey };
    for (const edge of [x, x + width]) {
      paper.line(edge, y - 5, edge, y - 1.5, style);
      paper.line(edge, y + height + 1.5, edge, y + height + 5, style);
    }
    for (const edge of [y, y + height]) {
      paper.line(x - 5, edge, x - 1.5, edge, style);
      paper.line(x + width + 1.5, edge, x + width + 5, edge, style);
    }
  };
}
