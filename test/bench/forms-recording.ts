import type { Glyph } from "#forms/fonts/typeface.ts";
import { builtInFonts, type Form } from "#forms/index.ts";
import { sayer } from "#forms/language/form.ts";
import { type Block, type Colour, type LineStyle, nowhere, Paper } from "#forms/language/paper.ts";

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly line: number;
  readonly colour: Colour;
}

/** What a form draws, in points from the lower left, ready for any PDF library. */
export type Mark =
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly size: number;
      readonly font: string;
      readonly text: string;
      readonly tracking: number;
      readonly colour: Colour;
    }
  | {
      readonly kind: "line";
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly width: number;
    }
  | ({ readonly kind: "frame" } & Rectangle)
  | ({ readonly kind: "fill" } & Rectangle)
  | {
      readonly kind: "code";
      readonly x: number;
      readonly y: number;
      readonly path: string;
      readonly rectangles: readonly (readonly [number, number, number, number])[];
    }
  | {
      readonly kind: "image";
      readonly png: Uint8Array;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };

/** A mark, or the marks of what is the same on many pages. */
export type DrawStep =
  | Mark
  | { readonly kind: "sheet"; readonly key: string; readonly steps: readonly Mark[] };

const POINTS = 72 / 25.4;

/** Records what a form draws, so that other libraries draw the very same page with nothing left to lay out. */
class Recorder extends Paper {
  readonly steps: DrawStep[] = [];

  override set(
    x: number,
    y: number,
    glyphs: readonly Glyph[],
    size: number,
    colour: Colour = [0, 0, 0],
    tracking = 0,
  ): void {
    const baseline = (this.size.height - y) * POINTS - 0.88 * size;
    let start = 0;
    let left = x * POINTS;
    for (let end = 1; end <= glyphs.length; end++) {
      const first = glyphs[start];
      if (!first || glyphs[end]?.typeface === first.typeface) continue;
      const run = glyphs.slice(start, end);
      fontPaths.set(first.typeface.name, first.typeface.path);
      const text = run.map((glyph) => glyph.text).join("");
      this.steps.push({
        kind: "text",
        x: left,
        y: baseline,
        size,
        font: first.typeface.name,
        text,
        tracking,
        colour,
      });
      left += run.reduce((sum, { advance }) => sum + advance * size + tracking, 0);
      start = end;
    }
  }

  override line(
    x1: number,
    y1: number,
    x2: number,
    y2: number,
    { width = 0.2 }: LineStyle = {},
  ): void {
    this.steps.push({
      kind: "line",
      x1: x1 * POINTS,
      y1: this.#up(y1),
      x2: x2 * POINTS,
      y2: this.#up(y2),
      width: width * POINTS,
    });
  }

  override frame(
    x: number,
    y: number,
    width: number,
    height: number,
    { width: line = 0.2, colour = [0, 0, 0] }: LineStyle = {},
  ): void {
    this.#box("frame", x, y, width, height, line * POINTS, colour);
  }

  override fill(
    rectangles: readonly (readonly [number, number, number, number])[],
    colour: Colour = [0, 0, 0],
  ): void {
    for (const [x, y, width, height] of rectangles)
      this.#box("fill", x, y, width, height, 0, colour);
  }

  override fillUnits(
    corner: { x: number; y: number; unitX: number; unitY: number },
    rectangles: readonly (readonly [number, number, number, number])[],
  ): void {
    const [unitX, unitY] = [corner.unitX * POINTS, corner.unitY * POINTS];
    const scaled = rectangles.map(
      ([x, y, width, height]) => [x * unitX, y * unitY, width * unitX, height * unitY] as const,
    );
    const path = scaled
      .map(([x, y, width, height]) => `M${x} ${y}h${width}v${height}h${-width}z`)
      .join("");
    this.steps.push({
      kind: "code",
      x: corner.x * POINTS,
      y: this.#up(corner.y),
      path,
      rectangles: scaled,
    });
  }

  override once(key: string, blocks: readonly Block[]): void {
    const inner = new Recorder(this.fonts, nowhere, this);
    for (const block of blocks) block(inner);
    const steps = inner.steps.flatMap((step) => (step.kind === "sheet" ? step.steps : [step]));
    this.steps.push({ kind: "sheet", key, steps });
  }

  override image(png: Uint8Array, x: number, y: number, width: number, height: number): void {
    this.steps.push({
      kind: "image",
      png,
      x: x * POINTS,
      y: this.#up(y + height),
      width: width * POINTS,
      height: height * POINTS,
    });
  }

  #box(
    kind: "frame" | "fill",
    x: number,
    y: number,
    width: number,
    height: number,
    line: number,
    colour: Colour,
  ): void {
    this.steps.push({
      kind,
      x: x * POINTS,
      y: this.#up(y + height),
      width: width * POINTS,
      height: height * POINTS,
      line,
      colour,
    });
  }

  #up(y: number): number {
    return (this.size.height - y) * POINTS;
  }
}

/** The steps of one piece on its page. */
export function record<Data>(form: Form<Data>, piece: Data): readonly DrawStep[] {
  const recorder = new Recorder(builtInFonts, nowhere, form);
  for (const block of form.blocks(piece, sayer(form))) block(recorder);
  return recorder.steps;
}

/** Where the fonts lie that recordings name. */
export const fontPaths = new Map<string, string>();
