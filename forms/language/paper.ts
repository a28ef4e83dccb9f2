import type { Face, Fonts, Purpose, Unprintable } from "../fonts/fonts.ts";
import type { Glyph } from "../fonts/typeface.ts";

/** Why a piece can't be printed as it should be: it is held, never printed with a blank or cut text. */
export type PieceProblem =
  | {
      readonly kind: "unprintable";
      readonly field: string;
      readonly characters: readonly Unprintable[];
    }
  | { readonly kind: "does-not-fit"; readonly field: string; readonly smallest: number };

/** Something a form draws. Blocks are drawn in order, at places in millimetres from the top left of the page. */
export type Block = (paper: Paper) => void;

/** Where a paper's resources live: the file being written, or nothing when a piece is only inspected. */
export interface Store {
  /** The code of the glyph in the file's subset of its typeface: four hexadecimal digits. */
  code(glyph: Glyph): string;
  /** The name under which the file knows the typeface. */
  fontName(glyph: Glyph): string;
  /** The name of a drawing used on many pages, made at its first use. */
  stencil(
    key: string,
    draw: () => { content: string; problems: readonly PieceProblem[] },
  ): {
    name: string;
    problems: readonly PieceProblem[];
  };
  /** The name of a PNG image. */
  image(png: Uint8Array): string;
}

/** For measuring and inspecting: keeps nothing. */
export const nowhere: Store = {
  code: () => "",
  fontName: () => "",
  stencil: (_key, drawing) => ({ name: "", problems: drawing().problems }),
  image: () => "",
};

/** Red, green and blue from 0 to 1. */
export type Colour = readonly [number, number, number];
export const black: Colour = [0, 0, 0];
export const grey: Colour = [0.45, 0.45, 0.45];
export const pale: Colour = [0.93, 0.93, 0.93];

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface LineStyle {
  /** Millimetres; 0.2 unless said otherwise. */
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly colour?: Colour;
}

/** What a part of a page is to a reader that speaks it: a paragraph unless a block says otherwise. */
export type Role = "P" | "H1" | "H2" | "Artifact";

/** Operators that are one thing to such a reader. */
interface Part {
  readonly tag: { readonly role: Role };
  readonly operators: string[];
}

/** A finished page: its content stream, and the roles of its marked parts in the order of their numbers. */
export interface DrawnPage {
  readonly content: string;
  readonly roles: readonly Role[];
}

const POINTS = 72 / 25.4;
/** Part of the type size that stands above the base line in the square of a Japanese character. */
const ASCENT = 0.88;

/** Name of the graphics state in which what is drawn darkens what lies under it. */
export const DARKEN = "Darken";

/** A word is about so far from the next, millimetres; type size in points, slope in radians. */
const WATERMARK = {
  across: 42,
  down: 20,
  size: 32,
  slope: Math.PI / 6,
  colour: [0.85, 0.85, 0.85],
};

const at = (millimetres: number) => Math.round(millimetres * POINTS * 10_000) / 10_000;

/** The sheets of one piece of a form while they are drawn. */
export class Paper {
  readonly fonts: Fonts;
  /** Id of the form. */
  readonly id: string;
  readonly size: Size;
  readonly problems: PieceProblem[] = [];
  readonly #store: Store;
  readonly #pages: Part[][] = [[]];
  #page = 0;
  #tag: Part["tag"] = { role: "P" };
  #fill = "";
  #stroke = "";
  #pen = "";
  #type = "";

  constructor(fonts: Fonts, store: Store, { id, size }: { id: string; size: Size }) {
    this.fonts = fonts;
    this.#store = store;
    this.id = id;
    this.size = size;
  }

