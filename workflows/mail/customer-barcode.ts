import { kanjiDigits, kanjiNumber } from "#workflows/text/kanji-numbers.ts";
import { withoutInvisible } from "#workflows/text/signs.ts";
import { figures } from "#workflows/text/widths.ts";

/** Either the barcode, or the reason why none may be printed. */
export type CustomerBarcode =
  | {
      /** The 20 data characters: digits, `-`, and `CC1`…`CC4`; a letter is a CC and a digit. */
      readonly characters: readonly string[];
      /** The check character. */
      readonly check: string;
      /** The 67 bars from start to stop as figures: 1 long, 2 upper half, 3 lower half, 4 timing. */
      readonly bars: string;
    }
  | { readonly none: string };

/** Code characters in the order of their value for the check character, with their three bars. */
const CODES = [
  ["0", "144"],
  ["1", "114"],
  ["2", "132"],
  ["3", "312"],
  ["4", "123"],
  ["5", "141"],
  ["6", "321"],
  ["7", "213"],
  ["8", "231"],
  ["9", "411"],
  ["-", "414"],
  ["CC1", "324"],
  ["CC2", "342"],
  ["CC3", "234"],
  ["CC4", "432"],
  ["CC5", "243"],
  ["CC6", "423"],
  ["CC7", "441"],
  ["CC8", "111"],
] as const;
const VALUES = new Map<string, number>(CODES.map(([character], value) => [character, value]));
const START = "13";
const STOP = "31";
const FILLER = "CC4";
const LENGTH = 20;

/** Numbers in kanji before what they count. */
const counted = new RegExp(`[${kanjiDigits}]+(?=丁目|丁|番地|番|号|地割|線|の|ノ)`, "g");

/**
 * What the barcode takes from the address behind the part that the postal code stands for (住所B):
 * figures, single letters and hyphens (郵便番号・バーコードマニュアル p19-p21). An address already in that form
 * comes back as it is.
 */
export function barcodeAddressNumber(addressNumberPart: string): string {
  return withoutInvisible(addressNumberPart)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[&/・.]/g, "")
    .replace(counted, (kanji) => String(kanjiNumber(kanji) ?? kanji))
    .replace(/(\d)F(?![A-Z])/g, "$1-")
    .replace(/[A-Z]{2,}|[^\dA-Z]/g, "-")
    .replace(/-+/g, "-")
    .replace(/-?([A-Z])-?/g, "$1")
    .replace(/^-|-$/g, "");
}

/** A letter is a control code for its ten (A–J, K–T, U–Z) and a digit. */
function codesOf(character: string): string[] {
  const index = character.charCodeAt(0) - "A".charCodeAt(0);
  return index < 0 ? [character] : [`CC${Math.floor(index / 10) + 1}`, String(index % 10)];
}

/**
 * The customer barcode of Japan Post for a postal code (seven digits, hyphen allowed) and the address
 * behind what that code stands for. A letter whose control code is the 20th character loses its digit.
 * `representative` says whether the code stands for 「以下に掲載がない場合」 (代表番号); unless told, a code
 * ending in 00 does, and then no barcode may be printed (manual p18).
 */
export function customerBarcode(
  postalCode: string,
  addressNumberPart: string,
  representative?: boolean,
): CustomerBarcode {
  const digits = figures(postalCode);
  if (!/^\d{7}$/.test(digits))
    return { none: "郵便番号が7桁の数字でないため、バーコードを印字できません。" };
  if (representative ?? digits.endsWith("00"))
    return { none: "代表番号(以下に掲載がない場合)の郵便番号のため、バーコードを印字できません。" };
  const characters = Array.from(digits + barcodeAddressNumber(addressNumberPart))
    .flatMap(codesOf)
    .concat(Array<string>(LENGTH).fill(FILLER))
    .slice(0, LENGTH);
  const total = characters.reduce((sum, character) => sum + (VALUES.get(character) ?? 0), 0);
  const check = CODES[(19 - (total % 19)) % 19]?.[0] ?? "0";
  const bars = [...characters, check].map((character) => CODES[VALUES.get(character) ?? 0]?.[1]);
  return { characters, check, bars: START + bars.join("") + STOP };
}
