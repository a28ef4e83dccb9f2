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

type Kind = "latin" | "kana" | "kanji";
const folds: Readonly<Record<Kind, (text: string) => string>> = {
  latin: foldLatin,
  kana: foldKana,
  kanji: foldKanji,
};

/** Words of a name that are read together; more is no name. */
const mostWords = 5;

/**
 * Keys that all must be found for what somebody typed, in alternatives. The first is the usual one: the first word from the
 * beginning, the others as parts. The others are for people from abroad, whose family name may stand anywhere: each word from
 * the beginning in turn, or all of them as parts; letters also where they stand in place of kanji.
 */
export function searchKeys(typed: string): [usual: string[], ...fromAbroad: string[][]] {
  const words = typed
    .normalize("NFC")
    .trim()
    .split(/[\s\u3000・]+/u)
    .filter(Boolean)
    .slice(0, mostWords);
  const kinds = words.map(kindOf);
  const usual = keysOf(words, kinds, 0);
  const lettered = kinds.map((kind) => (kind === "latin" ? "kanji" : kind));
  const spellings = kinds.includes("latin") ? [kinds, lettered] : [kinds];
  const others = spellings.flatMap((spelling) =>
    [-1, ...words.keys()].map((first) => keysOf(words, spelling, first)),
  );
  return [usual, ...others.filter((keys) => keys.join() !== usual.join())];
}

/** The keys with one of the words as the beginning of the name; with none of them where `first` is -1. */
const keysOf = (words: readonly string[], kinds: readonly Kind[], first: number): string[] =>
  words.map((word, at) => {
    const kind = kinds[at] ?? "kanji";
    const prefix = [...folds[kind](word)].slice(0, longestPrefix).join("");
    return at === first ? `${kind}:${prefix}` : `${kind}-part:${prefix}`;
  });

const kindOf = (word: string): Kind => (isLatin(word) ? "latin" : isKana(word) ? "kana" : "kanji");

function addPrefixes(keys: Set<string>, kind: string, text: string): void {
  const letters = [...text];
  for (let n = 1; n <= Math.min(letters.length, longestPrefix); n++) {
    keys.add(`${kind}:${letters.slice(0, n).join("")}`);
  }
}

const isLatin = (text: string) => /^[\p{Script=Latin}０-９Ａ-Ｚａ-ｚ'’.\s-]+$/u.test(text);
const isKana = (text: string) => /^[\p{Script=Hiragana}\p{Script=Katakana}ーｰ゛゜ﾞﾟ\s]+$/u.test(text);
