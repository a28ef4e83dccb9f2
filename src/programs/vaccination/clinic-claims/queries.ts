import { asc, eq, min, sql } from "drizzle-orm";
import { claim, claimRow } from "#db/schema/clinic-claims.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** Claims of which an answer is awaited: how many, the oldest, and until when the first has to be here. */
export async function queryFigures(work: Work): Promise<Figures> {
  const today = work.platform.clock.today();
  const [row] = await work.tx
    .select({
      count: sql<number>`count(distinct ${claim.id})::integer`,
      since: sql<Date | null>`min(${claim.enteredAt})`.mapWith(claim.enteredAt),
      overdue: sql<number>`count(distinct ${claim.id}) filter (where ${claimRow.queryDueOn} < ${today})::integer`,
      nearest: min(claimRow.queryDueOn),
    })
    .from(claimRow)
    .innerJoin(claim, eq(claim.id, claimRow.claimId))
    .where(eq(claimRow.disposition, "query"));
  return {
    count: row?.count ?? 0,
    since: row?.since ?? null,
    overdue: row?.overdue ?? 0,
    nearest: (row?.nearest ?? null) as IsoDate | null,
  };
}

/** The same, one line a claim, the nearest day first. */
export const queriesDue = (work: Work, { from, size }: Lines) =>
  work.tx
    .select({
      id: claim.id,
      serial: claim.serial,
      enteredAt: claim.enteredAt,
      dueOn: sql<string>`min(${claimRow.queryDueOn})::text`,
      rows: sql<number>`count(*)::integer`,
    })
    .from(claimRow)
    .innerJoin(claim, eq(claim.id, claimRow.claimId))
    .where(eq(claimRow.disposition, "query"))
    .groupBy(claim.id)
    .orderBy(asc(sql`min(${claimRow.queryDueOn})`), asc(claim.serial))
    .limit(size)
    .offset(from);
