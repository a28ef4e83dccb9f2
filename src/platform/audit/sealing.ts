import { sign } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Platform } from "../platform.ts";

/** Most records under one seal. */
const recordsPerSeal = 1000;

/**
 * Seals the records that wait, in sequence, and writes each new head outside the database, so that
 * cutting off the end shows too. Run by a schedule and before a verification.
 *
 * @returns how many seals were written
 */
export async function sealRecords(platform: Platform): Promise<number> {
  for (let seals = 0; ; seals++) {
    const head = await sealOnce(platform);
    if (!head) return seals;
    await mkdir(join(platform.dataFolder, "seals"), { recursive: true, mode: 0o700 });
    await appendFile(headsFile(platform.dataFolder), `${JSON.stringify(head)}\n`, { mode: 0o600 });
  }
}

/** A seal as it is kept outside the database. */
export interface SealHead {
  number: string;
  /** Hexadecimal. */
  digest: string;
  signature: string;
}

export const headsFile = (dataFolder: string) => join(dataFolder, "seals", "heads.jsonl");

function sealOnce(platform: Platform): Promise<SealHead | undefined> {
  return platform.database.transaction(async ({ sql }) => {
    const [next] = await sql<
      { number: string; previous: Buffer; record_ids: string[]; digest: Buffer }[]
    >`select * from audit.next_seal(${recordsPerSeal})`;
    if (!next) return undefined;
    const signature = sign(null, next.digest, platform.keys.signingKey);
    await sql`select audit.write_seal(${next.number}, ${next.previous}, ${next.record_ids}::bigint[],
      ${next.digest}, ${signature})`;
    return {
      number: next.number,
      digest: next.digest.toString("hex"),
      signature: signature.toString("hex"),
    };
  });
}