  get pages(): DrawnPage[] {
    return this.#pages.map((parts) => {
      const roles: Role[] = [];
      const marked = parts.map(({ tag: { role }, operators }) => {
        const begin =
          role === "Artifact" ? "/Artifact BMC" : `/${role} <</MCID ${roles.length}>> BDC`;
        if (role !== "Artifact") roles.push(role);
        return `${begin}\n${operators.join("\n")}\nEMC`;
      });
      return { content: marked.join("\n"), roles };
    });
  }

  /** What `draw` draws is a thing of its own to a reader that speaks the page. */
  tagged(role: Role, draw: () => void): void {
    const before = this.#tag;
    this.#tag = { role };
    draw();
    this.#tag = before;
  }

  get pageCount(): number {
    return this.#pages.length;
  }

  /** Goes on on a new page. */
  newPage(): void {
    this.#pages.push([]);
    this.turnTo(this.#pages.length - 1);
  }

  /** Draws on that page from now on, counted from 0. */
  turnTo(page: number): void {
    this.#page = page;
    this.#fill = this.#stroke = this.#pen = this.#type = "";
  }

  /** Chooses glyphs for a text; what is unprintable makes the piece a held one. */
  shape(field: string, text: string, face: Face, purpose: Purpose): readonly Glyph[] {
    const { glyphs, unprintable } = this.fonts.shape(text, face, purpose, this.id);
    if (unprintable.length > 0) this.hold({ kind: "unprintable", field, characters: unprintable });
    return glyphs;
  }

  /** Sets a row of glyphs; `y` is the top of the character square, `size` in points, `tracking` in points. */
  set(
    x: number,
    y: number,
    glyphs: readonly Glyph[],
    size: number,
    colour = black,
    tracking = 0,
  ): void {
    if (glyphs.length === 0) return;
    this.#useFill(colour);
    const out: string[] = [];
    if (tracking !== 0) out.push(`${Math.round(tracking * 1000) / 1000} Tc`);
    let codes = "";
    const show = () => {
      if (codes) out.push(`<${codes}> Tj`);
      codes = "";
    };
    for (const glyph of glyphs) {
      const type = `/${this.#store.fontName(glyph)} ${size} Tf`;
      if (type !== this.#type) {
        show();
        out.push(type);
        this.#type = type;
      }
      codes += this.#store.code(glyph);
    }
    show();
    if (tracking !== 0) out.push("0 Tc");
    const baseline = at(this.size.height - y) - ASCENT * size;
    this.#put(`BT 1 0 0 1 ${at(x)} ${Math.round(baseline * 1000) / 1000} Tm ${out.join(" ")} ET`);
  }

  line(x1: number, y1: number, x2: number, y2: number, style: LineStyle = {}): void {
    this.#usePen(style);
    this.#put(`${at(x1)} ${this.#up(y1)} m ${at(x2)} ${this.#up(y2)} l S`);
  }

  frame(x: number, y: number, width: number, height: number, style: LineStyle = {}): void {
    this.#usePen(style);
    this.#put(`${this.#rectangle(x, y, width, height)} S`);
  }

  /** Fills rectangles given as x, y, width, height, in one stroke so that no seams show. */
  fill(rectangles: readonly (readonly [number, number, number, number])[], colour = black): void {
    if (rectangles.length === 0) return;
    this.#useFill(colour);
    const path = rectangles.map(([x, y, width, height]) => this.#rectangle(x, y, width, height));
    this.#put(`${path.join(" ")} f`);
  }

  /** Fills rectangles given in units from a corner, so that codes of many modules take few characters in the file. */
  fillUnits(
    corner: { x: number; y: number; unitX: number; unitY: number },
    rectangles: readonly (readonly [number, number, number, number])[],
  ): void {
    this.#useFill(black);
    const { x, y, unitX, unitY } = corner;
    let path = `q ${at(unitX)} 0 0 ${at(-unitY)} ${at(x)} ${this.#up(y)} cm`;
    for (const [left, top, width, height] of rectangles)
      path += ` ${left} ${top} ${width} ${height} re`;
    this.#put(`${path} f Q`);
  }

  /** What is the same on many pages: drawn once into the file under the key, and referred to. */
  once(key: string, blocks: readonly Block[]): void {
    const { name, problems } = this.#store.stencil(key, () => {
      const sheet = new Paper(this.fonts, this.#store, this);
      for (const block of blocks) block(sheet);
      const content = sheet.#pages[0]?.flatMap(({ operators }) => operators).join("\n") ?? "";
      return { content, problems: sheet.problems };
    });
    for (const problem of problems) this.hold(problem);
    this.#put(`/${name} Do`);
  }

  image(png: Uint8Array, x: number, y: number, width: number, height: number): void {
    const name = this.#store.image(png);
    this.#put(`q ${at(width)} 0 0 ${at(height)} ${at(x)} ${this.#up(y + height)} cm /${name} Do Q`);
  }

  /**
   * Writes a word all over every page drawn so far, light and slanting, so that no part that is cut out is without it. It
   * darkens what it crosses: texts stay readable, and grey cells do not hide it.
   */
  watermark(word: string): void {
    const glyphs = this.shape(word, word, "bold", "text");
    const [first] = glyphs;
    if (!first) return;
    const codes = glyphs.map((glyph) => this.#store.code(glyph)).join("");
    const half = (glyphs.length * WATERMARK.size) / POINTS / 2;
    const drop = ((ASCENT - 0.5) * WATERMARK.size) / POINTS;
    const [cos, sin] = [Math.cos(WATERMARK.slope), Math.sin(WATERMARK.slope)];
    const turned = [cos, sin, -sin, cos].map((part) => Math.round(part * 1e4) / 1e4).join(" ");
    const marks: string[] = [];
    for (let row = 0, y = WATERMARK.down / 2; y < this.size.height; row++, y += WATERMARK.down)
      for (
        let x = (WATERMARK.across / 2) * (1 + (row % 2)) - WATERMARK.across / 4;
        x < this.size.width;
        x += WATERMARK.across
      ) {
        const start = [x - half * cos + drop * sin, this.size.height - y - half * sin - drop * cos];
        marks.push(`${turned} ${start.map(at).join(" ")} Tm <${codes}> Tj`);
      }
    const operators = [
      `q /${DARKEN} gs ${WATERMARK.colour.join(" ")} rg BT /${this.#store.fontName(first)} ${WATERMARK.size} Tf ${marks.join(" ")} ET Q`,
    ];
    for (const page of this.#pages) page.push({ tag: { role: "Artifact" }, operators });
  }

  /** A text tried at several sizes is held once; every character that stops a field is named. */
  hold(problem: PieceProblem): void {
    const index = this.problems.findIndex(
      ({ kind, field }) => kind === problem.kind && field === problem.field,
    );
    const known = this.problems[index];
    if (!known) this.problems.push(problem);
    else if (known.kind === "unprintable" && problem.kind === "unprintable") {
      const more = problem.characters.filter(
        (one) =>
          !known.characters.some(
            ({ codePoint, ivs }) => codePoint === one.codePoint && ivs === one.ivs,
          ),
      );
      if (more.length > 0)
        this.problems[index] = { ...known, characters: [...known.characters, ...more] };
    }
  }

  #put(operators: string): void {
    const page = this.#pages[this.#page];
    const last = page?.at(-1);
    if (last?.tag === this.#tag) last.operators.push(operators);
    else page?.push({ tag: this.#tag, operators: [operators] });
  }

  #up(y: number): number {
    return at(this.size.height - y);
  }

  #rectangle(x: number, y: number, width: number, height: number): string {
    return `${at(x)} ${this.#up(y + height)} ${at(width)} ${at(height)} re`;
  }

  #useFill(colour: Colour): void {
    const fill = `${colour.join(" ")} rg`;
    if (fill === this.#fill) return;
    this.#fill = fill;
    this.#put(fill);
  }

  #usePen({ width = 0.2, dash = [], colour = black }: LineStyle): void {
    const stroke = `${colour.join(" ")} RG`;
    if (stroke !== this.#stroke) {
      this.#stroke = stroke;
      this.#put(stroke);
    }
    const pen = `${at(width)} w [${dash.map(at).join(" ")}] 0 d`;
    if (pen === this.#pen) return;
    this.#pen = pen;
    this.#put(pen);
  }
}
