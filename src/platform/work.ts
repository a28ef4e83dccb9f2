import type { Actor } from "./access/actor.ts";
import type { Transaction } from "./database.ts";
import type { Platform } from "./platform.ts";
import { conflict, Problem, type ProblemDetails } from "./problem.ts";
import { type Reason, reasonParts } from "./reasons.ts";

/** Why personal data are used; stands in every row of the access log. */
export const purposeTitles = {
  counter: "窓口対応",
  case: "申請の処理",
  approval: "決裁",
  mailing: "一括発送",
  feed: "連携取込",
  inquiry: "照会・確認",
  audit: "監査",
  administration: "システム管理",
  scheduled: "定時処理",
  payment: "支払",
} as const;
export type Purpose = keyof typeof purposeTitles;

export interface WorkOptions {
  purpose: Purpose;
  /** Why this person looks now, where the purpose alone does not say it. */
  reason?: Reason | undefined;
  /** The 事務 in which the work is done, such as `child-medical`. */
  program?: string | undefined;
  caseId?: string | undefined;
}

/** One unit of work: a transaction entered in the name of a session. Functions that read or write take it first. */
export interface Work extends WorkOptions {
  /** drizzle's transaction, for tables. */
  tx: Transaction["drizzle"];
  /** The driver's transaction, for functions and bulk statements. */
  sql: Transaction["sql"];
  actor: Actor;
  platform: Platform;
}

/** A problem that is recorded although the work was undone: a paper that stands in the list of what could not be printed. */
export class RecordedProblem extends Problem {
  /** Run in the same name and for the same purpose, after all else was undone. */
  readonly record: (work: Work) => Promise<void>;

  constructor(details: ProblemDetails, record: (work: Work) => Promise<void>) {
    super(details);
    this.record = record;
  }
}

/**
 * Runs a unit of work in the name of an actor: all of it is committed, or none. The database verifies
 * the session; raises {@link SessionEnded} or {@link SessionLocked} where it is not open. What a
 * {@link RecordedProblem} records follows in a unit of its own.
 */
export async function runWork<T>(
  platform: Platform,
  actor: Actor,
  options: WorkOptions,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  try {
    return await transact(platform, actor, options, work);
  } catch (error) {
    if (error instanceof RecordedProblem) await transact(platform, actor, options, error.record);
    // Asked by the database wherever something is decided or paid (people.require_confirmed).
    if (error instanceof Error && "code" in error && error.code === "MD021")
      throw conflict(
        "住登外者のうち、2人目の職員の確認が済んでいない方がいるため、決裁も支払もできません。住民の画面で確認してください。",
      );
    throw error;
  }
}

async function transact<T>(
  platform: Platform,
  actor: Actor,
  options: WorkOptions,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  let mark: string | undefined;
  try {
    return await platform.database.transaction(async ({ drizzle, sql }) => {
      mark = await enter(sql, platform, actor.sessionToken, options, { acts: !actor.byPage });
      return work({ ...options, tx: drizzle, sql, actor, platform });
    });
  } catch (error) {
    // What was recorded is undone with the work; its numbers are missing, which has to be explained.
    if (mark !== undefined) await noteUndone(platform, actor, options, mark).catch(() => {});
    throw error;
  }
}

/** Says in the log that a unit of work was undone. Where that fails too, the numbers stay missing without a word. */
const noteUndone = (platform: Platform, actor: Actor, options: WorkOptions, mark: string) =>
  platform.database.transaction(async ({ sql }) => {
    await enter(sql, platform, actor.sessionToken, options, { acts: false });
    await sql`select audit.note_undone(${mark})`;
  });

/** Purposes whose work is done in bulk: their statements may take longer than the minute of a page. */
const inBulk: ReadonlySet<Purpose> = new Set(["mailing", "feed", "audit", "scheduled", "payment"]);

/** Nobody is signed in under this token any more. */
export class SessionEnded extends Error {}
/** The person left the seat (離席ロック), or the time ran out. */
export class SessionLocked extends Error {}

/**
 * Tells the database in whose name, when and why the rest of the transaction is done. With `acts` it is the person who does
 * something, and the time that the session may stand idle begins anew.
 *
 * @returns the last number of an audit record before it
 */
export async function enter(
  sql: Transaction["sql"],
  platform: Platform,
  sessionToken: string,
  { purpose, reason, program, caseId }: WorkOptions,
  { acts }: { acts: boolean },
): Promise<string> {
  const { code, why } = reasonParts(reason);
  try {
    const [entered] = await sql<{ mark: string }[]>`
      select s.last_value::text as mark, access.enter(${sessionToken}, ${platform.clock.today()}, ${purpose},
             ${code}, ${program ?? null}, ${caseId ?? null}),
             set_config('app.why', ${why}, true) is null,
             ${inBulk.has(purpose)} and set_config('statement_timeout', '30min', true) is null,
             case when ${acts} then access.act(${sessionToken})::text end
        from audit.record_id_seq s`;
    return entered?.mark ?? "0";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "MD001") throw new SessionEnded("session ended");
    if (code === "MD002") throw new SessionLocked("session locked");
    throw error;
  }
}
