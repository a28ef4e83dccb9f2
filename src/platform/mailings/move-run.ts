import { and, eq } from "drizzle-orm";
import { batchItem } from "#db/schema/mailings.ts";
import { answer, type Effect, eventsFrom } from "#workflows/flows/answer.ts";
import type { EventRule } from "#workflows/flows/definition.ts";
import {
  machineOf,
  type PersonsStep,
  type RunContext,
  type RunEventType,
  type RunState,
  runEventRule,
} from "#workflows/mailings/machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { recordAudit } from "../audit/write.ts";
import { enqueue } from "../jobs/index.ts";
import { requireSeen } from "../printing/index.ts";
import { conflict, EntryProblem, Problem } from "../problem.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import { stepsSince } from "./history.ts";
import { mailingKind } from "./kind.ts";
import { getRun, lockRun, type RunRow, runNumber } from "./run.ts";
import { paperOfToday } from "./run-of-kind.ts";

export interface RunEventRequest {
  runId: string;
  /** Revision of the run on the page that the person looked at; the program's own steps need none. */
  expectedRevision?: number;
  type: RunEventType;
  comment?: string;
  /** Of a failure: what went wrong, without personal data. */
  problem?: string;
  /** For an approval: with what the pages would have been printed that the person looked at ({@link paperMark}). */
  seenPaper?: string;
}

/** The only way a run moves. @throws Problem 403, 409 (somebody was faster, or other settings hold) or 422 with the reason */
export async function applyRunEvent(work: Work, request: RunEventRequest): Promise<RunRow> {
  const { runId, expectedRevision, type } = request;
  const comment = request.comment?.trim();
  const run = await lockRun(work, runId);
  if (expectedRevision !== undefined && expectedRevision !== run.revision)
    throw conflict(
      "画面を開いた後に、この一括発送が進みました。内容を確かめてから、もう一度行ってください。",
      await stepsSince(work, run, expectedRevision),
    );
  const rule = runEventRule(type);
  if (!(await mayMake(work, rule, run)))
    throw new Problem({ status: 403, message: "この操作を行う権限がありません。" });
  const got = answer(machineOf(run), run.state, await contextOf(work, run), { type });
  if (!got.possible) {
    const [message = "この操作は行えません。", ...details] = got.reasons;
    throw new Problem({ status: 422, message, details });
  }
  const fault = rule.comment === "required" ? reasonFault(comment ?? "") : undefined;
  if (fault) throw new EntryProblem(`comment-${type}`, fault);

  const state = got.state as RunState;
  const paper = type === "approve" ? await paperSeen(work, run, request) : undefined;
  const commentId = comment ? await sealComment(work, run, comment) : null;
  const { problem = null } = request;
  await work.sql`select mailings.move(${runId}, ${run.revision}, ${type}, ${state}, ${commentId},
    ${paper?.template ?? null}, ${paper?.setting ?? null}, ${problem})`;
  const revision = run.revision + 1;
  await recordAudit(work, {
    kind: "event",
    action: `mailing.${type}`,
    detail: { run: runNumber(run), revision, from: run.state, to: state },
  });
  for (const effect of got.effects) await carryOut(work, run, effect);
  return getRun(work, runId);
}

/** What may be done with a run now by this person, and why not where not: for buttons. */
export async function runActions(
  work: Work,
  run: RunRow,
): Promise<{ type: PersonsStep; title: string; reasons: string[] }[]> {
  const context = await contextOf(work, run);
  const machine = machineOf(run);
  const actions = [];
  for (const type of eventsFrom(machine, run.state, context) as RunEventType[]) {
    const rule = runEventRule(type);
    if (rule.scheduled || !(await mayMake(work, rule, run))) continue;
    const got = answer(machine, run.state, context, { type });
    actions.push({
      type: type as PersonsStep,
      title: rule.title,
      reasons: got.possible ? [] : got.reasons,
    });
  }
  return actions;
}

/** With what the pages of a run are printed that is approved now: what the person looked at. */
async function paperSeen(work: Work, run: RunRow, { seenPaper }: RunEventRequest) {
  const paper = await paperOfToday(work, mailingKind(run.kind));
  if (paper && seenPaper !== undefined) requireSeen(seenPaper, paper);
  return paper;
}

async function carryOut(work: Work, run: RunRow, { type, params }: Effect): Promise<void> {
  if (type === "withdraw") await mailingKind(run.kind).withdraw(work, run.id);
  else if (type === "job") await askFor(work, run, params.queue as MailingQueue);
  else throw new Error(`a run has no effect ${type}`);
}

/** Comments may name people, so they wait in the vault. */
export const sealComment = (work: Work, run: RunRow, comment: string): Promise<string> =>
  putSealed(work, {
    holder: `mailing:${run.id}`,
    program: run.program,
    kind: "mailing-comment",
    data: comment,
  });

/** What is done in the background, as it stands in the reason of its looks. */
const queues = {
  "mailing.extract": "抽出",
  "mailing.make": "作成",
  "mailing.erase": "発送データの消去",
} as const;
type MailingQueue = keyof typeof queues;

/** Asks for the background work that comes next. */
export async function askFor(
  work: Work,
  run: { id: string; serial: number; program: string },
  queue: MailingQueue,
): Promise<void> {
  await enqueue(
    { ...work, program: run.program },
    { queue, subjectId: run.id, reason: `一括発送 ${runNumber(run)} の${queues[queue]}` },
  );
}

async function contextOf(work: Work, run: RunRow): Promise<RunContext> {
  const ready = await work.tx.$count(
    batchItem,
    and(eq(batchItem.runId, run.id), eq(batchItem.state, "ready")),
  );
  const preparers = [run.preparedBy, run.submittedBy].filter((id) => id !== null);
  const { withdrawalAskedBy } = run;
  return { actingStaffId: work.actor.staffId, preparers, ready, withdrawalAskedBy };
}

/** Asked of the database, so that a right that ended a moment ago is gone. */
async function mayMake(work: Work, { right }: EventRule, run: RunRow): Promise<boolean> {
  const [row] = await work.sql<{ held: boolean }[]>`
    select bool_or(access.has_right(r, ${run.program})) as held from unnest(${[right].flat()}::text[]) r`;
  return row?.held === true;
}
