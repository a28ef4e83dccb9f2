import { and, asc, count, desc, eq, inArray, min, type SQL } from "drizzle-orm";
import { certificate, entitlement } from "#db/schema/entitlements.ts";
import { certificateReturn } from "#db/schema/follow-ups.ts";
import {
  type CertificateReturnEventType,
  type CertificateReturnState,
  certificateReturnV1,
} from "#workflows/cases/certificate-return.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { stateAfter } from "../flow.ts";
import { conflict, notFound } from "../problem.ts";
import type { Work } from "../work.ts";

type Row = typeof certificateReturn.$inferSelect;
export type ReturnCause = Row["cause"];

/** A certificate that is to come back, with what it says. */
export interface CertificateReturn extends Row {
  entitlementId: string;
  caseId: string;
  recipientNumber: string;
  /** Sort of the certificate. */
  sort: string;
  issue: number;
}

export const returnCauseTitles = {
  lost: "資格の喪失",
  revoked: "職権取消",
  suspended: "資格の停止",
  replaced: "再交付",
  cancelled: "無効",
  expired: "有効期間の満了",
  corrected: "期間の訂正",
} as const satisfies Record<ReturnCause, string>;

export const returnStateMeta = (state: CertificateReturnState) =>
  stateMeta(certificateReturnV1, state);

const columns = {
  certificateId: certificateReturn.certificateId,
  program: certificateReturn.program,
  officeCode: certificateReturn.officeCode,
  personNumber: certificateReturn.personNumber,
  cause: certificateReturn.cause,
  sinceOn: certificateReturn.sinceOn,
  state: certificateReturn.state,
  revision: certificateReturn.revision,
  remindedOn: certificateReturn.remindedOn,
  remindedBy: certificateReturn.remindedBy,
  reminders: certificateReturn.reminders,
  settledBy: certificateReturn.settledBy,
  settledOn: certificateReturn.settledOn,
  settledAt: certificateReturn.settledAt,
  entitlementId: entitlement.id,
  caseId: entitlement.caseId,
  recipientNumber: entitlement.recipientNumber,
  sort: certificate.kind,
  issue: certificate.issue,
};

const joined = (work: Work) =>
  work.tx
    .select(columns)
    .from(certificateReturn)
    .innerJoin(certificate, eq(certificate.id, certificateReturn.certificateId))
    .innerJoin(entitlement, eq(entitlement.id, certificate.entitlementId));

/** A part of the list of a 事務, the oldest first, and how many there are. */
export async function listReturns(
  work: Work,
  {
    program,
    state,
    cause,
    from,
    size,
  }: {
    program: string;
    state: CertificateReturnState;
    cause?: ReturnCause | undefined;
    from: number;
    size: number;
  },
): Promise<{ total: number; rows: CertificateReturn[] }> {
  const where: SQL[] = [eq(certificateReturn.program, program), eq(certificateReturn.state, state)];
  if (cause) where.push(eq(certificateReturn.cause, cause));
  const rows = await joined(work)
    .where(and(...where))
    .orderBy(asc(certificateReturn.sinceOn), asc(certificateReturn.certificateId))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(certificateReturn, and(...where)), rows };
}

/** How many are out, and since when. */
export async function countOutstanding(work: Work, program: string) {
  const [row] = await work.tx
    .select({ count: count(), since: min(certificateReturn.sinceOn) })
    .from(certificateReturn)
    .where(and(eq(certificateReturn.program, program), eq(certificateReturn.state, "outstanding")));
  return row ?? { count: 0, since: null };
}

/** What came of the certificates of some entitlements that are to come back, by certificate. */
export async function returnsOfEntitlements(
  work: Work,
  ids: readonly string[],
): Promise<Map<string, CertificateReturn>> {
  if (ids.length === 0) return new Map();
  const rows = await joined(work).where(inArray(entitlement.id, [...ids]));
  return new Map(rows.map((row) => [row.certificateId, row]));
}

/** The last that this person settled today, the newest first. */
export async function settledToday(
  work: Work,
  program: string,
  size: number,
): Promise<{ total: number; rows: CertificateReturn[] }> {
  const own = and(
    eq(certificateReturn.program, program),
    eq(certificateReturn.settledBy, work.actor.staffId),
    eq(certificateReturn.settledOn, work.platform.clock.today()),
    inArray(certificateReturn.state, ["returned", "lost", "destroyed"]),
  );
  const rows = await joined(work)
    .where(own)
    .orderBy(desc(certificateReturn.settledAt), desc(certificateReturn.certificateId))
    .limit(size);
  return { total: await work.tx.$count(certificateReturn, own), rows };
}

/** The certificates under a 受給者番号 that are still out, the oldest issue first. @throws Problem 404 */
export async function outstandingUnder(
  work: Work,
  program: string,
  recipientNumber: string,
): Promise<CertificateReturn[]> {
  const rows = await joined(work)
    .where(
      and(
        eq(certificateReturn.program, program),
        eq(certificateReturn.state, "outstanding"),
        eq(entitlement.recipientNumber, recipientNumber),
      ),
    )
    .orderBy(asc(certificate.issue));
  if (rows.length === 0)
    throw notFound("この番号で、回収を待っている証はありません。番号を確かめてください。");
  return rows;
}

/** Settles one, or takes that back. @throws Problem 403, 404, 409 */
export async function moveReturn(
  work: Work,
  step: { certificateId: string; seen: number; type: CertificateReturnEventType },
): Promise<CertificateReturn> {
  const { certificateId, seen, type } = step;
  const [row] = await joined(work).where(eq(certificateReturn.certificateId, certificateId));
  if (!row) throw notFound("回収する証が見つかりません。");
  if (row.revision !== seen) throw conflict("ほかの職員が先に記録しました。");
  const definition = certificateReturnV1;
  const target = stateAfter({ definition, state: row.state, context: {} }, type);
  await work.sql`select entitlements.move_return(${certificateId}, ${seen}, ${type}, ${target})`;
  return row;
}
