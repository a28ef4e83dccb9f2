import type { Platform } from "../platform.ts";
import { enter, SessionEnded } from "../work.ts";
import type { Actor, HeldRight } from "./actor.ts";
import { codeStep, openCodeSecret } from "./one-time-code.ts";
import { hashPassword, passwordDays, passwordMatches, passwordWeakness } from "./passwords.ts";
import { type Duty, duties } from "./rights.ts";
import { newToken, tokenHash } from "./tokens.ts";

/** Why a sign-in was refused. Which of name, password and code was wrong is never told. */
export type SignInRefusal = "wrong" | "locked" | "unregistered-terminal" | "code-used";

export type CheckedPassword =
  | { ok: true; staffId: number; openElsewhereSince: Date | null }
  | { ok: false; why: SignInRefusal };

/** First factor. Unknown names take as long as wrong passwords. */
export async function checkPassword(
  platform: Platform,
  { loginName, password, address }: { loginName: string; password: string; address: string },
): Promise<CheckedPassword> {
  const { sql } = platform.database;
  if (!(await terminalRegistered(platform, address))) {
    return { ok: false, why: "unregistered-terminal" };
  }
  const [row] = await sql<CredentialRow[]>`select * from access.sign_in_credential(${loginName})`;
  if (row?.locked_until && new Date(row.locked_until) > new Date()) {
    return { ok: false, why: "locked" };
  }
  const right = await passwordMatches(row?.password_hash ?? (await decoyHash), password);
  if (!row || !right) {
    await sql`select access.sign_in_failed(${loginName}, ${address}, 'password')`;
    return { ok: false, why: "wrong" };
  }
  const [open] = await sql<{ at: string | null }[]>`
    select access.session_open_elsewhere(${row.staff_id}) as at`;
  return {
    ok: true,
    staffId: row.staff_id,
    openElsewhereSince: open?.at ? new Date(open.at) : null,
  };
}

/** Both factors at once: for the demonstration, the tests and anything but the browser. */
export async function signIn(
  platform: Platform,
  credentials: { loginName: string; password: string; code: string; address: string },
): Promise<SignedIn> {
  const first = await checkPassword(platform, credentials);
  return first.ok ? checkCode(platform, { ...credentials, staffId: first.staffId }) : first;
}

export type SignedIn = { ok: true; token: string } | { ok: false; why: SignInRefusal };

/**
 * Second factor, of a person whose password was right; opens the session and ends the one that was
 * open elsewhere (USE-1, USE-2).
 *
 * @returns the secret token for the browser
 */
export async function checkCode(
  platform: Platform,
  who: { staffId: number; loginName: string; code: string; address: string },
): Promise<SignedIn> {
  const { sql } = platform.database;
  const [row] = await sql<CredentialRow[]>`
    select * from access.sign_in_credential(${who.loginName})`;
  if (row?.locked_until && new Date(row.locked_until) > new Date()) {
    return { ok: false, why: "locked" };
  }
  const secret = row?.staff_id === who.staffId && openCodeSecret(platform.keys, row.totp_sealed);
  const step = secret ? codeStep(secret, who.code) : null;
  if (step === null) {
    await sql`select access.sign_in_failed(${who.loginName}, ${who.address}, 'code')`;
    return { ok: false, why: "wrong" };
  }
  const token = newToken();
  try {
    await sql`select access.sign_in(${who.staffId}, ${tokenHash(token)}, ${who.address}, ${step})`;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "MD003") return { ok: false, why: "unregistered-terminal" };
    if (code === "MD004") return { ok: false, why: "code-used" };
    throw error;
  }
  return { ok: true, token };
}

/** Whether requests from this address are served at all (USE-8). */
export async function terminalRegistered(platform: Platform, address: string): Promise<boolean> {
  const [row] = await platform.database.sql<{ known: boolean }[]>`
    select access.terminal_registered(${address}) as known`;
  return row?.known ?? false;
}

