import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Platform } from "#src/platform/platform.ts";
import { notFound } from "#src/platform/problem.ts";
import { isPersonNumber, type PersonNumber } from "#workflows/numbers/person-number.ts";

/** One block of the cipher: ten digits and six zero bytes, by which a made-up path is told from a real one. */
const blockSize = 16;

/** Address of a person's page. Holds no number: histories and logs of browsers and proxies tell nobody. */
export function personPath(platform: Platform, number: PersonNumber): `/people/${string}` {
  const cipher = createCipheriv("aes-256-ecb", keyOf(platform), null).setAutoPadding(false);
  const block = Buffer.alloc(blockSize);
  block.write(number, "latin1");
  return `/people/${Buffer.concat([cipher.update(block), cipher.final()]).toString("base64url")}`;
}

/** The 統合宛名番号 behind the last part of such an address; 404 when it is none of ours. */
export function personOfPath(platform: Platform, part: string): PersonNumber {
  const block = Buffer.from(part, "base64url");
  if (block.length !== blockSize) throw notFound();
  const decipher = createDecipheriv("aes-256-ecb", keyOf(platform), null).setAutoPadding(false);
  const text = Buffer.concat([decipher.update(block), decipher.final()]).toString("latin1");
  const number = text.slice(0, 10);
  if (!isPersonNumber(number) || !/^\0{6}$/.test(text.slice(10))) throw notFound();
  return number;
}

const keyOf = (platform: Platform) => platform.keys.fingerprint("address of a person's page");
