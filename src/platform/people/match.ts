import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { hex } from "../vault/bytes.ts";
import { unseal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import { type BirthColumns, birthOfRow, type KnownBirth } from "./birth.ts";
import type { PersonName, RegisterDetails, Sex } from "./person-record.ts";
import { sourceToken } from "./write.ts";

/** What is known of a person whom a feed speaks of. */
export interface MatchedPerson extends KnownBirth {
  personNumber: string;
  /** Of the whole record as last written; see `fingerprintOf`. */
  fingerprint: Buffer;
  revision: number;
  sex: Sex;
  residentTo: IsoDate | null;
  diedOn: IsoDate | null;
  householdNumber: string;
  isProtected: boolean;
  /** The person's own key, to write under again. */
  key: { key: Buffer; wrapped: Buffer };
  /** Opens the name and the address as they stand now; only of a person of whom the feed says something else. */
  open(): {
    name: PersonName;
    address: { town: string; block: string; building: string; movedTo?: string };
    details?: RegisterDetails;
  };
}

/**
 * Finds the persons of a feed's source numbers, by source number; unknown ones are not in the map. With what the
 * feed says of each (fingerprints, in the same order), those who differ can be opened, and are recorded as looked at.
 */
export async function matchSources(
  work: Work,
  sourceIds: string[],
  saying: Buffer[] = [],
): Promise<Map<string, MatchedPerson>> {
  const ring = work.platform.keys;
  const tokens = sourceIds.map((id) => sourceToken(ring, id).toString());
  const byToken = new Map(tokens.map((token, n) => [token, sourceIds[n] ?? ""]));
  const rows = await work.sql<MatchRow[]>`
    select * from vault.match_sources(${tokens}::bigint[],
      ${saying.map(hex)}::text[]::bytea[])`;
  return new Map(
    rows.map((row) => {
      const key = ring.unwrap(row.wrapped_key);
      const place = row.person_number;
      return [
        byToken.get(String(row.source_token)) ?? "",
        {
          personNumber: row.person_number,
          fingerprint: row.fingerprint,
          revision: row.revision,
          ...birthOfRow(row),
          sex: row.sex,
          residentTo: row.resident_to,
          diedOn: row.died_on,
          householdNumber: row.household_number,
          isProtected: row.is_protected,
          key: { key, wrapped: row.wrapped_key },
          open: once(() => {
            if (!row.sealed_name || !row.sealed_address) throw new Error("nothing differs");
            return {
              name: JSON.parse(unseal(key, `${place}|name`, row.sealed_name).toString()),
              address: JSON.parse(unseal(key, `${place}|address`, row.sealed_address).toString()),
              ...(row.sealed_details && {
                details: JSON.parse(unseal(key, `${place}|details`, row.sealed_details).toString()),
              }),
            };
          }),
        },
      ];
    }),
  );
}

/** The same answer again without asking twice. */
function once<T extends object>(ask: () => T): () => T {
  let answer: T | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

/** 統合宛名番号 of all present residents, in lots, so that memory stays flat. */
export async function* presentPeople(work: Work): AsyncGenerator<string[]> {
  let after = "-9223372036854775808";
  for (;;) {
    const rows = await work.sql<{ source_token: string; person_number: string }[]>`
      select source_token, person_number from vault.present_sources(${after}, 10000)`;
    yield rows.map((row) => row.person_number);
    const last = rows.at(-1);
    if (!last || rows.length < 10000) return;
    after = String(last.source_token);
  }
}

interface MatchRow extends BirthColumns {
  source_token: string;
  person_number: string;
  fingerprint: Buffer;
  revision: number;
  sex: Sex;
  resident_to: IsoDate | null;
  died_on: IsoDate | null;
  household_number: string;
  is_protected: boolean;
  wrapped_key: Buffer;
  sealed_name: Buffer | null;
  sealed_address: Buffer | null;
  sealed_details: Buffer | null;
}
