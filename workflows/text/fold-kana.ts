import { fullWidthKatakana } from "./widths.ts";

const SMALL = "ァィゥェォッャュョヮヵヶ";
const LARGE = "アイウエオツヤユヨワカケ";
/** Kana that sound alike and are mixed up in readings. */
const SAME_SOUND: Readonly<Record<string, string>> = {
  ヰ: "イ",
  ヱ: "エ",
  ヲ: "オ",
  ヂ: "ジ",
  ヅ: "ズ",
  ヴ: "ブ",
};
/** A vowel row of katakana, what ー after them stands for, and the vowel that is heard the same. */
interface Row {
  readonly kana: string;
  readonly long: string;
  readonly heard?: string;
}
const ROWS: readonly Row[] = [
  { kana: "アカサタナハマヤラワガザダバパ", long: "ア" },
  { kana: "イキシチニヒミリギジビピ", long: "イ" },
  { kana: "ウクスツヌフムユルグズブプ", long: "ウ" },
  { kana: "エケセテネヘメレゲゼデベペ", long: "イ", heard: "エ" },
  { kana: "オコソトノホモヨロゴゾドボポ", long: "ウ", heard: "オ" },
];
const ROW_OF = new Map(ROWS.flatMap((row) => Array.from(row.kana, (kana) => [kana, row] as const)));
const DASHES = /[ー\-‐‑–—−]/;

/**
 * A reading folded for search: full or half width, hiragana or katakana, small or large kana, marks
 * apart or composed all give the same text; so do the ways to write a long vowel (オオノ, オウノ, オーノ).
 * Spaces and points vanish. The fold of a beginning is a beginning of the fold, so prefixes can be sought.
 */
export function foldKana(text: string): string {
  const composed = fullWidthKatakana(text).toUpperCase();
  let folded = "";
  let row: Row | undefined;
  for (const char of composed) {
    const large = LARGE[SMALL.indexOf(char)] ?? char;
    let kana = SAME_SOUND[large] ?? large;
    if (DASHES.test(kana)) kana = row?.long ?? "";
    else if (row && kana === row.heard) kana = row.long;
    if (!/[\p{L}\p{N}]/u.test(kana)) continue;
    folded += kana;
    row = ROW_OF.get(kana);
  }
  return folded;
}
