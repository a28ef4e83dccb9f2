import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { keyedHash } from "./keyed-hash.ts";

/**
 * The program's keys. The master key wraps the keys of persons; everything else is derived from it.
 * Others use this interface only, so that a key service (KMS) can take the place of files.
 */
export interface KeyRing {
  /** A fresh key of a holder, in clear and wrapped. */
  newKey(ring?: Ring): { key: Buffer; wrapped: Buffer };
  unwrap(wrapped: Buffer, ring?: Ring): Buffer;
  /** A keyed 64-bit token by which a value can be found and not read. */
  token(value: string): bigint;
  /** A keyed hash of a whole record, to see whether it changed. */
  fingerprint(value: string): Buffer;
  /** Signs seals and certificates; Ed25519. */
  signingKey: KeyObject;
}

/** 個人番号 have a ring of their own: who can unwrap the one cannot unwrap the other. */
type Ring = "person" | "individual-number";

/** Opens the keys kept in files of a folder (mode 0600), making them the first time. */
export async function openKeyRing(folder: string): Promise<KeyRing> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const master = await keptOrMade(join(folder, "master.key"), () => randomBytes(32));
  // A file cut short would make keys that anybody could guess.
  if (master.length !== 32) throw new Error("the master key is not whole");
  const pem = await keptOrMade(join(folder, "signing.pem"), () =>
    Buffer.from(generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" })),
  );
  return keyRingFrom(master, createPrivateKey(pem));
}

function keyRingFrom(master: Buffer, signingKey: KeyObject): KeyRing {
  const derive = (use: string) =>
    Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `madoguchi ${use}`, 32));
  const wrapping = {
    person: createSecretKey(derive("wrap person")),
    "individual-number": createSecretKey(derive("wrap number")),
  };
  const tokenHash = keyedHash(derive("search token"));
  return {
    newKey(ring = "person") {
      const key = randomBytes(32);
      const cipher = createCipheriv("id-aes256-wrap", wrapping[ring], keyWrapStart);
      return { key, wrapped: Buffer.concat([cipher.update(key), cipher.final()]) };
    },
    unwrap(wrapped, ring = "person") {
      const decipher = createDecipheriv("id-aes256-wrap", wrapping[ring], keyWrapStart);
      return Buffer.concat([decipher.update(wrapped), decipher.final()]);
    },
    token: (value) => tokenHash(value).readBigInt64BE(),
    fingerprint: keyedHash(derive("fingerprint")),
    signingKey,
  };
}

/** Initial value of RFC 3394. */
const keyWrapStart = Buffer.from("a6a6a6a6a6a6a6a6", "hex");

async function keptOrMade(file: string, make: () => Buffer): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    await writeFile(file, make(), { mode: 0o600, flag: "wx" }).catch(() => {});
    return readFile(file);
  }
}
