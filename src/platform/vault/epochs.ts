import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { brokenKey } from "./broken-key.ts";
import type { KeyStore } from "./key-store.ts";

/** 個人番号 have a ring of their own: who can unwrap the one cannot unwrap the other. */
export type Ring = "person" | "individual-number";

/**
 * The keys that wrap the keys of holders, by epoch. A renewal begins an epoch, wraps everything anew under it and
 * destroys the ones before: what was wrapped under them, such as a key erased since in an old copy of the
 * database, is opened by nobody any more.
 */
export interface Epochs {
  /** The latest: what is wrapped now is wrapped under it. */
  present(): number;
  wrap(key: Buffer, ring: Ring): Buffer;
  unwrap(wrapped: Buffer, ring: Ring): Buffer;
  /** Makes the secret of an epoch; of one that has one, that one stays. */
  make(epoch: number): void;
  /** Destroys the secrets of all epochs before this one. */
  destroyBefore(epoch: number): void;
}

/** Under which epoch a key is wrapped; those of epoch 0 bear no mark. */
export const epochOf = (wrapped: Buffer): number =>
  wrapped.length === bareLength ? 0 : wrapped.readUInt32BE();

/** Name of the secret of an epoch: two keys of 32 bytes, of persons and of 個人番号. */
export const epochName = (epoch: number): string => `epoch-${epoch}.key`;

/** Length of a wrapped key (RFC 3394) without the mark of its epoch. */
const bareLength = 40;
const secretLength = 64;
/** Initial value of RFC 3394. */
const start = Buffer.from("a6a6a6a6a6a6a6a6", "hex");

/** How long other processes may not have seen that an epoch has begun or ended, in milliseconds. */
const lookEvery = 1_000;
/** What was read from the database just before its epoch ended is still opened for so long. */
const rememberFor = 60_000;

/** Opens the epochs in a store; the first is made where there is none. */
export function openEpochs(store: KeyStore): Epochs {
  const known = new Map<number, Record<Ring, KeyObject>>();
  const gone = new Map<number, number>();
  let present = 0;
  let lookedAt = 0;

  const look = () => {
    lookedAt = Date.now();
    const there = epochsIn(store);
    for (const epoch of there) if (!known.has(epoch)) known.set(epoch, readEpoch(store, epoch));
    present = Math.max(...there);
    for (const epoch of known.keys()) {
      if (there.includes(epoch)) continue;
      const since = gone.get(epoch) ?? lookedAt;
      gone.set(epoch, since);
      if (lookedAt - since >= rememberFor) known.delete(epoch);
    }
  };
  const lookAgain = () => {
    if (Date.now() - lookedAt >= lookEvery) look();
  };
  if (epochsIn(store).length === 0) store.keep(epochName(0), randomBytes(secretLength));
  look();

  const keyOf = (epoch: number, ring: Ring): KeyObject => {
    lookAgain();
    if (!known.has(epoch)) look();
    const key = known.get(epoch)?.[ring];
    if (!key) throw new Error(`the keys of epoch ${epoch} are destroyed`);
    return key;
  };
  return {
    present() {
      lookAgain();
      return present;
    },
    wrap(key, ring) {
      lookAgain();
      const cipher = createCipheriv("id-aes256-wrap", keyOf(present, ring), start);
      const bare = Buffer.concat([cipher.update(key), cipher.final()]);
      if (present === 0) return bare;
      const mark = Buffer.alloc(4);
      mark.writeUInt32BE(present);
      return Buffer.concat([mark, bare]);
    },
    unwrap(wrapped, ring) {
      const decipher = createDecipheriv("id-aes256-wrap", keyOf(epochOf(wrapped), ring), start);
      return Buffer.concat([decipher.update(wrapped.subarray(-bareLength)), decipher.final()]);
    },
    make(epoch) {
      store.keep(epochName(epoch), randomBytes(secretLength));
      look();
    },
    destroyBefore(epoch) {
      for (const earlier of epochsIn(store))
        if (earlier < epoch) {
          store.destroy(epochName(earlier));
          known.delete(earlier);
        }
      look();
    },
  };
}

const epochsIn = (store: KeyStore): number[] =>
  store.names().flatMap((name) => {
    const epoch = /^epoch-(\d+)\.key$/.exec(name)?.[1];
    return epoch === undefined ? [] : [Number(epoch)];
  });

function readEpoch(store: KeyStore, epoch: number): Record<Ring, KeyObject> {
  const secret = store.read(epochName(epoch));
  // A file cut short would make keys that anybody could guess.
  if (secret?.length !== secretLength) throw brokenKey(epochName(epoch));
  return {
    person: createSecretKey(secret.subarray(0, 32)),
    "individual-number": createSecretKey(secret.subarray(32)),
  };
}
