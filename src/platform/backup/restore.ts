import { createPrivateKey } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import postgres, { type TransactionSql } from "postgres";
import { StartProblem } from "#db/server/start-problem.ts";
import { readEncrypted } from "./encrypted-file.ts";
import { readKeysCopy } from "./keys-copy.ts";
import { versionOf } from "./make.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { keyPlaceOf, plainValues } from "./tables.ts";

export interface RestoreFrom {
  /** Folder of the backup. */
  folder: string;
  /** Folder of the copy of the keys. */
  keysFolder: string;
  /** Secret key of age. */
  identity: string;
}

/** What was restored. */
export interface Restored {
  manifest: Manifest;
  /** How many rows stayed away because their key was erased since, by table. */
  erased: Map<string, number>;
}

/** Between two looks at whether COPY has failed, in milliseconds. */
const lookEvery = 500;

/**
 * Puts a backup into an empty database and an empty data folder: all of it, or nothing. What was erased after the backup
 * stays erased, because its key is in the copy of the keys no more.
 *
 * @param install brings the empty database to this version
 * @throws {@link StartProblem} where something is not empty, the backup is broken or of another version
 */
export async function restoreBackup(
  { folder, keysFolder, identity }: RestoreFrom,
  into: {
    administratorUrl: string;
    dataFolder: string;
    install: (administratorUrl: string) => Promise<void>;
  },
): Promise<Restored> {
  const keys = await readKeysCopy(keysFolder, identity);
  const signing = keys.secrets.get("signing.pem");
  if (!signing) throw new StartProblem(`${keysFolder} の鍵の控えに、署名の鍵がありません。`);
  const manifest = await readManifest(folder, createPrivateKey(signing));
  if (keys.at < manifest.at)
    throw new StartProblem(
      `${keysFolder} の鍵の控えは、バックアップより古いものです。バックアップの時か、その後に作られた控えを使ってください。`,
    );
  await requireEmptyFolder(into.dataFolder);
  const admin = postgres(into.administratorUrl, { max: 1, onnotice: () => {} });
  const watcher = postgres(into.administratorUrl, { max: 1, onnotice: () => {} });
  try {
    await requireEmptyDatabase(admin);
    await into.install(into.administratorUrl);
    const version = await versionOf(admin);
    if (version.join() !== manifest.version.join())
      throw new StartProblem(
        "バックアップは、このプログラムとは別の版のものです。同じ版のプログラムで戻してから、新しい版にしてください。",
      );
    const waiting = join(into.dataFolder, ".restoring");
    await rm(waiting, { recursive: true, force: true });
    await putFiles(manifest, folder, identity, waiting);
    await putKeys(keys.secrets, join(waiting, "keys"));
    const erased = await admin.begin((sql) =>
      putTables(sql, manifest, { folder, identity, keys: keys.lines(), watcher }),
    );
    for (const name of await readdir(waiting))
      await rename(join(waiting, name), join(into.dataFolder, name));
    await rm(waiting, { recursive: true });
    return { manifest, erased };
  } finally {
    await watcher.end({ timeout: 5 });
    await admin.end({ timeout: 5 });
  }
}

async function requireEmptyFolder(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const names = (await readdir(dataFolder)).filter((name) => ["keys", "seals"].includes(name));
  if (names.length > 0)
    throw new StartProblem(
      `データフォルダー ${dataFolder} は空ではありません（${names.join("、")}）。MADOGUCHI_DATA で空のフォルダーを指定してください。`,
    );
}

async function requireEmptyDatabase(admin: postgres.Sql): Promise<void> {
  const [table] = await admin`select to_regclass('access.staff') is not null as there`;
  if (!table?.there) return;
  const [held] = await admin`
    select exists (select from access.staff) or exists (select from audit.record) as held`;
  if (held?.held)
    throw new StartProblem(
      "データベースには業務の記録があります。バックアップは空のデータベースにだけ戻せます。",
    );
}

async function putFiles(manifest: Manifest, folder: string, identity: string, to: string) {
  for (const { file, path } of manifest.files) {
    const target = join(to, path);
    if (!target.startsWith(`${to}/`)) throw new StartProblem(`${path} は戻せません。`);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const content = await readEncrypted(join(folder, file), identity);
    const heads = path === join("seals", "heads.jsonl");
    const source = heads ? headsUntil(content, BigInt(manifest.lastSeal)) : content;
    await pipeline(source, createWriteStream(target, { mode: 0o600 }));
  }
}

/** Heads of seals that were written after the state of the database was taken belong to no seal of it. */
async function* headsUntil(content: Readable, last: bigint): AsyncGenerator<string> {
  for await (const line of createInterface({ input: content })) {
    const { number } = JSON.parse(line) as { number: string };
    if (BigInt(number) <= last) yield `${line}\n`;
  }
}

async function putKeys(secrets: Map<string, Buffer>, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const [name, secret] of secrets) await writeFile(join(to, name), secret, { mode: 0o600 });
}

