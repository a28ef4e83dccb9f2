import bwipjs from "bwip-js/node";
import type { Block } from "../language/paper.ts";

/** Measures of the customer barcode at 10 pt in millimetres (郵便番号・バーコードマニュアル p12). */
const CUSTOMER = { bar: 0.6, pitch: 1.2, long: 3.6, timing: 1.2 };

/** Width of the customer barcode's 67 bars, and its height, in millimetres. */
export const customerBarsSize = {
  width: 66 * CUSTOMER.pitch + CUSTOMER.bar,
  height: CUSTOMER.long,
};

/** Top and height of the four kinds of bars: 1 long, 2 upper half, 3 lower half, 4 timing. */
const STROKES: Readonly<Record<string, readonly [number, number]>> = {
  "1": [0, CUSTOMER.long],
  "2": [0, (CUSTOMER.long + CUSTOMER.timing) / 2],
  "3": [(CUSTOMER.long - CUSTOMER.timing) / 2, (CUSTOMER.long + CUSTOMER.timing) / 2],
  "4": [(CUSTOMER.long - CUSTOMER.timing) / 2, CUSTOMER.timing],
};

/** The customer barcode of Japan Post from the bars that `customerBarcode` gives; 2 mm around it stay clear. */
export function customerBars(x: number, y: number, bars: string): Block {
  return (paper) =>
    paper.fill(
      Array.from(bars, (bar, index) => {
        const [top, height] = STROKES[bar] ?? [0, 0];
        return [x + index * CUSTOMER.pitch, y + top, CUSTOMER.bar, height];
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
    let left = x;
    const strokes: [number, number, number, number][] = [];
    spaces.forEach((modules, index) => {
      if (index % 2 === 0) strokes.push([left, y, modules * unit, height]);
      left += modules * unit;
    });
    paper.fill(strokes);
  };
}
