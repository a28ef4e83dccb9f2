import { kanjiVariants } from "./kanji-variants.ts";
import { radicals } from "./radicals.ts";
import { variationSelectors } from "./same.ts";
import { withoutInvisible } from "./signs.ts";

/** Kana within a name or a town that are written small or large, in either sort of kana: 竜ヶ崎, 井の頭. */
const KANA: Readonly<Record<string, string>> = { ヶ: "ケ", ヵ: "カ", ゕ: "カ", ゖ: "ケ" };

/**
 * A written name or town folded for search: variation selectors and what shows nothing dropped, old and variant kanji
 * replaced by the usual ones (髙→高, 﨑→崎, 邉→辺, 𠮷→吉, 齋→斉), radicals by their kanji (⻑→長), 々 by what it repeats, kana
 * among the kanji by large katakana (ヶ→ケ, の→ノ), Latin letters in capitals, no spaces. For search only: what is stored and
 * printed stays as it is.
 */
export function foldKanji(text: string): string {
  const plain = withoutInvisible(text.replace(variationSelectors, ""))
    .normalize("NFKC")
    .toUpperCase();
  let before = "";
  return Array.from(plain.replace(/\s/g, ""), (char) => {
    if (char !== "々" && char !== "〻") before = usual(char);
    return before;
  }).join("");
}

function usual(char: string): string {
  const kanji = radicals.get(char) ?? char;
  const kana = /[ぁ-ゔ]/.test(kanji) ? String.fromCharCode(kanji.charCodeAt(0) + 0x60) : kanji;
  return kanjiVariants.get(kana) ?? KANA[kana] ?? kana;
}
