import { randomBytes } from "node:crypto";
import type { Platform } from "../platform.ts";
import { codeStep, openCodeSecret } from "./one-time-code.ts";
import { passwordProof } from "./passwords.ts";
import { newToken, systemSecret, tokenHash } from "./tokens.ts";

/** Why a sign-in was refused. Which of name, password and code was wrong, and whether the id exists, is never told. */
export type SignInRefusal = "wrong" | "locked" | "over" | "unregistered-terminal" | "code-used";

export type CheckedPassword =
  /** The ticket stands for the first factor until the second, for three minutes at this terminal. */
  { ok: true; ticket: string; openElsewhereSince: Date | null } | { ok: false; why: SignInRefusal };

/** First factor. Names that nobody has take as long as wrong passwords, and are held back alike. */
export async function checkPassword(
  platform: Platform,
  { loginName, password, address }: { loginName: string; password: string; address: string },
): Promise<CheckedPassword> {
  const { sql } = platform.database;
  if (!(await terminalRegistered(platform, address))) {
    return { ok: false, why: "unregistered-terminal" };
  }
  const proof = await proofOf(platform, loginName, password);
  const ticket = newToken();
  const [row] = await sql<{ outcome: "right" | SignInRefusal; open_elsewhere: string | null }[]>`
    select * from access.check_password(${systemSecret(platform.keys)}, ${loginName}, ${proof},
      ${address}, ${tokenHash(ticket)})`;
  if (row?.outcome !== "right") return { ok: false, why: row?.outcome ?? "wrong" };
  const since = row.open_elsewhere;
  return { ok: true, ticket, openElsewhereSince: since ? new Date(since) : null };
}

/** What is shown to the database instead of a password. */
export async function proofOf(
  platform: Platform,
  loginName: string,
  password: string,
): Promise<Buffer> {
  const [row] = await platform.database.sql<{ salt: string | null }[]>`
    select access.password_salt(${loginName}) as salt`;
  return passwordProof(password, row?.salt ?? randomBytes(16).toString("hex"));
}

/** Both factors at once: for the demonstration, the tests and anything but the browser. */
export async function signIn(
  platform: Platform,
  credentials: { loginName: string; password: string; code: string; address: string },
): Promise<SignedIn> {
  const first = await checkPassword(platform, credentials);
  return first.ok ? checkCode(platform, { ...credentials, ticket: first.ticket }) : first;
}

export type SignedIn = { ok: true; token: string } | { ok: false; why: SignInRefusal };

/** A sign-in that waits for the second factor, or `undefined` where it is over or was begun at another terminal. */
export async function ticketStanding(
  platform: Platform,
  { ticket, address }: { ticket: string; address: string },
): Promise<{ openElsewhereSince: Date | null } | undefined> {
  const [row] = await platform.database.sql<{ open_elsewhere: string | null }[]>`
    select * from access.ticket_standing(${systemSecret(platform.keys)}, ${ticket}, ${address})`;
  return row && { openElsewhereSince: row.open_elsewhere ? new Date(row.open_elsewhere) : null };
}

/**
 * Second factor, of a person whose password was right; opens the session and ends the one that was
 * open elsewhere (USE-1, USE-2).
 *
 * @returns the secret token for the browser
 */
export async function checkCode(
  platform: Platform,
  { ticket, code, address }: { ticket: string; code: string; address: string },
): Promise<SignedIn> {
  const { sql } = platform.database;
  const secret = systemSecret(platform.keys);
  const [row] = await sql<{ sealed: Buffer | null }[]>`
    select access.code_secret(${secret}, ${ticket}, ${address}) as sealed`;
  if (!row?.sealed) return { ok: false, why: "over" };
  const step = codeStep(openCodeSecret(platform.keys, row.sealed), code);
  if (step === null) {
    await sql`select access.code_failed(${secret}, ${ticket}, ${address})`;
    return {
      ok: false,
      why: (await ticketStanding(platform, { ticket, address })) ? "wrong" : "over",
    };
  }
  const token = newToken();
  try {
    await sql`select access.sign_in(${secret}, ${ticket}, ${tokenHash(token)}, ${address}, ${step})`;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal) return { ok: false, why: refusal };
    throw error;
  }
  return { ok: true, token };
}

/** What the database says of a sign-in that it does not carry out; `undefined` for any other error. */
export function refusalOf(error: unknown): SignInRefusal | undefined {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "MD003") return "unregistered-terminal";
  if (code === "MD004") return "code-used";
  if (code === "MD008") return "wrong";
  return code === "MD005" ? "over" : undefined;
}

/** Whether requests from this address are served at all (USE-8). */
export async function terminalRegistered(platform: Platform, address: string): Promise<boolean> {
  const [row] = await platform.database.sql<{ known: boolean }[]>`
    select access.terminal_registered(${address}) as known`;
  return row?.known ?? false;
}
