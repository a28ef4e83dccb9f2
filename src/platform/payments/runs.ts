import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import {
  answer,
  answerFault,
  handOver,
  run,
  runEvent,
  runFile,
  runLine,
} from "#db/schema/payment-runs.ts";
import { payable, setting } from "#db/schema/payments.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import type { StateMeta } from "#workflows/flows/definition.ts";
import { transferDayFault } from "#workflows/payments/calendar.ts";
import {
  type PaymentRunContext,
  type PaymentRunEvent,
  type PaymentRunState,
  paymentRunV1,
} from "#workflows/payments/run.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { getSealed, putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { settingInForce } from "./settings.ts";

export type PaymentRun = Omit<typeof run.$inferSelect, "state"> & { state: PaymentRunState };

/** Number of a run as it is shown and printed. */
export const paymentRunNumber = ({ serial }: { serial: number }): string =>
  `S${String(serial).padStart(6, "0")}`;

export const paymentRunStateMeta = (state: PaymentRunState): StateMeta =>
  stateMeta(paymentRunV1, state);

/** Why a line is held. */
export const holdReasonTitles: Readonly<Record<string, string>> = {
  "no-account": "口座の登録なし",
  unconfirmed: "口座が未確認",
  "closed-account": "口座の使用終了",
  "not-corrected": "口座の訂正待ち",
  "not-yet-valid": "口座の適用前",
  deceased: "死亡",
  "by-hand": "職員が外した",
};

/** Why the bank did not pay, or money came back. */
export const failureTitles: Readonly<Record<string, string>> = {
  "no-account": "該当口座なし",
  "closed-account": "解約済",
  "name-mismatch": "名義相違",
  refused: "受取拒否",
  other: "その他",
  returned: "組戻し",
};

/**
 * Gathers what is payable on a closing date into a run of its own.
 *
 * @returns the id of the run
 * @throws EntryProblem of `payOn` or `closingOn`, Problem 409 where nothing is payable
 */
export async function gatherRun(
  work: Work,
  order: { program: string; closingOn: IsoDate; payOn: IsoDate; officeCode?: string | null },
): Promise<string> {
  const { program, closingOn, payOn, officeCode = null } = order;
  const today = work.platform.clock.today();
  const days = await settingInForce(work, program);
  if (closingOn > today)
    throw new EntryProblem("closingOn", "締日は、今日までの日にしてください。");
  const fault = transferDayFault(payOn, today, days);
  if (fault) throw new EntryProblem("payOn", fault);
  const [row] = await refuseInWords(
    work.sql<
      { id: string }[]
    >`select payments.gather(${program}, ${closingOn}, ${payOn}, ${officeCode}) as id`,
    "締日までに支払うものがありません。",
    ["MD019"],
  );
  if (!row) throw new Error("a run has an id");
  return row.id;
}

/** A page (from 1) of the runs of a 事務, the newest first, with count and sum of what they pay. */
export async function listPaymentRuns(
  work: Work,
  program: string,
  { page, size }: { page: number; size: number },
) {
  const own = eq(run.program, program);
  const rows = await work.tx
    .select()
    .from(run)
    .where(own)
    .orderBy(desc(run.serial))
    .limit(size)
    .offset((page - 1) * size);
  const figures = await figuresOf(
    work,
    rows.map(({ id }) => id),
  );
  return {
    total: await work.tx.$count(run, own),
    rows: rows.map((row) => ({ run: row as PaymentRun, figures: figures(row.id) })),
  };
}

/** Counts and sums of the lines of runs, by state. */
async function figuresOf(work: Work, ids: readonly string[]) {
  const rows = ids.length
    ? await work.tx
        .select({
          runId: runLine.runId,
          state: runLine.state,
          reason: runLine.reason,
          count: count(),
          sum: sql<string>`sum(${runLine.amount})`,
        })
        .from(runLine)
        .where(inArray(runLine.runId, [...ids]))
        .groupBy(runLine.runId, runLine.state, runLine.reason)
    : [];
  return (id: string) =>
    rows
      .filter(({ runId }) => runId === id)
      .map(({ state, reason, count: lines, sum }) => ({
        state,
        reason,
        count: lines,
        sum: Number(sum),
      }));
}
export type RunFigures = ReturnType<Awaited<ReturnType<typeof figuresOf>>>;

/** Count and sum of the lines in some states. */
export const totalOf = (figures: RunFigures, ...states: RunFigures[number]["state"][]) =>
  figures
    .filter(({ state }) => states.includes(state))
    .reduce((sum, one) => ({ count: sum.count + one.count, sum: sum.sum + one.sum }), {
      count: 0,
      sum: 0,
    });

/** A run with all that its page shows. @throws Problem 404 */
export async function readPaymentRun(work: Work, id: string) {
  const [found] = await work.tx
    .select({ run, setting, preparer: staff.displayName })
    .from(run)
    .innerJoin(setting, eq(setting.id, run.settingId))
    .innerJoin(staff, eq(staff.id, run.preparedBy))
    .where(eq(run.id, id));
  if (!found || !ofThisProgram(work, found.run)) throw notFound("支払の回が見つかりません。");
  const [file] = await work.tx.select().from(runFile).where(eq(runFile.runId, id));
  const [handed] = await work.tx.select().from(handOver).where(eq(handOver.runId, id));
  const answers = await work.tx
    .select()
    .from(answer)
    .where(and(eq(answer.runId, id), eq(answer.kind, "list")))
    .orderBy(asc(answer.id));
  return {
    run: found.run as PaymentRun,
    setting: found.setting,
    preparer: found.preparer,
    figures: (await figuresOf(work, [id]))(id),
    file,
    handOver: handed,
    answers,
    steps: await stepsOf(work, id),
  };
}

