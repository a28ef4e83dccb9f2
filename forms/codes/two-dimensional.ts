import { encodeQR } from "qr";
import type { Block } from "../language/paper.ts";

/** A hair of overlap between rows, so that no viewer shows light between them. */
const OVERLAP = 0.02;
/** Millimetres: two dots of a 300 dpi printer, below which readers at a counter fail. */
const SMALLEST_MODULE = 0.17;

/**
 * A QR code (model 2, level M) as vectors in a square of `width` millimetres without its quiet zone, which the form keeps
 * clear: four modules by the standard. Digits are coded as numbers, other text as UTF-8. Throws a RangeError for a content
 * whose modules would be too small to read.
 */
export function qr(x: number, y: number, width: number, content: string): Block {
  return (paper) => {
    // The library always adds a border; it is taken off again.
    const rows = encodeQR(content, "raw", { ecc: "medium", border: 1 }).slice(1, -1);
    const side = rows.length;
    const unit = width / side;
    if (unit < SMALLEST_MODULE) throw new RangeError("content too long for a QR code of this size");
    const runs: [number, number, number, number][] = [];
    rows.forEach((modules, row) => {
      for (let column = 1; column <= side; column++) {
        const first = column;
        while (column <= side && modules[column]) column++;
        if (column > first)
          runs.push([first - 1, row, column - first, row === side - 1 ? 1 : 1 + OVERLAP]);
      }
    });
    paper.fillUnits({ x, y, unitX: unit, unitY: unit }, runs);
  };
}
