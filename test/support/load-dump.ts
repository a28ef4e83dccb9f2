import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { registerDemonstrationCity } from "#src/demonstration/city.ts";
import { openCodeSecret } from "#src/platform/access/one-time-code.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { standingClock } from "./clock.ts";
import type { TestPlatform } from "./database.ts";
import { actingOn } from "./staff.ts";

/** A dump of an older release: its folder in test/fixtures/upgrade. */
export const dumpFolder = (release: string): string =>
  fileURLToPath(new URL(`../fixtures/upgrade/${release}/`, import.meta.url));

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
async function load(release: string, { administratorUrl, dataFolder }: Place): Promise<void> {
  const folder = dumpFolder(release);
  for (const part of ["keys", "seals"])
    await cp(join(folder, part), join(dataFolder, part), { recursive: true });
  const packed = await readFile(join(folder, "database.sql.gz"));
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(gunzipSync(packed).toString()).finally(() => admin.end());
}

/**
 * Opens a dump as this release opens a database that it finds: brought to this version, entered as the program's role
 * and checked. Staff act as in a test platform. It goes away with the test file; call it once, at the top of the file or
 * in `beforeAll`.
 */
export async function openUpgraded(release: string, today: IsoDate): Promise<TestPlatform> {
  const place = await placeForDump();
  try {
    await load(release, place);
    return await open(place, today);
  } catch (error) {
    await place.remove();
    throw error;
  }
}

async function open({ administratorUrl, dataFolder, remove }: Place, today: IsoDate) {
  // One server serves all test files, so the role of the program has one password there.
  await writeFile(join(dataFolder, "keys", "program-password"), inject("programPassword"));
  const clock = standingClock(today);
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
  return { ...opened, platform, admin, ...actingOn(platform, secretOf) };
}
