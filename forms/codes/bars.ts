import bwipjs from "bwip-js/node";
import type { Block } from "../language/paper.ts";

/** Measures of the customer barcode at 10 pt in millimetres (郵便番号・バーコードマニュアル p12): a bar and a space are as wide. */
const BAR = 0.6;
const TIMING = 1.2;

/** Width of the customer barcode's 67 bars, and the height of a long one, in millimetres. */
export const customerBarsSize = { width: (2 * 67 - 1) * BAR, height: 3 * TIMING };

/** Top and height in timing bars of the four kinds: 1 long, 2 upper half, 3 lower half, 4 timing. */
const STROKES: Readonly<Record<string, readonly [number, number]>> = {
  "1": [0, 3],
  "2": [0, 2],
  "3": [1, 2],
  "4": [1, 1],
};

/** The customer barcode of Japan Post from the bars that `customerBarcode` gives; 2 mm around it stay clear. */
export function customerBars(x: number, y: number, bars: string): Block {
  return (paper) =>
    paper.fillUnits(
      { x, y, unitX: BAR, unitY: TIMING },
      Array.from(bars, (bar, index) => {
        const [top, height] = STROKES[bar] ?? [0, 0];
        return [2 * index, top, 1, height];
      }),
    );
}

/** NW-7 (Codabar) of digits with A as start and stop, `width` × `height` millimetres. */
export function nw7(x: number, y: number, width: number, height: number, digits: string): Block {
  return (paper) => {
    const [symbol] = bwipjs.raw("rationalizedCodabar", `A${digits}A`, {});
    if (!symbol || !("sbs" in symbol)) throw new RangeError("NW-7 takes digits");
    const spaces = symbol.sbs.slice(0, symbol.sbs.length - 1 + (symbol.sbs.length % 2));
    const unit = width / spaces.reduce((sum, space) => sum + space, 0);
    let left = 0;
    const strokes: [number, number, number, number][] = [];
    spaces.forEach((modules, index) => {
      if (index % 2 === 0) strokes.push([left, 0, modules, 1]);
      left += modules;
    });
    paper.fillUnits({ x, y, unitX: unit, unitY: height }, strokes);
  };
}
