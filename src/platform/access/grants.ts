import { and, asc, count, eq, isNull, min, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { duty, office, staff } from "#db/schema/access.ts";
import { type GrantContext, grantV1 } from "#workflows/access/grant-machine.ts";
import { fiscalYear, fiscalYearEnd } from "#workflows/dates/ages.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState } from "#workflows/flows/answer.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { recordAudit } from "../audit/write.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import type { Figures } from "../lines.ts";
import { conflict, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { Actor } from "./actor.ts";
import type { Duty } from "./rights.ts";

/** An application for a duty (USE-4): for whom, in which 事務 and office, from when to when, why. */
export interface GrantRequest {
  staffId: number;
  duty: Duty;
  program: string | null;
  officeCode: string | null;
  validFrom: IsoDate;
  validTo: IsoDate;
  reason: string;
}

/** The last day a duty may be applied for: the end of the fiscal year in which it begins. */
export const latestEnd = (from: IsoDate): IsoDate => fiscalYearEnd(fiscalYear(from));

/** Applies for a duty; it is held only when another person approves. */
export async function requestGrant(work: Work, request: GrantRequest): Promise<void> {
  const problem = (message: string) => new Problem({ status: 422, message });
  if (request.validTo < request.validFrom) throw problem("終了日が開始日より前です。");
  if (request.validTo > latestEnd(request.validFrom)) {
    throw problem("権限は年度末までです。翌年度分は翌年度に申請してください。");
  }
  if (request.validFrom > addDays(latestEnd(work.platform.clock.today()), 1))
    throw problem("開始日は、翌年度の初日までにしてください。");
  const fault = reasonFault(request.reason, "必要な理由");
  if (fault) throw problem(fault);
  if (request.duty === "system") throw problem("定時処理の職務は申請できません。");
  // Only these columns may be written by who applies: the decision belongs to another.
  await work.sql`insert into access.duty_grant
    (staff_id, duty, program, office_code, valid_from, valid_to, reason, requested_by)
    values (${request.staffId}, ${request.duty}, ${request.program}, ${request.officeCode},
      ${request.validFrom}, ${request.validTo}, ${request.reason}, ${work.actor.staffId})`;
  await recordAudit(work, {
    kind: "change",
    action: "grant.requested",
    detail: { staff: request.staffId, duty: request.duty, program: request.program },
  });
}

/** Applications that wait for a decision, the oldest first; all of them, or those of one task. */
export function waitingGrants(work: Work, task?: GrantTask) {
  const requester = alias(staff, "requester");
  return work.tx
    .select({
      id: duty.id,
      staffId: duty.staffId,
      staffName: staff.displayName,
      loginName: staff.loginName,
      duty: duty.duty,
      program: duty.program,
      officeName: office.name,
      validFrom: duty.validFrom,
      validTo: duty.validTo,
      reason: duty.reason,
      requestedBy: duty.requestedBy,
      requesterName: requester.displayName,
      requestedAt: duty.requestedAt,
    })
    .from(duty)
    .innerJoin(staff, eq(staff.id, duty.staffId))
    .innerJoin(requester, eq(requester.id, duty.requestedBy))
    .leftJoin(office, eq(office.code, duty.officeCode))
    .where(waitingFor(work, task))
    .orderBy(asc(duty.requestedAt), asc(duty.id));
}

/** To be decided by this person, or applied for by them and decided by another. */
export type GrantTask = "decide" | "sent";

/** This person decides what is not their own, not for themselves (as the machine has it), and within their right to approve. */
const waitingFor = ({ actor: { staffId } }: Work, task: GrantTask | undefined) => {
  if (task === undefined) return isNull(duty.decision);
  if (task === "sent") return and(isNull(duty.decision), eq(duty.requestedBy, staffId));
  return and(
    isNull(duty.decision),
    sql`access.covers('grant.approve', ${duty.program}, ${duty.officeCode})`,
    ne(duty.requestedBy, staffId),
    ne(duty.staffId, staffId),
  );
};

/** How many applications of a task there are, and since when the oldest waits. */
export async function countGrants(work: Work, task: GrantTask): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(duty.requestedAt) })
    .from(duty)
    .where(waitingFor(work, task));
  return row ?? { count: 0, since: null };
}

type Decision = "approved" | "refused";

/** Where an application stands, for somebody who looks at it. */
const standing = (
  row: { requestedBy: number; staffId: number; decision: string | null },
  actingStaffId: number,
): Standing<GrantContext> => ({
  definition: grantV1,
  state: row.decision ?? firstState(grantV1),
  context: { actingStaffId, requestedBy: row.requestedBy, staffId: row.staffId },
});

/** What this person could do with an application that waits. */
export const grantActions = (
  actor: Actor,
  waiting: { requestedBy: number; staffId: number },
): FlowAction[] => actionsAt(actor, standing({ ...waiting, decision: null }, actor.staffId));

/**
 * Decides an application: never one's own, never for oneself; the database refuses both too.
 *
 * @throws Problem 403 with the reason, 409 when it was decided meanwhile
 */
export async function decideGrant(
  work: Work,
  grantId: number,
  event: "approve" | "refuse",
): Promise<void> {
  const { staffId } = work.actor;
  const [found] = await work.tx.select().from(duty).where(eq(duty.id, grantId));
  if (!found) throw notFound("権限の申請が見つかりません。");
  const decision = stateAfter(standing(found, staffId), event) as Decision;
  const decided = await work.tx
    .update(duty)
    .set({ decision, decidedBy: staffId, decidedAt: new Date() })
    .where(and(eq(duty.id, grantId), isNull(duty.decision)))
    .returning({ id: duty.id });
  // Nothing moves either where the right to approve is held for another 事務 or office.
  if (decided.length === 0) throw conflict("この申請は処理できませんでした。");
  await recordAudit(work, {
    kind: "change",
    action: `grant.${decision}`,
    detail: { grant: grantId, staff: found.staffId },
  });
}
