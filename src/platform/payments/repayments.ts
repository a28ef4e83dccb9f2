import { and, asc, desc, eq, inArray } from "drizzle-orm";
import { instalment, notice, receipt, repayment, repaymentEvent } from "#db/schema/repayments.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { planFault, unpaidOf } from "#workflows/payments/instalments.ts";
import {
  type RepaymentContext,
  type RepaymentEventType,
  type RepaymentState,
  repaymentV1,
} from "#workflows/payments/repayment.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";

export type RepaymentRow = Omit<typeof repayment.$inferSelect, "state"> & { state: RepaymentState };

/** Number of a repayment as it is shown and printed. */
export const repaymentNumber = ({ serial }: { serial: number }): string =>
  `H${String(serial).padStart(6, "0")}`;

export const repaymentCauseTitles = {
  overpaid: "過払い",
  "after-loss": "資格喪失後の受診",
  "high-cost": "高額療養費の支給",
  other: "その他",
} as const satisfies Record<RepaymentRow["cause"], string>;

export const repaymentStateMeta = (state: RepaymentState) => stateMeta(repaymentV1, state);

/** What is still to come in, in yen. */
export const outstandingOf = (
  row: Pick<RepaymentRow, "amount" | "reducedBy" | "received">,
): number => row.amount - row.reducedBy - row.received;

/**
 * Proposes that somebody pays back; another person decides.
 *
 * @returns its id
 * @throws EntryProblem of `dueOn`, `amount` or `comment`; Problem 409 where the same is asked back already
 */
export async function proposeRepayment(
  work: Work,
  entry: {
    program: string;
    sourceKind: string;
    sourceId: string;
    caseId?: string | null;
    personNumber: string;
    cause: RepaymentRow["cause"];
    amount: number;
    dueOn: IsoDate;
    comment: string;
  },
): Promise<string> {
  const { program, personNumber, amount, dueOn } = entry;
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new EntryProblem("amount", "返還を求める額を、1円以上の整数で入力してください。");
  if (dueOn <= work.platform.clock.today())
    throw new EntryProblem("dueOn", "納期限は、明日以降にしてください。");
  if (!entry.comment.trim()) throw new EntryProblem("comment", "理由を入力してください。");
  const comment = await sealComment(work, { program, personNumber }, entry.comment);
  const [row] = await refuseInWords(
    work.sql<
      { id: string }[]
    >`select repayments.propose(${program}, ${entry.sourceKind}, ${entry.sourceId}, ${entry.caseId ?? null},
      ${personNumber}, ${entry.cause}, ${amount}, ${dueOn}, ${comment}) as id`,
    "同じ支払についての返還が、既に起案されています。",
  );
  if (!row) throw new Error("a repayment has an id");
  return row.id;
}

const sealComment = (
  work: Work,
  { program, personNumber }: Pick<RepaymentRow, "program" | "personNumber">,
  text: string,
) => putSealed(work, { holder: personNumber, program, kind: "payment-comment", data: text.trim() });

