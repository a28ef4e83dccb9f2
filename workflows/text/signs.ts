/**
 * Every sign that people and programs write for a hyphen, a minus or a long vowel, as the inside of a character class: the
 * one table for dates, numbers, postal codes, accounts and addresses. The long-vowel sign is a dash only where no kana stand.
 */
export const dashes =
  "\\-\u02d7\u2010-\u2015\u2043\u2212\u2500\u2501\u257c\u257e\u2e3a\u2e3b\u30fc\u3161\ufe58\ufe63\uff0d\uff70";

const anyDash = new RegExp(`[${dashes}]`, "gu");

/** A text with a plain hyphen for each dash. */
export const plainDashes = (text: string): string => text.replace(anyDash, "-");

/**
 * Characters that show nothing: soft hyphen, joiners, direction marks, word joiner, filler letters, byte order mark, tags.
 * Variation selectors stand apart (`same.ts`): they choose a shape of a kanji.
 */
const invisibleSigns =
  "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f" +
  "\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}";
const invisible = new RegExp(`[${invisibleSigns}]`, "gu");

/** A text without characters that show nothing. */
export const withoutInvisible = (text: string): string => text.replace(invisible, "");

/** Apostrophes of every kind, accents written alone and the letters that stand for a glottal stop among them. */
export const apostrophes = "'`´\u02b9-\u02bf\u02c8\u2018-\u201b\u2032\u2035\uff07\uff40";

/** What parts the words of a name: spaces, middle dots, commas, double hyphens. */
export const betweenWords = /[\s\u3000・･·‧•∙⋅,、，､=＝゠]+/u;

/**
 * Characters that stand in no name, address or other line of text, by what they are: `control` (NUL, tab, line ends, those of
 * 0x80 to 0x9F), `replacement` (U+FFFD, what a program leaves of a character it could not read), `invisible` (the table
 * above, and a variation selector with nothing before it), `noncharacter` (numbers that are no character at all).
 */
const unwritable = {
  control: /[\p{Cc}\u2028\u2029]/u,
  replacement: /\ufffd/u,
  invisible: new RegExp(
    `[${invisibleSigns}]|(?<![^\\s\\p{Variation_Selector}])\\p{Variation_Selector}`,
    "u",
  ),
  noncharacter: /[\p{Noncharacter_Code_Point}\p{Cs}]/u,
} as const;

export type Unwritable = keyof typeof unwritable;

const anyUnwritable = new RegExp(
  Object.values(unwritable)
    .map(({ source }) => source)
    .join("|"),
  "u",
);
const kindsOfUnwritable = Object.keys(unwritable) as Unwritable[];

/** The first kind of character in a line of text that can stand in none; nothing where all can. */
export const unwritableIn = (text: string): Unwritable | undefined =>
  anyUnwritable.test(text)
    ? kindsOfUnwritable.find((kind) => unwritable[kind].test(text))
    : undefined;

/** The same of a text of several lines, whose line ends and tabs are in order. */
export const unwritableInLines = (text: string): Unwritable | undefined =>
  unwritableIn(text.replace(/[\r\n\t]/g, " "));

/** What is said of a text in which such a character stands. */
export const unwritableWords: Readonly<Record<Unwritable, string>> = {
  control: "制御文字（NUL、タブ、改行など）が入っています。",
  replacement: "文字化けの跡（U+FFFD）が入っています。",
  invisible: "目に見えない文字（ゼロ幅の空白、方向指定など）が入っています。",
  noncharacter: "文字として使えない符号が入っています。",
};
