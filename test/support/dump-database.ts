import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import postgres, { type Sql } from "postgres";
import { registerDemonstrationCity } from "#src/demonstration/city.ts";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { bootstrap } from "#src/platform/access/index.ts";
import { sealRecords } from "#src/platform/audit/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import type { TestPlatform } from "./database.ts";
import { casesOf } from "./dump/cases.ts";
import { mailingsForDump } from "./dump/mailings.ts";
import { knowAdministrator } from "./register.ts";
import { actingOn, staffNames, testCity } from "./staff.ts";
import { foundIn } from "./upgrade-expectations.ts";

/*
 * Makes a small database of this version and writes it to a folder of test/fixtures/upgrade, for the tests of later
 * releases to upgrade: node --import ./src/load.ts test/support/dump-database.ts test/fixtures/upgrade/2026-11
 */

/** What of a data folder a dump needs to be opened and verified. */
const keptFiles = ["keys/epoch-0.key", "keys/search.key", "keys/signing.pem", "seals/heads.jsonl"];

/** All the statements that this version's `migrate` runs on an empty database, in its order and under its roles. */
async function schemaText(): Promise<string> {
  const db = new URL("../../db/", import.meta.url);
  const read = (path: string) => readFile(new URL(path, db), "utf8");
  const journal = JSON.parse(await read("migrations/meta/_journal.json"));
  const tags: string[] = journal.entries.map(({ tag }: { tag: string }) => tag);
  const migrations = await Promise.all(tags.map((tag) => read(`migrations/${tag}.sql`)));
  const names = (await readdir(new URL("sql", db))).filter((name) => name.endsWith(".sql")).sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const asOwner = !/^(3|9)/.test(name);
      return `${asOwner ? "set role madoguchi_owner" : "reset role"};\n${await read(`sql/${name}`)}`;
    }),
  );
  return [
    await read("roles.sql"),
    "set role madoguchi_owner;",
    "create schema drizzle;",
    "create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint);",
    ...migrations,
    "reset role;",
    "create schema meta authorization madoguchi_owner;",
    "create table meta.applied_sql (name text primary key, hash text not null, at timestamptz not null default now());",
    "grant usage on schema meta, drizzle to madoguchi_app;",
    "grant select on meta.applied_sql, drizzle.__drizzle_migrations to madoguchi_app;",
    "set check_function_bodies = off;",
    ...files,
    "reset role;",
  ].join("\n");
}

const notOurs = ["pg_catalog", "information_schema", "pg_toast", "pgboss"];

/** The rows of every table of ours, and where the sequences stand. The queue is left out: it holds nothing that is kept. */
async function rowsText(admin: Sql): Promise<string> {
  const tables = await admin<{ name: string; columns: string[] }[]>`
    select c.oid::regclass::text as name,
           (select array_agg(quote_ident(attname) order by attnum) from pg_attribute a
             where a.attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
      from pg_class c where relkind = 'r' and not relnamespace::regnamespace::text = any(${notOurs}) order by 1`;
  // No triggers: rows come back as they are.
  const lines = ["set session_replication_role = replica;"];
  for (const { name, columns } of tables) {
    // A file of SQL may have put a row in already.
    lines.push(`delete from ${name};`);
    const values = columns.map((column) => `quote_nullable(${column}::text)`).join(", ");
    const rows = await admin.unsafe<{ row: string }[]>(
      `select concat_ws(', ', ${values}) as row from ${name} order by ctid`,
    );
    if (rows.length === 0) continue;
    lines.push(`insert into ${name} (${columns.join(", ")}) overriding system value values`);
    lines.push(`${rows.map(({ row }) => `(${row})`).join(",\n")};`);
  }
  const sequences = await admin<{ set: string }[]>`
    select format('select setval(%L, %s);', format('%I.%I', schemaname, sequencename), last_value) as set
      from pg_sequences where last_value is not null and not schemaname = any(${notOurs}) order by 1`;
  return [...lines, ...sequences.map(({ set }) => set)].join("\n");
}

/** Three days at the counter and in the mailings; ends with records under seals and some that wait for one. */
async function playThrough(test: TestPlatform) {
  const { clock } = test.platform;
  const cases = casesOf(test);
  const mailings = await mailingsForDump(test);
  const begun = await cases.firstDay();
  await sealRecords(test.platform);
  clock.moveTo("2026-11-10");
  const issued = await mailings.secondDay();
  await cases.secondDay(begun);
  await sealRecords(test.platform);
  clock.moveTo("2026-11-20");
  await cases.thirdDay();
  await sealRecords(test.platform);
  await mailings.thirdDay();
  return { names: cases.names, ...issued };
}

async function dump(test: TestPlatform, folder: string): Promise<void> {
  const { names, coupons, pdf } = await playThrough(test);
  // Codes of the moment are refused once they were used; whoever opens the dump may live earlier than who made it.
  await test.admin`update access.credential set last_totp_step = 0`;
  const database = `${await schemaText()}\n${await rowsText(test.admin)}\n`;
  const found = await foundIn(test);
  const named = Object.values(found.cases).map((row) => [names.get(String(row.id)), row.number]);
  const expected = { names: Object.fromEntries(named), coupons, ...found };
  for (const name of ["keys", "seals"]) await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, "database.sql.gz"), gzipSync(database, { level: 9 }));
  await writeFile(join(folder, "expected.json"), `${JSON.stringify(expected, null, 1)}\n`);
  await writeFile(join(folder, "coupons.pdf"), pdf);
  for (const file of keptFiles)
    await copyFile(join(test.platform.dataFolder, file), join(folder, file));
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Name the folder to write to.");
const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-dump-"));
const clock = playedClock("2026-11-02");
const opened = await openPlatform({ background, dataFolder, clock });
const admin = postgres(opened.administratorUrl, { max: 1, onnotice: () => {} });
try {
  const platform = { ...opened.platform, clock };
  knowAdministrator(platform, admin);
  const secrets = await bootstrap(admin, platform.keys, clock.today(), testCity);
  await registerDemonstrationCity(opened.administratorUrl);
  const acting = actingOn(platform, (who) => secrets[staffNames.indexOf(who)] ?? "");
  await dump({ ...opened, platform, admin, ...acting }, folder);
} finally {
  await admin.end();
  await opened.close();
  await rm(dataFolder, { recursive: true, force: true });
}
