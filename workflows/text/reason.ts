import { unwritableInLines, unwritableWords } from "./signs.ts";

/** Longest text that a person gives as a reason or a comment, in characters. */
export const longestReason = 400;

/** So many different letters at least say something. */
const fewest = 2;

/**
 * What is wrong with a reason, in a sentence for its field: nothing typed, characters that nobody sees, signs alone, one character, or the same one again
 * and again is no reason; `undefined` where it is one.
 *
 * @param what how the field is called: 差し戻す理由
 * @param longest in characters
 */
export function reasonFault(
  text: string,
  what = "理由",
  longest = longestReason,
): string | undefined {
  const typed = text.trim();
  if (typed === "") return `${what}を入力してください。`;
  const length = [...typed].length;
  if (length > longest)
    return `${what}は${longest}文字以内で入力してください（いま${length}文字）。`;
  const unwritable = unwritableInLines(typed);
  if (unwritable) return `${what}に${unwritableWords[unwritable]}入力し直してください。`;
  const plain = typed.normalize("NFKC").toLowerCase();
  const letters = plain.match(/\p{L}/gu) ?? [];
  const said = new Set(plain.match(/[\p{L}\p{N}]/gu) ?? []);
  return letters.length === 0 || said.size < fewest
    ? `${what}が分かるように、言葉で入力してください。1文字や、記号・数字だけ、同じ文字の繰り返しでは受け付けられません。`
    : undefined;
}
