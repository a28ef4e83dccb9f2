import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { caseRow, deadline, effect, event as eventTable } from "#db/schema/cases.ts";
import { answer, type FlowEvent as CaseEvent, type Effect } from "#workflows/flows/answer.ts";
import { recordAudit } from "../audit/write.ts";
import { notFound, Problem } from "../problem.ts";
import { putSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { actionsOf } from "./actions.ts";
import { CaseConflict, CaseRefusal } from "./refusals.ts";
import {
  type CaseRow,
  definitionOf,
  type EventDetail,
  type PreparedCase,
  workflowOf,
} from "./workflow.ts";

export interface EventRequest {
  caseId: string;
  /** Revision of the case on the page that the person looked at. */
  expectedRevision: number;
  event: CaseEvent;
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
 * The one door: the only way a case moves. In the transaction of the work it locks the case, checks
 * revision and right, asks the machine, and writes state, event, effects, deadlines and audit record.
 *
 * @throws CaseConflict when the case has moved on; CaseRefusal when the step is not possible
 */
export async function applyEvent(work: Work, request: EventRequest): Promise<Applied> {
  const { caseId, expectedRevision, event, idempotencyKey } = request;
  const [found] = await work.tx.select().from(caseRow).where(eq(caseRow.id, caseId)).for("update");
  if (!found) throw notFound("申請が見つかりません。");
  const before = await answerGivenBefore(work, found, event.type, idempotencyKey);
  if (before) return before;
  if (found.revision !== expectedRevision) throw await conflictOf(work, found, expectedRevision);

  const workflow = workflowOf(found.kind);
  const prepared = await workflow.prepare(work, found);
  const step = await possibleStep(work, found, prepared, event);
  const comment = request.comment?.trim();
  if (prepared.definition.events[event.type]?.comment === "required" && !comment) {
    throw new CaseRefusal("comment-missing", ["理由・コメントを入力してください。"], [event.type]);
  }

  const revision = found.revision + 1;
  const { state, effects } = step;
  const detail = await workflow.carryOut(work, {
    found,
    event,
    revision,
    state,
    input: request.input,
  });
  await move(work, found, { ...request, comment, revision, state, detail });
  await remember(work, found.id, revision, effects);
  await recordAudit(work, {
    kind: "event",
    action: `case.${event.type}`,
    persons: [found.personNumber],
    detail: { case: found.number, revision, from: found.state, to: state },
  });
  return { caseId, number: found.number, state, revision };
}

/** The answer that this key got the first time. */
async function answerGivenBefore(
  work: Work,
  found: CaseRow,
  type: string,
  key: string,
): Promise<Applied | undefined> {
  const [row] = await work.tx
    .select()
    .from(eventTable)
    .where(and(eq(eventTable.caseId, found.id), eq(eventTable.idempotencyKey, key)));
  if (!row) return undefined;
  if (row.type !== type) {
    throw new Problem({ status: 422, message: "この画面からの操作は、すでに受け付けています。" });
  }
  return { caseId: found.id, number: found.number, state: row.toState, revision: row.revision };
}

async function conflictOf(work: Work, found: CaseRow, seen: number): Promise<CaseConflict> {
  const { events } = definitionOf(found);
  const rows = await work.tx
    .select({ at: eventTable.at, type: eventTable.type, staffName: staff.displayName })
    .from(eventTable)
    .innerJoin(staff, eq(staff.id, eventTable.staffId))
    .where(and(eq(eventTable.caseId, found.id), gt(eventTable.revision, seen)))
    .orderBy(asc(eventTable.revision));
  const missed = rows.map(({ at, type, staffName }) => ({
    at,
    staffName,
    title: events[type]?.title ?? type,
  }));
  return new CaseConflict(found.revision, missed);
}

async function possibleStep(
  work: Work,
  found: CaseRow,
  prepared: PreparedCase,
  event: CaseEvent,
): Promise<{ state: string; effects: Effect[] }> {
  const { definition, context } = prepared;
  const allowed = () =>
    actionsOf(work, found, prepared).flatMap((one) => (one.reasons.length ? [] : [one.type]));
  const right = definition.events[event.type]?.right;
  if (right) {
    // Asked of the database, so that a right that ended a moment ago is gone.
    const [row] = await work.sql<{ held: boolean }[]>`
      select access.has_right(${right}, ${found.program}, ${found.officeCode}) as held`;
    if (!row?.held)
      throw new CaseRefusal("no-right", ["この操作を行う権限がありません。"], allowed());
  }
  const got = answer(definition, found.state, context, event);
  if (!got.possible) throw new CaseRefusal(got.because, got.reasons, allowed());
  return got;
}

interface Move extends EventRequest {
  revision: number;
  state: string;
  detail: EventDetail;
}

async function move(work: Work, found: CaseRow, to: Move): Promise<void> {
  const commentId = to.comment
    ? await putSealed(work, {
        holder: found.personNumber,
        program: found.program,
        kind: "comment",
        caseId: found.id,
        data: to.comment,
      })
    : null;
  await work.tx
    .update(caseRow)
    .set({
      revision: to.revision,
      ...(to.state === found.state
        ? {}
        : { state: to.state, stateSince: work.platform.clock.now() }),
    })
    .where(eq(caseRow.id, found.id));
  await work.tx.insert(eventTable).values({
    caseId: found.id,
    revision: to.revision,
    type: to.event.type,
    fromState: found.state,
    toState: to.state,
    at: work.platform.clock.now(),
    businessDate: work.platform.clock.today(),
    idempotencyKey: to.idempotencyKey,
    commentId,
    detail: to.detail,
  });
}

/** Deadlines are set and cleared at once; every other effect waits in the outbox. */
async function remember(
  work: Work,
  caseId: string,
  revision: number,
  effects: Effect[],
): Promise<void> {
  for (const { type, params } of effects) {
    if (type === "deadline") {
      const { kind, on, event } = params;
      await work.tx
        .insert(deadline)
        .values({ caseId, kind: String(kind), dueOn: String(on), event: String(event) });
    } else if (type === "clearDeadline") {
      await work.tx
        .update(deadline)
        .set({ closedAt: new Date() })
        .where(
          and(
            eq(deadline.caseId, caseId),
            eq(deadline.kind, String(params.kind)),
            isNull(deadline.closedAt),
          ),
        );
    } else {
      await work.tx.insert(effect).values({ caseId, revision, type, params });
    }
  }
}
