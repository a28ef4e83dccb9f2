import { type Glyph, ocrB, packagedTypeface, Typeface } from "./typeface.ts";

/** The voices of a form: body text, headings and names, the serif of certificates, and figures that machines read. */
export type Face = "gothic" | "bold" | "mincho" | "ocr-b";

/** What a text is for: names and addresses keep to one typeface and to the registered character. */
export type Purpose = "name" | "address" | "text";

/** A character no font can print as written: its code point, and its variation selector when that is what fails. */
export interface Unprintable {
  readonly codePoint: number;
  readonly ivs?: number;
}

/** What a city supplies beside the built-in fonts. */
export interface FontSupply {
  /** Path of IPAmj明朝 (ipamjm.ttf), the one font that honours the variations of 文字情報基盤. */
  readonly ipamj?: string;
  /** The city's own 外字: a font file, and under which character it keeps each of them where that differs. */
  readonly gaiji?: { readonly font: string; readonly map?: Readonly<Record<string, string>> };
  /** Where the city allows another character in place of one no font has (縮退): by form, for which purposes. */
  readonly reduceFor?: Readonly<Record<string, readonly Purpose[]>>;
  /** What a character is reduced to; a variation is reduced to its plain character without an entry. */
  readonly reduceTo?: Readonly<Record<string, string>>;
}

/** A text as glyphs, and what could not be printed. */
export interface Shaped {
  readonly glyphs: readonly Glyph[];
  readonly unprintable: readonly Unprintable[];
}

const notoRegular = packagedTypeface("noto-sans-jp", "NotoSansJP_400Regular");
const notoBold = packagedTypeface("noto-sans-jp", "NotoSansJP_700Bold");
const builtIn: Readonly<Record<Face, readonly Typeface[]>> = {
  gothic: [packagedTypeface("biz-udgothic", "BIZUDGothic_400Regular"), notoRegular],
  bold: [packagedTypeface("biz-udgothic", "BIZUDGothic_700Bold"), notoBold, notoRegular],
  mincho: [packagedTypeface("biz-udmincho", "BIZUDMincho_400Regular"), notoRegular],
  "ocr-b": [ocrB],
};

const MAY_COMBINE = /[\p{M}\u{10000}-\u{10ffff}]/u;
const PRINTED_CHARACTER = /\P{M}\p{M}*|\p{M}+/gu;
const COMBINING = /\P{M}(?:[\u0300-\u036f]|\u3099|\u309a)+/gu;

/**
 * The characters of a text as they are printed: a base with its variation selector is one. Marks are composed where
 * Unicode has the composed character; compatibility ideographs stay as they are, since NFC would change the name.
 */
export function printedCharacters(text: string): readonly string[] {
  if (!MAY_COMBINE.test(text)) return text.split("");
  return (
    text.replace(COMBINING, (sequence) => sequence.normalize("NFC")).match(PRINTED_CHARACTER) ?? []
  );
}

/** The fonts of a city: the built-in fonts, then Noto, then IPAmj明朝 and the city's 外字 where supplied. */
export class Fonts {
  readonly #chains: Readonly<Record<Face, readonly Typeface[]>>;
  readonly #reduceFor: Readonly<Record<string, readonly Purpose[]>>;
  readonly #reduceTo: Readonly<Record<string, string>>;

  constructor({ ipamj, gaiji, reduceFor = {}, reduceTo = {} }: FontSupply = {}) {
    const supplied = [
      ...(ipamj === undefined ? [] : [new Typeface("IPAmjMincho", ipamj)]),
      ...(gaiji === undefined ? [] : [new Typeface("Gaiji", gaiji.font, gaiji.map)]),
    ];
    this.#chains = {
      gothic: [...builtIn.gothic, ...supplied],
      bold: [...builtIn.bold, ...supplied],
      mincho: [...builtIn.mincho, ...supplied],
      "ocr-b": builtIn["ocr-b"],
    };
    this.#reduceFor = reduceFor;
    this.#reduceTo = reduceTo;
  }

  /**
   * Chooses glyphs: a name or address from the first font that has all of it, other text character by character. `form` is
   * the form's id, for what the city allows on it.
   */
  shape(text: string, face: Face, purpose: Purpose, form?: string): Shaped {
    const characters = printedCharacters(text);
    const chain = this.#chains[face];
    const reduce = form !== undefined && this.#reduceFor[form]?.includes(purpose) === true;
    if (purpose !== "text") {
      for (const typeface of chain) {
        const glyphs = allOf(typeface, characters);
        if (glyphs) return { glyphs, unprintable: [] };
      }
    }
    const glyphs: Glyph[] = [];
    const unprintable: Unprintable[] = [];
    for (const character of characters) {
      const glyph = this.#glyph(character, chain, reduce);
      if (glyph) glyphs.push(glyph);
      else unprintable.push(describe(character));
    }
    return { glyphs, unprintable };
  }

  #glyph(character: string, chain: readonly Typeface[], reduce: boolean): Glyph | undefined {
    for (const typeface of chain) {
      const glyph = typeface.glyph(character);
      if (glyph) return glyph;
    }
    const plain = this.#reduceTo[character] ?? withoutVariation(character);
    return plain !== character && reduce ? this.#glyph(plain, chain, false) : undefined;
  }
}

function allOf(typeface: Typeface, characters: readonly string[]): Glyph[] | undefined {
  const glyphs: Glyph[] = [];
  for (const character of characters) {
    const glyph = typeface.glyph(character);
    if (!glyph) return undefined;
    glyphs.push(glyph);
  }
  return glyphs;
}

function withoutVariation(character: string): string {
  return character.replace(/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu, "");
}

function describe(character: string): Unprintable {
  const codePoint = character.codePointAt(0) ?? 0;
  const ivs = character.slice(String.fromCodePoint(codePoint).length).codePointAt(0);
  return ivs === undefined ? { codePoint } : { codePoint, ivs };
}

/** The fonts that come with the program. */
export const builtInFonts = new Fonts();

/** What of the text can't be printed as written for the purpose (on the form of that id), each once. */
export function checkText(
  text: string,
  purpose: Purpose,
  fonts: Fonts = builtInFonts,
  form?: string,
): Unprintable[] {
  const found = fonts.shape(text.replaceAll("\n", ""), "gothic", purpose, form).unprintable;
  return found.filter(
    (one, index) =>
      found.findIndex(({ codePoint, ivs }) => codePoint === one.codePoint && ivs === one.ivs) ===
      index,
  );
}

/** Characters of a name or address without a glyph, or with a variation no font honours: for preflight. */
export function findUnprintable(text: string, fonts: Fonts = builtInFonts): Unprintable[] {
  return checkText(text, "name", fonts);
}
