import type { Font } from "fontkit";
import type { CustomFontSubsetEmbedder } from "pdf-lib";
import type { Glyph, Typeface } from "./typeface.ts";

/** The fontkit interface pdf-lib expects; its own fork blanks most glyphs of our fonts, upstream fontkit 2 does not. */
export type PdfLibFontkit = Parameters<typeof CustomFontSubsetEmbedder.for>[0];
type PdfLibFont = Awaited<ReturnType<PdfLibFontkit["create"]>>;

/**
 * Presents a typeface to pdf-lib: `layout` takes exactly one printed character and gives the glyph that was chosen for
 * it, variations included; the subset gets the stream that pdf-lib reads.
 */
export function fontkitFor(typeface: Typeface): PdfLibFontkit {
  const { font } = typeface;
  const facts = {
    postscriptName: font.postscriptName,
    unitsPerEm: font.unitsPerEm,
    ascent: font.ascent,
    descent: font.descent,
    capHeight: font.capHeight,
    xHeight: font.xHeight,
    italicAngle: font.italicAngle,
    bbox: font.bbox,
    head: tablesOf(font).head,
    post: tablesOf(font).post,
    "OS/2": tablesOf(font)["OS/2"],
    cff: false,
    layout: (character: string) => ({ glyphs: [outline(typeface, character)] }),
    createSubset: () => streamed(font),
  };
  return { create: () => facts as unknown as PdfLibFont };
}

function tablesOf(font: Font) {
  return font as unknown as Readonly<Record<"head" | "post" | "OS/2", unknown>>;
}

function outline(typeface: Typeface, character: string) {
  const glyph: Glyph | undefined = typeface.glyph(character);
  if (!glyph) throw new RangeError(`${typeface.name} lacks a glyph that was chosen from it`);
  return {
    id: glyph.id,
    codePoints: Array.from(character, (char) => char.codePointAt(0)),
    advanceWidth: glyph.advance * typeface.font.unitsPerEm,
  };
}

function streamed(font: Font) {
  const subset = font.createSubset();
  return {
    cff: false,
    includeGlyph: (glyph: { id: number }) => subset.includeGlyph(font.getGlyph(glyph.id)),
    encodeStream() {
      const listeners = new Map<string, (bytes?: Uint8Array) => void>();
      const stream = {
        on(event: string, listener: (bytes?: Uint8Array) => void) {
          listeners.set(event, listener);
          if (event === "end")
            queueMicrotask(() => {
              listeners.get("data")?.(subset.encode());
              listeners.get("end")?.();
            });
          return stream;
        },
      };
      return stream;
    },
  };
}
