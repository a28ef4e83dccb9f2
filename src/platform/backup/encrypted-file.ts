import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable, type Transform } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createGunzip, createGzip } from "node:zlib";
import { Decrypter, Encrypter } from "age-encryption";
import { StartProblem } from "#db/server/start-problem.ts";

type WebBytes = Parameters<Decrypter["decrypt"]>[0] & globalThis.ReadableStream<Uint8Array>;

/**
 * Writes a stream to a file, compressed and encrypted with age, on the disk when it returns. Takes the same memory for
 * any length.
 *
 * @returns SHA-256 of the file as it lies there
 */
export async function writeEncrypted(
  path: string,
  recipient: string,
  source: AsyncIterable<Uint8Array | string>,
): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const plain = Readable.from(source);
  const packed = through(plain, createGzip());
  const sealed = await encrypter.encrypt(Readable.toWeb(packed) as unknown as WebBytes);
  const sum = createHash("sha256");
  const file = await open(path, "w", 0o600);
  try {
    for await (const part of sealed as unknown as ReadableStream<Uint8Array>) {
      sum.update(part);
      await file.writeFile(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return sum.digest("hex");
}

/**
 * The content of such a file.
 *
 * @param identity the secret key, `AGE-SECRET-KEY-1…`
 * @throws {@link StartProblem} where the key does not open it
 */
export async function readEncrypted(path: string, identity: string): Promise<Readable> {
  const decrypter = new Decrypter();
  const raw = createReadStream(path);
  try {
    decrypter.addIdentity(identity);
    const plain = await decrypter.decrypt(Readable.toWeb(raw) as unknown as WebBytes);
    return through(Readable.fromWeb(plain as unknown as ReadableStream), createGunzip());
  } catch {
    raw.destroy();
    throw new StartProblem(
      `${path} を、この復号の鍵で開けません。--identity の鍵と、バックアップの組み合わせを確かめてください。`,
    );
  }
}

/** SHA-256 of a file; nothing where there is none. */
export async function sumOf(path: string): Promise<string | undefined> {
  const sum = createHash("sha256");
  try {
    for await (const part of createReadStream(path)) sum.update(part);
    return sum.digest("hex");
  } catch {
    return undefined;
  }
}

/** An error on either side ends both. */
function through(source: Readable, by: Transform): Transform {
  source.once("error", (error) => by.destroy(error));
  by.once("close", () => source.destroy());
  return source.pipe(by);
}
