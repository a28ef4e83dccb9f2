import { and, asc, desc, eq } from "drizzle-orm";
import { approval } from "#db/schema/approvals.ts";
import { claimProposal, claimProposedLine, claimProposedRow } from "#db/schema/claims.ts";
import type { RefusalReason } from "#workflows/claims/reasons.ts";
import type { AmountStep } from "#workflows/money/rounding.ts";
import type { Work } from "../work.ts";
import type { ReckonedClaim } from "./reckon.ts";

/** What is, or was, proposed of a claim, receipt by receipt. */
export interface Proposed {
  approvalId: string;
  subject: string;
  /** Nothing while it waits. */
  decision: "approved" | "remanded" | "retracted" | null;
  decidedAt: Date | null;
  total: number;
  rows: readonly {
    number: number;
    outcome: "granted" | "refused";
    reason: RefusalReason | null;
    amount: number;
    lines: readonly AmountStep[];
  }[];
}

/** Puts what is to be decided into the proposal of this step: of every receipt what becomes of it, and how. */
export async function propose(
  work: Work,
  caseId: string,
  claim: Pick<ReckonedClaim, "receipts">,
): Promise<void> {
  const total = claim.receipts.reduce((sum, { amount }) => sum + amount, 0);
  const own = { caseId, approvalId: "00000000-0000-0000-0000-000000000000" };
  await work.tx.insert(claimProposal).values({ ...own, total });
  await work.tx.insert(claimProposedRow).values(
    claim.receipts.map(({ receipt, outcome, reason, amount }) => ({
      ...own,
      number: receipt.number,
      outcome: outcome === "granted" ? ("granted" as const) : ("refused" as const),
      reason: outcome === "granted" ? null : (reason ?? null),
      amount,
    })),
  );
  const lines = claim.receipts.flatMap(({ receipt, lines: steps }) =>
    steps.map(({ label, amount }, index) => ({
      ...own,
      number: receipt.number,
      position: index + 1,
      label,
      amount,
    })),
  );
  if (lines.length > 0) await work.tx.insert(claimProposedLine).values(lines);
}

/** The last proposal about amounts, open or decided; not one that was sent or taken back, unless it is the only one. */
export async function proposedOf(work: Work, caseId: string): Promise<Proposed | undefined> {
  const [found] = await work.tx
    .select({ proposal: claimProposal, approval })
    .from(claimProposal)
    .innerJoin(approval, eq(approval.id, claimProposal.approvalId))
    .where(eq(claimProposal.caseId, caseId))
    .orderBy(desc(approval.preparedRevision))
    .limit(1);
  if (!found) return undefined;
  const { approvalId, total } = found.proposal;
  const rows = await work.tx
    .select()
    .from(claimProposedRow)
    .where(eq(claimProposedRow.approvalId, approvalId))
    .orderBy(asc(claimProposedRow.number));
  const lines = await work.tx
    .select()
    .from(claimProposedLine)
    .where(and(eq(claimProposedLine.approvalId, approvalId)))
    .orderBy(asc(claimProposedLine.number), asc(claimProposedLine.position));
  const { subject, decision, decidedAt } = found.approval;
  return {
    approvalId,
    subject,
    decision,
    decidedAt,
    total,
    rows: rows.map(({ number, outcome, reason, amount }) => ({
      number,
      outcome,
      reason: reason as RefusalReason | null,
      amount,
      lines: lines
        .filter((line) => line.number === number)
        .map(({ label, amount: yen }) => ({ label, amount: yen })),
    })),
  };
}

/** Whether the rules still give what was proposed. */
export const isAsProposed = (claim: ReckonedClaim, proposed: Proposed): boolean =>
  claim.receipts.length === proposed.rows.length &&
  claim.receipts.every(({ receipt, amount, outcome }) => {
    const row = proposed.rows.find(({ number }) => number === receipt.number);
    return row?.amount === amount && (row.outcome === "granted") === (outcome === "granted");
  });
