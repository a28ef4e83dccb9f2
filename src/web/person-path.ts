import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Platform } from "#src/platform/platform.ts";
import { notFound } from "#src/platform/problem.ts";
import { isPersonNumber, type PersonNumber } from "#workflows/numbers/person-number.ts";

/**
 * AES key wrap (RFC 3394): the same number has the same address, and a made-up one is told from a real one. It wraps
 * sixteen bytes, ten digits and six zero bytes.
 */
const algorithm = "id-aes256-wrap";
const start = Buffer.alloc(8, 0xa6);
const blockSize = 16;
const wrappedSize = 24;

/** Address of a person's page. Holds no number: histories and logs of browsers and proxies tell nobody. */
export function personPath(platform: Platform, number: PersonNumber): `/people/${string}` {
  const cipher = createCipheriv(algorithm, keyOf(platform), start);
  const block = Buffer.alloc(blockSize);
  block.write(number, "latin1");
  return `/people/${Buffer.concat([cipher.update(block), cipher.final()]).toString("base64url")}`;
}

/** The 統合宛名番号 behind the last part of such an address; 404 when it is none of ours. */
export function personOfPath(platform: Platform, part: string): PersonNumber {
  const number = unwrapped(platform, Buffer.from(part, "base64url"))
    .toString("latin1")
    .replace(/\0{6}$/, "");
  if (!isPersonNumber(number)) throw notFound();
  return number;
}

function unwrapped(platform: Platform, wrapped: Buffer): Buffer {
  if (wrapped.length !== wrappedSize) throw notFound();
  const decipher = createDecipheriv(algorithm, keyOf(platform), start);
  try {
    return Buffer.concat([decipher.update(wrapped), decipher.final()]);
  } catch {
    throw notFound();
  }
}

const keyOf = (platform: Platform) => platform.keys.fingerprint("address of a person's page");
