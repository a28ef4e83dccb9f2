import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from "node:crypto";
import { randomPiece } from "./random.ts";

/**
 * Seals bytes with the key of a holder (AES-256-GCM). The place where they stand, such as
 * `1000000014|name`, is bound in, so that a sealed value moved to another row does not open.
 *
 * @returns nonce (12), ciphertext, tag (16)
 */
export function seal(key: Buffer | KeyObject, place: string, plain: Buffer | string): Buffer {
  const nonce = randomPiece(12);
  const cipher = createCipheriv("aes-256-gcm", keyObject(key), nonce).setAAD(Buffer.from(place));
  const sealed = cipher.update(plain);
  // Nothing is left: the mode is a stream.
  cipher.final();
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** A key as ciphers take it soonest: one made from bytes takes three times as long (Node 24). For several sealings make it once. */
export const keyObject = (key: Buffer | KeyObject): KeyObject =>
  Buffer.isBuffer(key) ? createSecretKey(key) : key;

/** Opens what {@link seal} made; throws where key, place or bytes are not the ones sealed. */
export function unseal(key: Buffer | KeyObject, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", keyObject(key), sealed.subarray(0, 12))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}
