import { foldKana } from "#workflows/text/fold-kana.ts";
import { foldKanji } from "#workflows/text/fold-kanji.ts";
import { foldLatin } from "#workflows/text/fold-latin.ts";
import { apostrophes, betweenWords, dashes, withoutInvisible } from "#workflows/text/signs.ts";

/** A name as it is searched by: as written, as read, in the alphabet, and the 通称 of both kinds. */
export interface SearchedName {
  readonly kanji: string;
  readonly kana: string;
  readonly commonName?: string;
  readonly commonKana?: string;
  readonly alphabetic?: string;
}

/** Counts up with every change of what {@link nameKeys} gives, so that what was kept before is made anew. */
export const nameKeysVersion = 2;

/** Longest beginning of a name that has a key of its own; longer searches are narrowed after opening. */
const longestPrefix = 10;

/**
 * The searchable beginnings of a name: of the whole, and from each part but the first on (given names, second surnames). A
 * name written in kana is found by these kana too, however it is read (かほる, read カオル).
 */
export function nameKeys(name: SearchedName): string[] {
  const keys = new Set<string>();
  const add = (kind: Kind, text: string | undefined) => {
    const parts = partsOf(text ?? "", kind);
    parts.forEach((_, from) => {
      addPrefixes(keys, from === 0 ? kind : `${kind}-part`, parts.slice(from).join(""));
    });
  };
  for (const kana of [name.kana, name.commonKana]) add("kana", kana);
  for (const written of [name.kanji, name.commonName]) {
    add("kanji", written);
    if (written && isKana(written)) add("kana", written);
    else
      for (const run of written?.match(kanaRun) ?? [])
        addPrefixes(keys, "kana-part", foldKana(run));
  }
  for (const letters of [name.alphabetic, name.kanji, name.commonName])
    if (letters && isLatin(letters)) add("latin", letters);
  return [...keys];
}

type Kind = "latin" | "kana" | "kanji";
const folds: Readonly<Record<Kind, (text: string) => string>> = {
  latin: foldLatin,
  kana: foldKana,
  kanji: foldKanji,
};

/** The folded parts of a name; in the alphabet those joined by a hyphen count by themselves as well. */
const partsOf = (text: string, kind: Kind): string[] =>
  withoutInvisible(text)
    .split(betweenWords)
    .flatMap((word) => (kind === "latin" ? word.split(hyphen) : [word]))
    .map(folds[kind])
    .filter(Boolean);

/** Words of a name that are read together; more is no name. */
const mostWords = 5;

/**
 * Keys that all must be found for what somebody typed, in alternatives. The first is the usual one: the first word from the
 * beginning, the others as parts. The others are for people from abroad, whose family name may stand anywhere: each word from
 * the beginning in turn, or all of them as parts; letters also where they stand in place of kanji. Where nobody is found so,
 * they are for everybody: a given name alone.
 */
export function searchKeys(typed: string): [usual: string[], ...fromAbroad: string[][]] {
  const words = withoutInvisible(typed)
    .normalize("NFC")
    .split(betweenWords)
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

/** Whether a person of this name is found by what somebody typed. */
export function isFoundBy(name: SearchedName, typed: string): boolean {
  const keys = new Set(nameKeys(name));
  return searchKeys(typed).some((all) => all.length > 0 && all.every((key) => keys.has(key)));
}

/** The keys with one of the words as the beginning of the name; with none of them where `first` is -1. */
const keysOf = (words: readonly string[], kinds: readonly Kind[], first: number): string[] =>
  words.flatMap((word, at) => {
    const kind = kinds[at] ?? "kanji";
    const prefix = [...folds[kind](word)].slice(0, longestPrefix).join("");
    return prefix === "" ? [] : [`${at === first ? kind : `${kind}-part`}:${prefix}`];
  });

const kindOf = (word: string): Kind => (isLatin(word) ? "latin" : isKana(word) ? "kana" : "kanji");

function addPrefixes(keys: Set<string>, kind: string, text: string): void {
  const letters = [...text];
  for (let n = 1; n <= Math.min(letters.length, longestPrefix); n++) {
    keys.add(`${kind}:${letters.slice(0, n).join("")}`);
  }
}

const hyphen = new RegExp(`[${dashes}]`, "u");
const latin = new RegExp(
  `^(?=.*\\p{Script=Latin})[\\p{Script=Latin}\\p{M}０-９Ａ-Ｚａ-ｚ${apostrophes}.．,，\\s${dashes}]+$`,
  "u",
);
const isLatin = (text: string) => latin.test(withoutInvisible(text));
const kanaSigns = "\\p{Script=Hiragana}\\p{Script=Katakana}ーｰ゛゜ﾞﾟ\u3099\u309a";
const kana = new RegExp(`^[${kanaSigns}・･＝゠\\s${dashes}]+$`, "u");
const isKana = (text: string) => kana.test(withoutInvisible(text));
/** Kana among kanji that are a name of their own; a single one (竜ケ崎, 井の上) is none. */
const kanaRun = new RegExp(`[${kanaSigns}]{2,}`, "gu");
