import { createPublicKey, hash } from "node:crypto";
import { resolve } from "node:path";
import type { Sql } from "postgres";
import { StartProblem } from "#db/server/start-problem.ts";
import { openCodeSecret } from "../access/one-time-code.ts";
import { type KeyRing, openKeyRing } from "./key-ring.ts";
import type { KeyStore } from "./key-store.ts";
import { openKeyStore } from "./open-key-store.ts";

/**
 * Asks, before anything is changed, whether the keys of a folder are those that a database was filled with. The database
 * keeps values by which its keys are known and which open nothing; one of an earlier version has none, and then a key that
 * lies in it must open.
 *
 * @throws {@link StartProblem} where keys are missing or are others
 */
export async function requireOwnKeys(admin: Sql, folder: string): Promise<void> {
  const kept = await keptValues(admin);
  const sealed = await sealedBefore(admin);
  if (kept.size === 0 && sealed.length === 0) return;
  requireKeys(folder);
  const keys = await openKeyRing(folder);
  const differ = Object.entries(valuesOf(keys)).some(([name, value]) => {
    const known = kept.get(name);
    return known !== undefined && known !== value;
  });
  if (differ || !sealed.every((open) => opens(keys, open))) throw foreignKeys(folder);
}

/** @throws {@link StartProblem} where secrets are missing in a folder; none is made in their place */
export function requireKeys(folder: string): void {
  const missing = missingIn(openKeyStore(folder));
  if (missing.length > 0)
    throw new StartProblem(
      `データベースには業務の記録がありますが、フォルダー ${resolve(folder)} にその鍵（${missing.join("、")}）がありません。データベースには何もしていません。鍵をバックアップから戻すか、MADOGUCHI_DATA で元のデータフォルダーを指定してください。`,
    );
}

/** What is said where the keys of a folder are not those of the database. */
export const foreignKeys = (folder: string): StartProblem =>
  new StartProblem(
    `フォルダー ${resolve(folder)} の鍵は、このデータベースのものではありません。データベースには何もしていません。MADOGUCHI_DATA と DATABASE_URL の組み合わせを確かめるか、正しい鍵をバックアップから戻してください。`,
  );

/** Kinds of secrets that are not there; an earlier release had one key for all but the signing key. */
function missingIn(store: KeyStore): string[] {
  const held = store.names().filter((name) => store.read(name)?.length);
  const has = (pattern: RegExp) => held.some((name) => pattern.test(name));
  return [
    ...(has(/^search\.key$|^master\.key$/) ? [] : ["search.key"]),
    ...(has(/^epoch-\d+\.key$|^master\.key$/) ? [] : ["epoch-*.key"]),
    ...(has(/^signing\.pem$/) ? [] : ["signing.pem"]),
  ];
}

/** Writes the values by which the keys are known, where the database has none yet. */
export async function keepKeyValues(admin: Sql, keys: KeyRing): Promise<void> {
  for (const [name, value] of Object.entries(valuesOf(keys)))
    await admin`insert into meta.key_check (name, value) values (${name}, ${value}) on conflict do nothing`;
}

const valuesOf = (keys: KeyRing) => ({
  search: keys.fingerprint("the key of this database").toString("hex"),
  signing: hash(
    "sha256",
    createPublicKey(keys.signingKey).export({ type: "spki", format: "der" }),
    "hex",
  ),
});

async function keptValues(admin: Sql): Promise<Map<string, string>> {
  const [table] = await admin`select to_regclass('meta.key_check') is not null as there`;
  if (!table?.there) return new Map();
  const rows = await admin<
    { name: string; value: string }[]
  >`select name, value from meta.key_check`;
  return new Map(rows.map(({ name, value }) => [name, value]));
}

/** Something of each kind that the keys have to open: the key of a holder, the secret of an account. */
async function sealedBefore(admin: Sql): Promise<((keys: KeyRing) => void)[]> {
  const [table] = await admin`select to_regclass('vault.holder_key') is not null as there`;
  if (!table?.there) return [];
  // Those of 個人番号 on their way in are wrapped by the other ring.
  const holders = await admin<{ wrapped: Buffer }[]>`
    select wrapped_key as wrapped from vault.holder_key where holder not like 'feed-number:%' limit 1`;
  const accounts = await admin<{ sealed: Buffer }[]>`
    select totp_sealed as sealed from access.credential where length(totp_sealed) > 0 limit 1`;
  return [
    ...holders.map(
      ({ wrapped }) =>
        (keys: KeyRing) =>
          void keys.unwrap(wrapped),
    ),
    ...accounts.map(
      ({ sealed }) =>
        (keys: KeyRing) =>
          void openCodeSecret(keys, sealed),
    ),
  ];
}

/** The wrapping tells a wrong key by itself (RFC 3394). */
function opens(keys: KeyRing, open: (keys: KeyRing) => void): boolean {
  try {
    open(keys);
    return true;
  } catch {
    return false;
  }
}
