const DIGITS = "〇一二三四五六七八九";
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The characters that numbers are written with, as the inside of a character class. */
export const kanjiDigits = `${DIGITS}零十百千`;

const POSITIONAL = /^[〇零一二三四五六七八九]+$/;
const WITH_UNITS =
  /^(?=.)([一二三四五六七八九]?千)?([一二三四五六七八九]?百)?([一二三四五六七八九]?十)?[一二三四五六七八九]?$/;
const digitsOnly = (text: string) => text.replaceAll("零", "〇");

/**
 * The value of a number written in kanji, positional (二一, 一二三) or with units (二十一), up to 9,999; nothing for what is
 * neither (百二三, 二百百).
 */
export function kanjiNumber(text: string): number | undefined {
  const plain = digitsOnly(text);
  if (POSITIONAL.test(plain)) return Number(Array.from(plain, (k) => DIGITS.indexOf(k)).join(""));
  if (!WITH_UNITS.test(plain)) return undefined;
  let total = 0;
  let digit = 0;
  for (const kanji of plain) {
    const unit = UNITS[kanji];
    if (unit === undefined) digit = DIGITS.indexOf(kanji);
    else {
      total += (digit || 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}
