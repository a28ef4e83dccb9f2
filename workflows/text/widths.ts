import { plainDashes, withoutInvisible } from "./signs.ts";

/** Figures as they are stored: half width, without 〒 and the spaces and hyphens that people write between them. */
export function figures(text: string): string {
  return plainDashes(withoutInvisible(text).normalize("NFKC")).replace(/[\s\-〒]/g, "");
}

/**
 * A reading as it is stored and printed: full-width katakana, marks composed (ｶﾞ, カ゛ and が are ガ), spaces in full
 * width and never two together.
 */
export function fullWidthKatakana(text: string): string {
  return composedKana(text)
    .normalize("NFKC")
    .replace(/[ぁ-ゖゝゞ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/\s+/g, "　");
}

/** Voiced and half-voiced marks that stand alone, put where they join the kana before them. */
export const composedKana = (text: string): string =>
  text.replaceAll("゛", "\u3099").replaceAll("゜", "\u309a");
