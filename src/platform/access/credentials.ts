import { randomBytes } from "node:crypto";
import type { Work } from "../work.ts";
import { codeEnrolmentUri, newCodeSecret, sealCodeSecret } from "./one-time-code.ts";
import { hashPassword } from "./passwords.ts";

/** What a member of staff needs once to sign in; shown once and kept nowhere. */
export interface FirstCredential {
  password: string;
  /** For the QR code that an authenticator app reads. */
  enrolmentUri: string;
}

/** A first password and the secret of a code, with what the database keeps of them. */
export async function newCredential(work: Work, loginName: string) {
  const password = `${randomBytes(9).toString("base64url")}-aA1`;
  const secret = newCodeSecret();
  return {
    first: { password, enrolmentUri: codeEnrolmentUri(secret, loginName) },
    hash: await hashPassword(password),
    sealed: sealCodeSecret(work.platform.keys, secret),
  };
}
