import { type BirthDate, isFullBirth, mayBeSameBirth } from "../dates/birth-date.ts";
import { foldKana } from "../text/fold-kana.ts";
import { foldKanji } from "../text/fold-kanji.ts";
import { foldLatin } from "../text/fold-latin.ts";
import { betweenWords, withoutInvisible } from "../text/signs.ts";
import { figures } from "../text/widths.ts";

/** Somebody as far as two records of people can be compared. */
export interface Identity {
  readonly name: {
    readonly kanji: string;
    readonly kana: string;
    readonly commonName?: string;
    readonly commonKana?: string;
    readonly alphabetic?: string;
  };
  readonly birthDate: BirthDate;
  readonly sex: "female" | "male" | "unknown";
  /** Seven digits; empty or missing where unknown, withheld or abroad. */
  readonly postalCode?: string;
  /** Address on one line; missing where it may not be seen. */
  readonly address?: string;
  readonly individualNumber?: string;
}

/** One reason why two records look like one person, or do not, with its points. */
export interface LikenessReason {
  readonly points: number;
  readonly words: string;
}

/** How alike two records are, from 0 to 100, and why. */
export interface Likeness {
  readonly score: number;
  readonly reasons: readonly LikenessReason[];
  readonly grade: keyof typeof likenessGrades;
}

export const likenessGrades = {
  same: "同じ方とみられる",
  close: "よく似ている",
  some: "一部が同じ",
} as const;

/** From these scores on. Ours, by trial with the demonstration city; what is done upon them a person decides. */
const gradeFrom = { same: 80, close: 50 } as const;

/**
 * Compares two records of people: name as read and as written, birth date, sex, address, 個人番号. Points are weights of ours and
 * decide nothing: each comes with its reason in words, for the person who does. The order of the two does not matter.
 */
export function likeness(one: Identity, other: Identity): Likeness {
  const reasons = [
    ofIndividualNumber(one, other),
    ofReading(one, other),
    ofWriting(one, other),
    ofBirth(one.birthDate, other.birthDate),
    ofSex(one, other),
    ofAddress(one, other),
  ].filter((reason): reason is LikenessReason => reason !== undefined);
  const total = reasons.reduce((sum, { points }) => sum + points, 0);
  const score = Math.max(0, Math.min(100, total));
  return {
    score,
    reasons,
    grade: score >= gradeFrom.same ? "same" : score >= gradeFrom.close ? "close" : "some",
  };
}

const inOneWord = (text: string) => withoutInvisible(text).split(betweenWords).join("");
/** Words in any order: names from abroad are written either way. */
const words = (text: string, fold: (word: string) => string) =>
  withoutInvisible(text).split(betweenWords).map(fold).filter(Boolean).toSorted();

const readings = ({ name }: Identity) =>
  [name.kana, name.commonKana].filter((text): text is string => Boolean(text));
const writings = ({ name }: Identity) =>
  [name.kanji, name.commonName].filter((text): text is string => Boolean(text));
const letters = ({ name }: Identity) =>
  [name.alphabetic, name.kanji].filter((text): text is string => /[A-Za-z]/.test(text ?? ""));

const shareOne = (ones: readonly string[], others: readonly string[]) =>
  ones.some((text) => text !== "" && others.includes(text));

function ofIndividualNumber(one: Identity, other: Identity): LikenessReason | undefined {
  if (!one.individualNumber || !other.individualNumber) return undefined;
  return one.individualNumber === other.individualNumber
    ? { points: 100, words: "個人番号が同じ" }
    : { points: -60, words: "個人番号が異なる" };
}

function ofReading(one: Identity, other: Identity): LikenessReason | undefined {
  const folded = (of: Identity) => readings(of).map((text) => foldKana(inOneWord(text)));
  if (shareOne(folded(one), folded(other))) return { points: 35, words: "氏名の読みが同じ" };
  const parts = (of: Identity) => readings(of).flatMap((text) => words(text, foldKana));
  return shareOne(parts(one), parts(other))
    ? { points: 12, words: "氏名の読みの一部が同じ" }
    : undefined;
}

function ofWriting(one: Identity, other: Identity): LikenessReason | undefined {
  const folded = (of: Identity) => writings(of).map((text) => foldKanji(inOneWord(text)));
  const latin = (of: Identity) => letters(of).map((text) => words(text, foldLatin).join(" "));
  if (shareOne(folded(one), folded(other)) || shareOne(latin(one), latin(other)))
    return { points: 20, words: "氏名の表記が同じ（異体字は同じとみる）" };
  return undefined;
}

function ofBirth(one: BirthDate, other: BirthDate): LikenessReason {
  if (isFullBirth(one) && isFullBirth(other)) {
    if (one === other) return { points: 30, words: "生年月日が同じ" };
    const same = one.split("-").filter((part, at) => part === other.split("-")[at]).length;
    return same === 2
      ? { points: 10, words: "生年月日の年・月・日のうち一つだけが異なる" }
      : { points: -20, words: "生年月日が異なる" };
  }
  return mayBeSameBirth(one, other)
    ? { points: 15, words: "生年月日が分かる範囲で合う" }
    : { points: -20, words: "生年月日が合わない" };
}

function ofSex(one: Identity, other: Identity): LikenessReason | undefined {
  if (one.sex === "unknown" || other.sex === "unknown") return undefined;
  return one.sex === other.sex
    ? { points: 5, words: "性別が同じ" }
    : { points: -15, words: "性別が異なる" };
}

function ofAddress(one: Identity, other: Identity): LikenessReason | undefined {
  const plain = ({ address = "" }: Identity) => figures(inOneWord(address));
  if (plain(one) !== "" && plain(one) === plain(other)) return { points: 10, words: "住所が同じ" };
  return one.postalCode && one.postalCode === other.postalCode
    ? { points: 4, words: "郵便番号が同じ" }
    : undefined;
}
