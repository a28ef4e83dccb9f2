import { randomUUID } from "node:crypto";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { desc, isNull } from "drizzle-orm";
import { transitKey } from "#db/schema/punched.ts";
import { getSealed, putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";

/** The key that contractors encrypt to at present, `age1…`; none before one was made. */
export async function presentKey(work: Work) {
  const [row] = await work.tx
    .select({ recipient: transitKey.recipient, madeAt: transitKey.madeAt })
    .from(transitKey)
    .where(isNull(transitKey.endedAt));
  return row;
}

/** Makes a new key; the secret half is sealed and never shown. What was encrypted to an earlier one still opens. @throws Problem 403 */
export async function makeKey(work: Work): Promise<void> {
  const id = randomUUID();
  const identity = await generateX25519Identity();
  const sealedId = await putSealed(work, {
    holder: `punched-key:${id}`,
    program: "vaccination",
    kind: "punched-key",
    data: { identity },
  });
  await work.sql`select punched.keep_transit_key(${id}, ${await identityToRecipient(identity)}, ${sealedId})`;
}

/** The secret halves of all keys, the newest first; each look is logged. */
export async function secretsOf(work: Work): Promise<string[]> {
  const rows = await work.tx
    .select({ sealedId: transitKey.sealedId })
    .from(transitKey)
    .orderBy(desc(transitKey.madeAt));
  const opened = await getSealed(
    work,
    rows.map(({ sealedId }) => sealedId),
  );
  return opened.map(({ data }) => (data as { identity: string }).identity);
}
