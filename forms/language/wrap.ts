import type { Glyph } from "../fonts/typeface.ts";

/** 行頭禁則: what may not begin a line (JIS X 4051). */
const NOT_FIRST = new Set(
  "、。，．・：；？！,.:;?!)]}）］｝〕〉》」』】〙〗〟’”ヽヾゝゞ々〻ー～〜‐–ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ％%℃°′″",
);
/** 行末禁則: what may not end a line. */
const NOT_LAST = new Set("([{（［｛〔〈《「『【〘〖〝‘“￥¥＄$№〒");
/** Half-width words and numbers, full-width digits: not broken inside. */
const WORD = /^[\u0021-\u007e０-９Ａ-Ｚａ-ｚ．，－]$/;

/** Whether a line may end between two characters. */
export type Breakable = (before: Glyph, after: Glyph) => boolean;

const DIGIT = /^[\d０-９]$/;
/** What is counted or dated stays with its number. */
const COUNTERS = new Set("年月日時分円回枚条項号番丁人名歳件通か割点ペ倍級種");

/** 禁則処理 alone, as in forms of the first days. */
export const byKinsoku: Breakable = (before, after) => {
  if (NOT_FIRST.has(after.text) || NOT_LAST.has(before.text)) return false;
  return !(WORD.test(before.text) && WORD.test(after.text));
};

/** 禁則処理, and numbers stay with what they count. */
export const mayBreak: Breakable = (before, after) => {
  if (DIGIT.test(before.text) && COUNTERS.has(after.text)) return false;
  if (before.text === "第" && DIGIT.test(after.text)) return false;
  return byKinsoku(before, after);
};

/** Between the words of a name, and before the 方書 of an address. */
export const atSpace: Breakable = (before) => isSpace(before);

const KATAKANA = /^[ァ-ヺー・]$/;
const NUMBER = /^[\d０-９一二三四五六七八九〇十百千第]$/;
/** What stands within a house number: 99丁目8番7号の6. */
const IN_NUMBER = /^[\d０-９一二三四五六七八九〇十百千第丁目番地号の之ノ－−‐-]$/;

/** Between the parts of an address: a place and its number, a building of katakana and what stands beside it. */
export const betweenParts: Breakable = (before, after) =>
  isSpace(before) ||
  (mayBreak(before, after) &&
    (KATAKANA.test(before.text) !== KATAKANA.test(after.text) ||
      (NUMBER.test(after.text) && !IN_NUMBER.test(before.text))));

const isSpace = (glyph: Glyph | undefined) => glyph?.text === " " || glyph?.text === "\u3000";

/** Width of the longest word of a row of glyphs as a multiple of the type size. */
export function longestWord(glyphs: readonly Glyph[]): number {
  let [longest, word] = [0, 0];
  for (const glyph of glyphs) {
    word = isSpace(glyph) ? 0 : word + glyph.advance;
    longest = Math.max(longest, word);
  }
  return longest;
}

/** Width of a row of glyphs as a multiple of the type size. */
export function measure(glyphs: readonly Glyph[]): number {
  let width = 0;
  for (const glyph of glyphs) width += glyph.advance;
  return width;
}

/**
 * Breaks a row of glyphs into lines no wider than `width` (a multiple of the type size) at the last place that the first of
 * the rules allows, else the next one; a word too long for a line is broken where it must.
 */
export function wrap(
  glyphs: readonly Glyph[],
  width: number,
  rules: readonly Breakable[] = [mayBreak],
): (readonly Glyph[])[] {
  const lines: (readonly Glyph[])[] = [];
  let start = 0;
  let used = 0;
  for (let index = 0; index < glyphs.length; index++) {
    const glyph = glyphs[index];
    if (!glyph) break;
    used += glyph.advance;
    if (used <= width + 1e-6 || isSpace(glyph) || index === start) continue;
    const next = lastBreak(glyphs, start, index, rules);
    lines.push(trimEnd(glyphs.slice(start, next)));
    start = next;
    while (isSpace(glyphs[start])) start++;
    used = measure(glyphs.slice(start, index + 1));
    index = Math.max(index, start - 1);
  }
  lines.push(trimEnd(glyphs.slice(start)));
  return lines;
}

function lastBreak(
  glyphs: readonly Glyph[],
  start: number,
  end: number,
  rules: readonly Breakable[],
): number {
  for (const rule of rules)
    for (let place = end; place > start; place--) {
      const [before, after] = [glyphs[place - 1], glyphs[place]];
      if (before && after && rule(before, after)) return place;
    }
  return end;
}

function trimEnd(glyphs: readonly Glyph[]): readonly Glyph[] {
  let end = glyphs.length;
  while (end > 0 && isSpace(glyphs[end - 1])) end--;
  return glyphs.slice(0, end);
}
