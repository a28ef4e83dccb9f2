import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parse } from "csv-parse/sync";
import { hex } from "#src/platform/vault/bytes.ts";
import { seal } from "#src/platform/vault/seal.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { nameKeys } from "#workflows/names/search-keys.ts";
import type { BenchCity } from "./city.ts";

/**
 * The shortest program that brings the same rows of residents into tables with the same indexes: one sealing a person,
 * the same tokens and hashes, no questions asked and no record kept.
 */
export async function feedShortest(city: BenchCity, path: string): Promise<void> {
  try {
    await feed(city, path);
  } finally {
    // The program does not start beside tables that it does not know.
    await city.admin.unsafe("drop schema bench cascade");
  }
}

async function feed({ admin, platform: { keys } }: BenchCity, path: string): Promise<void> {
  await admin.unsafe(`create schema if not exists bench;
    drop table if exists bench.person, bench.holder_key, bench.individual_number;
    create table bench.person (like vault.person including all);
    create table bench.holder_key (like vault.holder_key including all);
    create table bench.individual_number (like vault.individual_number including all)`);
  let number = 0;
  const rowOf = (line: string) => {
    const items: string[] = line.includes('"') ? (parse(line)[0] ?? []) : line.split(",");
    const [household = "", source = "", kanji = "", kana = "", commonName, commonKana, alphabetic] =
      items;
    const person = String(++number).padStart(10, "0");
    const [own, other] = [keys.newKey(), keys.newKey("individual-number")];
    const name = {
      kanji,
      kana,
      ...(commonName && { commonName }),
      ...(commonKana && { commonKana }),
      ...(alphabetic && { alphabetic }),
    };
    const individual = items.at(-1) ?? "";
    return {
      person,
      household,
      source: String(keys.token(`source:${source}`)),
      ...birthOf(items[7] ?? ""),
      sealed: hex(seal(own.key, person, line)),
      fingerprint: hex(keys.fingerprint(line)),
      tokens: `{${nameKeys(name)
        .map((key) => keys.token(key))
        .join(",")}}`,
      own: hex(own.wrapped),
      individual: individual && {
        token: String(keys.token(`individual:${individual}`)),
        sealed: hex(seal(other.key, person, individual)),
        key: hex(other.wrapped),
      },
    };
  };
  const write = async (lines: string[]) => {
    const rows = lines.map(rowOf);
    const of = <T>(pick: (row: (typeof rows)[number]) => T) => rows.map(pick);
    await admin.begin(async (sql) => {
      await sql`insert into bench.holder_key (holder, wrapped_key)
        select n, k::bytea from unnest(${of((r) => r.person)}::text[], ${of((r) => r.own)}::text[]) x(n, k)`;
      await sql`
        insert into bench.person (person_number, source_token, household_number, is_head, relationship, birth_date, birth_told, sex,
          nationality, office_code, town_code, postal_code, resident_from, from_reason, sealed_name, sealed_address, fingerprint, name_tokens)
        select n, s, h, false, '20', b, w, 'female', 'jp', '431010', '0000101', '8600001', coalesce(b, '2000-01-01'), 'birth', se::bytea, ''::bytea, f::bytea, t::bigint[]
          from unnest(${of((r) => r.person)}::text[], ${of((r) => r.source)}::bigint[], ${of((r) => r.household)}::text[],
            ${of((r) => r.born)}::text[]::date[], ${of((r) => r.told)}::text[], ${of((r) => r.sealed)}::text[], ${of((r) => r.fingerprint)}::text[],
            ${of((r) => r.tokens)}::text[]) x(n, s, h, b, w, se, f, t)`;
      await sql`insert into bench.individual_number (person_number, token, sealed, wrapped_key)
        select n, t, s::bytea, k::bytea from unnest(${of((r) => r.person)}::text[],
          ${of((r) => (r.individual ? r.individual.token : null))}::bigint[],
          ${of((r) => (r.individual ? r.individual.sealed : null))}::text[],
          ${of((r) => (r.individual ? r.individual.key : null))}::text[]) x(n, t, s, k) where t is not null`;
    });
  };
  let lines: string[] = [];
  let first = true;
  const written: Promise<void>[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (first) {
      first = false;
      continue;
    }
    if (lines.push(line) < 1000) continue;
    // Two at a time: one is sealed here while the other is written there.
    if (written.length > 1) await written.shift();
    written.push(write(lines));
    lines = [];
  }
  await Promise.all([...written, write(lines)]);
}

/** A day of birth, or the year of one that is known in part. */
function birthOf(digits: string): { born: string | null; told: string | null } {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return isIsoDate(day) ? { born: day, told: null } : { born: null, told: digits.slice(0, 4) };
}
