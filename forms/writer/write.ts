import { setImmediate } from "node:timers/promises";
import { builtInFonts, type Fonts } from "../fonts/fonts.ts";
import { type Form, sayer, type Template, templateName, type Wording } from "../language/form.ts";
import { nowhere, Paper, type PieceProblem, type Store } from "../language/paper.ts";
import { type Envelope, type LaidOut, sheetsOf } from "./envelopes.ts";
import { PdfFile } from "./file.ts";

/** A piece that was not printed, by its place among the pieces given, and why. */
export interface HeldPiece {
  readonly index: number;
  readonly problems: readonly PieceProblem[];
}

/** Pieces that can't be printed as they should be. The message names fields and code points, nothing of the person. */
export class PiecesHeld extends Error {
  readonly held: readonly HeldPiece[];
  constructor(form: Template, held: readonly HeldPiece[]) {
    const causes = held.flatMap(({ problems }) => problems.map(describeProblem));
    super(`${templateName(form)}: ${Array.from(new Set(causes)).join("; ")}`);
    this.name = "PiecesHeld";
    this.held = held;
  }
}

/** A problem in words for the clerk: the field, and the characters as U+ numbers. */
export function describeProblem(problem: PieceProblem): string {
  if (problem.kind === "does-not-fit")
    return `「${problem.field}」が枠に収まりません（最小 ${problem.smallest} ポイント）`;
  const codes = problem.characters.map(({ codePoint, ivs }) =>
    [codePoint, ...(ivs === undefined ? [] : [ivs])].map((code) => `U+${hex(code)}`).join(" "),
  );
  return `「${problem.field}」に印字できない文字があります（${codes.join("、")}）`;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}

export interface WriteOptions {
  readonly fonts?: Fonts;
  /** The city's own words for the form's standing texts. */
  readonly wording?: Wording;
  /** 見本 across every page: a preview that nobody can take for the paper itself. */
  readonly sample?: boolean;
}

export interface BulkOptions extends WriteOptions {
  /** Pieces that go together into one envelope, all of them in order; without, each goes alone and no sheet is marked. */
  readonly envelopes?: readonly Envelope[] | undefined;
  /** Called after every piece with the number done so far. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

export interface BulkResult {
  readonly pdf: Uint8Array;
  /** Number of pages of each piece given; 0 for one that is held. */
  readonly pages: readonly number[];
  /** Number of pages before the first of each piece that belong to its envelope: its 宛名用紙. */
  readonly before: readonly number[];
  readonly held: readonly HeldPiece[];
}

/** After so many pieces others get a turn: the program answers its pages while it prints. */
const PIECES_A_TURN = 20;

/**
 * Writes pieces into one PDF, in order; a piece that can't be printed as it should be is left out and reported. Made for
 * files of 500 to 1,000 pieces: takes them one at a time and keeps only finished pages. The same pieces give the same
 * bytes.
 */
export async function writeBulk<Data>(
  form: Form<Data>,
  pieces: Iterable<Data> | AsyncIterable<Data>,
  { onProgress, envelopes, ...options }: BulkOptions = {},
): Promise<BulkResult> {
  const file = new PdfFile(form.size, { title: form.title, subject: templateName(form) });
  return writeAll(file, pieces, (piece) => draw(form, piece, file, options), {
    onProgress,
    envelopes,
    look: options,
  });
}

/** A form with the words and fonts in which it is printed. */
export interface FormInWords<Data> extends WriteOptions {
  readonly form: Form<Data>;
}

/** A piece, and as what it is printed. */
export interface MixedPiece<Data> {
  readonly as: FormInWords<Data>;
  readonly data: Data;
}

/**
 * Like {@link writeBulk} for pieces of several versions of a form or several wordings in one file. Throws a RangeError when
 * there are none, or their sizes differ.
 */
