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
/** The katakana of each vowel row; what ー after them stands for. */
const ROWS: readonly (readonly [kana: string, long: string])[] = [
  ["アカサタナハマヤラワガザダバパ", "ア"],
  ["イキシチニヒミリギジビピ", "イ"],
  ["ウクスツヌフムユルグズブプ", "ウ"],
  ["エケセテネヘメレゲゼデベペ", "イ"],
  ["オコソトノホモヨロゴゾドボポ", "ウ"],
];
const LONG = new Map(ROWS.flatMap(([kana, long]) => Array.from(kana, (k) => [k, long] as const)));
const DASHES = /[ー\-‐‑–—−]/;

/**
 * A reading folded for search: full or half width, hiragana or katakana, small or large kana, marks
 * apart or composed all give the same text; so do the ways to write a long vowel (オオノ, オウノ, オーノ).
 * Spaces and points vanish. The fold of a beginning is a beginning of the fold, so prefixes can be sought.
 */
export function foldKana(text: string): string {
  const composed = text
    .replaceAll("゛", "\u3099")
    .replaceAll("゜", "\u309a")
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[ぁ-ゖ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));
  let folded = "";
  let previous = "";
  for (const char of composed) {
    const large = LARGE[SMALL.indexOf(char)] ?? char;
    let kana = SAME_SOUND[large] ?? large;
    if (DASHES.test(kana)) kana = LONG.get(previous) ?? "";
    else if (kana === "オ" && LONG.get(previous) === "ウ" && isORow(previous)) kana = "ウ";
    else if (kana === "エ" && isERow(previous)) kana = "イ";
    if (!/^[\p{L}\p{N}]$/u.test(kana)) continue;
    folded += kana;
    previous = kana;
  }
  return folded;
}

function isORow(kana: string): boolean {
  return ROWS[4]?.[0].includes(kana) === true && kana !== "";
}

function isERow(kana: string): boolean {
  return ROWS[3]?.[0].includes(kana) === true && kana !== "";
}
