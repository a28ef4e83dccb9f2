import { foldKana } from "#workflows/text/fold-kana.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import { foldLatin } from "#workflows/text/fold-latin.ts";
import type { PersonName } from "./person-record.ts";

/** Longest beginning of a name that has a token of its own; longer searches are narrowed after opening. */
const longestPrefix = 10;

/** The searchable beginnings of a name: of the whole, and of each part but the first (given names). */
export function nameKeys(name: PersonName): string[] {
  const keys = new Set<string>();
  const add = (kind: string, text: string | undefined, fold: (text: string) => string) => {
    const parts = (text ?? "")
      .split(/[\s\u3000・]+/u)
      .map(fold)
      .filter(Boolean);
    addPrefixes(keys, kind, parts.join(""));
    for (const part of parts.slice(1)) addPrefixes(keys, `${kind}-part`, part);
  };
  add("kana", name.kana, foldKana);
  add("kana", name.commonKana, foldKana);
  add("kanji", name.kanji, foldKanji);
  add("kanji", name.commonName, foldKanji);
  add("latin", name.alphabetic ?? (isLatin(name.kanji) ? name.kanji : undefined), foldLatin);
  return [...keys];
}

/** Keys that all must be found for what somebody typed: the first word from the beginning, the others as parts. */
export function searchKeys(typed: string): string[] {
  const words = typed
    .normalize("NFC")
    .trim()
    .split(/[\s\u3000・]+/u)
    .filter(Boolean);
  return words.map((word, n) => {
    const [kind, fold] = isLatin(word)
      ? (["latin", foldLatin] as const)
      : isKana(word)
        ? (["kana", foldKana] as const)
        : (["kanji", foldKanji] as const);
    const prefix = [...fold(word)].slice(0, longestPrefix).join("");
    return n === 0 ? `${kind}:${prefix}` : `${kind}-part:${prefix}`;
  });
}

function addPrefixes(keys: Set<string>, kind: string, text: string): void {
  const letters = [...text];
  for (let n = 1; n <= Math.min(letters.length, longestPrefix); n++) {
    keys.add(`${kind}:${letters.slice(0, n).join("")}`);
  }
}

const isLatin = (text: string) => /^[\p{Script=Latin}０-９Ａ-Ｚａ-ｚ'’.-]+$/u.test(text);
const isKana = (text: string) => /^[\p{Script=Hiragana}\p{Script=Katakana}ーｰ゛゜ﾞﾟ\s]+$/u.test(text);