export async function writeMixed<Data>(
  pieces: readonly MixedPiece<Data>[],
  { onProgress, envelopes }: Pick<BulkOptions, "onProgress" | "envelopes"> = {},
): Promise<BulkResult> {
  const looks = [...new Set(pieces.map(({ as }) => as))];
  const [first] = looks;
  if (!first) throw new RangeError("no pieces");
  const { size, title } = first.form;
  if (looks.some(({ form }) => form.size.width !== size.width || form.size.height !== size.height))
    throw new RangeError("pieces of one file are of one size");
  const names = new Set(looks.map(({ form }) => templateName(form)));
  const file = new PdfFile(size, { title, subject: [...names].join(", ") });
  const stores = new Map(looks.map((as, number) => [as, apart(file, `${number} `)]));
  return writeAll(file, pieces, ({ as, data }) => draw(as.form, data, stores.get(as) ?? file, as), {
    onProgress,
    envelopes,
    look: first,
  });
}

/** Drawings used on many pages are told apart by look: their keys name the data they depend on, not the words. */
function apart(file: PdfFile, prefix: string): Store {
  return {
    code: (glyph) => file.code(glyph),
    fontName: (glyph) => file.fontName(glyph),
    stencil: (key, drawing) => file.stencil(prefix + key, drawing),
    image: (png) => file.image(png),
  };
}

async function writeAll<Piece>(
  file: PdfFile,
  pieces: Iterable<Piece> | AsyncIterable<Piece>,
  drawn: (piece: Piece) => Paper,
  {
    onProgress,
    envelopes,
    look,
  }: Pick<BulkOptions, "onProgress" | "envelopes"> & { look: WriteOptions },
): Promise<BulkResult> {
  const pages: number[] = [];
  const before: number[] = [];
  const held: HeldPiece[] = [];
  const waiting = [...(envelopes ?? [])];
  let laidOut: LaidOut[] = [];
  /** Adds what waits: one piece alone, or all of an envelope, whose sheets say how many there are. */
  const put = () => {
    const envelope = waiting[0];
    if (envelope && laidOut.length < envelope.pieces) return;
    waiting.shift();
    // Words of a city belong to the form of the pieces; the 宛名用紙 has its own.
    const { fonts, sample } = look;
    const own = { ...(fonts && { fonts }), ...(sample && { sample }) };
    const { sheets, coverPages, problems } = envelope
      ? sheetsOf(envelope, laidOut, (form, data) => draw(form, data, file, own))
      : { sheets: laidOut.filter((paper) => paper !== undefined), coverPages: 0, problems: [] };
    for (const paper of sheets) for (const page of paper.pages) file.addPage(page);
    let first = true;
    for (const paper of laidOut) {
      if (paper && problems.length > 0) held.push({ index: pages.length, problems });
      const printed = paper && problems.length === 0 ? paper.pageCount : 0;
      before.push(printed > 0 && first ? coverPages : 0);
      if (printed > 0) first = false;
      pages.push(printed);
    }
    laidOut = [];
  };
  let done = 0;
  for await (const piece of pieces) {
    const paper = drawn(piece);
    if (paper.problems.length > 0) held.push({ index: done, problems: paper.problems });
    laidOut.push(paper.problems.length > 0 ? undefined : paper);
    put();
    done++;
    onProgress?.(done);
    if (done % PIECES_A_TURN === 0) await setImmediate();
  }
  if (laidOut.length > 0 || waiting.length > 0)
    throw new RangeError("the envelopes do not hold the pieces");
  return { pdf: await file.finish(), pages, before, held };
}

/** Writes one piece or a few; throws {@link PiecesHeld} when any can't be printed as it should be. */
export async function writeForm<Data>(
  form: Form<Data>,
  pieces: Data | readonly Data[],
  options: WriteOptions = {},
): Promise<Uint8Array> {
  const list: readonly Data[] = Array.isArray(pieces) ? pieces : [pieces as Data];
  const { pdf, held } = await writeBulk(form, list, options);
  if (held.length > 0) throw new PiecesHeld(form, held);
  return pdf;
}

/** What would hold the piece, found by laying it out without writing anything. */
export function inspectPiece<Data>(
  form: Form<Data>,
  piece: Data,
  options: WriteOptions = {},
): readonly PieceProblem[] {
  return draw(form, piece, nowhere, options).problems;
}

function draw<Data>(
  form: Form<Data>,
  piece: Data,
  store: Store,
  { fonts = builtInFonts, wording, sample = false }: WriteOptions,
): Paper {
  const paper = new Paper(fonts, store, form);
  for (const block of form.blocks(piece, sayer(form, wording))) block(paper);
  if (sample) paper.watermark("見本");
  return paper;
}