/** State of a session without entering it: `undefined` where it ended. */
export async function sessionState(
  platform: Platform,
  token: string,
): Promise<{ loginName: string; staffName: string; locked: boolean } | undefined> {
  const [row] = await platform.database.sql<
    { login_name: string; staff_name: string; locked: boolean }[]
  >`select * from access.session_state(${token})`;
  return row && { loginName: row.login_name, staffName: row.staff_name, locked: row.locked };
}

/** The actor behind a token. Raises SessionEnded or SessionLocked. */
export async function resume(
  platform: Platform,
  token: string,
): Promise<Actor & { passwordExpired: boolean }> {
  return platform.database.transaction(async ({ sql }) => {
    await enter(sql, platform, token, { purpose: "inquiry" });
    const [row] = await sql<WhoamiRow[]>`select * from access.whoami()`;
    if (!row) throw new SessionEnded("session ended");
    const setAt = row.password_set_at ? new Date(row.password_set_at).getTime() : Date.now();
    return {
      sessionToken: token,
      sessionId: row.session_id,
      staffId: row.staff_id,
      staffName: row.staff_name,
      officeCode: row.office_code,
      officeName: row.office_name,
      dutyTitles: row.duties.map((duty) => duties[duty].title),
      rights: row.rights,
      passwordExpired:
        row.must_change_password || Date.now() - setAt > passwordDays * 24 * 60 * 60 * 1000,
    };
  });
}

export async function signOut(platform: Platform, token: string, why: string): Promise<void> {
  await platform.database.sql`select access.sign_out(${token}, ${why})`;
}

/** 離席ロック. */
export async function lockSession(platform: Platform, token: string): Promise<void> {
  await platform.database.sql`select access.lock_session(${token})`;
}

/** Takes the lock off with the password; wrong tries count towards the lock-out. */
export async function unlockSession(
  platform: Platform,
  token: string,
  { password, address }: { password: string; address: string },
): Promise<{ ok: true } | { ok: false; why: SignInRefusal }> {
  const state = await sessionState(platform, token);
  if (!state) throw new SessionEnded("session ended");
  const checked = await checkPassword(platform, { loginName: state.loginName, password, address });
  if (!checked.ok) return checked;
  await platform.database.sql`select access.unlock_session(${token})`;
  return { ok: true };
}

/** Sets one's own new password; returns what is wrong with it, in Japanese, where it is refused. */
export async function changePassword(
  platform: Platform,
  token: string,
  { present, next, address }: { present: string; next: string; address: string },
): Promise<string | undefined> {
  const state = await sessionState(platform, token);
  if (!state) throw new SessionEnded("session ended");
  const checked = await checkPassword(platform, {
    loginName: state.loginName,
    password: present,
    address,
  });
  if (!checked.ok) return "今のパスワードが違います。";
  const weakness = passwordWeakness(next, state.loginName);
  if (weakness) return weakness;
  return platform.database.transaction(async ({ sql }) => {
    await enter(sql, platform, token, { purpose: "administration" });
    const [row] = await sql<{ hashes: string[] }[]>`
      select access.own_password_hashes() as hashes`;
    for (const hash of row?.hashes ?? []) {
      if (await passwordMatches(hash, next)) return "以前に使ったパスワードは使えません。";
    }
    await sql`select access.change_password(${await hashPassword(next)})`;
    return undefined;
  });
}

/** Opens a session of the scheduled jobs' account; jobs act in its name, with the reason naming who asked. */
export async function openSystemSession(platform: Platform): Promise<Actor> {
  const token = newToken();
  await platform.database.sql`select access.open_system_session(${tokenHash(token)})`;
  return resume(platform, token);
}

interface CredentialRow {
  staff_id: number;
  password_hash: string;
  totp_sealed: Buffer;
  locked_until: string | null;
}

interface WhoamiRow {
  session_id: string;
  staff_id: number;
  staff_name: string;
  office_code: string | null;
  office_name: string | null;
  must_change_password: boolean;
  password_set_at: string | null;
  rights: HeldRight[];
  duties: Duty[];
}

/** Verified against when nobody has the name, so that time tells nothing. */
const decoyHash = hashPassword(newToken());
