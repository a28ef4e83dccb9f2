import { join, resolve } from "node:path";
import type { Sql } from "postgres";
import { textOf } from "#db/server/data-folder.ts";
import { codeOf, StartProblem } from "#db/server/start-problem.ts";
import { systemSecret } from "./access/tokens.ts";
import { assemble } from "./assemble.ts";
import type { BusinessClock } from "./clock.ts";
import { connectionProblem, requireAddress } from "./connection-problems.ts";
import { defaultDataFolder } from "./data-folder.ts";
import { openDatabase } from "./database.ts";
import type { Platform } from "./platform.ts";
import { asRole, passwordFile, programRole } from "./program-role.ts";
import { selfCheck } from "./self-check.ts";
import { foreignKeys, requireKeys } from "./vault/key-check.ts";
import { type KeyRing, openKeyRing } from "./vault/key-ring.ts";

/** The platform of a process that changes nothing of the installation. */
export interface JoinedPlatform {
  platform: Platform;
  /** Connection address of the program's own role, for parts with a pool of their own. */
  applicationUrl: string;
  close(): Promise<void>;
}

/**
 * Opens a database that is installed already (`npm run cli -- database migrate`), as one of many processes: nothing is
 * migrated, made or set anew. Of the address, the user and the password are taken only where they are the program's role;
 * otherwise the password lies with the keys.
 *
 * @throws {@link StartProblem} where the database is of another version, or the keys are missing or those of another one
 */
export async function joinPlatform(options: {
  databaseUrl: string;
  dataFolder?: string;
  clock?: BusinessClock;
}): Promise<JoinedPlatform> {
  const { databaseUrl, dataFolder = defaultDataFolder() } = options;
  requireAddress(databaseUrl);
  const keyFolder = join(dataFolder, "keys");
  requireKeys(keyFolder);
  const applicationUrl = await addressOfProgram(databaseUrl, keyFolder);
  const keys = await openKeyRing(keyFolder);
  const database = openDatabase(applicationUrl);
  try {
    // Otherwise the check takes a server that is away for a database without a version.
    await database.sql`select 1`;
    await selfCheck(database.sql);
    await requireTheseKeys(database.sql, keys, keyFolder);
  } catch (error) {
    await database.close();
    throw connectionProblem(applicationUrl, error);
  }
  const platform = assemble({ database, keys, dataFolder, clock: options.clock });
  return { platform, applicationUrl, close: () => database.close() };
}

async function addressOfProgram(databaseUrl: string, keyFolder: string): Promise<string> {
  const { username, password } = new URL(databaseUrl);
  if (username === programRole && password) return databaseUrl;
  const kept = await textOf(passwordFile(keyFolder));
  if (!kept)
    throw new StartProblem(
      `フォルダー ${resolve(keyFolder)} に program-password がありません。データベースを作ったときのフォルダーを共有するか、DATABASE_URL に利用者 ${programRole} とそのパスワードを書いてください。`,
    );
  return asRole(databaseUrl, programRole, kept);
}

/** The database knows the secret that is made from the key of fingerprints. */
async function requireTheseKeys(sql: Sql, keys: KeyRing, keyFolder: string): Promise<void> {
  try {
    await sql`select from audit.last_seal(${systemSecret(keys)})`;
  } catch (error) {
    throw codeOf(error) === "42501" ? foreignKeys(keyFolder) : error;
  }
}
