import {
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { brokenKey } from "./broken-key.ts";
import { epochName, epochOf, openEpochs, type Ring } from "./epochs.ts";
import type { KeyStore } from "./key-store.ts";
import { keyedHash } from "./keyed-hash.ts";
import { openKeyStore } from "./open-key-store.ts";
import { randomPiece } from "./random.ts";

/** The program's keys. Others use this interface only, wherever the secrets lie. */
export interface KeyRing {
  /** A fresh key of a holder, in clear and wrapped. */
  newKey(ring?: Ring): { key: Buffer; wrapped: Buffer };
  unwrap(wrapped: Buffer, ring?: Ring): Buffer;
  /** The same key wrapped under the present epoch; the same bytes where it is already. */
  rewrap(wrapped: Buffer, ring?: Ring): Buffer;
  /** A keyed 64-bit token by which a value can be found and not read. */
  token(value: string): bigint;
  /** A keyed hash of a whole record, to see whether it changed. */
  fingerprint(value: string): Buffer;
  /** Signs seals and certificates; Ed25519. */
  signingKey: KeyObject;
  /** Of the keys that wrap; see `epochs.ts`. */
  epoch: { present(): number; make(epoch: number): void; destroyBefore(epoch: number): void };
}

/** Names of the secrets that are no epochs. Two keys of 32 bytes: of tokens and of fingerprints. */
const searchName = "search.key";
const signingName = "signing.pem";

/** Opens the keys of an installation, making them the first time. */
export const openKeyRing = async (folder: string): Promise<KeyRing> =>
  openKeys(openKeyStore(folder));

/** The same from a store. */
export function openKeys(store: KeyStore): KeyRing {
  divideMaster(store);
  const search = keptOrMade(store, searchName, () => randomBytes(64));
  if (search.length !== 64) throw brokenKey(searchName);
  const pem = keptOrMade(store, signingName, () =>
    Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })),
  );
  const epochs = openEpochs(store);
  const tokenHash = keyedHash(search.subarray(0, 32));
  const recordHash = keyedHash(search.subarray(32));
  return {
    newKey(ring = "person") {
      const key = randomPiece(32);
      return { key, wrapped: epochs.wrap(key, ring) };
    },
    unwrap: (wrapped, ring = "person") => epochs.unwrap(wrapped, ring),
    rewrap: (wrapped, ring = "person") =>
      epochOf(wrapped) === epochs.present()
        ? wrapped
        : epochs.wrap(epochs.unwrap(wrapped, ring), ring),
    token: (value) => BigInt.asIntN(64, BigInt(`0x${tokenHash(value).slice(0, 16)}`)),
    fingerprint: (value) => Buffer.from(recordHash(value), "hex"),
    signingKey: privateKey(pem),
    epoch: epochs,
  };
}

/**
 * Earlier releases derived everything from one master key, which could never be destroyed. What was derived
 * from it is kept as secrets of their own, and the master key goes.
 */
function divideMaster(store: KeyStore): void {
  const master = store.read("master.key");
  if (!master) return;
  if (master.length !== 32) throw brokenKey("master.key");
  const derive = (use: string) =>
    Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `madoguchi ${use}`, 32));
  store.keep(searchName, Buffer.concat([derive("search token"), derive("fingerprint")]));
  store.keep(epochName(0), Buffer.concat([derive("wrap person"), derive("wrap number")]));
  store.destroy("master.key");
}

function keptOrMade(store: KeyStore, name: string, make: () => Buffer): Buffer {
  if (!store.names().includes(name)) store.keep(name, make());
  const secret = store.read(name);
  if (!secret) throw brokenKey(name);
  return secret;
}

function privateKey(pem: Buffer): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw brokenKey(signingName);
  }
}
