import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import postgres, { type Sql } from "postgres";
import { afterAll, inject } from "vitest";
import { registerDemonstrationCity } from "#src/demonstration/city.ts";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openCodeSecret } from "#src/platform/access/one-time-code.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { TestPlatform } from "./database.ts";
import { knowAdministrator } from "./register.ts";
import { actingOn } from "./staff.ts";
import type { foundIn } from "./upgrade-expectations.ts";

/** What was found in a database when its dump was made. */
type Expected = Awaited<ReturnType<typeof foundIn>> & {
  /** Numbers of cases by what each is there for. */
  names: Record<string, string>;
  /** Numbers of coupons by the page of coupons.pdf, as the contractor got it. */
  coupons: string[];
};

/** A dump of an older release: its folder in test/fixtures/upgrade. */
export const dumpFolder = (release: string): string =>
  fileURLToPath(new URL(`../fixtures/upgrade/${release}/`, import.meta.url));

/** What has to be found in a dump, and its cases by name as they stand there, to be moved on. */
export async function expectedOf(release: string) {
  const text = await readFile(join(dumpFolder(release), "expected.json"), "utf8");
  const expected = JSON.parse(text) as Expected;
  const at = (name: string) => {
    const row = expected.cases[expected.names[name] ?? ""];
    if (!row) throw new Error(`no case is called ${name}`);
    return { caseId: String(row.id), revision: Number(row.revision) };
  };
  return { expected, at };
}

/** An empty database and a data folder of its own for a test file. */
async function placeForDump() {
  const root = postgres(inject("serverAddress"), { max: 1, onnotice: () => {} });
  const name = `dump_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  await root.unsafe(`create database ${name}`);
  const { href } = Object.assign(new URL(inject("serverAddress")), { pathname: `/${name}` });
  const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-dump-"));
  return {
    administratorUrl: href,
    dataFolder,
    async remove() {
      await root.unsafe(`drop database ${name} with (force)`);
      await root.end();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

type Place = Awaited<ReturnType<typeof placeForDump>>;

/** Brings database and data folder to where the older release left them. */
async function load(
  release: string,
  { administratorUrl, dataFolder }: Place,
  before?: (admin: Sql) => Promise<unknown>,
): Promise<void> {
  const folder = dumpFolder(release);
  for (const part of ["keys", "seals"])
    await cp(join(folder, part), join(dataFolder, part), { recursive: true });
  const packed = await readFile(join(folder, "database.sql.gz"));
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(gunzipSync(packed).toString());
    await before?.(admin);
  } finally {
    await admin.end();
  }
}

/**
 * Opens a dump as this release opens a database that it finds: brought to this version, entered as the program's role
 * and checked. Staff act as in a test platform. It goes away with the test file; call it once, at the top of the file or
 * in `beforeAll`.
 *
 * @param before changes the rows of the older release, before they are brought to this version
 */
export async function openUpgraded(
  release: string,
  today: IsoDate,
  before?: (admin: Sql) => Promise<unknown>,
): Promise<TestPlatform> {
  const place = await placeForDump();
  try {
    await load(release, place, before);
    return await open(place, today);
  } catch (error) {
    await place.remove();
    throw error;
  }
}

async function open({ administratorUrl, dataFolder, remove }: Place, today: IsoDate) {
  // One server serves all test files, so the role of the program has one password there.
  await writeFile(join(dataFolder, "keys", "program-password"), inject("programPassword"));
  const clock = playedClock(today);
  const opened = await openPlatform({
    background,
    dataFolder,
    databaseUrl: administratorUrl,
    clock,
  });
  // In the first release the city stood in the program; its administrator registers it with the upgrade.
  await registerDemonstrationCity(administratorUrl);
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  afterAll(async () => {
    await opened.close();
    await admin.end();
    await remove();
  });
  const platform = { ...opened.platform, clock };
  const rows = await admin<{ name: string; sealed: Buffer }[]>`
    select p.login_name as name, c.totp_sealed as sealed
      from access.credential c join access.staff p on p.id = c.staff_id where p.kind <> 'system'`;
  const sealed = new Map(rows.map((row) => [row.name, row.sealed]));
  const secretOf = (who: string) =>
    openCodeSecret(platform.keys, sealed.get(who) ?? Buffer.alloc(0));
  knowAdministrator(platform, admin);
  return { ...opened, platform, admin, ...actingOn(platform, secretOf) };
}
