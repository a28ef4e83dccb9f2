const DIGITS = "〇一二三四五六七八九";
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };

/** The value of a number written in kanji, positional (二一) or with units (二十一), up to 9,999. */
export function kanjiNumber(text: string): number {
  if (!/[十百千]/.test(text)) return Number(Array.from(text, (k) => DIGITS.indexOf(k)).join(""));
  let total = 0;
  let digit = 0;
  for (const kanji of text) {
    const unit = UNITS[kanji];
    if (unit === undefined) digit = DIGITS.indexOf(kanji);
    else {
      total += (digit || 1) * unit;
      digit = 0;
    }
  }
  return total + digit;
}
