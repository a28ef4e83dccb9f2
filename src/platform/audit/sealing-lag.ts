import { systemSecret } from "../access/tokens.ts";
import type { Platform } from "../platform.ts";
import type { Reader } from "./reading.ts";

/** After so many minutes somebody has to look why records are not sealed. */
const lateAfterMinutes = 5;

/**
 * Since when the oldest record waits for its seal, where that is longer than it should.
 *
 * @param sql the transaction, where one is open: no second connection is asked for
 */
export async function sealingLag(
  platform: Platform,
  sql: Reader = platform.database.sql,
): Promise<Date | undefined> {
  const since = await unsealedSince(platform, sql);
  const late = since && Date.now() - since.getTime() > lateAfterMinutes * 60_000;
  return late ? since : undefined;
}

/** Since when the oldest record waits for its seal. */
export async function unsealedSince(
  { database, keys }: Platform,
  sql: Reader = database.sql,
): Promise<Date | undefined> {
  const [row] = await sql<{ since: string | null }[]>`
    select audit.waits_since(${systemSecret(keys)}) as since`;
  return row?.since ? new Date(row.since) : undefined;
}
