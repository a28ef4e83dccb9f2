import type { Character } from "#src/platform/printing/index.ts";
import { notFound } from "#src/platform/problem.ts";

/** A character, with its variation selector where it has one. */
interface Coded {
  codePoint: number;
  ivs?: number | null;
}

const codesOf = ({ codePoint, ivs }: Coded): string[] =>
  [codePoint, ...(ivs ? [ivs] : [])].map((code) =>
    code.toString(16).toUpperCase().padStart(4, "0"),
  );

/** `U+9089 U+E0102` */
export const codeWords = (character: Coded): string =>
  codesOf(character)
    .map((code) => `U+${code}`)
    .join(" ");

/** `9089_E0102`: how tables of 文字情報基盤 write it. */
export const tableCode = (character: Coded): string => codesOf(character).join("_");

/** Its page in the 外字一覧. */
export const characterPath = (character: Coded): `/unprintable/${string}` =>
  `/unprintable/${tableCode(character)}`;

/** The character of such an address; 404 when it is none. */
export function characterOfPath(part: string): Character {
  const found = /^([0-9A-F]{4,6})(?:_([0-9A-F]{4,6}))?$/.exec(part);
  const [codePoint, ivs] = [found?.[1], found?.[2]].map((code) => Number.parseInt(code ?? "", 16));
  if (!codePoint || codePoint > highest || (ivs && ivs > highest)) throw notFound();
  return { codePoint, ivs: ivs || null };
}

const highest = 0x10ffff;

/** What was typed to find a character: the character itself, `U+9089`, `9089` or `9089_E0102`; its code point. Nothing longer, which might be a name. */
export function readCodePoint(text: string): number | undefined {
  const code = /^(?:u\+)?([0-9a-f]{4,6})(?:[\s_](?:u\+)?[0-9a-f]{4,6})?$/i.exec(
    text.normalize("NFKC"),
  )?.[1];
  const codePoint = code ? Number.parseInt(code, 16) : text.codePointAt(0);
  return (codePoint ?? 0) <= highest && (code || /^.\p{M}?$/u.test(text)) ? codePoint : undefined;
}

const blocks: readonly (readonly [from: number, to: number, title: string])[] = [
  [0x3400, 0x4dbf, "漢字（拡張A）"],
  [0x4e00, 0x9fff, "漢字"],
  [0xe000, 0xf8ff, "市町村の外字（私用領域）"],
  [0xf900, 0xfaff, "互換漢字"],
  [0x20000, 0x2a6df, "漢字（拡張B）"],
  [0x2a700, 0x2b73f, "漢字（拡張C）"],
  [0x2b740, 0x2b81f, "漢字（拡張D）"],
  [0x2b820, 0x2ceaf, "漢字（拡張E）"],
  [0x2ceb0, 0x2ebef, "漢字（拡張F）"],
  [0x2ebf0, 0x2ee5f, "漢字（拡張I）"],
  [0x2f800, 0x2fa1f, "互換漢字（補助）"],
  [0x30000, 0x3134f, "漢字（拡張G）"],
  [0x31350, 0x323af, "漢字（拡張H）"],
  [0x323b0, 0x3347f, "漢字（拡張J）"],
  [0xf0000, highest, "市町村の外字（私用領域）"],
];

/** What kind of character it is, in words. */
export const kindWords = ({ codePoint, ivs }: Character): string =>
  ivs === null
    ? (blocks.find(([from, to]) => codePoint >= from && codePoint <= to)?.[2] ?? "その他の文字")
    : /\p{Variation_Selector}/u.test(String.fromCodePoint(ivs))
      ? "異体字（IVS）"
      : "組み合わせ文字";

/** The plain character of a variation, which people read it by; nothing for others, which no font here has. */
export const plainOf = ({ codePoint, ivs }: Character): string | undefined =>
  ivs === null ? undefined : String.fromCodePoint(codePoint);