async function stepsOf(work: Work, id: string) {
  const rows = await work.tx
    .select()
    .from(runEvent)
    .where(eq(runEvent.runId, id))
    .orderBy(asc(runEvent.revision));
  const comments = new Map(
    (
      await getSealed(
        work,
        rows.flatMap(({ commentId }) => commentId ?? []),
      )
    ).map((one) => [one.id, String(one.data)]),
  );
  return rows.map((row) => ({
    ...row,
    comment: row.commentId ? comments.get(row.commentId) : undefined,
  }));
}

/** Lines of a run, by place or number: a page of those in some states. */
export async function linesOfRun(
  work: Work,
  id: string,
  { states, from, size }: { states: RunFigures[number]["state"][]; from: number; size: number },
) {
  const own = and(eq(runLine.runId, id), inArray(runLine.state, states));
  const rows = await work.tx
    .select({ line: runLine, payable })
    .from(runLine)
    .innerJoin(payable, eq(payable.id, runLine.payableId))
    .where(own)
    .orderBy(asc(payable.serial))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(runLine, own), rows };
}

/** Lines of answers that could not be taken. */
export const answerFaultsOf = (work: Work, answerId: number) =>
  work.tx
    .select()
    .from(answerFault)
    .where(eq(answerFault.answerId, answerId))
    .orderBy(asc(answerFault.line))
    .limit(200);

/** What the machine may know of a run now. */
async function standing(work: Work, row: PaymentRun) {
  const figures = (await figuresOf(work, [row.id]))(row.id);
  const ready = totalOf(figures, "ready").count;
  const [changed] = await work.sql<{ changed: boolean }[]>`
    select exists (select from payments.run_line l join payments.account a on a.id = l.account_id
                    where l.run_id = ${row.id} and l.state = 'ready' and a.state <> 'confirmed') as changed`;
  const preparers = await work.tx
    .selectDistinct({ staffId: runEvent.staffId })
    .from(runEvent)
    .where(and(eq(runEvent.runId, row.id), inArray(runEvent.event, ["gather", "submit", "hold"])));
  return {
    definition: paymentRunV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      preparers: preparers.map(({ staffId }) => staffId),
      ready,
      unanswered: ready,
      accountsHold: changed?.changed !== true,
      withdrawalAskedBy: row.withdrawalAskedBy,
    } satisfies PaymentRunContext,
  };
}

/** Buttons of a run. */
export const paymentRunActions = async (work: Work, row: PaymentRun) =>
  actionsAt(work.actor, await standing(work, row), {
    program: row.program,
    reach: row.officeCode === null ? "whole city" : { office: row.officeCode },
  });

/** The run as a page showed it, held in the state after a step. @throws Problem 403, 404, 409 */
export async function nextState(work: Work, id: string, seen: number, type: PaymentRunEvent) {
  const [row] = await work.tx.select().from(run).where(eq(run.id, id));
  const found = ofThisProgram(work, row);
  if (!found) throw notFound("支払の回が見つかりません。");
  if (found.revision !== seen)
    throw new Problem({
      status: 409,
      message:
        "画面を開いた後に、この支払の回が進みました。内容を確かめてから、もう一度行ってください。",
    });
  const now = found as PaymentRun;
  return { row: now, target: stateAfter(await standing(work, now), type) };
}

const needsComment = (type: PaymentRunEvent) => paymentRunV1.events[type].comment === "required";

/** One step of a run that is nothing but a step; a comment is sealed. @throws EntryProblem `comment-TYPE`, Problem 403, 404, 409 */
export async function movePaymentRun(
  work: Work,
  step: { id: string; seen: number; type: PaymentRunEvent; comment?: string | undefined },
): Promise<void> {
  const { id, seen, type } = step;
  const { row, target } = await nextState(work, id, seen, type);
  const comment = step.comment?.trim();
  if (needsComment(type) && !comment)
    throw new EntryProblem(`comment-${type}`, "理由を入力してください。");
  const commentId = comment
    ? await putSealed(work, {
        holder: `payment:${id}`,
        program: row.program,
        kind: "payment-comment",
        data: comment,
      })
    : null;
  await refuseInWords(
    work.sql`select payments.move_run(${id}, ${seen}, ${type}, ${target}, ${commentId})`,
    "この支払の回は、ほかの職員が先に進めました。",
  );
}

/** Takes one payment out of a run that is not submitted yet; it is owed again. */
export async function holdLine(work: Work, id: string, seen: number, payableId: string) {
  const [row] = await work.tx.select({ program: run.program }).from(run).where(eq(run.id, id));
  if (!ofThisProgram(work, row)) throw notFound("支払の回が見つかりません。");
  await refuseInWords(
    work.sql`select payments.hold_line(${id}, ${seen}, ${payableId})`,
    "この支払は、もう回から外せません。",
  );
}

/** 引渡し: enters the file in the 授受簿. */
export async function handOverFile(
  work: Work,
  id: string,
  seen: number,
  how: { receiver: string; receivedBy: string; manner: "transfer" | "medium" },
): Promise<void> {
  await nextState(work, id, seen, "hand-over");
  await refuseInWords(
    work.sql`select payments.hand_over(${id}, ${seen}, ${how.receiver}, ${how.receivedBy}, ${how.manner})`,
    "この支払の回は、ほかの職員が先に進めました。",
  );
}
