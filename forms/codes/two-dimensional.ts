import bwipjs from "bwip-js/node";
import type { Block } from "../language/paper.ts";

/** Modules of a QR code (model 2) as rows of runs: x, y and length of each dark run, and the number of modules a side. */
function modules(
  content: string | Uint8Array,
  level: "M" | "Q",
): { side: number; runs: [number, number, number][] } {
  const text = typeof content === "string" ? content : Buffer.from(content).toString("latin1");
  const [symbol] = bwipjs.raw(
    "qrcode",
    text,
    `eclevel=${level}${typeof content === "string" ? "" : " binarytext"}`,
  );
  if (!symbol || !("pixs" in symbol)) throw new RangeError("content can't be a QR code");
  const { pixs, pixx: side } = symbol;
  const runs: [number, number, number][] = [];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const first = column;
      while (column < side && pixs[row * side + column] === 1) column++;
      if (column > first) runs.push([first, row, column - first]);
    }
  }
  return { side, runs };
}

/** A hair of overlap between rows, so that no viewer shows light between them. */
const OVERLAP = 0.02;

/**
 * A QR code as vectors in a square of `width` millimetres without its quiet zone, which the form keeps clear (four modules
 * by the standard). A text is coded as it is, bytes as bytes.
 */
export function qr(
  x: number,
  y: number,
  width: number,
  content: string | Uint8Array,
  level: "M" | "Q" = "M",
): Block {
  return (paper) => {
    const { side, runs } = modules(content, level);
    const unit = width / side;
    paper.fill(
      runs.map(([column, row, length]) => [
        x + column * unit,
        y + row * unit,
        length * unit,
        unit * (row === side - 1 ? 1 : 1 + OVERLAP),
      ]),
    );
  };
}
