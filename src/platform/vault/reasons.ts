import { createHash, randomUUID } from "node:crypto";
import type { SaidReason } from "../reasons.ts";
import type { Work } from "../work.ts";
import { recordPlace } from "./places.ts";
import { seal, unseal } from "./seal.ts";

const hashOf = (sealed: Buffer) => createHash("sha256").update(sealed).digest("hex");

/**
 * Seals what somebody says of why they look: with the key of the person they look at, so that it is erased with that
 * person, or with the key of the log where they look for many.
 */
export async function keepReason(
  work: Work,
  { personNumber, text }: { personNumber?: string; text: string },
): Promise<SaidReason> {
  const { keys } = work.platform;
  const [row] = await work.sql<{ holder: string; key: Buffer }[]>`
    select holder, wrapped_key as key from vault.reason_key(${personNumber ?? null}, ${keys.newKey().wrapped})`;
  if (!row) throw new Error("no key was kept");
  const id = randomUUID();
  const sealed = seal(keys.unwrap(row.key), recordPlace(row.holder, id), text);
  await work.sql`select vault.keep_reason(${id}, ${personNumber ?? null}, ${sealed})`;
  return { id, sha256: hashOf(sealed) };
}

/** What was said, or why it cannot be read any more. */
export type ReadReason = { text: string } | { gone: "erased" | "changed" };

/** Opens what records of the log say, for whoever reads the log; the reading is recorded. By id. */
export async function readReasons(
  work: Work,
  said: readonly SaidReason[],
): Promise<ReadonlyMap<string, ReadReason>> {
  if (said.length === 0) return new Map();
  const rows = await work.sql<{ id: string; holder: string; sealed: Buffer; key: Buffer }[]>`
    select id, holder, sealed, wrapped_key as key from vault.reasons(${said.map(({ id }) => id)}::uuid[])`;
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    said.map(({ id, sha256 }): [string, ReadReason] => {
      const row = found.get(id);
      if (!row) return [id, { gone: "erased" }];
      if (hashOf(row.sealed) !== sha256) return [id, { gone: "changed" }];
      const key = work.platform.keys.unwrap(row.key);
      return [id, { text: unseal(key, recordPlace(row.holder, id), row.sealed).toString() }];
    }),
  );
}
