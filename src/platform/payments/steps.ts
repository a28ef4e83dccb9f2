import { and, eq } from "drizzle-orm";
import { runLine } from "#db/schema/payment-runs.ts";
import { cashPayment, payable, payableEvent } from "#db/schema/payments.ts";
import { type PayableContext, payableV1 } from "#workflows/payments/payable.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { PayableRow } from "./payables.ts";

/** One payable. @throws Problem 404 */
export async function readPayable(work: Work, id: string): Promise<PayableRow> {
  const [found] = await work.tx.select().from(payable).where(eq(payable.id, id));
  const row = ofThisProgram(work, found);
  if (!row) throw notFound("支払が見つかりません。");
  return row as PayableRow;
}

/** What is said of a payment to an organisation is sealed with the run that paid it. */
async function runHolder(work: Work, { id }: PayableRow): Promise<string> {
  const [line] = await work.tx
    .select({ runId: runLine.runId })
    .from(runLine)
    .where(and(eq(runLine.payableId, id), eq(runLine.state, "paid")));
  if (!line) throw notFound("支払が見つかりません。");
  return `payment:${line.runId}`;
}

/** Who identified whoever came, or asked that it be taken as returned. */
async function preparerOf(work: Work, row: PayableRow): Promise<number | null> {
  if (row.state === "cash-prepared") {
    const [found] = await work.tx
      .select()
      .from(cashPayment)
      .where(eq(cashPayment.payableId, row.id));
    return found?.preparedBy ?? null;
  }
  if (row.state !== "return-asked") return null;
  const events = await work.tx
    .select()
    .from(payableEvent)
    .where(eq(payableEvent.payableId, row.id));
  return events.findLast(({ event }) => event === "ask-return")?.staffId ?? null;
}

const standing = async (work: Work, row: PayableRow) => ({
  definition: payableV1,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    kind: row.kind,
    accountCorrected: false,
    preparedBy: await preparerOf(work, row),
    decidedBy: row.decidedBy,
    left: row.amount - row.setOff,
  } satisfies PayableContext,
});

/** Buttons of a payable; 充当 has a page of its own. */
export const payableActions = async (work: Work, row: PayableRow) =>
  actionsAt(work.actor, await standing(work, row), {
    program: row.program,
    // What is owed to an organisation is of the whole city.
    reach:
      row.officeCode !== null && row.partyCode === null ? { office: row.officeCode } : "whole city",
  }).filter(({ type }) => !type.startsWith("set-off"));

type CashStep = "prepare-cash" | "pay-cash" | "undo-cash";
type ReturnStep = "ask-return" | "return" | "refuse-return";
const moved = "この支払は、ほかの職員が先に進めました。";

/** 窓口払い. @throws EntryProblem of `identity` or `receiptNumber`, Problem 403, 404, 409 */
export async function moveCash(
  work: Work,
  {
    id,
    seen,
    type,
    ...how
  }: {
    id: string;
    seen: number;
    type: CashStep;
    identity?: string;
    byAgent?: boolean;
    receiptNumber?: string;
  },
): Promise<void> {
  const row = await readPayable(work, id);
  const target = stateAfter(await standing(work, row), type);
  if (type === "prepare-cash" && !how.identity)
    throw new EntryProblem("identity", "確認した書類を選んでください。");
  if (type === "pay-cash" && !how.receiptNumber?.trim())
    throw new EntryProblem("receiptNumber", "領収書番号を入力してください。");
  await refuseInWords(
    work.sql`select payments.move_cash(${id}, ${seen}, ${type}, ${target}, ${how.identity ?? null}, ${how.byAgent ?? null}, ${how.receiptNumber ?? null})`,
    moved,
  );
}

/** 組戻し: asked with the reason by one person, approved by another. @throws EntryProblem of `comment-TYPE`, Problem 403, 404, 409 */
export async function moveReturn(
  work: Work,
  {
    id,
    seen,
    type,
    comment,
  }: { id: string; seen: number; type: ReturnStep; comment?: string | undefined },
): Promise<void> {
  const row = await readPayable(work, id);
  const target = stateAfter(await standing(work, row), type);
  const text = comment?.trim();
  if (payableV1.events[type].comment === "required" && !text)
    throw new EntryProblem(`comment-${type}`, "理由を入力してください。");
  const commentId = text
    ? await putSealed(work, {
        holder: row.personNumber ?? (await runHolder(work, row)),
        program: row.program,
        kind: "payment-comment",
        data: text,
      })
    : null;
  await refuseInWords(
    work.sql`select payments.move_return(${id}, ${seen}, ${type}, ${target}, ${commentId})`,
    moved,
  );
}
