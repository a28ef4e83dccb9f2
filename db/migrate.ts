import { hash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres, { type Sql } from "postgres";
import { StartProblem } from "./server/start-problem.ts";

const folder = new URL("./", import.meta.url);

/**
 * Brings a database to this version: migrations, then the SQL files that changed. Checked afterwards, because a skipped
 * migration would otherwise pass as applied.
 *
 * @param ownerUrl address of the login of `asInstaller`
 */
export async function migrate(ownerUrl: string): Promise<void> {
  const client = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await applyMigrations(drizzle(client), {
      migrationsFolder: new URL("migrations", folder).pathname,
    });
    await applySqlFiles(client);
    await verifySchema(client);
  } finally {
    await client.end();
  }
}

/** Throws {@link StartProblem} unless every migration and SQL file of this version is applied. */
export async function verifySchema(client: Sql): Promise<void> {
  const wanted = await expectedMigrations();
  const applied = await appliedMigrations(client).catch(() => []);
  if (compared(applied, wanted) !== "expected") {
    throw new StartProblem(
      applied.length > wanted.length
        ? `データベースは、このプログラムより新しい版のものです（変更 ${applied.length} 件、プログラムは ${wanted.length} 件）。新しい版のプログラムで起動してください。`
        : `データベースが、このプログラムの版になっていません（変更 ${applied.length} 件、プログラムは ${wanted.length} 件）。npm run cli -- database migrate を実行してください。`,
    );
  }
  const files = await sqlFiles();
  const rows = await client<{ name: string; hash: string }[]>`
    select name, hash from meta.applied_sql`.catch(() => []);
  const known = new Map(rows.map((row) => [row.name, row.hash]));
  const stale = files.filter((file) => known.get(file.name) !== file.hash);
  if (stale.length > 0) {
    throw new StartProblem(
      `データベースの関数が、このプログラムの版になっていません（${stale.map((file) => file.name).join("、")}）。npm run cli -- database migrate を実行してください。`,
    );
  }
}

/** Hashes of the migrations of this version. */
export async function expectedMigrations(): Promise<string[]> {
  const journal = JSON.parse(
    await readFile(new URL("migrations/meta/_journal.json", folder), "utf8"),
  ) as { entries: { tag: string }[] };
  return Promise.all(
    journal.entries.map(async ({ tag }) =>
      hash("sha256", await readFile(new URL(`migrations/${tag}.sql`, folder), "utf8")),
    ),
  );
}

/** `later`: all of this version, and others after them, of a newer program. */
export type SchemaState = "expected" | "later" | "other";

/** How the migrations that a database has stand to those of this version. */
export const schemaStateOf = async (client: Sql, wanted: readonly string[]): Promise<SchemaState> =>
  compared(await appliedMigrations(client), wanted);

async function appliedMigrations(client: Sql): Promise<string[]> {
  const rows = await client<{ hash: string }[]>`
    select hash from drizzle.__drizzle_migrations order by id`;
  return rows.map(({ hash }) => hash);
}

function compared(applied: readonly string[], wanted: readonly string[]): SchemaState {
  if (!wanted.every((hash, n) => applied[n] === hash)) return "other";
  return applied.length > wanted.length ? "later" : "expected";
}

async function applySqlFiles(client: Sql): Promise<void> {
  await client.unsafe(`
    create schema if not exists meta;
    create table if not exists meta.applied_sql (name text primary key, hash text not null, at timestamptz not null default now());
    grant usage on schema meta, drizzle to madoguchi_app;
    grant select on meta.applied_sql, drizzle.__drizzle_migrations to madoguchi_app;`);
  const files = await sqlFiles();
  const known = await client<{ hash: string }[]>`select hash from meta.applied_sql`;
  // A policy names functions of another file, so one change applies them all, in one transaction.
  if (known.length === files.length && files.every((f) => known.some((k) => k.hash === f.hash)))
    return;
  await client.begin(async (sql) => {
    await sql`set local check_function_bodies = off`;
    for (const file of files) await sql.unsafe(file.text);
    await sql`delete from meta.applied_sql`;
    for (const { name, hash } of files) {
      await sql`insert into meta.applied_sql (name, hash) values (${name}, ${hash})`;
    }
  });
}

async function sqlFiles(): Promise<{ name: string; text: string; hash: string }[]> {
  const names = (await readdir(new URL("sql", folder))).filter((n) => n.endsWith(".sql")).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(`sql/${name}`, folder), "utf8");
      return { name, text, hash: hash("sha256", text) };
    }),
  );
}
