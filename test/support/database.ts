import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres, { type Sql } from "postgres";
import { afterAll, inject } from "vitest";
import { registerDemonstrationCity } from "#src/demonstration/city.ts";
import { playedClock } from "#src/demonstration/played-clock.ts";
import { openDatabase } from "#src/platform/database.ts";
import type { Platform } from "#src/platform/platform.ts";
import { openKeyRing } from "#src/platform/vault/index.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { knowAdministrator } from "./register.ts";
import { actingOn, staffNames } from "./staff.ts";

export type { TestStaff } from "./staff.ts";

/** A database of its own for a test file, entered as the program's role, with staff to act as. */
export interface TestPlatform extends ReturnType<typeof actingOn> {
  platform: Platform & { clock: ReturnType<typeof playedClock> };
  /** The administrator's connection: to arrange and to look at what the program itself may not, never to act. */
  admin: Sql;
  /** Addresses for parts that open a pool of their own. */
  administratorUrl: string;
  applicationUrl: string;
}

/** Makes the platform of a test file; it goes away with the file. Call it once, at the top of the file or in `beforeAll`. */
export async function openTestPlatform(today: IsoDate = "2026-11-20"): Promise<TestPlatform> {
  const serverAddress = inject("serverAddress");
  const { keys: templateKeys, day: templateDay, secrets, proofs } = inject("template");
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}`;
  const root = postgres(serverAddress, { max: 1, onnotice: () => {} });
  await root.unsafe(`create database ${name} template madoguchi_template strategy file_copy`);
  await root.unsafe(`revoke all on database ${name} from public`);
  await root.unsafe(`grant connect on database ${name} to madoguchi_app`);
  await root.unsafe(`grant connect, create on database ${name} to madoguchi_owner`);
  await root.end();
  const administratorUrl = withParts(serverAddress, { pathname: `/${name}` });
  const applicationUrl = withParts(administratorUrl, {
    username: "madoguchi_app",
    password: inject("programPassword"),
  });
  const dataFolder = await mkdtemp(join(tmpdir(), "madoguchi-data-"));
  await cp(templateKeys, join(dataFolder, "keys"), { recursive: true });
  const keys = await openKeyRing(join(dataFolder, "keys"));
  const clock = playedClock(today);
  const database = openDatabase(applicationUrl, 8);
  const platform = { database, keys, clock, dataFolder, fonts: {} };
  const admin = postgres(administratorUrl, { max: 2, onnotice: () => {} });
  knowAdministrator(platform, admin);
  // Not in the template: what it writes into the log waits for its seal from now on.
  await registerDemonstrationCity(administratorUrl);
  if (today < templateDay) await giveRightsFrom(admin, today);
  afterAll(async () => {
    await platform.database.close();
    await admin.end();
    const closer = postgres(serverAddress, { max: 1, onnotice: () => {} });
    await closer.unsafe(`drop database ${name} with (force)`);
    await closer.end();
    await rm(dataFolder, { recursive: true, force: true });
  });
  return {
    platform,
    admin,
    administratorUrl,
    applicationUrl,
    ...actingOn(platform, (who) => secrets[staffNames.indexOf(who)] ?? "", proofs),
  };
}

/** The staff of the template hold their rights from its day on. */
async function giveRightsFrom(admin: Sql, day: IsoDate): Promise<void> {
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update access.duty_grant set valid_from = ${day}`;
  });
}

function withParts(
  address: string,
  parts: Partial<Pick<URL, "pathname" | "username" | "password">>,
) {
  return Object.assign(new URL(address), parts).href;
}
