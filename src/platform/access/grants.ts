import { and, asc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { duty, office, staff } from "#db/schema/access.ts";
import { fiscalYear, fiscalYearEnd } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { recordAudit } from "../audit/write.ts";
import { conflict, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
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
  if (!request.reason) throw problem("必要な理由を入力してください。");
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

/** Applications that wait for a decision, the oldest first. */
export function waitingGrants(work: Work) {
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
    .where(isNull(duty.decision))
    .orderBy(asc(duty.requestedAt));
}

/** Decides an application: never one's own, never for oneself; the database refuses both too. */
export async function decideGrant(
  work: Work,
  grantId: number,
  decision: "approved" | "refused",
): Promise<void> {
  const own = "自分が申請した権限、自分に対する権限は、承認も却下もできません。";
  const [waiting] = await work.tx
    .select({ requestedBy: duty.requestedBy, staffId: duty.staffId })
    .from(duty)
    .where(and(eq(duty.id, grantId), isNull(duty.decision)));
  if (!waiting) throw conflict("この申請はすでに処理されています。");
  const { staffId } = work.actor;
  if (waiting.requestedBy === staffId || waiting.staffId === staffId) {
    throw new Problem({ status: 403, message: own });
  }
  await work.tx
    .update(duty)
    .set({ decision, decidedBy: staffId, decidedAt: new Date() })
    .where(and(eq(duty.id, grantId), isNull(duty.decision)));
  await recordAudit(work, {
    kind: "change",
    action: `grant.${decision}`,
    detail: { grant: grantId, staff: waiting.staffId },
  });
}
