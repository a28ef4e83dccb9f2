import type { Platform } from "../platform.ts";
import { enter, SessionEnded } from "../work.ts";
import type { Actor, HeldRight } from "./actor.ts";
import { codeStep, openCodeSecret } from "./one-time-code.ts";
import { passwordDays } from "./passwords.ts";
import { type Duty, duties } from "./rights.ts";
import { proofOf } from "./sign-in.ts";
import { newToken, systemSecret, tokenHash } from "./tokens.ts";

/** Why the session of a person is over: written when it was ended, or because of its id. */
export type SessionEnd =
  | "signed in elsewhere"
  | "used at another terminal"
  | "credential reset"
  | "signed out"
  | "signed out while locked"
  | "transferred"
  | "disabled"
  | "expired"
  | "lived out";

export interface SessionState {
  state: "open" | "locked" | "ended";
  loginName: string;
  staffName: string;
  /** Seconds that it may still stand idle. */
  secondsLeft: number;
  /** Seconds until it ends, whatever is done. */
  lifeLeft: number;
  /** Whether its lock takes the one-time code too. */
  needsCode: boolean;
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
      life_left: number;
      needs_code: boolean;
      why: SessionEnd | null;
    }[]
  >`select * from access.session_state(${token})`;
  return (
    row && {
      state: row.state,
      loginName: row.login_name,
      staffName: row.staff_name,
      secondsLeft: row.seconds_left,
      lifeLeft: row.life_left,
      needsCode: row.needs_code,
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
      limitedUntil: row.limited_until ? new Date(row.limited_until) : null,
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

/** Why a lock stays on. */
export type UnlockRefusal =
  | "wrong"
  | "locked"
  /** It stood idle so long that the one-time code is needed too. */
  | "code-needed"
  | "code-wrong"
  | "code-used";

/**
 * Takes the lock off with the password, and with the one-time code where nothing was done for long; wrong tries count as
 * those of a sign-in do. @throws SessionEnded where it is over, or at another terminal than that of the sign-in
 */
export async function unlockSession(
  platform: Platform,
  token: string,
  { password, code = "", address }: { password: string; code?: string; address: string },
): Promise<{ ok: true } | { ok: false; why: UnlockRefusal }> {
  const { sql } = platform.database;
  const secret = systemSecret(platform.keys);
  const state = await livingSession(platform, token);
  const proof = await proofOf(platform, state.loginName, password);
  try {
    let step: number | null = null;
    if (state.needsCode && code) {
      const [found] = await sql<{ sealed: Buffer | null }[]>`
        select access.session_code_secret(${secret}, ${token}, ${proof}, ${address}) as sealed`;
      step = found?.sealed ? codeStep(openCodeSecret(platform.keys, found.sealed), code) : null;
      if (found?.sealed && step === null) {
        await sql`select access.session_code_failed(${secret}, ${token}, ${address})`;
        return { ok: false, why: "code-wrong" };
      }
    }
    const [row] = await sql<{ outcome: "right" | UnlockRefusal }[]>`
      select access.unlock_session(${token}, ${proof}, ${address}, ${step}, ${secret}) as outcome`;
    return row?.outcome === "right" ? { ok: true } : { ok: false, why: row?.outcome ?? "wrong" };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD001") {
      throw new SessionEnded("session of another terminal");
    }
    throw error;
  }
}

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
  limited_until: string | null;
  elsewhere: boolean;
}
