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
  return lineBars("rationalizedCodabar", `A${digits}A`, { x, y, width, height });
}

/** GS1-128 of the 44 digits for payment in a convenience store: 91 is the identifier, 42 digits follow. */
export function gs1128(x: number, y: number, width: number, height: number, digits: string): Block {
  if (!/^91\d{42}$/.test(digits))
    throw new RangeError("a payment slip has 44 digits that begin with 91");
  return lineBars("gs1-128", `(91)${digits.slice(2)}`, { x, y, width, height });
}

function lineBars(
  kind: string,
  content: string,
  place: { x: number; y: number; width: number; height: number },
): Block {
  return (paper) => {
    const [symbol] = bwipjs.raw(kind, content, {});
    if (!symbol || !("sbs" in symbol)) throw new RangeError(`no ${kind} of this content`);
    const spaces = symbol.sbs.slice(0, symbol.sbs.length - 1 + (symbol.sbs.length % 2));
    let left = 0;
    const strokes: [number, number, number, number][] = [];
    spaces.forEach((modules, index) => {
      if (index % 2 === 0) strokes.push([left, 0, modules, 1]);
      left += modules;
    });
    paper.fillUnits(
      { x: place.x, y: place.y, unitX: place.width / left, unitY: place.height },
      strokes,
    );
  };
}
