import type { Block } from "../language/paper.ts";
import { frame } from "../language/shapes.ts";
import { text } from "../language/text.ts";

/** What stands beside the codes of whom a 要注意 is entered for: that there is something to ask for, and not what. */
export const cautionWords = "要注意　接種の前に、市に確認してください";

/** 要注意 in the part for the clinic, framed; nothing without words. It never stands where the window of the envelope shows it. */
export function cautionMark(
  x: number,
  y: number,
  width: number,
  words: string | false | undefined,
): Block[] {
  if (!words) return [];
  return [
    frame(x, y, width, 6),
    text({ x: x + 1, y, width: width - 2, height: 6 }, words, {
      size: 9,
      smallest: 6,
      face: "bold",
      align: "centre",
      valign: "middle",
      field: "要注意",
    }),
  ];
}

/** 要注意 on a coupon of a つづり, beside its QR code, with room for that to be read. */
export const cautionStamp = (x: number, y: number): Block[] => [
  frame(x, y, 12, 3.8),
  text({ x, y, width: 12, height: 3.8 }, "要注意", {
    size: 8,
    face: "bold",
    align: "centre",
    valign: "middle",
    field: "要注意",
  }),
];