/** A repayment with its plan, receipts, letters and history. @throws Problem 404 */
export async function readRepayment(work: Work, id: string) {
  const [found] = await work.tx.select().from(repayment).where(eq(repayment.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("返還金が見つかりません。");
  const parts = await work.tx
    .select()
    .from(instalment)
    .where(eq(instalment.repaymentId, id))
    .orderBy(desc(instalment.plan), asc(instalment.number));
  const plan = parts.filter((one) => one.plan === parts[0]?.plan);
  const receipts = await work.tx
    .select()
    .from(receipt)
    .where(eq(receipt.repaymentId, id))
    .orderBy(asc(receipt.enteredAt));
  return {
    repayment: row as RepaymentRow,
    plan,
    receipts,
    notices: await work.tx
      .select()
      .from(notice)
      .where(eq(notice.repaymentId, id))
      .orderBy(asc(notice.madeAt)),
    steps: await work.tx
      .select()
      .from(repaymentEvent)
      .where(eq(repaymentEvent.repaymentId, id))
      .orderBy(asc(repaymentEvent.revision)),
    unpaid: unpaidParts(row, plan),
  };
}
export type RepaymentDetails = Awaited<ReturnType<typeof readRepayment>>;

/** What is to be paid by when: parts of the plan, or all by the day of the whole. */
function unpaidParts(
  row: Pick<RepaymentRow, "amount" | "reducedBy" | "received" | "dueOn">,
  plan: readonly { number: number; dueOn: string; amount: number }[],
) {
  const outstanding = outstandingOf(row);
  if (outstanding === 0) return [];
  if (plan.length === 0) return [{ number: 1, dueOn: row.dueOn as IsoDate, amount: outstanding }];
  const planned = plan.reduce((sum, { amount }) => sum + amount, 0);
  return unpaidOf(
    plan.map((one) => ({ ...one, dueOn: one.dueOn as IsoDate })),
    Math.max(0, planned - outstanding),
  );
}

/** Repayments of a 事務, the newest first, in some states. */
export async function listRepayments(
  work: Work,
  {
    program,
    states,
    page,
    size,
  }: { program: string; states?: RepaymentState[] | undefined; page: number; size: number },
) {
  const own = and(
    eq(repayment.program, program),
    states ? inArray(repayment.state, states) : undefined,
  );
  const rows = await work.tx
    .select()
    .from(repayment)
    .where(own)
    .orderBy(desc(repayment.serial))
    .limit(size)
    .offset((page - 1) * size);
  return { total: await work.tx.$count(repayment, own), rows: rows as RepaymentRow[] };
}

/** What somebody owes back to a 事務 now. */
export async function openRepaymentsOf(work: Work, program: string, personNumber: string) {
  const rows = await work.tx
    .select()
    .from(repayment)
    .where(
      and(
        eq(repayment.program, program),
        eq(repayment.personNumber, personNumber),
        eq(repayment.state, "open"),
      ),
    )
    .orderBy(asc(repayment.dueOn));
  return rows as RepaymentRow[];
}

/** The last step by which the person was told, and the last by which what they were told changed. */
const lastStep = (steps: RepaymentDetails["steps"], ...events: string[]): number =>
  steps.findLast(({ event }) => events.includes(event))?.revision ?? 0;

const standing = (work: Work, { repayment: row, unpaid, notices, steps }: RepaymentDetails) => {
  const today = work.platform.clock.today();
  const [first] = unpaid;
  return {
    definition: repaymentV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      proposedBy: row.changeAskedBy ?? row.proposedBy,
      outstanding: outstandingOf(row),
      demanded: row.demandedOn !== null,
      changed: lastStep(steps, "plan", "reduce") > lastStep(steps, "demand", "tell-change"),
      late: lateOf(unpaid, today).reduce((sum, { amount }) => sum + amount, 0),
      dunned: notices.some(({ kind, dueOn }) => kind === "dunning" && dueOn === first?.dueOn),
    } satisfies RepaymentContext,
  };
};

/** Of what is to be paid, what is past its day. */
export const lateOf = <Part extends { dueOn: string }>(unpaid: readonly Part[], today: IsoDate) =>
  unpaid.filter(({ dueOn }) => dueOn < today);

/** Buttons of a repayment. */
export const repaymentActions = (work: Work, details: RepaymentDetails) =>
  actionsAt(work.actor, standing(work, details), {
    program: details.repayment.program,
    reach: { office: details.repayment.officeCode },
  });

/** The state after a step. @throws Problem 403, 409 */
export const stateAfterStep = (work: Work, details: RepaymentDetails, type: RepaymentEventType) =>
  stateAfter(standing(work, details), type);

const moved = "この返還金は、ほかの職員が先に進めました。";
interface Step {
  id: string;
  seen: number;
}

/** The decision, and a change by two people. @throws EntryProblem of `comment-TYPE` or `amount`, Problem 403, 404, 409 */
export async function moveRepayment(
  work: Work,
  {
    id,
    seen,
    type,
    amount,
    comment,
  }: Step & { type: RepaymentEventType; amount?: number | undefined; comment?: string | undefined },
): Promise<void> {
  const details = await readRepayment(work, id);
  const { repayment: row } = details;
  const target = stateAfterStep(work, details, type);
  if (repaymentV1.events[type].comment === "required" && !comment?.trim())
    throw new EntryProblem(`comment-${type}`, "理由を入力してください。");
  if (type === "ask-reduction" && !(amount && amount > 0 && amount < outstandingOf(row)))
    throw new EntryProblem(
      "amount",
      "減額する額は、1円以上で未納額より少なくしてください。全額であれば、取消しを求めてください。",
    );
  const commentId = comment?.trim() ? await sealComment(work, row, comment) : null;
  await refuseInWords(
    work.sql`select repayments.move(${id}, ${seen}, ${type}, ${target}, ${amount ?? null}, ${commentId})`,
    moved,
  );
}

/** 分納. @throws EntryProblem of `plan` */
export async function planRepayment(
  work: Work,
  { id, seen, plan }: Step & { plan: readonly { dueOn: IsoDate; amount: number }[] },
): Promise<void> {
  const details = await readRepayment(work, id);
  const { repayment: row } = details;
  stateAfterStep(work, details, "plan");
  const fault = planFault(outstandingOf(row), plan, work.platform.clock.today());
  if (fault) throw new EntryProblem("plan", fault);
  await refuseInWords(
    work.sql`select repayments.plan(${id}, ${seen}, ${plan.map(({ dueOn }) => dueOn)}::date[], ${plan.map(({ amount }) => amount)}::bigint[])`,
    moved,
  );
}

/** 収納. @throws EntryProblem of `amount`, `receivedOn` or `reference` */
export async function receiveRepayment(
  work: Work,
  entry: Step & { manner: "slip" | "cash"; amount: number; receivedOn: IsoDate; reference: string },
): Promise<void> {
  const details = await readRepayment(work, entry.id);
  const { repayment: row } = details;
  stateAfterStep(work, details, "receive");
  const today = work.platform.clock.today();
  if (!Number.isSafeInteger(entry.amount) || entry.amount < 1 || entry.amount > outstandingOf(row))
    throw new EntryProblem("amount", "収納した額は、1円以上で未納額までにしてください。");
  if (entry.receivedOn > today || entry.receivedOn < (row.decidedOn ?? today))
    throw new EntryProblem(
      "receivedOn",
      "収納した日は、返還の決裁の日から今日までにしてください。",
    );
  if (!entry.reference.trim())
    throw new EntryProblem("reference", "済通知か領収書の番号を入力してください。");
  await refuseInWords(
    work.sql`select repayments.receive(${entry.id}, ${entry.seen}, ${entry.manner}, ${entry.amount}, ${entry.receivedOn}, ${entry.reference})`,
    "この返還金は、ほかの職員が先に進めたか、同じ番号の収納が既に入力されています。",
  );
}

/** 充当: takes some of what is owed to a person for what the same person owes back. @throws EntryProblem of `amount`, Problem 409 */
export async function setOffPayable(
  work: Work,
  { payable, repayment: against, amount }: { payable: Step; repayment: Step; amount: number },
): Promise<void> {
  if (!Number.isSafeInteger(amount) || amount < 1)
    throw new EntryProblem("amount", "充当する額を、1円以上の整数で入力してください。");
  await refuseInWords(
    work.sql`select repayments.set_off(${payable.id}, ${payable.seen}, ${against.id}, ${against.seen}, ${amount})`,
    "支払か返還金が、ほかの職員によって先に進められました。",
  );
}
