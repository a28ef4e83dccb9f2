import type { Glyph } from "../fonts/typeface.ts";

/** 行頭禁則: what may not begin a line (JIS X 4051). */
const NOT_FIRST = new Set(
  "、。，．・：；？！,.:;?!)]}）］｝〕〉》」』】〙〗〟’”ヽヾゝゞ々〻ー～〜‐–ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ％%℃°′″",
);
/** 行末禁則: what may not end a line. */
const NOT_LAST = new Set("([{（［｛〔〈《「『【〘〖〝‘“￥¥＄$№〒");
/** Half-width words and numbers, full-width digits: not broken inside. */
const WORD = /^[\u0021-\u007e０-９Ａ-Ｚａ-ｚ．，－]$/;

function mayBreak(before: Glyph, after: Glyph): boolean {
  if (NOT_FIRST.has(after.text) || NOT_LAST.has(before.text)) return false;
  return !(WORD.test(before.text) && WORD.test(after.text));
}

/** Names of several words are broken between them where that is possible. */
export function mayBreakName(before: Glyph, _after: Glyph): boolean {
  return isSpace(before);
}

const isSpace = (glyph: Glyph | undefined) => glyph?.text === " " || glyph?.text === "\u3000";

/** Width of a row of glyphs as a multiple of the type size. */
export function measure(glyphs: readonly Glyph[]): number {
  let width = 0;
  for (const glyph of glyphs) width += glyph.advance;
  return width;
}

/**
 * Breaks a row of glyphs into lines no wider than `width` (a multiple of the type size) by 禁則処理, pushing out what may
 * not begin or end a line. A word too long for a line is broken where it must.
 */
export function wrap(
  glyphs: readonly Glyph[],
  width: number,
  breakable: (before: Glyph, after: Glyph) => boolean = mayBreak,
): (readonly Glyph[])[] {
  const lines: (readonly Glyph[])[] = [];
  let start = 0;
  let used = 0;
  for (let index = 0; index < glyphs.length; index++) {
    const glyph = glyphs[index];
    if (!glyph) break;
    used += glyph.advance;
    if (used <= width + 1e-6 || isSpace(glyph) || index === start) continue;
    let next = index;
    for (let candidate = index; candidate > start; candidate--) {
      const before = glyphs[candidate - 1];
      const after = glyphs[candidate];
      if (before && after && breakable(before, after)) {
        next = candidate;
        break;
      }
    }
    lines.push(trimEnd(glyphs.slice(start, next)));
    while (isSpace(glyphs[next])) next++;
    start = next;
    used = measure(glyphs.slice(start, index + 1));
    index = Math.max(index, start - 1);
  }
  lines.push(trimEnd(glyphs.slice(start)));
  return lines;
}

function trimEnd(glyphs: readonly Glyph[]): readonly Glyph[] {
  let end = glyphs.length;
  while (end > 0 && isSpace(glyphs[end - 1])) end--;
  return glyphs.slice(0, end);
}
