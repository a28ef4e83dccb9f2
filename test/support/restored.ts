import type { Sql } from "postgres";
import { openCodeSecret } from "#src/platform/access/one-time-code.ts";
import type { KeyRing } from "#src/platform/vault/key-ring.ts";

/** The secrets of one-time codes of the staff of a database that was loaded or restored. */
export async function secretsOf(admin: Sql, keys: KeyRing): Promise<(who: string) => string> {
  const rows = await admin<{ name: string; sealed: Buffer }[]>`
    select p.login_name as name, c.totp_sealed as sealed
      from access.credential c join access.staff p on p.id = c.staff_id where p.kind <> 'system'`;
  const sealed = new Map(rows.map((row) => [row.name, row.sealed]));
  return (who) => openCodeSecret(keys, sealed.get(who) ?? Buffer.alloc(0));
}
