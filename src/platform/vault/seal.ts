import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from "node:crypto";

/**
 * Seals bytes with the key of a holder (AES-256-GCM). The place where they stand, such as
 * `1000000014|name`, is bound in, so that a sealed value moved to another row does not open.
 *
 * @returns nonce (12), ciphertext, tag (16)
 */
// A cipher made from bytes takes three times as long as one made from a key object (Node 24).
export function seal(key: Buffer, place: string, plain: Buffer | string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", createSecretKey(key), nonce).setAAD(
    Buffer.from(place),
  );
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what {@link seal} made; throws where key, place or bytes are not the ones sealed. */
export function unseal(key: Buffer, place: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", createSecretKey(key), sealed.subarray(0, 12))
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}
