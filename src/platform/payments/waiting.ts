import { and, asc, count, eq, min, notInArray } from "drizzle-orm";
import { run } from "#db/schema/payment-runs.ts";
import { payable } from "#db/schema/payments.ts";
import { repayment } from "#db/schema/repayments.ts";
import type { RepaymentState } from "#workflows/payments/repayment.ts";
import type { PaymentRunState } from "#workflows/payments/run.ts";
import type { Figures, Lines } from "../lines.ts";
import type { Work } from "../work.ts";
import type { PayableRow } from "./payables.ts";
import type { RepaymentRow } from "./repayments.ts";
import type { PaymentRun } from "./runs.ts";

const nothing: Figures = { count: 0, since: null };

const runsOf = (work: Work, state: PaymentRunState) =>
  and(eq(run.state, state), work.program === undefined ? undefined : eq(run.program, work.program));

/** Runs of the 事務 of the work that stand in a state: the earliest transfer day first. */
export async function runsInState(
  work: Work,
  state: PaymentRunState,
  { from, size }: Lines,
): Promise<PaymentRun[]> {
  const rows = await work.tx
    .select()
    .from(run)
    .where(runsOf(work, state))
    .orderBy(asc(run.payOn), asc(run.serial))
    .limit(size)
    .offset(from);
  return rows as PaymentRun[];
}

export async function countRunsInState(work: Work, state: PaymentRunState): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(run.preparedAt) })
    .from(run)
    .where(runsOf(work, state));
  return row ?? nothing;
}

/** Runs that are under way. */
export const countOpenRuns = (work: Work, program: string): Promise<number> =>
  work.tx.$count(
    run,
    and(eq(run.program, program), notInArray(run.state, ["closed", "cancelled", "withdrawn"])),
  );

const failed = (work: Work) =>
  and(
    eq(payable.state, "awaiting-correction"),
    work.program === undefined ? undefined : eq(payable.program, work.program),
  );

/** Payments that wait for a corrected account, the oldest decision first. */
export async function failedPayables(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select()
    .from(payable)
    .where(failed(work))
    .orderBy(asc(payable.decidedAt), asc(payable.serial))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(payable, failed(work)), rows: rows as PayableRow[] };
}

export async function countFailed(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(payable.decidedAt) })
    .from(payable)
    .where(failed(work));
  return row ?? nothing;
}

const repaymentsOf = (work: Work, state: RepaymentState) =>
  and(
    eq(repayment.state, state),
    work.program === undefined ? undefined : eq(repayment.program, work.program),
  );

/** Repayments that stand in a state, the oldest first. */
export async function repaymentsInState(
  work: Work,
  state: RepaymentState,
  { from, size }: Lines,
): Promise<RepaymentRow[]> {
  const rows = await work.tx
    .select()
    .from(repayment)
    .where(repaymentsOf(work, state))
    .orderBy(asc(repayment.proposedAt), asc(repayment.serial))
    .limit(size)
    .offset(from);
  return rows as RepaymentRow[];
}

export async function countRepaymentsInState(work: Work, state: RepaymentState): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(repayment.proposedAt) })
    .from(repayment)
    .where(repaymentsOf(work, state));
  return row ?? nothing;
}
