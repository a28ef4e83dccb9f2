import { isFullBirth } from "#workflows/dates/birth-date.ts";
import { nameKeys } from "#workflows/names/search-keys.ts";
import { makePersonNumber } from "#workflows/numbers/person-number.ts";
import { hex } from "../vault/bytes.ts";
import type { KeyRing } from "../vault/key-ring.ts";
import { keyObject, seal } from "../vault/seal.ts";
import type { Work } from "../work.ts";
import { canonical } from "./canonical.ts";
import type { PersonRecord } from "./person-record.ts";

/** A person to write: without a number the person is new and gets one. */
export interface PersonToWrite {
  personNumber?: string | undefined;
  /** The person's own key, as matched; needed for a person who has a number already. */
  key?: { key: Buffer; wrapped: Buffer } | undefined;
  record: PersonRecord;
  /** Where it is known already; see {@link fingerprintOf}. */
  fingerprint?: Buffer | undefined;
}

/** Keyed token of the number in the source register. */
export const sourceToken = (keys: KeyRing, sourceId: string) => keys.token(`source:${sourceId}`);

/** Keyed hash of all that a feed says of a person: equal hashes mean nothing changed. */
export const fingerprintOf = (keys: KeyRing, record: PersonRecord) =>
  keys.fingerprint(canonical(record));

/** The lot of a file in which people stand: written is nobody else, and only while it is committed. */
export interface LotInHand {
  importId: string;
  lot: number;
}

/**
 * Writes persons from a feed, up to some thousands at a time; earlier states are kept in the history.
 *
 * @returns 統合宛名番号 in the order given
 */
export async function writePeople(
  work: Work,
  { importId, lot }: LotInHand,
  people: PersonToWrite[],
): Promise<string[]> {
  if (people.length === 0) return [];
  const { keys } = work.platform;
  const numbers = await numbersFor(work, { importId, lot }, people);
  // Under a new key nothing that was sealed for the person before could be opened again.
  if (people.some(({ personNumber, key }) => personNumber && !key))
    throw new Error("a known person is written without their key");
  const rows = people.map(({ record, key, fingerprint }, n) => {
    const personNumber = numbers[n] ?? "";
    const own = key ?? keys.newKey();
    const sealing = keyObject(own.key);
    const individual = record.individualNumber;
    const individualKey = individual ? keys.newKey("individual-number") : null;
    return {
      record,
      own,
      sealedName: seal(sealing, `${personNumber}|name`, JSON.stringify(record.name)),
      sealedAddress: seal(sealing, `${personNumber}|address`, sealedAddressText(record)),
      sealedDetails: record.details
        ? seal(sealing, `${personNumber}|details`, JSON.stringify(record.details))
        : null,
      fingerprint: fingerprint ?? fingerprintOf(keys, record),
      tokens: `{${nameKeys(record.name)
        .map((key) => keys.token(key))
        .join(",")}}`,
      source: sourceToken(keys, record.sourceId).toString(),
      individualToken: individual ? individualToken(keys, individual).toString() : null,
      individualSealed:
        individual && individualKey
          ? seal(individualKey.key, `${personNumber}|individual-number`, individual)
          : null,
      individualKey: individualKey?.wrapped ?? null,
    };
  });
  const of = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
  await work.sql`select vault.write_people(${importId}, ${lot}, ${numbers}::text[], ${of((r) => r.source)}::bigint[],
    ${of((r) => r.record.householdNumber)}::text[], ${of((r) => String(r.record.isHead))}::text[]::boolean[],
    ${of((r) => r.record.relationship)}::text[], ${of((r) => (isFullBirth(r.record.birthDate) ? r.record.birthDate : null))}::date[],
    ${of((r) => (isFullBirth(r.record.birthDate) ? null : r.record.birthDate))}::text[],
    ${of((r) => r.record.sex)}::text[], ${of((r) => r.record.nationality)}::text[],
    ${of((r) => r.record.officeCode)}::text[], ${of((r) => r.record.address.townCode)}::text[],
    ${of((r) => r.record.address.postalCode)}::text[], ${of((r) => r.record.residence.from)}::date[],
    ${of((r) => r.record.residence.fromReason)}::text[], ${of((r) => r.record.residence.to ?? null)}::date[],
    ${of((r) => r.record.residence.toReason ?? null)}::text[], ${of((r) => r.record.diedOn ?? null)}::date[],
    ${of((r) => r.record.protection?.from ?? null)}::date[], ${of((r) => r.record.protection?.to ?? null)}::date[],
    ${of((r) => hex(r.sealedName))}::text[]::bytea[], ${of((r) => hex(r.sealedAddress))}::text[]::bytea[],
    ${of((r) => hex(r.sealedDetails))}::text[]::bytea[],
    ${of((r) => hex(r.fingerprint))}::text[]::bytea[], ${of((r) => r.tokens)}::text[], ${of((r) => hex(r.own.wrapped))}::text[]::bytea[],
    ${of((r) => r.individualToken)}::bigint[], ${of((r) => hex(r.individualSealed))}::text[]::bytea[],
    ${of((r) => hex(r.individualKey))}::text[]::bytea[])`;
  return numbers;
}

/** Keyed token by which a 個人番号 is found. */
export const individualToken = (keys: KeyRing, individualNumber: string) =>
  keys.token(`individual:${individualNumber}`);

async function numbersFor(
  work: Work,
  { importId, lot }: LotInHand,
  people: PersonToWrite[],
): Promise<string[]> {
  const fresh = people.filter((person) => !person.personNumber).length;
  const sequence = await work.sql<{ n: string }[]>`
    select vault.new_sequence_numbers(${importId}, ${lot}, ${fresh})::text as n`;
  let next = 0;
  return people.map(
    (person) => person.personNumber ?? makePersonNumber(Number(sequence[next++]?.n)),
  );
}

function sealedAddressText({ address, residence, sourceId }: PersonRecord): string {
  const { town, block, building } = address;
  return JSON.stringify({ town, block, building, movedTo: residence.movedTo, sourceId });
}
