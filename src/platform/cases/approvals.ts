import { asc, desc, eq } from "drizzle-orm";
import { approval } from "#db/schema/approvals.ts";
import type { Work } from "../work.ts";

/** A proposal (起案) and its decision (決裁); written by `cases.move`, which wants two people. */
export type Approval = typeof approval.$inferSelect;

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
