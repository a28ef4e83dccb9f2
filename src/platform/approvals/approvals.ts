import { asc, desc, eq } from "drizzle-orm";
import { approval } from "#db/schema/approvals.ts";
import type { Work } from "../work.ts";

export type Approval = typeof approval.$inferSelect;

/** Proposes (起案); who prepared it, the database sees from the session. One open proposal a case. */
export async function propose(
  work: Work,
  made: { caseId: string; subject: string; preparedRevision: number },
): Promise<void> {
  await work.tx.insert(approval).values(made);
}

/** The newest proposal of a case, decided or not. */
export async function latestApproval(work: Work, caseId: string): Promise<Approval | undefined> {
  const [row] = await work.tx
    .select()
    .from(approval)
    .where(eq(approval.caseId, caseId))
    .orderBy(desc(approval.preparedRevision))
    .limit(1);
  return row;
}

/** Every proposal of a case with its decision, oldest first. */
export function approvalsOf(work: Work, caseId: string): Promise<Approval[]> {
  return work.tx
    .select()
    .from(approval)
    .where(eq(approval.caseId, caseId))
    .orderBy(asc(approval.preparedRevision));
}

/**
 * Decides on the open proposal in the name of the session, on the revision that was seen. The database
 * refuses the person who prepared it, and a revision that is not the present one.
 */
export async function decide(
  work: Work,
  {
    approvalId,
    decision,
    seenRevision,
  }: {
    approvalId: string;
    decision: "approved" | "remanded" | "retracted";
    seenRevision: number;
  },
): Promise<void> {
  await work.tx.update(approval).set({ decision, seenRevision }).where(eq(approval.id, approvalId));
}
