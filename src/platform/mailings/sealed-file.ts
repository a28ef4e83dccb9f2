import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";

export const sha256 = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/**
 * Writes bytes to the disk, sealed (AES-256-GCM) and whole or not at all: what a run makes waits
 * unreadable until it stands in the package for the contractor.
 */
export async function writeSealed(path: string, key: Uint8Array, bytes: Uint8Array): Promise<void> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = cipher.update(bytes);
  cipher.final();
  await writeWhole(path, [nonce, cipher.getAuthTag(), sealed]);
}

/** Reads what `writeSealed` wrote; throws when a bit of it was changed. */
export async function readSealed(path: string, key: Uint8Array): Promise<Uint8Array> {
  const file = await readFile(path);
  const decipher = createDecipheriv("aes-256-gcm", key, file.subarray(0, 12));
  decipher.setAuthTag(file.subarray(12, 28));
  return Buffer.concat([decipher.update(file.subarray(28)), decipher.final()]);
}

/** Writes parts to a file that appears under its name only when all is on the disk. */
export async function writeWhole(
  path: string,
  parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await open(`${path}.part`, "w", 0o600);
  try {
    for await (const part of parts) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}
