import { randomBytes } from "node:crypto";
import type { Platform } from "../platform.ts";
import { hex } from "../vault/bytes.ts";
import { enter, SessionEnded } from "../work.ts";
import type { Actor, HeldRight } from "./actor.ts";
import { codeStep, openCodeSecret } from "./one-time-code.ts";
import { hashPassword, passwordDays, passwordProof, passwordWeakness } from "./passwords.ts";
import { type Duty, duties } from "./rights.ts";
import { newToken, systemSecret, tokenHash } from "./tokens.ts";

/** Why a sign-in was refused. Which of name, password and code was wrong is never told. */
export type SignInRefusal = "wrong" | "locked" | "unregistered-terminal" | "code-used";

export type CheckedPassword =
  /** The proof is shown again with the second factor. */
  { ok: true; proof: Buffer; openElsewhereSince: Date | null } | { ok: false; why: SignInRefusal };

/** First factor. Unknown names take as long as wrong passwords. */
export async function checkPassword(
  platform: Platform,
  { loginName, password, address }: { loginName: string; password: string; address: string },
): Promise<CheckedPassword> {
  const { sql } = platform.database;
  if (!(await terminalRegistered(platform, address))) {
    return { ok: false, why: "unregistered-terminal" };
  }
  const proof = await proofOf(platform, loginName, password);
  const [row] = await sql<{ outcome: PasswordOutcome; open_elsewhere: string | null }[]>`
    select * from access.check_password(${loginName}, ${proof}, ${address})`;
  if (row?.outcome !== "right") return { ok: false, why: row?.outcome ?? "wrong" };
  const since = row.open_elsewhere;
  return { ok: true, proof, openElsewhereSince: since ? new Date(since) : null };
}

type PasswordOutcome = "right" | "wrong" | "locked";

async function proofOf(platform: Platform, loginName: string, password: string): Promise<Buffer> {
  const [row] = await platform.database.sql<{ salt: string | null }[]>`
    select access.password_salt(${loginName}) as salt`;
  return passwordProof(password, row?.salt ?? decoySalt);
}

/** For names that nobody has, so that time tells nothing. */
const decoySalt = randomBytes(16).toString("hex");

