import { and, count, desc, eq, isNull, min, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { contractor } from "#db/schema/mailings.ts";
import { reEntrustment } from "#db/schema/oversight.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { firstState } from "#workflows/flows/answer.ts";
import {
  type ReEntrustmentContext,
  reEntrustmentV1,
} from "#workflows/oversight/re-entrustment-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import type { Figures, Lines } from "../lines.ts";
import { listContractors } from "../mailings/index.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import type { Work } from "../work.ts";

export type ReEntrustment = Awaited<ReturnType<typeof listReEntrustments>>[number];

/** The register of re-entrustments, the newest first. */
export function listReEntrustments(work: Work) {
  const [requester, decider] = [alias(staff, "requester"), alias(staff, "decider")];
  return work.tx
    .select({
      id: reEntrustment.id,
      contractorName: contractor.name,
      name: reEntrustment.name,
      work: reEntrustment.work,
      validFrom: sql<IsoDate>`${reEntrustment.validFrom}`,
      validTo: sql<IsoDate>`${reEntrustment.validTo}`,
      requestedBy: reEntrustment.requestedBy,
      requester: requester.displayName,
      requestedAt: reEntrustment.requestedAt,
      decision: reEntrustment.decision,
      decider: decider.displayName,
      decidedAt: reEntrustment.decidedAt,
    })
    .from(reEntrustment)
    .innerJoin(contractor, eq(contractor.id, reEntrustment.contractorId))
    .innerJoin(requester, eq(requester.id, reEntrustment.requestedBy))
    .leftJoin(decider, eq(decider.id, reEntrustment.decidedBy))
    .orderBy(desc(reEntrustment.id));
}

/** Entered by others, not decided yet. */
const toDecide = (work: Work) =>
  and(isNull(reEntrustment.decision), ne(reEntrustment.requestedBy, work.actor.staffId));

/** How many wait for a decision of this person, who holds the right to it. */
export async function countReEntrustmentsToDecide(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(reEntrustment.requestedAt) })
    .from(reEntrustment)
    .where(toDecide(work));
  return row ?? { count: 0, since: null };
}

/** Those, the oldest first. */
export const reEntrustmentsToDecide = (work: Work, { from, size }: Lines) =>
  work.tx
    .select({ id: reEntrustment.id, requestedAt: reEntrustment.requestedAt })
    .from(reEntrustment)
    .where(toDecide(work))
    .orderBy(reEntrustment.requestedAt, reEntrustment.id)
    .limit(size)
    .offset(from);

const standing = (
  work: Work,
  one: Pick<ReEntrustment, "decision" | "requestedBy">,
): Standing<ReEntrustmentContext> => ({
  definition: reEntrustmentV1,
  state: one.decision ?? firstState(reEntrustmentV1),
  context: { actingStaffId: work.actor.staffId, requestedBy: one.requestedBy },
});

/** What this person could do with one. */
export const reEntrustmentActions = (work: Work, one: ReEntrustment): FlowAction[] =>
  actionsAt(work.actor, standing(work, one));

/**
 * Enters what a contractor wants to give on to another; it may do so when another person has allowed it.
 *
 * @throws EntryProblem of `contractor`, `name`, `work` or `to`
 */
export async function requestReEntrustment(
  work: Work,
  wanted: { contractorId: number; name: string; work: string; from: IsoDate; to: IsoDate },
): Promise<void> {
  const { contractorId, name, from, to } = wanted;
  const found = (await listContractors(work)).find(({ id }) => id === contractorId);
  if (!found || found.endedAt) throw new EntryProblem("contractor", "委託先を選んでください。");
  if (name.length < 2) throw new EntryProblem("name", "再委託先の名称を入力してください。");
  const fault = reasonFault(wanted.work, "内容と必要な理由");
  if (fault || wanted.work.length < 5)
    throw new EntryProblem("work", fault ?? "内容と必要な理由を5文字以上で入力してください。");
  if (from > to || from < found.contractFrom || to > found.contractTo)
    throw new EntryProblem("to", "期間は、委託の契約期間の中にしてください。");
  await work.sql`select oversight.request_re_entrustment(${contractorId}, ${name}, ${wanted.work}, ${from}, ${to})`;
}

/** Allows or refuses one that another person entered. @throws Problem 403, 404, 409 */
export async function decideReEntrustment(
  work: Work,
  id: number,
  event: "approve" | "refuse",
): Promise<void> {
  const one = (await listReEntrustments(work)).find((row) => row.id === id);
  if (!one) throw notFound("再委託の記録が見つかりません。");
  const decision = stateAfter(standing(work, one), event);
  const [row] = await work.sql<{ decided: boolean }[]>`
    select oversight.decide_re_entrustment(${id}, ${decision}) as decided`;
  if (!row?.decided) throw conflict("ほかの職員が先に処理しました。");
}
