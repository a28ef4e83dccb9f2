import { and, asc, count, eq, isNull, min, ne, type SQL, sql } from "drizzle-orm";
import {
  adjustmentReason,
  benefit,
  claimStatement,
  receiptAdjustment,
} from "#db/schema/receipts.ts";
import type { ReceiptChannel } from "#workflows/receipts/decisions.ts";
import type { Figures, Lines } from "../lines.ts";
import type { Work } from "../work.ts";

const nothing: Figures = { count: 0, since: null };

/** 過誤・再審査 that others asked for, of receipts that this person decides about. */
const adjustments = (work: Work): SQL | undefined =>
  and(
    isNull(receiptAdjustment.decision),
    ne(receiptAdjustment.askedBy, work.actor.staffId),
    sql`exists (select from access.scopes('case.approve') s
      where (s.program is null or s.program = ${benefit.program}) and (s.office is null or s.office = ${benefit.officeCode}))`,
  );

export async function countAdjustmentsAsked(work: Work): Promise<Figures> {
  const [found] = await work.tx
    .select({ count: count(), since: min(receiptAdjustment.askedAt) })
    .from(receiptAdjustment)
    .innerJoin(benefit, eq(benefit.id, receiptAdjustment.benefitId))
    .where(adjustments(work));
  return found ?? nothing;
}

/** The oldest first. */
export function adjustmentsAsked(work: Work, { from, size }: Lines) {
  return work.tx
    .select({ adjustment: receiptAdjustment, personNumber: benefit.personNumber })
    .from(receiptAdjustment)
    .innerJoin(benefit, eq(benefit.id, receiptAdjustment.benefitId))
    .where(adjustments(work))
    .orderBy(asc(receiptAdjustment.askedAt), asc(receiptAdjustment.id))
    .limit(size)
    .offset(from);
}

const reasons = (work: Work): SQL | undefined =>
  and(isNull(adjustmentReason.decision), ne(adjustmentReason.askedBy, work.actor.staffId));

/** Reasons of 過誤・再審査 that another person entered. */
export async function countReasonsAsked(work: Work): Promise<Figures> {
  const [found] = await work.tx
    .select({ count: count(), since: min(adjustmentReason.askedAt) })
    .from(adjustmentReason)
    .where(reasons(work));
  return found ?? nothing;
}

/** The oldest first. */
export const reasonsAsked = (work: Work, { from, size }: Lines) =>
  work.tx
    .select()
    .from(adjustmentReason)
    .where(reasons(work))
    .orderBy(asc(adjustmentReason.askedAt), asc(adjustmentReason.id))
    .limit(size)
    .offset(from);

const statements = (work: Work): SQL | undefined =>
  and(isNull(claimStatement.decision), ne(claimStatement.askedBy, work.actor.staffId));

/** Statements (計算書) that another person entered. */
export async function countStatementsAsked(work: Work): Promise<Figures> {
  const [found] = await work.tx
    .select({ count: count(), since: min(claimStatement.askedAt) })
    .from(claimStatement)
    .where(statements(work));
  return found ?? nothing;
}

/** The oldest first. */
export const statementsAsked = (work: Work, { from, size }: Lines) =>
  work.tx
    .select()
    .from(claimStatement)
    .where(statements(work))
    .orderBy(asc(claimStatement.askedAt), asc(claimStatement.id))
    .limit(size)
    .offset(from);

/** Months of a channel of which some files are committed and none is on its way, and of which no statement is entered. */
const unstated = ({ sql }: Work) => sql`
  select f.channel, f.claim_month, min(f.prepared_at) as since from receipts.file f
   where not exists (select from receipts.statement s
     where s.channel = f.channel and s.claim_month = f.claim_month and s.decision is distinct from 'refused')
   group by f.channel, f.claim_month
  having bool_or(f.state = 'committed') and not bool_or(f.state in ('receiving', 'judging', 'judged', 'committing', 'withdrawing'))`;

export async function countMonthsToState(work: Work): Promise<Figures> {
  const [found] = await work.sql<{ count: number; since: string | null }[]>`
    select count(*)::integer as count, min(since) as since from (${unstated(work)}) m`;
  return found
    ? { count: found.count, since: found.since ? new Date(found.since) : null }
    : nothing;
}

/** The oldest first. */
export async function monthsToState(
  work: Work,
  { from, size }: Lines,
): Promise<{ channel: ReceiptChannel; claimMonth: string; since: Date }[]> {
  const rows = await work.sql<{ channel: ReceiptChannel; claimMonth: string; since: string }[]>`
    select channel, claim_month as "claimMonth", since from (${unstated(work)}) m order by since, channel limit ${size} offset ${from}`;
  return rows.map((row) => ({ ...row, since: new Date(row.since) }));
}