/** Both factors at once: for the demonstration, the tests and anything but the browser. */
export async function signIn(
  platform: Platform,
  credentials: { loginName: string; password: string; code: string; address: string },
): Promise<SignedIn> {
  const first = await checkPassword(platform, credentials);
  return first.ok ? checkCode(platform, { ...credentials, proof: first.proof }) : first;
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
  who: { loginName: string; proof: Buffer; code: string; address: string },
): Promise<SignedIn> {
  const { sql } = platform.database;
  const { loginName, proof, address } = who;
  const [row] = await sql<{ sealed: Buffer | null }[]>`
    select access.code_secret(${loginName}, ${proof}) as sealed`;
  if (!row?.sealed) return { ok: false, why: "locked" };
  const step = codeStep(openCodeSecret(platform.keys, row.sealed), who.code);
  if (step === null) {
    await sql`select access.sign_in_failed(${loginName}, ${address}, 'code')`;
    return { ok: false, why: "wrong" };
  }
  const token = newToken();
  try {
    await sql`select access.sign_in(${loginName}, ${proof}, ${tokenHash(token)}, ${address}, ${step})`;
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

/** Why the session of a person is over: written when it was ended, or because of its id. */
export type SessionEnd =
  | "signed in elsewhere"
  | "used at another terminal"
  | "credential reset"
  | "signed out"
  | "signed out while locked"
  | "transferred"
  | "disabled"
  | "expired";

export interface SessionState {
  state: "open" | "locked" | "ended";
  loginName: string;
  staffName: string;
  /** Seconds that it may still stand idle. */
  secondsLeft: number;
  /** Set where it ended. */
  why: SessionEnd | null;
}

/** State of a session as the database judges it, without entering or prolonging it: `undefined` where there never was one. */
export async function sessionState(
  platform: Platform,
  token: string,
): Promise<SessionState | undefined> {
  const [row] = await platform.database.sql<
    {
      state: SessionState["state"];
      login_name: string;
      staff_name: string;
      seconds_left: number;
      why: SessionEnd | null;
    }[]
  >`select * from access.session_state(${token})`;
  return (
    row && {
      state: row.state,
      loginName: row.login_name,
      staffName: row.staff_name,
      secondsLeft: row.seconds_left,
      why: row.why,
    }
  );
}

/** The same of a session that is open or locked. @throws SessionEnded where it is over */
export async function livingSession(platform: Platform, token: string): Promise<SessionState> {
  const found = await sessionState(platform, token);
  if (!found || found.state === "ended") throw new SessionEnded("session ended");
  return found;
}

/**
 * The actor behind a token. A token that turns up at another terminal than the one of the sign-in ends its session.
 * With `byPage` it is a page that asks by itself, not the person: the session is not prolonged, now or in the actor's work.
 * Raises SessionEnded or SessionLocked.
 */
export async function resume(
  platform: Platform,
  token: string,
  { address, byPage = false }: { address?: string; byPage?: boolean } = {},
): Promise<Actor & { passwordExpired: boolean }> {
  const { elsewhere, ...actor } = await actorOf(platform, token, { address, byPage });
  if (elsewhere) {
    await signOut(platform, token, "used at another terminal");
    throw new SessionEnded("session of another terminal");
  }
  return byPage ? { ...actor, byPage } : actor;
}

function actorOf(
  platform: Platform,
  token: string,
  { address, byPage }: { address: string | undefined; byPage: boolean },
): Promise<Actor & { passwordExpired: boolean; elsewhere: boolean }> {
  return platform.database.transaction(async ({ sql }) => {
    await enter(sql, platform, token, { purpose: "inquiry" }, { acts: !byPage });
    const [row] = await sql<WhoamiRow[]>`
      select *, terminal_address is distinct from ${address ?? null}::inet as elsewhere from access.whoami()`;
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
      elsewhere: address !== undefined && row.elsewhere,
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
  const state = await livingSession(platform, token);
  const proof = await proofOf(platform, state.loginName, password);
  const [row] = await platform.database.sql<{ outcome: PasswordOutcome }[]>`
    select access.unlock_session(${token}, ${proof}, ${address}) as outcome`.catch((error) => {
    throw error.code === "MD001" ? new SessionEnded("session of another terminal") : error;
  });
  return row?.outcome === "right" ? { ok: true } : { ok: false, why: row?.outcome ?? "wrong" };
}

/** Sets one's own new password; returns what is wrong with it, in Japanese, where it is refused. */
export async function changePassword(
  platform: Platform,
  token: string,
  { present, next, address }: { present: string; next: string; address: string },
): Promise<string | undefined> {
  const state = await livingSession(platform, token);
  const weakness = passwordWeakness(next, state.loginName);
  return platform.database.transaction(async ({ sql }) => {
    await enter(sql, platform, token, { purpose: "administration" }, { acts: true });
    const [own] = await sql<{ salts: string[] }[]>`select access.own_password_salts() as salts`;
    const salts = own?.salts ?? [];
    const proof = await passwordProof(present, salts[0] ?? decoySalt);
    if (weakness) {
      const [row] = await sql<{ outcome: PasswordOutcome }[]>`
        select outcome from access.check_password(${state.loginName}, ${proof}, ${address})`;
      return row?.outcome === "right" ? weakness : wrongPresent;
    }
    const proofs = await Promise.all(salts.map((salt) => passwordProof(next, salt)));
    const [row] = await sql<{ outcome: PasswordOutcome | "used-before" }[]>`
      select access.change_password(${proof}, ${await hashPassword(next)},
        ${proofs.map(hex)}::text[]::bytea[], ${address}) as outcome`;
    if (row?.outcome === "used-before") return "以前に使ったパスワードは使えません。";
    return row?.outcome === "right" ? undefined : wrongPresent;
  });
}

const wrongPresent = "今のパスワードが違います。";

/** Opens a session of the scheduled jobs' account; jobs act in its name, with the reason naming who asked. */
export async function openSystemSession(platform: Platform): Promise<Actor> {
  const token = newToken();
  await platform.database.sql`
    select access.open_system_session(${systemSecret(platform.keys)}, ${tokenHash(token)})`;
  return resume(platform, token);
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
  elsewhere: boolean;
}
