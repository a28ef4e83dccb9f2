import { dashes, withoutInvisible } from "#workflows/text/signs.ts";
import { composedKana } from "#workflows/text/widths.ts";

const FULL =
  "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
const HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
/** Small kana are written large; kana that banks do not know by those that sound alike. */
const OTHERS = "ァィゥェォッャュョヮヵヶヰヱヲ";
const AS = "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹｲｴｵ";
/** Voiced and half-voiced marks have a byte of their own. */
const MARKS: Readonly<Record<string, string>> = {
  "\u3099": "ﾞ",
  "\u309a": "ﾟ",
  "・": ".",
  "、": ".",
  "。": ".",
};
const DASH = new RegExp(`[${dashes}]`, "u");

const HALF_OF = new Map<string, string>([
  ...Array.from(FULL, (kana, at) => [kana, HALF[at] ?? ""] as const),
  ...Array.from(OTHERS, (kana, at) => [kana, AS[at] ?? ""] as const),
  ...Object.entries(MARKS),
]);

/** What a field of characters takes: names of people and firms, names of banks, EDI information. */
export const characterClasses = {
  party: /^[ A-Z0-9()\-.ｱ-ﾝﾞﾟ]*$/,
  bank: /^[ A-Z0-9\-ｱ-ﾝﾞﾟ]*$/,
  edi: /^[ A-Z0-9()\-.ｦｱ-ﾝﾞﾟ]*$/,
} as const;

export type CharacterClass = keyof typeof characterClasses;

/**
 * A reading as banks accept it: half width, capitals, small kana large, a hyphen for every dash and
 * long vowel; only EDI information keeps its ｦ. What has no such form (kanji, other symbols) stays, for the writer to refuse by field.
 */
export function bankKana(text: string, type: CharacterClass = "party"): string {
  const apart = composedKana(withoutInvisible(text)).normalize("NFKD").toUpperCase();
  return Array.from(apart, (char) => {
    const kana = /[ぁ-ゖ]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0x60) : char;
    if (kana === "ヲ" && type === "edi") return "ｦ";
    return DASH.test(kana) ? "-" : (HALF_OF.get(kana) ?? kana);
  })
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/** The beginning of a reading that fits, a kana never parted from its mark. */
export function cutKana(text: string, length: number): string {
  const next = text[length];
  const cut = text.slice(0, next === "ﾞ" || next === "ﾟ" ? length - 1 : length);
  return cut.trimEnd();
}

const FIRST_KANA = 0xff61;
const FIRST_KANA_BYTE = 0xa1;

/** JIS X 0201, one byte a character. The text has only ASCII and half-width kana. */
export function encodeJis(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => {
    const code = char.charCodeAt(0);
    return code >= FIRST_KANA ? code - FIRST_KANA + FIRST_KANA_BYTE : code;
  });
}

/** JIS X 0201 read; a byte that has no character becomes U+FFFD. */
export function decodeJis(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    if (byte >= FIRST_KANA_BYTE && byte <= 0xdf)
      return String.fromCharCode(byte - FIRST_KANA_BYTE + FIRST_KANA);
    return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "\ufffd";
  }).join("");
}
