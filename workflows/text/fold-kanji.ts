import { kanjiVariants } from "./kanji-variants.ts";
import { variationSelectors } from "./same.ts";

/**
 * A written name folded for search: variation selectors dropped, old and variant kanji replaced by
 * the usual ones (髙→高, 﨑→崎, 邉→辺, 𠮷→吉, 齋→斉), Latin letters in capitals, no spaces. For search
 * only: what is stored and printed stays as it is.
 */
export function foldKanji(text: string): string {
  const plain = text.replace(variationSelectors, "").normalize("NFKC").toUpperCase();
  return Array.from(plain.replace(/\s/g, ""), (char) => kanjiVariants.get(char) ?? char).join("");
}
