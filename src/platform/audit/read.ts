import { and, count, desc, eq, gte, lt, max, type SQL, sql } from "drizzle-orm";
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
  /** Code of the list (`reasonTitles`). */
  reason?: string | undefined;
}

export type AuditRow = Awaited<ReturnType<typeof auditRecords>>[number];

/** Records, the newest first: those with lower numbers than `before`, which is how the next page is asked for. */
export function auditRecords(work: Work, query: AuditQuery, limit: number, before?: bigint) {
  return work.tx
    .select({
      id: record.id,
      at: record.at,
      staffName: sql<
        string | null
      >`coalesce(substr(${record.staffName}, strpos(${record.staffName}, ' ') + 1), ${staff.displayName})`,
      loginName: sql<
        string | null
      >`coalesce(split_part(${record.staffName}, ' ', 1), ${staff.loginName})`,
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
    .where(and(conditionOf(query), before === undefined ? undefined : lt(record.id, before)))
    .orderBy(desc(record.id))
    .limit(limit);
}

/** How many records answer the query; counted up to `atMost`. */
export async function countAuditRecords(
  work: Work,
  query: AuditQuery,
  atMost: number,
): Promise<number> {
  const some = work.tx
    .select({ id: record.id })
    .from(record)
    .where(conditionOf(query))
    .limit(atMost)
    .as("some");
  const [row] = await work.tx.select({ n: count() }).from(some);
  return row?.n ?? 0;
}

/** How far the seals have come. */
export async function sealState(work: Work) {
  const [sealed] = await work.tx
    .select({ seals: max(seal.number), lastSealedAt: max(seal.sealedAt) })
    .from(seal);
  const [waiting] = await work.tx.select({ n: count() }).from(unsealed);
  return {
    seals: Number(sealed?.seals ?? 0),
    lastSealedAt: sealed?.lastSealedAt ?? null,
    unsealed: waiting?.n ?? 0,
  };
}

const startOf = (day: IsoDate) => new Date(`${day}T00:00:00+09:00`);

function conditionOf(query: AuditQuery): SQL | undefined {
  const { staffId, personNumber, from, to, kind, action, program, reason } = query;
  return and(
    ...(staffId ? [eq(record.staffId, staffId)] : []),
    ...(personNumber ? [eq(record.personNumber, personNumber)] : []),
    ...(from ? [gte(record.at, startOf(from)), firstIdOf(startOf(from))] : []),
    ...(to ? [lt(record.at, startOf(addDays(to, 1))), lastIdOf(startOf(addDays(to, 1)))] : []),
    ...(kind ? [eq(record.kind, kind)] : []),
    ...(action ? [eq(record.action, action)] : []),
    ...(program ? [eq(record.program, program)] : []),
    ...(reason ? [eq(record.reason, reason)] : []),
  );
}

// Numbers run with the times, so a period is looked for between two numbers and not through all of the log. In the first
// release a record had the time at which its transaction began, and a number that was taken at its end.
const firstIdOf = (at: Date) => sql`${record.id} >= (select min(p.id) from (
  select id from ${record} where at >= ${at.toISOString()} order by at limit 1000) p)`;
const lastIdOf = (at: Date) => sql`${record.id} <= (select max(p.id) from (
  select id from ${record} where at < ${new Date(at.getTime() + 3_600_000).toISOString()} order by at desc limit 1000) p)`;
