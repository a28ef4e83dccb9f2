import { systemSecret } from "../access/tokens.ts";
import type { Platform } from "../platform.ts";
import { rowDigest, SentRow, sealDigest } from "./covered.ts";
import { copyHeads, keepHead, lastKept } from "./heads.ts";
import { publicHalf, type SealNote, signNote, wholeNote } from "./note.ts";

/** Most records under one seal. */
const recordsPerSeal = 1000;
/** How long a record may wait for its seal while the program runs, in milliseconds. */
const sealEvery = 10_000;

/**
 * Seals the records that wait, in sequence, and writes each new head outside the database, so that
 * cutting off the end shows too. Run all the while, by a schedule, and before a verification.
 *
 * @returns how many seals were written
 */
export async function sealRecords(platform: Platform): Promise<number> {
  await keepForgotten(platform);
  for (let seals = 0; ; seals++) {
    const sealed = await sealOnce(platform);
    if (sealed) await keep(platform, sealed.note, sealed.signature);
    else {
      await copyHeads(platform);
      return seals;
    }
  }
}

/** Seals every ten seconds until stopped, beside the schedule: whoever changes a record must be as quick. */
export function keepSealing(platform: Platform): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const running = (async () => {
    while (!stopped) {
      await sealRecords(platform).catch((error: Error & { code?: string }) =>
        console.error(`封印: ${error.code ?? error.name}`),
      );
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (stopped) resolve();
        else setTimeout(resolve, sealEvery).unref();
      });
    }
  })();
  return {
    async stop() {
      stopped = true;
      wake();
      await running;
      await sealRecords(platform).catch(() => {});
    },
  };
}

const keep = (platform: Platform, note: SealNote, signature: Buffer) =>
  keepHead(platform, note.number, wholeNote(note, signature, publicHalf(platform.keys.signingKey)));

/** Whoever was killed between the seal and its head left that one out; more than that one is not put right by itself. */
async function keepForgotten(platform: Platform): Promise<void> {
  const [last] = await platform.database.sql<
    {
      number: string;
      version: number;
      digest: Buffer;
      signature: Buffer;
      sealed_at: Date;
      records: number;
    }[]
  >`select * from audit.last_seal(${systemSecret(platform.keys)})`;
  if (!last || last.version === 1) return;
  const number = BigInt(last.number);
  const kept = (await lastKept(platform)) ?? 0n;
  if (kept !== number - 1n) return;
  const { digest, records, signature } = last;
  await keep(platform, { number, digest, sealedAt: new Date(last.sealed_at), records }, signature);
}

/** A record that waits, and the seal that is due for it. */
interface Waiting {
  number: string;
  previous: Buffer;
  sealed_at: Date;
  record_id: string;
  /** None where the record is gone. */
  record: Buffer | null;
  /** None in the first release. */
  digest: Buffer | null;
}

function sealOnce(platform: Platform): Promise<{ note: SealNote; signature: Buffer } | undefined> {
  const secret = systemSecret(platform.keys);
  return platform.database.transaction(async ({ sql }) => {
    const waiting = await sql<Waiting[]>`
      select number, previous, sealed_at, record_id, record, digest
        from audit.next_seal(${secret}, ${recordsPerSeal})`;
    const [next] = waiting;
    if (!next) return undefined;
    const number = BigInt(next.number);
    const changed = waiting.filter(
      ({ record, digest }) => !record || (digest && !rowDigest(record).equals(digest)),
    );
    if (changed.length > 0)
      await sql`select audit.note_changed(${secret}, ${idsOf(changed)}::bigint[])`;
    const rows = waiting.flatMap(({ record }) => (record ? [new SentRow(record)] : []));
    const note: SealNote = {
      number,
      digest: sealDigest(next.previous, number, rows),
      sealedAt: new Date(next.sealed_at),
      records: waiting.length,
    };
    const signature = signNote(note, platform.keys.signingKey);
    await sql`select audit.write_seal(${secret}, ${next.number}, ${next.previous}, ${note.sealedAt.toISOString()},
      ${idsOf(waiting)}::bigint[], ${note.digest}, ${signature})`;
    return { note, signature };
  });
}

const idsOf = (waiting: readonly Waiting[]) => waiting.map(({ record_id }) => record_id);
