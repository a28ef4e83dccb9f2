import { qr } from "../codes/two-dimensional.ts";
import type { Block } from "../language/paper.ts";
import { A4 } from "../language/shapes.ts";
import { text } from "../language/text.ts";

/** A sheet of an envelope: which envelope, the how manyth sheet of how many. */
export interface BundleMark {
  /** `M000012-0003-0045`: run, file and envelope in the file. */
  readonly envelope: string;
  readonly sheet: number;
  readonly of: number;
}

const words = ({ envelope, sheet, of }: BundleMark, x: number): Block =>
  text({ x, y: A4.height - 9, width: 70 }, `封筒 ${envelope}　${sheet}／${of}`, { size: 7 });

/**
 * How the sheets of an envelope are marked, by a name that a contractor's entry keeps. There is no standard for such marks:
 * each enveloping machine has its own, and what one needs is a layout more here. A layout once used is never changed.
 */
export const bundleMarks = {
  /** Read by people alone. */
  words: { title: "文字だけ", blocks: (mark: BundleMark): readonly Block[] => [words(mark, 12)] },
  /** The same, and as a QR code of 8 mm before it: envelope, sheet and number of sheets with blanks between. */
  qr: {
    title: "文字と QR コード",
    blocks: (mark: BundleMark): readonly Block[] => [
      qr(10, A4.height - 13, 8, `${mark.envelope} ${mark.sheet} ${mark.of}`),
      words(mark, 21),
    ],
  },
} as const satisfies Record<string, { title: string; blocks(mark: BundleMark): readonly Block[] }>;

export type BundleMarkName = keyof typeof bundleMarks;
