import type { Block } from "../language/paper.ts";
import { qrCode } from "./qr-code.ts";

/** A hair of overlap between rows, so that no viewer shows light between them. */
const OVERLAP = 0.02;

/**
 * A QR code (model 2, level M) as vectors in a square of `width` millimetres without its quiet zone, which the form keeps
 * clear: four modules by the standard. Digits are coded as numbers, other text as UTF-8, bytes as they are.
 */
export function qr(x: number, y: number, width: number, content: string | Uint8Array): Block {
  return (paper) => {
    const { side, modules } = qrCode(content);
    const unit = width / side;
    const runs: [number, number, number, number][] = [];
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const first = column;
        while (column < side && modules[row * side + column] === 1) column++;
        if (column > first)
          runs.push([first, row, column - first, row === side - 1 ? 1 : 1 + OVERLAP]);
      }
    }
    paper.fillUnits({ x, y, unitX: unit, unitY: unit }, runs);
  };
}
