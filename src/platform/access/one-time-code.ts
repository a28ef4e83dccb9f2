import { Secret, TOTP } from "otpauth";
import type { KeyRing } from "../vault/key-ring.ts";
import { seal, unseal } from "../vault/seal.ts";

/** Seconds for which a code is shown (RFC 6238). */
const period = 30;

/** A new secret in base32, as an authenticator app takes it. */
export const newCodeSecret = (): string => new Secret({ size: 20 }).base32;

/** The address an authenticator app reads from a QR code. */
export const codeEnrolmentUri = (secret: string, loginName: string): string =>
  totp(secret, loginName).toString();

/** The code of the moment; for the demonstration and the tests. */
export const codeAt = (secret: string, at = Date.now()): string =>
  totp(secret).generate({ timestamp: at });

/** Step of a right code, one step early or late allowed; `null` for a wrong one. */
export function codeStep(secret: string, code: string, at = Date.now()): number | null {
  const delta = totp(secret).validate({
    token: code.normalize("NFKC").replaceAll(/\s/g, ""),
    timestamp: at,
    window: 1,
  });
  return delta === null ? null : Math.floor(at / 1000 / period) + delta;
}

/** Secrets stand in the database sealed with a key of their own, which stands wrapped before them. */
export function sealCodeSecret(keys: KeyRing, secret: string): Buffer {
  const { key, wrapped } = keys.newKey();
  return Buffer.concat([wrapped, seal(key, "one-time-code", secret)]);
}

export function openCodeSecret(keys: KeyRing, sealed: Buffer): string {
  const at = sealed.length - sealedSecretLength;
  return unseal(
    keys.unwrap(sealed.subarray(0, at)),
    "one-time-code",
    sealed.subarray(at),
  ).toString();
}

/** The same secret with its key wrapped under the present epoch. */
export function rewrapCodeSecret(keys: KeyRing, sealed: Buffer): Buffer {
  const at = sealed.length - sealedSecretLength;
  return Buffer.concat([keys.rewrap(sealed.subarray(0, at)), sealed.subarray(at)]);
}

/** 32 characters of base32 between nonce and tag. */
const sealedSecretLength = 12 + 32 + 16;

const totp = (secret: string, label = "madoguchi") =>
  new TOTP({ issuer: "madoguchi", label, secret: Secret.fromBase32(secret), period, digits: 6 });
