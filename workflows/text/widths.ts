/** Figures as they are stored: half width, without the spaces and hyphens that people write between them. */
export function figures(text: string): string {
  return text.normalize("NFKC").replace(/[\s\-‐‑‒–—―−ー]/g, "");
}

/**
 * A reading as it is stored and printed: full-width katakana, marks composed (ｶﾞ, カ゛ and が are ガ), spaces in full
 * width and never two together.
 */
export function fullWidthKatakana(text: string): string {
  return text
    .replaceAll("゛", "\u3099")
    .replaceAll("゜", "\u309a")
    .normalize("NFKC")
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))
    .replace(/\s+/g, "　");
}
