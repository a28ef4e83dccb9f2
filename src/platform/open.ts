import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sql } from "postgres";
import { asInstaller } from "#db/installer.ts";
import { migrate } from "#db/migrate.ts";
import { folderProblem, openFolder } from "#db/server/data-folder.ts";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { setUpSystemAccount, syncAccess } from "./access/bootstrap.ts";
import { assemble } from "./assemble.ts";
import { declaredMachines, syncMachines } from "./cases/index.ts";
import type { BusinessClock } from "./clock.ts";
import { connectionProblem, requireServer } from "./connection-problems.ts";
import { defaultDataFolder } from "./data-folder.ts";
import { openDatabase } from "./database.ts";
import { syncFlows } from "./flow-ways.ts";
import { migrateQueue } from "./jobs/index.ts";
import type { QueueNeeds } from "./jobs/queue.ts";
import { syncKeeping } from "./keeping/index.ts";
import { asAdministrator, ensureOwnDatabase } from "./own-database.ts";
import type { Platform } from "./platform.ts";
import { asRole, passwordFile, programRole } from "./program-role.ts";
import { selfCheck } from "./self-check.ts";
import { keepKeyValues, requireOwnKeys } from "./vault/key-check.ts";
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
 *
 * @throws {@link StartProblem} for whatever the one who starts it can mend, before anything is changed where keys and
 *   database do not belong together
 */
export async function openPlatform(options: {
  /** Everything that is done in the background, of the platform and of every 事務. */
  background: QueueNeeds;
  dataFolder?: string;
  databaseUrl?: string;
  clock?: BusinessClock;
  /** Sets an embedded database aside whose demonstration city was interrupted, and begins with an empty one. */
  setAsideHalfMade?: boolean;
}): Promise<OpenedPlatform> {
  const dataFolder = options.dataFolder ?? defaultDataFolder();
  const databaseUrl = options.databaseUrl ?? (process.env.DATABASE_URL || undefined);
  if (databaseUrl) {
    await requireServer(databaseUrl);
    await openFolder(dataFolder, 0o700);
  }
  const server = databaseUrl ? null : await openEmbeddedServer(dataFolder);
  const administratorUrl = databaseUrl ?? server?.addressOf("madoguchi") ?? "";
  try {
    if (server) {
      const { setAsideHalfMade = false } = options;
      const aside = await ensureOwnDatabase({ ...server, dataFolder }, { setAsideHalfMade });
      if (aside) console.log(`作りかけのデモ用の市を、データベース ${aside} に退けました。`);
    }
    const keyFolder = join(dataFolder, "keys");
    await asAdministrator(administratorUrl, (admin) => requireOwnKeys(admin, keyFolder));
    await install(administratorUrl, options.background);
    const keys = await openKeyRing(keyFolder);
    const password = await programPassword(keyFolder);
    await setUpProgramRole(administratorUrl, {
      password,
      keys,
      playsClock: Boolean(options.clock),
    });
    const applicationUrl = asRole(administratorUrl, programRole, password);
    const database = openDatabase(applicationUrl);
    const close = async () => {
      await database.close();
      await server?.stop();
    };
    await selfCheck(database.sql).catch(async (error: unknown) => {
      await database.close();
      throw error;
    });
    const platform = assemble({ database, keys, dataFolder, clock: options.clock });
    return { platform, administratorUrl, applicationUrl, embedded: server !== null, close };
  } catch (error) {
    await server?.stop();
    const problem = folderProblem(dataFolder, error);
    throw databaseUrl ? connectionProblem(databaseUrl, problem) : problem;
  }
}

/** Brings tables, functions and the queue to this version, in the name of their owner. */
export function install(administratorUrl: string, background: QueueNeeds): Promise<void> {
  return asInstaller(administratorUrl, async (ownerUrl) => {
    await migrate(ownerUrl);
    await migrateQueue(ownerUrl, background);
  });
}

async function setUpProgramRole(
  administratorUrl: string,
  { password, keys, playsClock }: { password: string; keys: KeyRing; playsClock: boolean },
): Promise<void> {
  await asAdministrator(administratorUrl, async (admin) => {
    await keepKeyValues(admin, keys);
    await setUpLogin(admin, password);
    await syncAccess(admin);
    await syncKeeping(admin);
    await syncMachines(admin, declaredMachines());
    await syncFlows(admin);
    await setUpSystemAccount(admin, keys);
    // Other dates than today's are taken only where the clock is played.
    await admin`delete from access.played_clock`;
    if (playsClock) await admin`insert into access.played_clock default values`;
  });
}

/**
 * Anybody who may send statements as the program's role may change its own password and what its sessions begin with, so that
 * the program would never start again: both are set anew at every start.
 */
async function setUpLogin(admin: Sql, password: string): Promise<void> {
  const [database] = await admin<{ name: string }[]>`select current_database() as name`;
  const role = admin(programRole);
  await admin`alter role ${role} reset all`;
  await admin`alter role ${role} in database ${admin(database?.name ?? "")} reset all`;
  // Hexadecimal, so it can stand in the statement, which takes no parameters.
  await admin.unsafe(`alter role madoguchi_app password '${password}'`);
  // Nothing holds a connection for ever; work in bulk asks for more time itself (work.ts).
  await admin`alter role ${role} set statement_timeout = '60s'`;
  await admin`alter role ${role} set idle_in_transaction_session_timeout = '10min'`;
}

async function programPassword(folder: string): Promise<string> {
  const file = passwordFile(folder);
  const kept = await readFile(file, "utf8").catch(() => null);
  if (kept) return kept;
  const made = randomBytes(24).toString("hex");
  await writeFile(file, made, { mode: 0o600 });
  return made;
}
