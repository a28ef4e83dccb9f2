import { hash, randomBytes } from "node:crypto";
import type { KeyRing } from "../vault/key-ring.ts";

/** A fresh secret for a session: 256 bits. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What the database keeps of a token or secret. */
export const tokenHash = (token: string | Buffer): Buffer => hash("sha256", token, "buffer");

/** What opens a session of the account of scheduled jobs; made from the master key, the database keeps its hash. */
export const systemSecret = (keys: KeyRing): Buffer =>
  keys.fingerprint("account of scheduled jobs");
