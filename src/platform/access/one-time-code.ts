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

/** Secrets stand in the database sealed with a key derived from the master key. */
export function sealCodeSecret(keys: KeyRing, secret: string): Buffer {
  const { key, wrapped } = keys.newKey();
  return Buffer.concat([wrapped, seal(key, "one-time-code", secret)]);
}

export const openCodeSecret = (keys: KeyRing, sealed: Buffer): string =>
  unseal(keys.unwrap(sealed.subarray(0, 40)), "one-time-code", sealed.subarray(40)).toString();

const totp = (secret: string, label = "madoguchi") =>
  new TOTP({ issuer: "madoguchi", label, secret: Secret.fromBase32(secret), period, digits: 6 });