/** In one transaction. Triggers of ours are off and row security is not forced; both are as before at its end. */
async function putTables(
  sql: TransactionSql,
  manifest: Manifest,
  from: { folder: string; identity: string; keys: AsyncGenerator<string>; watcher: postgres.Sql },
): Promise<Map<string, number>> {
  await plainValues(sql);
  await sql`create temp table restored_key (place text, id text, wrapped bytea, primary key (place, id)) on commit drop`;
  await copyIn(sql, from.watcher, "restored_key (place, id, wrapped)", Readable.from(from.keys));
  const triggers = await sql<{ name: string; trigger: string; enabled: string }[]>`
    select t.tgrelid::regclass::text as name, quote_ident(t.tgname) as trigger, t.tgenabled as enabled
      from pg_trigger t where not t.tgisinternal`;
  const forced = await sql<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relforcerowsecurity`;
  const held = new Set(forced.map(({ name }) => name));
  for (const { name } of manifest.tables) {
    await sql.unsafe(`alter table ${name} disable trigger user`);
    if (held.has(name)) await sql.unsafe(`alter table ${name} no force row level security`);
  }
  // What the SQL of this version put in comes back with the rest.
  for (const { name } of manifest.tables.toReversed()) await sql.unsafe(`delete from ${name}`);
  const erased = new Map<string, number>();
  for (const table of manifest.tables) {
    const content = await readEncrypted(join(from.folder, table.file), from.identity);
    const away = await putTable(sql, from.watcher, table, content);
    if (away > 0) erased.set(table.name, away);
  }
  for (const [name, rows] of await dropErased(sql))
    if (rows > 0) erased.set(name, (erased.get(name) ?? 0) + rows);
  for (const { name, last } of manifest.sequences) await sql`select setval(${name}, ${last})`;
  for (const { name } of manifest.tables) {
    await sql.unsafe(`alter table ${name} enable trigger user`);
    if (held.has(name)) await sql.unsafe(`alter table ${name} force row level security`);
  }
  const words: Record<string, string> = { A: "enable always", R: "enable replica", D: "disable" };
  for (const { name, trigger, enabled } of triggers)
    if (words[enabled])
      await sql.unsafe(`alter table ${name} ${words[enabled]} trigger ${trigger}`);
  return erased;
}

/** Rows whose key stands in the copy of the keys no more stay away. */
async function putTable(
  sql: TransactionSql,
  watcher: postgres.Sql,
  { name, columns, rows }: Manifest["tables"][number],
  content: Readable,
): Promise<number> {
  const named = columns.join(", ");
  const place = keyPlaceOf(name);
  if (!place) {
    await copyIn(sql, watcher, `${name} (${named})`, content);
    return 0;
  }
  const staged = `restored_${name.replace(".", "_")}`;
  await sql.unsafe(
    `create temp table ${staged} on commit drop as select ${named} from ${name} with no data`,
  );
  await copyIn(sql, watcher, `${staged} (${named})`, content);
  const put = await sql.unsafe(`
    insert into ${name} (${named}, ${place.key}) overriding system value
    select ${columns.map((column) => `s.${column}`).join(", ")}, k.wrapped
      from ${staged} s ${place.optional ? "left join" : "join"} restored_key k on k.place = '${place.place}' and k.id = s.${place.id}::text`);
  return rows - put.count;
}

/** What is left of holders whose key was erased after the backup goes too: nobody can open it. */
async function dropErased(sql: TransactionSql): Promise<[string, number][]> {
  await sql`create temp table erased_since on commit drop as
    select s.holder from restored_vault_holder_key s
     where not exists (select from restored_key k where k.place = 'holder' and k.id = s.holder)`;
  const gone: [string, number][] = [];
  for (const { table, holder } of ofHolders) {
    const { count } = await sql.unsafe(
      `delete from ${table} where ${holder} in (select e.holder from erased_since e)`,
    );
    gone.push([table, count]);
  }
  return gone;
}

/** Tables with what a key of a holder seals, those that refer to others first. */
const ofHolders = [
  { table: "people.outsider_match", holder: "resident" },
  { table: "people.merge", holder: "canonical" },
  { table: "vault.individual_number", holder: "person_number" },
  { table: "vault.sealed_record", holder: "holder" },
  { table: "vault.feed_record", holder: "person_number" },
  { table: "vault.person_history", holder: "person_number" },
  { table: "vault.reckoned_birth", holder: "person_number" },
  { table: "vault.outsider", holder: "person_number" },
  { table: "vault.outsider_step", holder: "person_number" },
  { table: "vault.person", holder: "person_number" },
];

/**
 * COPY FROM. Rows that the server refuses once all are sent are never told of by the driver (postgres.js 3.4.9), which would
 * wait for ever: another connection looks whether the transaction has failed.
 */
async function copyIn(
  sql: TransactionSql,
  watcher: postgres.Sql,
  target: string,
  content: Readable,
): Promise<void> {
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const copy = await sql.unsafe(`copy ${target} from stdin`).writable();
  const failed = new AbortController();
  const over = new AbortController();
  const watch = async () => {
    while (!over.signal.aborted) {
      await pause(lookEvery, undefined, { signal: over.signal }).catch(() => {});
      const [seen] = await watcher<{ state: string }[]>`
        select state from pg_stat_activity where pid = ${backend?.pid ?? 0}`;
      if (!seen || seen.state === "idle in transaction (aborted)") failed.abort();
      if (failed.signal.aborted) return;
    }
  };
  const watching = watch().catch(() => failed.abort());
  try {
    await pipeline(content, copy, { signal: failed.signal });
  } catch {
    throw new Error(`the server refused rows of ${target}`);
  } finally {
    over.abort();
    await watching;
  }
}
