import { createReadStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import postgres from "postgres";
import { StartProblem } from "#db/server/start-problem.ts";
import { openSystemSession, signOut } from "../access/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";
import { writeEncrypted } from "./encrypted-file.ts";
import { copyKeys } from "./keys-copy.ts";
import { type Manifest, writeManifest } from "./manifest.ts";
import { type Admin, backupTables, contentOf, copyOut, plainValues } from "./tables.ts";

/**
 * Takes a backup into a new folder below one, while people work: every table in one state, then the files of the data
 * folder, then the one copy of the keys. What is recorded of it comes last.
 *
 * @returns the folder of the backup
 * @throws {@link StartProblem} where nobody told for whom it is encrypted
 */
export async function makeBackup(
  platform: Platform,
  administratorUrl: string,
  to: string,
): Promise<{ folder: string; manifest: Manifest }> {
  const settings = platform.backup;
  if (!settings)
    throw new StartProblem(
      "バックアップを暗号化する相手がありません。MADOGUCHI_BACKUP_RECIPIENT（age の公開鍵）と MADOGUCHI_KEYS_COPY（鍵の控えを置くフォルダー）を指定してください。",
    );
  const folder = join(to, `backup-${new Date().toISOString().replaceAll(/\D/g, "").slice(0, 17)}`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  await mkdir(folder, { mode: 0o700 });
  const taken = await takeTables(administratorUrl, folder, settings.recipient);
  const files = await takeFiles(platform.dataFolder, folder, settings.recipient);
  const manifest: Manifest = { format: 1, ...taken, files };
  await inSystem(platform, (work) => copyKeys(work, settings));
  await writeManifest(folder, manifest, platform.keys.signingKey);
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  await inSystem(platform, (work) => noteBackup(work, "made", { at: manifest.at, rows }));
  return { folder, manifest };
}

/** Records that a backup was made or restored in drill; in the audit log too. */
export async function noteBackup(
  work: Work,
  what: "made" | "drilled",
  detail: Record<string, string | number>,
): Promise<void> {
  await work.sql`select keeping.note_backup(${what}, ${JSON.stringify(detail)}::jsonb)`;
}

/** Runs something in the name of the account of scheduled jobs. */
export async function inSystem<T>(platform: Platform, run: (work: Work) => Promise<T>): Promise<T> {
  const system = await openSystemSession(platform);
  try {
    return await runWork(platform, system, { purpose: "scheduled" }, run);
  } finally {
    await signOut(platform, system.sessionToken, "command finished");
  }
}

/** Which version a database is of. */
export async function versionOf(sql: Admin): Promise<string[]> {
  const migrations = await sql<{ hash: string }[]>`
    select hash from drizzle.__drizzle_migrations order by id`;
  const files = await sql<{ hash: string }[]>`
    select name || ' ' || hash as hash from meta.applied_sql order by name`;
  return [...migrations, ...files].map(({ hash }) => hash);
}

/** One transaction, so that all tables are of one moment. */
async function takeTables(
  administratorUrl: string,
  folder: string,
  recipient: string,
): Promise<Omit<Manifest, "format" | "files">> {
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    return await admin.begin("isolation level repeatable read read only", async (sql) => {
      await plainValues(sql);
      const [now] = await sql<{ at: string; seal: string }[]>`
        select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
               (select coalesce(max(number), 0)::text from audit.seal) as seal`;
      const sequences = await sql<{ name: string; last: string }[]>`
        select format('%I.%I', schemaname, sequencename) as name, last_value::text as last from pg_sequences
         where last_value is not null and not schemaname = any(${["pgboss", "drizzle"]}) order by 1`;
      const tables: Manifest["tables"] = [];
      for (const [n, table] of (await backupTables(sql)).entries()) {
        const file = `table-${String(n).padStart(3, "0")}.age`;
        const { name, columns } = table;
        const sum = await writeEncrypted(join(folder, file), recipient, copyOut(sql, table));
        tables.push({ file, sum, name, columns, ...(await contentOf(sql, table)) });
      }
      const version = await versionOf(sql);
      return { at: now?.at ?? "", version, tables, sequences, lastSeal: now?.seal ?? "0" };
    });
  } finally {
    await admin.end({ timeout: 5 });
  }
}

/** What of the data folder is no part of a backup: the server and its password, the keys, what is being written. */
const notTaken = /^(pg|keys|.*password.*|.*\.lock|\..*)$|\.part$/;

async function takeFiles(
  dataFolder: string,
  folder: string,
  recipient: string,
): Promise<Manifest["files"]> {
  const top = (await readdir(dataFolder)).filter((name) => !notTaken.test(name));
  const files: Manifest["files"] = [];
  for (const entry of await readdir(dataFolder, { recursive: true, withFileTypes: true })) {
    const path = relative(dataFolder, join(entry.parentPath, entry.name));
    if (!entry.isFile() || !top.includes(path.split("/")[0] ?? "") || notTaken.test(entry.name))
      continue;
    const file = `file-${String(files.length).padStart(5, "0")}.age`;
    const source = createReadStream(join(dataFolder, path));
    const sum = await writeEncrypted(join(folder, file), recipient, source).catch(
      (error: unknown) => {
        // Erased by its own schedule meanwhile.
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      },
    );
    if (sum) files.push({ file, sum, path });
  }
  return files;
}
