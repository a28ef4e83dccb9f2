import { and, asc, eq, isNull } from "drizzle-orm";
import { bulk, bulkItem } from "#db/schema/approvals.ts";
import { caseRow, effect } from "#db/schema/cases.ts";
import { notFound } from "../problem.ts";
import { isUuid } from "../uuid.ts";
import type { Work } from "../work.ts";
import { type CaseLine, type CaseLineRow, lineOf } from "./list.ts";
import { ownWork } from "./work-list.ts";

/** How many proposals are decided at once at most; a page of those that wait shows as many. */
export const mostInBulk = 200;

/** Subjects of proposals that may be decided many at once; a refusal or a revocation is looked at on its own. */
export const bulkSubjects = ["grant", "change", "loss", "payment"] as const;

/** A proposal that waits for the decision of this person. */
export type WaitingDecision = CaseLine & { subject: string };

/** Proposals of a 事務 that this person may decide now, counted by kind of case and subject. */
export async function countDecisions(
  work: Work,
  program: string,
): Promise<{ kind: string; subject: string; count: number }[]> {
  return work.sql`${ownWork(work, decisionsOf(work, program))}
    select kind, proposed as subject, count(*)::integer as count from own
     where ${decidable(work)} group by kind, proposed order by kind, count(*) desc, proposed`;
}

/** A page (from 1) of those of one kind and subject, the oldest by 受付日 first. */
export async function listDecisions(
  work: Work,
  program: string,
  query: { kind: string; subject: string; page: number },
): Promise<WaitingDecision[]> {
  const { kind, subject, page } = query;
  const rows = await work.sql<
    (CaseLineRow & { proposed: string })[]
  >`${ownWork(work, decisionsOf(work, program))}
    select own.* from own where ${decidable(work)} and kind = ${kind} and proposed = ${subject}
     order by received_on, number limit ${mostInBulk} offset ${(page - 1) * mostInBulk}`;
  return rows.map((row) => ({ ...lineOf(row), subject: row.proposed }));
}

const decisionsOf = ({ sql }: Work, program: string) => sql`
  c.program = ${program} and s.waits_right in ('case.approve', 'case.revoke')`;
const decidable = ({ sql }: Work) => sql`proposed is not null and list in ('waiting', 'support')`;

export type Bulk = typeof bulk.$inferSelect;
export type BulkItem = Omit<typeof bulkItem.$inferSelect, "bulkId"> & {
  number: string;
  personNumber: string;
  /** Why a letter of the decision could not be made. */
  letterFailure: string | null;
};

/** Begins a 一括決裁 of the cases that were chosen. */
export async function beginBulk(
  work: Work,
  chosen: { kind: string; subject: string; caseIds: readonly string[] },
): Promise<string> {
  const [row] = await work.sql<{ id: string }[]>`
    select approvals.begin_bulk(${chosen.kind}, ${chosen.subject}, ${[...chosen.caseIds]}::uuid[]) as id`;
  if (!row) throw new Error("no bulk approval was begun");
  return row.id;
}

/** A 一括決裁 of this person with its cases in their order. @throws Problem 404 for one of somebody else */
export async function readBulk(
  work: Work,
  program: string,
  id: string,
): Promise<{ bulk: Bulk; items: BulkItem[] }> {
  const [found] = isUuid(id) ? await work.tx.select().from(bulk).where(eq(bulk.id, id)) : [];
  if (found?.program !== program) throw notFound("一括決裁が見つかりません。");
  const rows = await work.tx
    .select({ item: bulkItem, number: caseRow.number, personNumber: caseRow.personNumber })
    .from(bulkItem)
    .innerJoin(caseRow, eq(caseRow.id, bulkItem.caseId))
    .where(eq(bulkItem.bulkId, id))
    .orderBy(asc(bulkItem.position));
  const failures = await work.tx
    .select({ caseId: effect.caseId, failure: effect.failure })
    .from(effect)
    .innerJoin(bulkItem, and(eq(bulkItem.caseId, effect.caseId), eq(bulkItem.bulkId, id)))
    .where(isNull(effect.doneAt));
  const failureOf = new Map(failures.map(({ caseId, failure }) => [caseId, failure]));
  const items = rows.map(({ item, ...of }) => ({
    ...item,
    ...of,
    letterFailure: failureOf.get(item.caseId) ?? null,
  }));
  return { bulk: found, items };
}

/** Those of this person that were confirmed and not gone through to their end, or begun today and not confirmed, the newest first. */
export async function unfinishedBulks(
  work: Work,
  program: string,
): Promise<{ id: string; subject: string; startedAt: Date; cases: number; done: number }[]> {
  const rows = await work.sql<
    { id: string; subject: string; started_at: Date | string; cases: number; done: number }[]
  >`
    select b.id, b.subject, b.started_at, count(*)::integer as cases, count(i.outcome)::integer as done
      from approvals.bulk b join approvals.bulk_item i on i.bulk_id = b.id
     where b.program = ${program} and b.started_by = ${work.actor.staffId}
     group by b.id
    having case when b.confirmed_at is not null then bool_or(i.exception is null and i.outcome is null)
                else b.started_at > now() - interval '1 day' end
     order by b.started_at desc limit 10`;
  return rows.map(({ started_at, ...row }) => ({ ...row, startedAt: new Date(started_at) }));
}

/** Keeps what a look at one of the cases found. */
export async function checkBulk(
  work: Work,
  bulkId: string,
  found: { caseId: string; revision: number; summary: string; exception: string | null },
): Promise<void> {
  const { caseId, revision, summary, exception } = found;
  await work.sql`select approvals.check_bulk(${bulkId}, ${caseId}, ${revision}, ${summary}, ${exception})`;
}

/** Confirms that all of it is to be decided, by the letter that was looked at. */
export async function confirmBulk(work: Work, bulkId: string, paper: string): Promise<void> {
  await work.sql`select approvals.confirm_bulk(${bulkId}, ${paper})`;
}

/** What became of one of the cases; `done` in the transaction of its decision. */
export async function settleBulk(
  work: Work,
  bulkId: string,
  settled: {
    caseId: string;
    outcome: NonNullable<BulkItem["outcome"]>;
    reason: string | null;
  },
): Promise<void> {
  const { caseId, outcome, reason } = settled;
  await work.sql`select approvals.settle_bulk(${bulkId}, ${caseId}, ${outcome}, ${reason})`;
}
