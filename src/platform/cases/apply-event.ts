import { and, eq } from "drizzle-orm";
import { event as eventTable } from "#db/schema/cases.ts";
import { limitBounds } from "#workflows/cases/deadlines.ts";
import type { CaseEventRule } from "#workflows/cases/definition.ts";
import { boundFault } from "#workflows/dates/bounds.ts";
import { isIsoDate } from "#workflows/dates/iso-date.ts";
import { answer, type Effect, type FlowEvent } from "#workflows/flows/answer.ts";
import { longestReason, reasonFault } from "#workflows/text/reason.ts";
import { unwritableInLines, unwritableWords } from "#workflows/text/signs.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import { putSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { actionsOf } from "./actions.ts";
import { lockCase } from "./lock-case.ts";
import { CaseConflict, CaseRefusal } from "./refusals.ts";
import { stepsSince } from "./steps-since.ts";
import { type CaseRow, deadlinesOf, type PreparedCase, workflowOf } from "./workflow.ts";

export interface EventRequest {
  caseId: string;
  /** Revision of the case on the page that the person looked at. */
  expectedRevision: number;
  event: FlowEvent;
  /** One for each thing meant to happen once; sent again, it gets the same answer. */
  idempotencyKey: string;
  comment?: string | undefined;
  /** What was entered for the event; may hold personal data, which the 事務 puts into the vault. */
  input?: unknown;
}

export interface Applied {
  caseId: string;
  number: string;
  state: string;
  revision: number;
}

/**
 * The only way a case moves. In the transaction of the work it locks the case, checks revision and right, asks
 * the machine, lets the database make the step (`cases.move`, which checks all of it once more and writes event,
 * effects, deadlines and audit record), and does what the event means to the other tables.
 *
 * @throws CaseConflict when the case has moved on; CaseRefusal when the step is not possible
 */
export async function applyEvent(work: Work, request: EventRequest): Promise<Applied> {
  const { caseId, expectedRevision, event, idempotencyKey } = request;
  const found = await lockCase(work, caseId);
  if (!found) throw notFound("申請が見つかりません。");
  const before = await answerGivenBefore(work, found, event.type, idempotencyKey);
  if (before) return before;
  if (found.revision !== expectedRevision) {
    throw new CaseConflict(found.revision, await stepsSince(work, found, expectedRevision));
  }

  const workflow = workflowOf(found.kind);
  const prepared = await workflow.prepare(work, found);
  const { state, effects } = await possibleStep(work, found, prepared, event);
  const comment = request.comment?.trim();
  const fault = commentFault(prepared.definition.events[event.type], comment);
  if (fault) throw new CaseRefusal("comment-missing", [fault], [event.type]);

  // A step that sets a deadline needs its day, whether the common form asks for it or a page of its own.
  const rule = prepared.definition.events[event.type];
  if (rule?.until || effects.some(({ type }) => type === "deadline"))
    requireLimitDate(work, found.kind, rule, event);

  const revision = await move(work, found, { event, state, idempotencyKey, comment });
  const step = { found, event, revision, state, input: request.input };
  const detail = await workflow.carryOut[event.type]?.(work, step);
  if (detail && Object.keys(detail).length > 0)
    await work.sql`select cases.describe(${caseId}, ${JSON.stringify(detail)}::text::jsonb)`;
  return { caseId, number: found.number, state, revision };
}

/** The answer that this person got to this key the first time. */
async function answerGivenBefore(
  work: Work,
  found: CaseRow,
  type: string,
  key: string,
): Promise<Applied | undefined> {
  const [row] = await work.tx
    .select()
    .from(eventTable)
    .where(
      and(
        eq(eventTable.caseId, found.id),
        eq(eventTable.staffId, work.actor.staffId),
        eq(eventTable.idempotencyKey, key),
      ),
    );
  if (!row) return undefined;
  if (row.type !== type) {
    throw new Problem({ status: 422, message: "この画面からの操作は、すでに受け付けています。" });
  }
  return { caseId: found.id, number: found.number, state: row.toState, revision: row.revision };
}

/**
 * The state to which an event leads and what is to be done with it, by rights and rules; the database is asked for the right alone.
 *
 * @throws CaseRefusal when the step is not possible
 */
export async function possibleStep(
  work: Work,
  found: CaseRow,
  prepared: PreparedCase,
  event: FlowEvent,
): Promise<{ state: string; effects: readonly Effect[] }> {
  const { definition, context } = prepared;
  const allowed = () =>
    actionsOf(work, found, prepared).flatMap((one) => (one.reasons.length ? [] : [one.type]));
  const rights = [definition.events[event.type]?.right ?? []].flat();
  if (rights.length > 0) {
    // Asked of the database, so that a right that ended a moment ago is gone.
    const [row] = await work.sql<{ held: boolean }[]>`
      select cases.may(${rights}::text[], ${found.program}, ${found.officeCode}) as held`;
    if (!row?.held)
      throw new CaseRefusal("no-right", ["この操作を行う権限がありません。"], allowed());
  }
  const got = answer(definition, found.state, context, event);
  if (!got.possible) throw new CaseRefusal(got.because, got.reasons, allowed());
  return got;
}

/** A comment that a step asks for says something; one that is left by choice is not endless. */
function commentFault(rule: CaseEventRule | undefined, comment = ""): string | undefined {
  if (rule?.comment === "required") return reasonFault(comment, "理由・コメント");
  if ([...comment].length > longestReason)
    return `コメントは${longestReason}文字以内で入力してください。`;
  const unwritable = unwritableInLines(comment);
  return unwritable && `コメントに${unwritableWords[unwritable]}入力し直してください。`;
}

/** The limit date that a step asks for lies ahead, and not beyond the parameter. */
function requireLimitDate(
  work: Work,
  kind: string,
  rule: CaseEventRule | undefined,
  { until }: FlowEvent,
) {
  const title = rule?.until ?? "期限";
  const isDate = typeof until === "string" && isIsoDate(until);
  if (!isDate || until <= work.platform.clock.today())
    throw new EntryProblem("until", `${title}には、明日以後の日付を入力してください。`);
  const fault = boundFault(until, limitBounds(work.platform.clock.today(), deadlinesOf(kind)));
  if (fault) throw new EntryProblem("until", `${title}: ${fault}`);
}

interface Move {
  event: FlowEvent;
  state: string;
  idempotencyKey: string;
  comment: string | undefined;
}

/** Lets the database make the step; gives the new revision. */
async function move(work: Work, found: CaseRow, to: Move): Promise<number> {
  const commentId = to.comment
    ? await putSealed(work, {
        holder: found.personNumber,
        program: found.program,
        kind: "comment",
        caseId: found.id,
        data: to.comment,
      })
    : null;
  const [row] = await work.sql<{ revision: number }[]>`
    select cases.move(${found.id}, ${found.revision}, ${to.event.type}, ${to.state}, ${to.idempotencyKey},
                      ${commentId}, ${to.event.until ?? null}) as revision`;
  if (!row) throw new Error("the case did not move");
  return row.revision;
}
