import { isFullBirth } from "#workflows/dates/birth-date.ts";
import { searchKeys } from "#workflows/names/search-keys.ts";
import type { KeyRing } from "../vault/key-ring.ts";
import type { OutsiderIdentity } from "./entry.ts";

/** By what people who look alike are sought: sets of keyed tokens, as arrays of PostgreSQL; all of a set have to be found. */
export interface SoughtNames {
  /** The name as read, as written, and in letters in whichever order. */
  whole: string[];
  /** Single words of it. */
  parts: string[];
}

/** The names of somebody as they are sought. */
export function soughtNames(keys: KeyRing, { name }: Pick<OutsiderIdentity, "name">): SoughtNames {
  const sets = [
    ...(name.kana ? [searchKeys(name.kana)[0]] : []),
    searchKeys(name.kanji)[0],
    ...(name.alphabetic ? searchKeys(name.alphabetic) : []),
  ].filter((set) => set.length > 0);
  const single = [...new Set(sets.flat())].map((key) => [key]);
  const tokens = (all: readonly (readonly string[])[]) => [
    ...new Set(all.map((set) => `{${set.map((key) => keys.token(key)).join(",")}}`)),
  ];
  return { whole: tokens(sets), parts: tokens(single) };
}

/** A birth date as the database keeps it: a day of the calendar, or what is told of it. */
export const birthColumns = ({ birthDate }: Pick<OutsiderIdentity, "birthDate">) =>
  isFullBirth(birthDate) ? { day: birthDate, told: null } : { day: null, told: birthDate };
