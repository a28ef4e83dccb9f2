import { withoutInvisible } from "./signs.ts";

/** Letters that no decomposition parts, as passports write them in their machine-readable line (ICAO Doc 9303, part 3). */
const LETTERS: Readonly<Record<string, string>> = {
  ß: "SS",
  ẞ: "SS",
  Ø: "O",
  Ł: "L",
  Đ: "D",
  Ð: "D",
  Æ: "AE",
  Œ: "OE",
  Þ: "TH",
  Ħ: "H",
  Ŧ: "T",
  Ŋ: "N",
  Ə: "E",
};

/** A name in the alphabet folded for search: no accents, capitals only, no spaces, hyphens, apostrophes or points. */
export function foldLatin(text: string): string {
  return (
    withoutInvisible(text)
      .normalize("NFKD")
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, (char) => LETTERS[char] ?? char)
      // A letter that stands for a glottal stop is written like an apostrophe, and left out like one.
      .replace(/\p{Lm}|[^\p{L}\p{N}]/gu, "")
  );
}
