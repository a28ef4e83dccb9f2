import { checkText, type Fonts, type Unprintable } from "#forms/index.ts";
import { unwritableIn, unwritableWords } from "#workflows/text/signs.ts";

/** Letters, and the places that Unicode leaves to a city's 外字: a name may be written so, and a font may yet be supplied. */
const mayBeNamed = /^[\p{L}\p{Co}]/u;

/**
 * What of a text cannot be printed: `refused` is part of no name and no address (emoji, signs, what nobody sees), `stopped` is
 * a letter that no font has yet: it is kept, and a paper with it stops and stands in the 外字一覧.
 */
export function unprintableIn(
  text: string,
  fonts?: Fonts,
): { refused: Unprintable[]; stopped: Unprintable[] } {
  const found = checkText(text, "text", fonts);
  const isNamed = ({ codePoint }: Unprintable) => mayBeNamed.test(String.fromCodePoint(codePoint));
  return { refused: found.filter((one) => !isNamed(one)), stopped: found.filter(isNamed) };
}

/** What is wrong with a text that no paper can bear, for its field; `undefined` where nothing is. */
export function charactersFault(text: string, fonts?: Fonts): string | undefined {
  const { refused } = unprintableIn(text, fonts);
  if (refused.length > 0) return unprintableFault(refused);
  // A font may have a place for what shows nothing.
  const unwritable = unwritableIn(text);
  return unwritable && `${unwritableWords[unwritable]}入力し直してください。`;
}

/** Names the characters by their code, since the screen may lack them too. */
export function unprintableFault(characters: readonly Unprintable[]): string {
  const codes = characters.map(({ codePoint }) => `U+${codePoint.toString(16).toUpperCase()}`);
  return `印字できない文字があります（${codes.join("、")}）。絵文字・記号は使えません。`;
}
