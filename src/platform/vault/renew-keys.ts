import { setTimeout as pause } from "node:timers/promises";
import type { Actor } from "../access/actor.ts";
import { rewrapCodeSecret } from "../access/one-time-code.ts";
import { backupWithoutKeysCopy } from "../backup/age.ts";
import { copyKeys } from "../backup/keys-copy.ts";
import type { Platform } from "../platform.ts";
import { Problem } from "../problem.ts";
import { runWork, type Work } from "../work.ts";
import { hex } from "./bytes.ts";
import type { KeyRing } from "./key-ring.ts";

/** How the last renewal stands. */
export interface Renewal {
  epoch: number;
  begunAt: Date;
  /** Where the renewal is and after which id; null before the first lot, and in its second round. */
  place: Place | null;
  afterId: string | null;
  /** Keys wrapped anew so far. */
  renewed: number;
  /** Whether every key is wrapped anew and the earlier secrets are destroyed. */
  done: boolean;
}

/** Where wrapped keys stand; the order in which they are renewed. */
const places = ["holder", "individual-number", "draft", "mailing", "one-time-code"] as const;
type Place = (typeof places)[number];

const keysPerLot = 2_000;

const copyMissing =
  "バックアップがありますが、鍵の控えを置くフォルダー（MADOGUCHI_KEYS_COPY）が指定されていません。このまま鍵を更新すると、どのバックアップも戻せなくなります。";

/**
 * Wraps every key anew under an epoch of its own while people work, then destroys the secrets of the earlier ones:
 * keys erased since, in whatever old copy of the database, are opened by nobody any more. A renewal under way is
 * gone on with, also after a kill; two at once do no harm.
 *
 * @throws {@link Problem} where it would leave backups that nobody can restore
 */
export async function renewKeys(
  platform: Platform,
  system: Actor,
  { signal }: { signal?: AbortSignal } = {},
): Promise<Renewal> {
  const { keys } = platform;
  const inWork = <T>(run: (work: Work) => Promise<T>) =>
    runWork(platform, system, { purpose: "scheduled" }, run);
  await inWork(requireKeysCopy);
  const [begun] = await inWork(
    (work) => work.sql<{ epoch: number }[]>`
      select vault.begin_epoch(${keys.epoch.present() + 1}) as epoch`,
  );
  const epoch = Number(begun?.epoch);
  keys.epoch.make(epoch);
  const round = async (from?: { place: Place; after: string }) => {
    let renewed = 0;
    for (const place of places.slice(from ? places.indexOf(from.place) : 0)) {
      let after = from?.place === place ? from.after : "";
      for (;;) {
        signal?.throwIfAborted();
        const lot = await inWork((work) => renewLot(work, place, after));
        if (!lot) break;
        renewed += lot.renewed;
        after = lot.last;
      }
    }
    return renewed;
  };
  const state = await inWork(renewalState);
  await round(
    state?.place && state.afterId ? { place: state.place, after: state.afterId } : undefined,
  );
  // Who has not seen the new epoch may have written a key of the earlier one behind the first round.
  await inWork((work) => work.sql`select vault.close_epoch()`);
  while ((await round()) > 0 || (await inWork(someLeft))) await pause(100, undefined, { signal });
  await inWork(async (work) => {
    await work.sql`select vault.end_renewal()`;
    // Before the secrets go, so that there is always a copy that opens the backups, and never one of what was erased.
    if (platform.backup) await copyKeys(work, platform.backup, epoch);
    keys.epoch.destroyBefore(epoch);
  });
  const done = await inWork(renewalState);
  if (!done?.done) throw new Error("the renewal has not ended");
  return done;
}

/**
 * A renewal destroys what opens the copy of the keys that was taken with the backups: unless that copy is replaced, no backup
 * could be restored any more.
 */
async function requireKeysCopy(work: Work): Promise<void> {
  if (await backupWithoutKeysCopy(work)) throw new Problem({ status: 503, message: copyMissing });
}

/** How the last renewal stands; the first epoch counts as one that is done. */
export async function renewalState(work: Work): Promise<Renewal | undefined> {
  const [row] = await work.sql<
    {
      epoch: number;
      begun_at: string;
      place: Place | null;
      after_id: string | null;
      renewed: string;
      destroyed_at: string | null;
    }[]
  >`select * from vault.renewal_state()`;
  return (
    row && {
      epoch: row.epoch,
      begunAt: new Date(row.begun_at),
      place: row.place,
      afterId: row.after_id,
      renewed: Number(row.renewed),
      done: row.destroyed_at !== null,
    }
  );
}

interface WrappedKey {
  id: string;
  wrapped: Buffer;
}

async function keysAt(work: Work, place: Place, after: string, atMost: number) {
  return ofVault(place)
    ? await work.sql<WrappedKey[]>`
        select * from vault.keys_to_renew(${place}, ${after}, ${atMost})`
    : await work.sql<WrappedKey[]>`
        select * from vault.other_keys_to_renew(${place}, ${after}, ${atMost})`;
}

/** Renews the next keys of a place after an id; nothing where there are none. */
async function renewLot(
  work: Work,
  place: Place,
  after: string,
): Promise<{ last: string; renewed: number } | undefined> {
  const lot = await keysAt(work, place, after, keysPerLot);
  const last = lot.at(-1)?.id;
  if (last === undefined) return undefined;
  const rewrap = rewrapperOf(work.platform.keys, place);
  const ids = lot.map(({ id }) => id);
  const old = lot.map(({ wrapped }) => hex(wrapped));
  const fresh = lot.map(({ id, wrapped }) => hex(rewrap(wrapped, id)));
  const [row] = ofVault(place)
    ? await work.sql<{ renewed: number }[]>`
        select vault.renew_keys(${place}, ${ids}::text[], ${old}::text[]::bytea[], ${fresh}::text[]::bytea[]) as renewed`
    : await work.sql<{ renewed: number }[]>`
        select vault.renew_other_keys(${place}, ${ids}::text[], ${old}::text[]::bytea[], ${fresh}::text[]::bytea[]) as renewed`;
  return { last, renewed: row?.renewed ?? 0 };
}

/** Whether any key is left under an earlier epoch: somebody held its row. */
async function someLeft(work: Work): Promise<boolean> {
  for (const place of places) if ((await keysAt(work, place, "", 1)).length > 0) return true;
  return false;
}

const ofVault = (place: Place) => place === "holder" || place === "individual-number";

const rewrapperOf =
  (keys: KeyRing, place: Place) =>
  (wrapped: Buffer, id: string): Buffer => {
    if (place === "one-time-code") return rewrapCodeSecret(keys, wrapped);
    const ofNumbers = place === "individual-number" || id.startsWith("feed-number:");
    return keys.rewrap(wrapped, ofNumbers ? "individual-number" : "person");
  };
