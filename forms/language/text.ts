import type { Face, Purpose } from "../fonts/fonts.ts";
import type { Glyph } from "../fonts/typeface.ts";
import { type Block, black, type Colour, type Paper } from "./paper.ts";
import {
  atSpace,
  type Breakable,
  betweenParts,
  byKinsoku,
  longestWord,
  mayBreak,
  measure,
  wrap,
} from "./wrap.ts";

/** What a text is called that has no name of its own. Never a part of the text: it may be a person's. */
export const BODY = "本文";

/** Points to millimetres. */
export const points = (value: number) => (value * 25.4) / 72;

export interface TextStyle {
  /** What the clerk is told when the text can't be printed: the field's name on screen. */
  readonly field?: string;
  /** Points. */
  readonly size: number;
  /** The smallest size the text may shrink to before the piece is held; no shrinking unless stated. */
  readonly smallest?: number;
  /** Lines it may take; 1 unless stated. */
  readonly lines?: number;
  /** Distance of lines as a multiple of the size; 1.4 unless stated. */
  readonly leading?: number;
  readonly align?: "left" | "centre" | "right" | "spread";
  readonly valign?: "top" | "middle" | "bottom";
  readonly face?: Face;
  readonly purpose?: Purpose;
  /** Where a name or address of several lines is broken: between its parts, or `anywhere` as in forms of the first days. */
  readonly breaking?: Breaking;
  readonly colour?: Colour;
  /** Extra space between characters, in points. */
  readonly tracking?: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Without it the text begins at `y` and is as high as it gets. */
  readonly height?: number;
}

export type Breaking = "parts" | "anywhere";

/** Rules for the ends of lines that are tried at each size, in order of beauty. */
const breaks: Readonly<
  Record<
    Breaking,
    Readonly<Record<Purpose, readonly [readonly Breakable[], ...(readonly Breakable[])[]]>>
  >
> = {
  parts: {
    name: [[atSpace, mayBreak]],
    address: [[atSpace, betweenParts, mayBreak], [betweenParts, mayBreak], [mayBreak]],
    text: [[mayBreak]],
  },
  anywhere: { name: [[atSpace]], address: [[byKinsoku]], text: [[byKinsoku]] },
};

interface Fitted {
  readonly size: number;
  readonly lines: readonly (readonly Glyph[])[];
}

/** The rules by which running text of that purpose ends its lines. */
export const lineEnds = (purpose: Purpose, breaking: Breaking = "parts"): readonly Breakable[] =>
  breaks[breaking][purpose][0];

/** How much smaller a text is set, in points, for its lines to end well. */
const FOR_BEAUTY = 1.5;

/** The largest size between `size` and `smallest` at which the paragraphs fit the box. */
function fitInto(
  paragraphs: readonly (readonly Glyph[])[],
  box: Box,
  style: TextStyle,
): Fitted | undefined {
  const { breaking = "parts", purpose = "text", size, smallest = size } = style;
  if (breaking === "anywhere") return largest(paragraphs, box, style);
  // A name is set smaller rather than broken within a word, as long as that is enough.
  const word = purpose === "name" ? Math.max(...paragraphs.map(longestWord)) : 0;
  const least = Math.max(smallest, size - FOR_BEAUTY);
  return (
    largest(paragraphs, box, { ...style, smallest: least }, { word, beautiful: true }) ??
    largest(paragraphs, box, style, { word }) ??
    largest(paragraphs, box, style)
  );
}

function largest(
  paragraphs: readonly (readonly Glyph[])[],
  box: Box,
  style: TextStyle,
  { word = 0, beautiful = false } = {},
): Fitted | undefined {
  const { smallest = style.size, lines: most = 1, leading = 1.4, tracking = 0 } = style;
  const every = breaks[style.breaking ?? "parts"][style.purpose ?? "text"];
  const rules = beautiful && every.length > 1 ? every.slice(0, -1) : every;
  for (let size = style.size; size >= smallest - 1e-9; size -= 0.5) {
    const unit = points(size + tracking);
    if (word * unit > box.width) continue;
    for (const rule of rules) {
      const broken = paragraphs.map((glyphs) => wrap(glyphs, box.width / unit, rule));
      // Nobody is left alone on a last line.
      if (beautiful && broken.some((lines) => lines.length > 1 && lines.at(-1)?.length === 1))
        continue;
      const lines = broken.flat();
      const high = points(size * (1 + (lines.length - 1) * leading));
      const wide = lines.every((line) => measure(line) * unit <= box.width + 0.01);
      if (wide && lines.length <= most && (box.height === undefined || high <= box.height + 0.01))
        return { size, lines };
    }
  }
  return undefined;
}

/** A text laid out for a box, not yet drawn. */
export interface LaidText {
  /** Millimetres. */
  readonly height: number;
  draw(y: number): void;
}

/** Lays a text out, or tells that it does not fit by giving nothing; unprintable characters hold the piece. */
export function layOut(
  paper: Paper,
  box: Box,
  content: string,
  style: TextStyle,
): LaidText | undefined {
  const { field = BODY, face = "gothic", purpose = "text", leading = 1.4, tracking = 0 } = style;
  const paragraphs = content.split("\n").map((line) => paper.shape(field, line, face, purpose));
  const fitted = fitInto(paragraphs, box, style);
  if (!fitted) return undefined;
  const { size, lines } = fitted;
  const height = points(size * (1 + (lines.length - 1) * leading));
  return {
    height,
    draw(top) {
      let y = top;
      for (const line of lines) {
        const free =
          box.width -
          measure(line) * points(size) -
          tracking * points(1) * Math.max(0, line.length - 1);
        const shift = style.align === "right" ? free : style.align === "centre" ? free / 2 : 0;
        const spread =
          style.align === "spread" && line.length > 1 ? free / points(1) / (line.length - 1) : 0;
        paper.set(box.x + shift, y, line, size, style.colour ?? black, tracking + spread);
        y += points(size * leading);
      }
    },
  };
}

/** Writes a text into a box on the paper and returns its height in millimetres; what does not fit holds the piece. */
export function write(paper: Paper, box: Box, content: string, style: TextStyle): number {
  const laid = layOut(paper, box, content, style);
  if (!laid) {
    const { field = BODY, size, smallest = size } = style;
    paper.hold({ kind: "does-not-fit", field, smallest });
    return 0;
  }
  const spare = (box.height ?? laid.height) - laid.height;
  laid.draw(
    box.y + (style.valign === "middle" ? spare / 2 : style.valign === "bottom" ? spare : 0),
  );
  return laid.height;
}

/** A text in its place. */
export function text(box: Box, content: string, style: TextStyle): Block {
  return (paper) => {
    write(paper, box, content, style);
  };
}
