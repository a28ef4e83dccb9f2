import type { BirthDate } from "#workflows/dates/birth-date.ts";
import { searchKeys } from "#workflows/names/search-keys.ts";
import type { Work } from "../work.ts";
import type { Sex } from "./person-record.ts";
import { individualToken, sourceToken } from "./write.ts";

/** Conditions of a search; all that are given must hold, and at least one of the first six is needed. */
export interface PersonQuery {
  /** Kana of any width, hiragana, kanji old or new, or letters; the beginning is enough; given name after a space, or alone where no family name begins so; of people from abroad any part. */
  name?: string | undefined;
  /** A day, a year or a month; whoever may have been born then is found, days of whom nothing is known too. */
  birthDate?: BirthDate | undefined;
  /** 統合宛名番号. */
  personNumber?: string | undefined;
  /** Number in the resident register. */
  sourceId?: string | undefined;
  /** Needs a right of its own. */
  individualNumber?: string | undefined;
  householdNumber?: string | undefined;
  sex?: Sex | undefined;
  officeCode?: string | undefined;
  townCode?: string | undefined;
}

/** How many persons a search shows; one more tells that there are others. */
export const searchLimit = 100;

/** 統合宛名番号 of those found, residents first, the youngest first; at most {@link searchLimit} + 1. */
export async function findPeople(work: Work, query: PersonQuery): Promise<string[]> {
  const { keys } = work.platform;
  const names = query.name
    ? searchKeys(query.name).map((some) => `{${some.map((key) => keys.token(key)).join(",")}}`)
    : null;
  const source = query.sourceId ? sourceToken(keys, query.sourceId).toString() : null;
  const individual = query.individualNumber
    ? individualToken(keys, query.individualNumber).toString()
    : null;
  const rows = await work.sql<{ person_number: string }[]>`
    select person_number from vault.find(${names}::text[], ${query.birthDate ?? null},
      ${query.sex ?? null}, ${query.officeCode ?? null}, ${query.townCode ?? null},
      ${query.personNumber ?? null}, ${source}, ${individual}, ${query.householdNumber ?? null})`;
  return rows.map((row) => row.person_number);
}
