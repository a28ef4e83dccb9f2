import { and, count, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { copyTaken, listCopy } from "#db/schema/documents.ts";
import { type CopyContext, copyV1 } from "#workflows/access/copy-machine.ts";
import { firstState } from "#workflows/flows/answer.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";

/** A copy of a list as the register has it. */
export interface ListCopy {
  id: number;
  program: string;
  format: "csv" | "print";
  filter: Record<string, string>;
  lines: number;
  reason: string;
  requestedBy: number;
  requester: string;
  requestedAt: Date;
  decision: "approved" | "refused" | null;
  decider: string | null;
  takeBy: string | null;
  /** How often it was taken. */
  taken: number;
}

const [requester, decider] = [alias(staff, "requester"), alias(staff, "decider")];

function copies(work: Work) {
  return work.tx
    .select({
      id: listCopy.id,
      program: listCopy.program,
      format: listCopy.format,
      filter: listCopy.filter,
      lines: listCopy.lines,
      reason: listCopy.reason,
      requestedBy: listCopy.requestedBy,
      requester: requester.displayName,
      requestedAt: listCopy.requestedAt,
      decision: listCopy.decision,
      decider: decider.displayName,
      takeBy: listCopy.takeBy,
      taken: count(copyTaken.id),
    })
    .from(listCopy)
    .innerJoin(requester, eq(requester.id, listCopy.requestedBy))
    .leftJoin(decider, eq(decider.id, listCopy.decidedBy))
    .leftJoin(copyTaken, eq(copyTaken.copyId, listCopy.id))
    .groupBy(listCopy.id, requester.id, decider.id);
}

/** A page (from 1) of the register of a 事務, as far as this person may see it, the newest first. */
export async function listCopies(
  work: Work,
  program: string,
  { page, size }: { page: number; size: number },
): Promise<{ total: number; rows: ListCopy[] }> {
  const total = await work.tx.$count(listCopy, eq(listCopy.program, program));
  const rows = await copies(work)
    .where(eq(listCopy.program, program))
    .orderBy(desc(listCopy.id))
    .limit(size)
    .offset((page - 1) * size);
  return { total, rows };
}

/** Those that this person has to do something about: decide on, or take. */
export async function copiesWaiting(work: Work, program: string): Promise<ListCopy[]> {
  const open = await copies(work)
    .where(and(eq(listCopy.program, program), isNull(listCopy.decision)))
    .orderBy(listCopy.id);
  const mine = await copies(work)
    .where(
      and(
        eq(listCopy.program, program),
        eq(listCopy.decision, "approved"),
        eq(listCopy.requestedBy, work.actor.staffId),
      ),
    )
    .orderBy(listCopy.id);
  return [...open, ...mine.filter(({ taken }) => taken === 0)].filter((copy) =>
    copyActions(work, copy).some(({ reasons }) => reasons.length === 0),
  );
}

const standing = (work: Work, copy: ListCopy): Standing<CopyContext> => ({
  definition: copyV1,
  state: copy.decision ?? firstState(copyV1),
  context: {
    actingStaffId: work.actor.staffId,
    requestedBy: copy.requestedBy,
    expired: copy.takeBy !== null && copy.takeBy < work.platform.clock.today(),
  },
});

/** What this person could do with a copy. */
export const copyActions = (work: Work, copy: ListCopy): FlowAction[] =>
  actionsAt(work.actor, standing(work, copy), copy.program);

/** Asks for a copy of a list; another person has to allow it. */
export async function requestCopy(
  work: Work,
  wanted: Pick<ListCopy, "program" | "format" | "filter" | "lines" | "reason">,
): Promise<void> {
  const { program, format, filter, lines, reason } = wanted;
  await work.sql`select documents.request_copy(${program}, ${format},
    ${JSON.stringify(filter)}::text::jsonb, ${lines}, ${reason})`;
}

/** @throws Problem 404 */
export async function getCopy(work: Work, program: string, id: number): Promise<ListCopy> {
  const [copy] = await copies(work).where(and(eq(listCopy.id, id), eq(listCopy.program, program)));
  if (!copy) throw notFound("写しの申請が見つかりません。");
  return copy;
}

/** Allows or refuses a copy: never one's own. @throws Problem 403, 409 */
export async function decideCopy(
  work: Work,
  copy: ListCopy,
  event: "approve" | "refuse",
): Promise<void> {
  const decision = stateAfter(standing(work, copy), event);
  await work.sql`select documents.decide_copy(${copy.id}, ${decision})`;
}

/** Enters that the copy is handed out, with how many lines and whose. @throws Problem 403, 409 */
export async function takeCopy(
  work: Work,
  copy: ListCopy,
  { lines, persons }: { lines: number; persons: readonly string[] },
): Promise<void> {
  stateAfter(standing(work, copy), "take");
  await work.sql`select documents.take_copy(${copy.id}, ${lines}, ${[...persons]}::text[])`;
}

/** So many lines a copy has at most. */
export const mostLinesOfCopy = 5000;

/** @throws Problem 422 where the list is longer than a copy may be */
export function requireCopyable(lines: number): void {
  if (lines > mostLinesOfCopy)
    throw new Problem({
      status: 422,
      message: `写しは${mostLinesOfCopy.toLocaleString("ja-JP")}件までです。条件を選んで絞り込んでください。`,
    });
}
