import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { create, type Font } from "fontkit";

/** One character as printed (a base with its variation selector or marks), found in one typeface. */
export interface Glyph {
  readonly typeface: Typeface;
  readonly id: number;
  /** Advance as a part of the type size. */
  readonly advance: number;
  /** The characters it stands for. */
  readonly text: string;
}

interface VariationRecord {
  readonly varSelector: number;
  readonly defaultUVS?: Iterable<{ startUnicodeValue: number; additionalCount: number }>;
  readonly nonDefaultUVS?: Iterable<{ unicodeValue: number; glyphID: number }>;
}

/**
 * A font file, opened when first needed, with its glyphs by character. A variation sequence counts as covered only when
 * the font's table of variation sequences names it: the plain character would be the wrong name.
 */
export class Typeface {
  readonly name: string;
  /** Where the font file lies. */
  readonly path: string;
  readonly #map: Readonly<Record<string, string>>;
  readonly #glyphs = new Map<string, Glyph | undefined>();
  #opened: { font: Font; variations: Map<string, number> } | undefined;

  /** `map` says under which character the font keeps another one: the 外字 map of a city. */
  constructor(name: string, path: string, map: Readonly<Record<string, string>> = {}) {
    this.name = name;
    this.path = path;
    this.#map = map;
  }

  get font(): Font {
    return this.#open().font;
  }

  /** The glyph of one printed character, or nothing when the font lacks it or does not honour its variation. */
  glyph(text: string): Glyph | undefined {
    const known = this.#glyphs.get(text);
    if (known || this.#glyphs.has(text)) return known;
    const glyph = this.#find(text);
    this.#glyphs.set(text, glyph);
    return glyph;
  }

  #open() {
    if (!this.#opened) {
      const font = create(readFileSync(this.path));
      if (!("hasGlyphForCodePoint" in font))
        throw new TypeError(`${this.name} is a collection of fonts`);
      this.#opened = { font, variations: variationsOf(font) };
    }
    return this.#opened;
  }

  #find(text: string): Glyph | undefined {
    const { font, variations } = this.#open();
    const stored = this.#map[text] ?? text;
    const [base = 0, selector, ...rest] = Array.from(stored, (char) => char.codePointAt(0) ?? 0);
    if (rest.length > 0 || !font.hasGlyphForCodePoint(base)) return undefined;
    const plain = font.glyphForCodePoint(base).id;
    const id = selector === undefined ? plain : (variations.get(stored) ?? undefined);
    if (id === undefined || plain === 0) return undefined;
    const used = id === DEFAULT_VARIATION ? plain : id;
    return {
      typeface: this,
      id: used,
      advance: font.getGlyph(used).advanceWidth / font.unitsPerEm,
      text,
    };
  }
}

/** The variation is the one the font draws anyway. */
const DEFAULT_VARIATION = -1;

/** Variation sequences of the font (cmap format 14), read here because fontkit falls back to the plain glyph silently. */
function variationsOf(font: Font): Map<string, number> {
  const records = (
    font as unknown as {
      _cmapProcessor: { uvs?: { varSelectors: { toArray(): VariationRecord[] } } | null };
    }
  )._cmapProcessor.uvs?.varSelectors.toArray();
  const found = new Map<string, number>();
  for (const { varSelector, defaultUVS, nonDefaultUVS } of records ?? []) {
    const selector = String.fromCodePoint(varSelector);
    for (const { startUnicodeValue, additionalCount } of defaultUVS ?? [])
      for (let more = 0; more <= additionalCount; more++)
        found.set(String.fromCodePoint(startUnicodeValue + more) + selector, DEFAULT_VARIATION);
    for (const { unicodeValue, glyphID } of nonDefaultUVS ?? [])
      found.set(String.fromCodePoint(unicodeValue) + selector, glyphID);
  }
  return found;
}

const { resolve } = createRequire(import.meta.url);

/** OCR-B, free for any use, as the barcode library brings it: figures that a machine reads off the paper. */
export const ocrB = new Typeface("OCRB", join(dirname(resolve("bwip-js")), "../fonts/OCRB7.ttf"));

/** A typeface from an installed font package: family, weight and file as `@expo-google-fonts` names them. */
export function packagedTypeface(family: string, file: string): Typeface {
  const weight = file.slice(file.lastIndexOf("_") + 1);
  return new Typeface(file, resolve(`@expo-google-fonts/${family}/${weight}/${file}.ttf`));
}
