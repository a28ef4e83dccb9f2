import { z } from "zod";
import { refundRow } from "#db/schema/request-letters.ts";
import {
  type CaseRow,
  declareWorkflow,
  type Handler,
  latestApproval,
} from "#src/platform/cases/index.ts";
import { codesOf, latestEntry, parse } from "#src/platform/intake/index.ts";
import {
  confirmedAccount,
  owe,
  payablesOfCase,
  withdrawOwed,
} from "#src/platform/payments/index.ts";
import { conflict, Problem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import {
  type RefundRefusal,
  refundCancellationReasons,
  refundRefusals,
} from "#workflows/vaccination/request-letters/reasons.ts";
import {
  type RefundFacts,
  requestRefundV1,
} from "#workflows/vaccination/request-letters/refund-machine.ts";
import { isAsProposedRefund, reckonRefund } from "./reckon-refund.ts";
import { refundEntrySchema } from "./refund-entry.ts";
import { issueRefundNotice } from "./refund-notice.ts";
import { refundSource } from "./refund-source.ts";
import { keepRefund, proposedRefund, refundOfCase } from "./refunds.ts";

const moved = "起案の後に、払い戻す額が変わりました。差し戻して、もう一度起案してください。";

/** Whether anything is paid back. While terms or prices are missing nothing is, and the page of the claim names them. */
async function refundable(work: Work, found: CaseRow): Promise<boolean> {
  try {
    return (await reckonRefund(work, found)).total > 0;
  } catch (error) {
    if (error instanceof Problem && error.status === 503) return false;
    throw error;
  }
}

/** What the machine may know of a claim, gathered in the transaction of the step. */
async function factsOf(work: Work, found: CaseRow): Promise<RefundFacts> {
  const open = await latestApproval(work, found.id);
  const waits = open && open.decision === null;
  const entry = await latestEntry(work, found.id);
  const { payeeNumber } = await refundOfCase(work, found.id);
  const proposed = await proposedRefund(work, found.id);
  const judges = found.state === "examination" && entry !== undefined;
  const { program } = found;
  const account = await confirmedAccount(work, { program, personNumber: payeeNumber });
  const payables = await payablesOfCase(work, found.id);
  return {
    actingStaffId: work.actor.staffId,
    enteredBy: entry?.enteredBy ?? null,
    preparedBy: waits ? open.preparedBy : null,
    payable: judges && (await refundable(work, found)),
    accountConfirmed: account !== undefined,
    proposal: waits ? (open.subject as RefundFacts["proposal"]) : null,
    rowRefused:
      proposed !== undefined &&
      proposed.total > 0 &&
      proposed.rows.some(({ amount }) => amount === 0),
    unpaid: payables.every(
      ({ state, setOff }) =>
        setOff === 0 && ["owed", "awaiting-correction", "withdrawn"].includes(state),
    ),
  };
}

const reasonOf = <T extends string>(titles: Readonly<Record<T, string>>) =>
  z.strictObject({ reason: z.enum(codesOf(titles), "理由を選んでください。") });

interface Row {
  number: number;
  amount: number;
  price: number | null;
  reason: RefundRefusal | null;
}

/** States of every dose what is proposed, in the step that proposes. */
async function state(work: Work, found: CaseRow, rows: readonly Row[]): Promise<void> {
  const open = await latestApproval(work, found.id);
  if (!open) throw new Error("a proposal was made");
  await work.tx
    .insert(refundRow)
    .values(rows.map((row) => ({ ...row, approvalId: open.id, caseId: found.id })));
}

const handlers: Readonly<Record<string, Handler>> = {
  async enter(work, step) {
    const entry = parse(refundEntrySchema, step.input);
    await keepRefund(work, step, entry);
    return { doses: entry.doses.length };
  },
  hold: async (_work, { event }) => ({ until: String(event.until) }),
  async propose(work, { found }) {
    const { doses, total } = await reckonRefund(work, found);
    await state(
      work,
      found,
      doses.map(({ number, amount, price, refusal }) => ({
        number,
        amount,
        price: price?.amount ?? null,
        reason: refusal ?? null,
      })),
    );
    return { total };
  },
  async proposeRefusal(work, { found, input }) {
    const { reason } = parse(reasonOf(refundRefusals), input);
    const { doses } = await reckonRefund(work, found);
    await state(
      work,
      found,
      doses.map(({ number, refusal }) => ({
        number,
        amount: 0,
        price: null,
        reason: refusal ?? (reason as RefundRefusal),
      })),
    );
    return { reason };
  },
  async approve(work, { found }) {
    const proposed = await proposedRefund(work, found.id);
    if (!proposed || proposed.subject === "refusal") return { subject: "refusal" };
    // What others decided of the same person meanwhile is seen: one decides after the other.
    await work.sql`select request_letters.hold_person(${found.id})`;
    if (!isAsProposedRefund(await reckonRefund(work, found), proposed)) throw conflict(moved);
    const { payeeNumber } = await refundOfCase(work, found.id);
    await refuseInWords(work.sql`select request_letters.carry_out(${found.id})`, moved, ["MD018"]);
    await owe(work, {
      ...refundSource(found),
      caseId: found.id,
      personNumber: payeeNumber,
      amount: proposed.total,
    });
    return { subject: "payment", total: proposed.total };
  },
  proposeCancellation: async (_work, { input }) =>
    parse(reasonOf(refundCancellationReasons), input),
  async cancel(work, { found }) {
    await withdrawOwed(work, refundSource(found));
    await work.sql`select request_letters.take_back(${found.id})`;
    return { subject: "cancellation" };
  },
};

declareWorkflow<RefundFacts>({
  program: "vaccination",
  kind: requestRefundV1.kind,
  versions: [requestRefundV1],
  context: factsOf,
  carryOut: handlers,
  effect: (work, found, { params }) => issueRefundNotice(work, found, String(params.kind)),
});
