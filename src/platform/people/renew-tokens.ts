import { nameKeys, nameKeysVersion } from "#workflows/names/search-keys.ts";
import type { Actor } from "../access/actor.ts";
import type { ScheduledJob } from "../jobs/index.ts";
import type { Platform } from "../platform.ts";
import { hex } from "../vault/bytes.ts";
import { unseal } from "../vault/seal.ts";
import { runWork, type Work } from "../work.ts";
import type { PersonName } from "./person-record.ts";

const peoplePerLot = 1_000;

/**
 * Makes the search tokens of names anew that an earlier version of the search made, lot by lot, until none is left. Until
 * then such a person may not be found by a new way of writing; so it runs soon after an upgrade.
 *
 * @returns how many persons got new tokens
 */
export async function renewNameTokens(platform: Platform, system: Actor): Promise<number> {
  let renewed = 0;
  for (;;) {
    const lot = await runWork(platform, system, { purpose: "scheduled" }, renewLot);
    if (lot === undefined) return renewed;
    renewed += lot;
  }
}

async function renewLot({ sql, platform: { keys } }: Work): Promise<number | undefined> {
  const rows = await sql<{ person_number: string; sealed_name: Buffer; wrapped_key: Buffer }[]>`
    select * from vault.names_to_renew(${nameKeysVersion}, ${peoplePerLot})`;
  if (rows.length === 0) return undefined;
  const tokens = rows.map(({ person_number, sealed_name, wrapped_key }) => {
    const name = unseal(keys.unwrap(wrapped_key), `${person_number}|name`, sealed_name).toString();
    const of = nameKeys(JSON.parse(name) as PersonName).map((key) => keys.token(key));
    return `{${of.join(",")}}`;
  });
  const [row] = await sql<{ n: number }[]>`
    select vault.renew_name_tokens(${nameKeysVersion}, ${rows.map((row) => row.person_number)}::text[],
      ${rows.map((row) => hex(row.sealed_name))}::text[]::bytea[], ${tokens}::text[]) as n`;
  return row?.n ?? 0;
}

/** Every five minutes; where nothing is to be renewed it asks one question of an index. */
export const nameTokensJob: ScheduledJob = {
  name: "people.renew-name-tokens",
  title: "氏名の索引の更新",
  cron: "*/5 * * * *",
  run: async (platform, system) => {
    await renewNameTokens(platform, system);
  },
};
