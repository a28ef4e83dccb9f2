import { hash, randomBytes } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";

/** Days for which a password holds (USE-3). */
export const passwordDays = 180;

/**
 * What the database keeps of a password: a fresh salt and the hash of the proof, `salt$sha256(proof)`. It can check
 * a proof and make none.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16).toString("hex");
  const proof = await passwordProof(password, salt);
  return `${salt}$${hash("sha256", proof)}`;
}

/** Proves a password to the database: Argon2id with OWASP's parameters (19 MiB, 2 passes) and the salt (hexadecimal) kept there. */
export const passwordProof = (password: string, salt: string): Promise<Buffer> =>
  hashRaw(password.normalize("NFKC"), { salt: Buffer.from(salt, "hex") });
