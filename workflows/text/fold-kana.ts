import { dashes, withoutInvisible } from "./signs.ts";
import { fullWidthKatakana } from "./widths.ts";

const SMALL = "ァィゥェォッャュョヮヵヶ";
const LARGE = "アイウエオツヤユヨワカケ";
/**
 * Kana that sound alike and are mixed up in readings. The row of バ is written as that of ヴ is: ヴァ and バ, ヴュ and ビュ
 * are one, and the beginning ヴ of ヴァ stays one.
 */
const SAME_SOUND: Readonly<Record<string, string>> = {
  ヰ: "イ",
  ヱ: "エ",
  ヲ: "オ",
  ヂ: "ジ",
  ヅ: "ズ",
  ヷ: "ワ",
  ヸ: "イ",
  ヹ: "エ",
  ヺ: "オ",
  ヴ: "ブ",
  バ: "ブア",
  ビ: "ブイ",
  ベ: "ブエ",
  ボ: "ブオ",
};
/** A vowel row of katakana, what ー after them stands for, and the vowel that is heard the same. */
interface Row {
  readonly kana: string;
  readonly long: string;
  readonly heard?: string;
}
const ROWS: readonly Row[] = [
  { kana: "アカサタナハマヤラワガザダパ", long: "ア" },
  { kana: "イキシチニヒミリギジピ", long: "イ" },
  { kana: "ウクスツヌフムユルグズブプ", long: "ウ" },
  { kana: "エケセテネヘメレゲゼデペ", long: "イ", heard: "エ" },
  { kana: "オコソトノホモヨロゴゾドポ", long: "ウ", heard: "オ" },
];
const ROW_OF = new Map(ROWS.flatMap((row) => Array.from(row.kana, (kana) => [kana, row] as const)));
const DASH = new RegExp(`[${dashes}]`, "u");

/**
 * A reading folded for search: full or half width, hiragana or katakana, small or large kana, marks
 * apart or composed, iteration marks (ミヽ, ミミ) all give the same text; so do the ways to write a long vowel (オオノ, オウノ,
 * オーノ) and the sounds of ヴ. Spaces and points vanish. The fold of a beginning is a beginning of the fold, so prefixes can
 * be sought.
 */
export function foldKana(text: string): string {
  let folded = "";
  let row: Row | undefined;
  const plain = fullWidthKatakana(withoutInvisible(text)).toUpperCase();
  for (const char of withRepeats(plain).replace(/ヴ(?=[ャュョ])/g, "ビ")) {
    const large = LARGE[SMALL.indexOf(char)] ?? char;
    let kana = SAME_SOUND[large] ?? large;
    if (DASH.test(kana)) kana = row?.long ?? "";
    else if (row && kana === row.heard) kana = row.long;
    if (!/[\p{L}\p{N}]/u.test(kana)) continue;
    folded += kana;
    row = ROW_OF.get(kana.slice(-1));
  }
  return folded;
}

/** A reading with what iteration marks stand for: サヽキ is ササキ, ミスヾ is ミスズ. */
function withRepeats(text: string): string {
  let before = "";
  return Array.from(text, (char) => {
    if (char === "ヾ") before = `${before.normalize("NFD").charAt(0)}\u3099`.normalize("NFC");
    else if (char !== "ヽ") before = char;
    return before;
  }).join("");
}
