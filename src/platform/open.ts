import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { asInstaller } from "#db/installer.ts";
import { migrate } from "#db/migrate.ts";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { setUpSystemAccount, syncAccess } from "./access/bootstrap.ts";
import { directorySettings } from "./access/directory/settings.ts";
import { declaredMachines, syncMachines } from "./cases/index.ts";
import { type BusinessClock, systemClock } from "./clock.ts";
import { defaultDataFolder } from "./data-folder.ts";
import { openDatabase } from "./database.ts";
import { syncFlows } from "./flow-ways.ts";
import { migrateQueue } from "./jobs/index.ts";
import type { QueueNeeds } from "./jobs/queue.ts";
import type { Platform } from "./platform.ts";
import { findFonts } from "./printing/fonts.ts";
import { selfCheck } from "./self-check.ts";
import { type KeyRing, openKeyRing } from "./vault/key-ring.ts";

/** The platform and what only the one who installs it may use. */
export interface OpenedPlatform {
  platform: Platform;
  /** Connection address of the administrator of the database. */
  administratorUrl: string;
  /** Connection address of the program's own role, for parts with a pool of their own. */
  applicationUrl: string;
  /** Whether the database is the embedded one. */
  embedded: boolean;
  close(): Promise<void>;
}

/**
 * Opens everything: the server named by `DATABASE_URL` or the embedded one, migrated to this version,
 * entered as the program's role, and checked. `DATABASE_URL` names a role that may create roles and
 * owns the database; the program serves under `madoguchi_app`, whose password it keeps in the data folder.
 */
export async function openPlatform(options: {
  /** Everything that is done in the background, of the platform and of every 事務. */
  background: QueueNeeds;
  dataFolder?: string;
  databaseUrl?: string;
  clock?: BusinessClock;
  /** Begins with an empty embedded database; never touches one that `DATABASE_URL` names. */
  startOver?: boolean;
}): Promise<OpenedPlatform> {
  const dataFolder = options.dataFolder ?? defaultDataFolder();
  const databaseUrl = options.databaseUrl ?? process.env.DATABASE_URL;
  await mkdir(dataFolder, { recursive: true });
  const fonts = findFonts(dataFolder);
  const directory = directorySettings(dataFolder);
  const server = databaseUrl ? null : await openEmbeddedServer(dataFolder);
  // The embedded server runs as an unprivileged user and must pass through; secrets have modes of their own.
  await chmod(dataFolder, server ? 0o711 : 0o700);
  if (server && options.startOver) {
    await dropDatabase(server.addressOf("postgres"));
    await rm(join(dataFolder, "seals"), { recursive: true, force: true });
  }
  if (server) await ensureDatabase(server.addressOf("postgres"));
  const administratorUrl = databaseUrl ?? server?.addressOf("madoguchi") ?? "";
  await install(administratorUrl, options.background);
  const keys = await openKeyRing(join(dataFolder, "keys"));
  const password = await programPassword(join(dataFolder, "keys"));
  await setUpProgramRole(administratorUrl, { password, keys, playsClock: Boolean(options.clock) });
  const applicationUrl = asRole(administratorUrl, "madoguchi_app", password);
  const database = openDatabase(applicationUrl);
  try {
    await selfCheck(database.sql);
  } catch (error) {
    await database.close();
    await server?.stop();
    throw error;
  }
  const platform: Platform = {
    database,
    keys,
    clock: options.clock ?? systemClock,
    dataFolder,
    origin: process.env.MADOGUCHI_ORIGIN || undefined,
    headsCopy: process.env.MADOGUCHI_HEADS_COPY,
    directory,
    fonts,
  };
  return {
    platform,
    administratorUrl,
    applicationUrl,
    embedded: server !== null,
    close: async () => {
      await database.close();
      await server?.stop();
    },
  };
}

/** Brings tables, functions and the queue to this version, in the name of their owner. */
export function install(administratorUrl: string, background: QueueNeeds): Promise<void> {
  return asInstaller(administratorUrl, async (ownerUrl) => {
    await migrate(ownerUrl);
    await migrateQueue(ownerUrl, background);
  });
}

async function dropDatabase(address: string): Promise<void> {
  const client = postgres(address, { max: 1, onnotice: () => {} });
  try {
    await client`drop database if exists madoguchi with (force)`;
  } finally {
    await client.end();
  }
}

async function ensureDatabase(address: string): Promise<void> {
  const client = postgres(address, { max: 1, onnotice: () => {} });
  try {
    const found = await client`select from pg_database where datname = 'madoguchi'`;
    if (found.length === 0) await client`create database madoguchi`;
  } finally {
    await client.end();
  }
}

async function setUpProgramRole(
  administratorUrl: string,
  { password, keys, playsClock }: { password: string; keys: KeyRing; playsClock: boolean },
): Promise<void> {
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  try {
    await setUpLogin(admin, password);
    await syncAccess(admin);
    await syncMachines(admin, declaredMachines());
    await syncFlows(admin);
    await setUpSystemAccount(admin, keys);
    // Other dates than today's are taken only where the clock is played.
    await admin`delete from access.played_clock`;
    if (playsClock) await admin`insert into access.played_clock default values`;
  } finally {
    await admin.end();
  }
}

/**
 * Anybody who may send statements as the program's role may change its own password and what its sessions begin with, so that
 * the program would never start again: both are set anew at every start.
 */
async function setUpLogin(admin: postgres.Sql, password: string): Promise<void> {
  const [database] = await admin<{ name: string }[]>`select current_database() as name`;
  const role = admin("madoguchi_app");
  await admin`alter role ${role} reset all`;
  await admin`alter role ${role} in database ${admin(database?.name ?? "")} reset all`;
  // Hexadecimal, so it can stand in the statement, which takes no parameters.
  await admin.unsafe(`alter role madoguchi_app password '${password}'`);
  // Nothing holds a connection for ever; work in bulk asks for more time itself (work.ts).
  await admin`alter role ${role} set statement_timeout = '60s'`;
  await admin`alter role ${role} set idle_in_transaction_session_timeout = '10min'`;
}

async function programPassword(folder: string): Promise<string> {
  const file = join(folder, "program-password");
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept) return kept;
  const made = randomBytes(24).toString("hex");
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

function asRole(address: string, role: string, password: string): string {
  const url = new URL(address);
  url.username = role;
  url.password = password;
  return url.href;
}
