import { asc, eq, inArray, isNull, or } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialReset, staff } from "#db/schema/access.ts";
import { accessPeriods } from "#workflows/access/periods.ts";
import { type ResetContext, resetV1 } from "#workflows/access/reset-machine.ts";
import { firstState } from "#workflows/flows/answer.ts";
import { valueOn } from "#workflows/parameters/dated.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { conflict, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { type FirstCredential, newCredential } from "./credentials.ts";

/** Why somebody's sign-in is to be set anew. */
export const resetReasons = {
  forgotten: "パスワードを忘れた",
  lost: "認証アプリの端末をなくした、替えた",
  suspected: "ほかの人に使われたおそれがある",
} as const;
export type ResetReason = keyof typeof resetReasons;

/** An application for a new password and code. */
export interface CredentialReset {
  id: number;
  staffId: number;
  staffName: string;
  loginName: string;
  why: ResetReason;
  requestedBy: number;
  requester: string;
  requestedAt: Date;
  decider: string | null;
  /** After it an approved one is not carried out any more; `null` until it is approved. */
  until: Date | null;
  decision: "approved" | "refused" | "issued" | null;
}

/** Those that wait for a decision or, approved, for being carried out; the oldest first. */
export async function openResets(work: Work): Promise<CredentialReset[]> {
  const open = await resets(work).where(
    or(isNull(credentialReset.decision), eq(credentialReset.decision, "approved")),
  );
  return open.map((row) => withUntil(work, row)).filter((reset) => !isExpired(reset));
}

/** Those of them that this person may approve or refuse now. */
export async function resetsToDecide(work: Work): Promise<CredentialReset[]> {
  return (await openResets(work)).filter((reset) => possible(work, reset, "approve"));
}

/** Those of them that this person applied for. */
export async function ownResets(work: Work): Promise<CredentialReset[]> {
  return (await openResets(work)).filter(({ requestedBy }) => requestedBy === work.actor.staffId);
}

/** What this person could do with an application. */
export const resetActions = (work: Work, reset: CredentialReset): FlowAction[] =>
  actionsAt(work.actor, standing(work, reset));

const possible = (work: Work, reset: CredentialReset, wanted: string) =>
  resetActions(work, reset).some(({ type, reasons }) => type === wanted && reasons.length === 0);

/** Applies for a new password and code for somebody; another person has to approve. @throws Problem 409 where one is under way */
export async function requestReset(work: Work, staffId: number, why: ResetReason): Promise<void> {
  try {
    await work.sql.savepoint((sql) => sql`select access.apply_for_reset(${staffId}, ${why})`);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MD006") {
      throw conflict("この職員のサインインの再設定は、すでに申請されています。");
    }
    throw error;
  }
}

/** Approves or refuses. @throws Problem 403 with the reason for one's own, 409 when it was decided meanwhile */
export async function decideReset(
  work: Work,
  resetId: number,
  event: "approve" | "refuse",
): Promise<void> {
  const decision = stateAfter(standing(work, await getReset(work, resetId)), event);
  const [row] = await work.sql<{ done: boolean }[]>`
    select access.decide_reset(${resetId}, ${decision}) as done`;
  if (!row?.done) throw conflict("この申請は、ほかの職員が先に決めました。");
}

/**
 * A new first password and code, as approved: whoever applied for it hands them to the person.
 *
 * @throws Problem 403 for another's application, 409 where it was carried out meanwhile
 */
export async function issueReset(
  work: Work,
  resetId: number,
): Promise<{ first: FirstCredential; loginName: string }> {
  const reset = await getReset(work, resetId);
  stateAfter(standing(work, reset), "issue");
  const { first, hash, sealed } = await newCredential(work, reset.loginName);
  const [row] = await work.sql<{ done: boolean }[]>`
    select access.reset_credential(${resetId}, ${hash}, ${sealed}) as done`;
  if (!row?.done) throw conflict("この再設定は、もう行えません。");
  return { first, loginName: reset.loginName };
}

/** Whom a reset limits at present, and until when, by number of the row of staff. */
export async function limitedStaff(work: Work): Promise<Map<number, Date>> {
  const rows = await work.sql<{ staff_id: number; until: string }[]>`
    select * from access.limited_staff()`;
  return new Map(rows.map(({ staff_id, until }) => [staff_id, new Date(until)]));
}

async function getReset(work: Work, resetId: number): Promise<CredentialReset> {
  const [found] = await resets(work).where(inArray(credentialReset.id, [resetId]));
  if (!found) throw notFound("再設定の申請が見つかりません。");
  return withUntil(work, found);
}

function resets(work: Work) {
  const [requester, decider] = [alias(staff, "requester"), alias(staff, "decider")];
  return work.tx
    .select({
      id: credentialReset.id,
      staffId: credentialReset.staffId,
      staffName: staff.displayName,
      loginName: staff.loginName,
      why: credentialReset.why,
      requestedBy: credentialReset.requestedBy,
      requester: requester.displayName,
      requestedAt: credentialReset.requestedAt,
      decider: decider.displayName,
      decidedAt: credentialReset.decidedAt,
      decision: credentialReset.decision,
    })
    .from(credentialReset)
    .innerJoin(staff, eq(staff.id, credentialReset.staffId))
    .innerJoin(requester, eq(requester.id, credentialReset.requestedBy))
    .leftJoin(decider, eq(decider.id, credentialReset.decidedBy))
    .orderBy(asc(credentialReset.requestedAt))
    .$dynamic();
}

function withUntil(
  work: Work,
  { decidedAt, ...row }: Omit<CredentialReset, "until"> & { decidedAt: Date | null },
): CredentialReset {
  const seconds = valueOn(accessPeriods["reset-approval"], work.platform.clock.today());
  const until = decidedAt && new Date(decidedAt.getTime() + seconds * 1000);
  return { ...row, until };
}

/** By the real clock, which the database judges by too. */
const isExpired = ({ decision, until }: CredentialReset) =>
  decision === "approved" && until !== null && until.getTime() < Date.now();

const standing = (work: Work, reset: CredentialReset): Standing<ResetContext> => ({
  definition: resetV1,
  state: reset.decision ?? firstState(resetV1),
  context: {
    actingStaffId: work.actor.staffId,
    requestedBy: reset.requestedBy,
    staffId: reset.staffId,
    expired: isExpired(reset),
  },
});
