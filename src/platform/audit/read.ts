import { and, count, desc, eq, gte, lt, max, type SQL } from "drizzle-orm";
import { office, staff, terminal } from "#db/schema/access.ts";
import { record, seal, unsealed } from "#db/schema/audit.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import type { Work } from "../work.ts";

/** What an auditor asks for; all that is given must hold. Times are days in Japan. */
export interface AuditQuery {
  staffId?: number | undefined;
  personNumber?: string | undefined;
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
  kind?: string | undefined;
  action?: string | undefined;
  program?: string | undefined;
}

export type AuditRow = Awaited<ReturnType<typeof auditRecords>>[number];

/** Records, the newest first, from `offset` on. */
export function auditRecords(work: Work, query: AuditQuery, limit: number, offset = 0) {
  return work.tx
    .select({
      id: record.id,
      at: record.at,
      staffName: staff.displayName,
      loginName: staff.loginName,
      officeName: office.name,
      terminalName: terminal.name,
      address: record.address,
      kind: record.kind,
      action: record.action,
      purpose: record.purpose,
      reason: record.reason,
      program: record.program,
      caseId: record.caseId,
      personNumber: record.personNumber,
      items: record.items,
      detail: record.detail,
    })
    .from(record)
    .leftJoin(staff, eq(staff.id, record.staffId))
    .leftJoin(office, eq(office.code, record.officeCode))
    .leftJoin(terminal, eq(terminal.address, record.address))
    .where(conditionOf(query))
    .orderBy(desc(record.id))
    .limit(limit)
    .offset(offset);
}

/** How many records answer the query. */
export async function countAuditRecords(work: Work, query: AuditQuery): Promise<number> {
  const [row] = await work.tx.select({ n: count() }).from(record).where(conditionOf(query));
  return row?.n ?? 0;
}

/** How far the seals have come. */
export async function sealState(work: Work) {
  const [sealed] = await work.tx
    .select({ seals: count(), lastSealedAt: max(seal.sealedAt) })
    .from(seal);
  const [waiting] = await work.tx.select({ n: count() }).from(unsealed);
  return {
    seals: sealed?.seals ?? 0,
    lastSealedAt: sealed?.lastSealedAt ?? null,
    unsealed: waiting?.n ?? 0,
  };
}

const startOf = (day: IsoDate) => new Date(`${day}T00:00:00+09:00`);

function conditionOf(query: AuditQuery): SQL | undefined {
  const { staffId, personNumber, from, to, kind, action, program } = query;
  return and(
    ...(staffId ? [eq(record.staffId, staffId)] : []),
    ...(personNumber ? [eq(record.personNumber, personNumber)] : []),
    ...(from ? [gte(record.at, startOf(from))] : []),
    ...(to ? [lt(record.at, startOf(addDays(to, 1)))] : []),
    ...(kind ? [eq(record.kind, kind)] : []),
    ...(action ? [eq(record.action, action)] : []),
    ...(program ? [eq(record.program, program)] : []),
  );
}
