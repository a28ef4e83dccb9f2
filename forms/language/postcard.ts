import type { Office, Recipient } from "../data.ts";
import type { FlowBox } from "./flow.ts";
import { addressBlock, contactLines } from "./letter.ts";
import { type Block, grey, type Size } from "./paper.ts";
import { frame } from "./shapes.ts";
import { text } from "./text.ts";

/** One leaf of a 圧着はがき, the size of the postcard when it is closed. */
const LEAF = { width: 100, height: 148 };

/**
 * The sheet of a 圧着はがき, printed on both sides. Two leaves are folded in the middle: outside are the back and the
 * address, inside one spread. Three are folded in a Z: on both sides the first leaf is an outer face, the address on the
 * front and the back on the other, and the two others are a spread.
 */
export function sealedSheet(leaves: 2 | 3): Size {
  return { width: leaves * LEAF.width, height: LEAF.height };
}

/** Where the text of a leaf goes, counted from 0 at the left. */
export function leaf(index: number): FlowBox {
  return { x: index * LEAF.width + 8, y: 12, width: LEAF.width - 16, bottom: LEAF.height - 8 };
}

/** The folds, as short marks outside the text. */
export const leafFolds: Block = (paper) => {
  for (let x = LEAF.width; x < paper.size.width; x += LEAF.width)
    for (const y of [0, LEAF.height - 4]) paper.line(x, y, x, y + 4, { width: 0.15, colour: grey });
};

/** The address side: 郵便はがき (which makes a card of one's own a postcard), how postage is paid, 親展. */
export function addressSide(index: number, postage: string): Block[] {
  const { x, width } = leaf(index);
  return [
    text({ x, y: 6, width }, "郵便はがき", { size: 10, align: "centre", tracking: 3 }),
    frame(x, 12, 19, 19, { width: 0.3 }),
    text({ x, y: 12, width: 19, height: 19 }, postage, {
      size: 10,
      smallest: 7,
      lines: 3,
      align: "centre",
      valign: "middle",
      field: "料金の表示",
    }),
    text({ x: x + 22, y: 14, width: width - 22 }, "親展", {
      size: 12,
      face: "bold",
      align: "right",
      tracking: 4,
    }),
  ];
}

/** Whom the postcard goes to and who sends it, on its address side. */
export function addressee(index: number, to: Recipient, office: Office): Block[] {
  const { x, width } = leaf(index);
  return [
    addressBlock(to, { x: x + 2, y: 38, width: width - 2, height: 50 }),
    ...contactLines(office, x + 2, 118, width - 2),
  ];
}

/** The back: what it is about, without anything of the person, and at which corner it opens. */
export function sealedBack(
  index: number,
  opens: "left" | "right",
  { headline, hint }: { headline: string; hint: string },
): Block[] {
  const { x, width } = leaf(index);
  const corner = opens === "left" ? x : x + width;
  const inwards = opens === "left" ? 1 : -1;
  return [
    text({ x: x + 2, y: 58, width: width - 4 }, headline, {
      size: 14,
      smallest: 11,
      face: "bold",
      align: "centre",
      field: "裏面の題",
    }),
    text({ x: x + 2, y: 70, width: width - 4 }, hint, {
      size: 12,
      lines: 4,
      align: "centre",
      field: "はがし方",
    }),
    (paper) => {
      paper.line(corner, 138, corner + 20 * inwards, 138, { width: 0.5 });
      for (const y of [135.5, 140.5])
        paper.line(corner, 138, corner + 4 * inwards, y, { width: 0.5 });
    },
  ];
}
