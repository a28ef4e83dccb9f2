import { and, asc, desc, eq } from "drizzle-orm";
import { refundClaim, refundDose, refundRow } from "#db/schema/request-letters.ts";
import { type CaseRow, latestApproval, type Step } from "#src/platform/cases/index.ts";
import { latestEntry, openEntry, sealEntry } from "#src/platform/intake/index.ts";
import { enterAccountOf } from "#src/platform/payments/index.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";
import { figures } from "#workflows/text/widths.ts";
import type { RefundEntry, SealedRefund } from "./refund-entry.ts";

export type RefundDoseRow = typeof refundDose.$inferSelect;
export type RefundRow = typeof refundRow.$inferSelect;

/** To whom a claim is paid and how it came. @throws Problem 404 for what is no claim */
export async function refundOfCase(
  work: Work,
  caseId: string,
): Promise<typeof refundClaim.$inferSelect> {
  const [row] = await work.tx.select().from(refundClaim).where(eq(refundClaim.caseId, caseId));
  if (!row) throw notFound("払戻しの請求が見つかりません。");
  return row;
}

/** Names as they are compared: without the width of figures and spaces. */
const folded = (name: string) => figures(name.normalize("NFKC")).replaceAll(/\s+/g, "");

/**
 * The same for the same receipt: by its number where it has one, otherwise by clinic, days and amount; with the vaccine, since
 * a receipt may be of several.
 */
const markOf = ({ platform }: Work, one: RefundEntry["doses"][number]): Buffer => {
  const { clinic, receiptNumber, vaccine, givenOn, paidOn, paid } = one;
  const parts = receiptNumber
    ? [folded(clinic), folded(receiptNumber), vaccine]
    : [folded(clinic), givenOn, paidOn, paid, vaccine];
  return platform.keys.fingerprint(`vaccination-receipt\n${parts.join("\n")}`);
};

/** Keeps what was keyed in a step that enters: names sealed, doses, days and amounts in their rows; the account as provisional. */
export async function keepRefund(work: Work, step: Step, entry: RefundEntry): Promise<void> {
  const { found } = step;
  const today = work.platform.clock.today();
  const ahead = entry.doses.findIndex(({ givenOn, paidOn }) => givenOn > today || paidOn > today);
  if (ahead >= 0)
    throw new EntryProblem(
      `doses.${ahead}.givenOn`,
      "接種日・支払った日に、今日より後の日付は入力できません。",
    );
  const sealed: SealedRefund = {
    clinics: Object.fromEntries(entry.doses.map(({ clinic }, index) => [index + 1, clinic])),
    receiptNumbers: Object.fromEntries(
      entry.doses.flatMap(({ receiptNumber }, index) =>
        receiptNumber ? [[index + 1, receiptNumber]] : [],
      ),
    ),
    ...(entry.remark ? { remark: entry.remark } : {}),
  };
  await sealEntry(work, step, [{ personNumber: found.personNumber, data: sealed }]);
  await work.tx.insert(refundDose).values(
    entry.doses.map((one, index) => ({
      caseId: found.id,
      number: index + 1,
      vaccine: one.vaccine,
      dose: one.dose,
      product: one.product || null,
      outcome: one.outcome,
      givenOn: one.givenOn,
      paidOn: one.paidOn,
      paid: one.paid,
      receiptMark: markOf(work, one),
      documents: one.documents,
    })),
  );
  const { payeeNumber } = await refundOfCase(work, found.id);
  await enterAccountOf(work, { program: found.program, personNumber: payeeNumber }, entry, {
    source: "application",
    caseId: found.id,
  });
}

/** The doses of the entry that counts, in their order; none before anything was keyed. Nothing sealed is opened. */
export async function dosesOfRefund(work: Work, caseId: string): Promise<RefundDoseRow[]> {
  const newest = await work.tx
    .select({ revision: refundDose.revision })
    .from(refundDose)
    .where(eq(refundDose.caseId, caseId))
    .orderBy(desc(refundDose.revision))
    .limit(1);
  const revision = newest[0]?.revision;
  if (revision === undefined) return [];
  return work.tx
    .select()
    .from(refundDose)
    .where(and(eq(refundDose.caseId, caseId), eq(refundDose.revision, revision)))
    .orderBy(asc(refundDose.number));
}

/** What was sealed of the entry that counts; opened, and that is logged. */
export async function openSealedRefund(work: Work, found: CaseRow): Promise<SealedRefund> {
  const entry = await latestEntry(work, found.id);
  const [piece] = entry ? await openEntry(work, entry) : [];
  return (piece?.data as SealedRefund | undefined) ?? { clinics: {}, receiptNumbers: {} };
}

/** What was proposed last, unless it was sent back. */
export interface ProposedRefund {
  subject: string;
  decision: "approved" | null;
  rows: readonly RefundRow[];
  total: number;
}

/** What is proposed of a claim, or was decided; nothing before, or after it was sent back. */
export async function proposedRefund(
  work: Work,
  caseId: string,
): Promise<ProposedRefund | undefined> {
  const approval = await latestApproval(work, caseId);
  if (!approval || (approval.decision !== null && approval.decision !== "approved"))
    return undefined;
  // A cancellation is about what was decided before it.
  const rows = await work.tx
    .select()
    .from(refundRow)
    .where(eq(refundRow.caseId, caseId))
    .orderBy(desc(refundRow.entryRevision), asc(refundRow.number));
  const own =
    approval.subject === "cancellation"
      ? rows.filter(({ approvalId }) => approvalId === rows.at(0)?.approvalId)
      : rows.filter(({ approvalId }) => approvalId === approval.id);
  return {
    subject: approval.subject,
    decision: approval.decision,
    rows: own,
    total: own.reduce((sum, { amount }) => sum + amount, 0),
  };
}
