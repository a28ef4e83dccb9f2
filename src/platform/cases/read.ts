import { and, asc, desc, eq, inArray, isNull, min } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { caseRow, deadline, event } from "#db/schema/cases.ts";
import { stateMeta } from "#workflows/cases/answer.ts";
import { type Picture, pictureOf } from "#workflows/cases/picture.ts";
import { notFound } from "../problem.ts";
import { isUuid } from "../uuid.ts";
import { getSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { actionsOf, type CaseAction } from "./actions.ts";
import {
  type CaseRow,
  definitionOf,
  type EventDetail,
  type PreparedCase,
  workflowOf,
} from "./workflow.ts";

/** One line of the history of a case. */
export interface HistoryLine {
  revision: number;
  type: string;
  title: string;
  fromState: string;
  toState: string;
  staffId: number;
  staffName: string;
  at: Date;
  comment?: string;
  detail: EventDetail;
}

/** All that a page of a case shows, whatever the 事務. */
export interface CaseView {
  found: CaseRow;
  prepared: PreparedCase;
  stateTitle: string;
  picture: Picture;
  actions: CaseAction[];
  history: HistoryLine[];
  deadline?: string;
}

/** @throws Problem 404 when it is not there or not visible to this person */
export async function getCase(work: Work, caseId: string): Promise<CaseRow> {
  const [found] = isUuid(caseId)
    ? await work.tx.select().from(caseRow).where(eq(caseRow.id, caseId))
    : [];
  if (!found) throw notFound("申請が見つかりません。");
  return found;
}

/** The case with its flow, its next steps and its history; comments are opened, and that is logged. */
export async function viewCase(work: Work, caseId: string): Promise<CaseView> {
  const found = await getCase(work, caseId);
  const prepared = await workflowOf(found.kind).prepare(work, found);
  const history = await historyOf(work, found);
  const passed = history.flatMap((line) => [line.fromState, line.toState]);
  const dueOn = await deadlineOf(work, caseId);
  return {
    found,
    prepared,
    stateTitle: stateMeta(prepared.definition, found.state).title,
    picture: pictureOf(prepared.definition, found.state, passed),
    actions: actionsOf(work, found, prepared),
    history,
    ...(dueOn ? { deadline: dueOn } : {}),
  };
}

/** Who did what with the case, oldest first. */
export async function historyOf(work: Work, found: CaseRow): Promise<HistoryLine[]> {
  const { events } = definitionOf(found);
  const rows = await work.tx
    .select({ event, staffName: staff.displayName })
    .from(event)
    .innerJoin(staff, eq(staff.id, event.staffId))
    .where(eq(event.caseId, found.id))
    .orderBy(asc(event.revision));
  const ids = rows.flatMap((row) => row.event.commentId ?? []);
  const comments = new Map(
    (await getSealed(work, ids)).map((record) => [record.id, String(record.data)]),
  );
  return rows.map(({ event: row, staffName }) => {
    const comment = row.commentId ? comments.get(row.commentId) : undefined;
    return {
      revision: row.revision,
      type: row.type,
      title: row.type === "open" ? "受け付ける" : (events[row.type]?.title ?? row.type),
      fromState: row.fromState,
      toState: row.toState,
      staffId: row.staffId,
      staffName,
      at: row.at,
      detail: row.detail as EventDetail,
      ...(comment === undefined ? {} : { comment }),
    };
  });
}

async function deadlineOf(work: Work, caseId: string): Promise<string | undefined> {
  const [row] = await work.tx
    .select({ dueOn: min(deadline.dueOn) })
    .from(deadline)
    .where(and(eq(deadline.caseId, caseId), isNull(deadline.closedAt)));
  return row?.dueOn ?? undefined;
}

/** A line of a list of cases; holds no personal data. */
export interface CaseLine {
  found: CaseRow;
  stateTitle: string;
  deadline: string | null;
  /** Who made the last step. */
  lastStaffId: number;
}

/** Cases of a 事務 in the states named (all when none is), the longest waiting first. */
export async function listCases(
  work: Work,
  where: { program: string; states?: readonly string[]; personNumber?: string; limit?: number },
): Promise<CaseLine[]> {
  const rows = await work.tx
    .select({ found: caseRow, lastStaffId: event.staffId })
    .from(caseRow)
    .innerJoin(event, and(eq(event.caseId, caseRow.id), eq(event.revision, caseRow.revision)))
    .where(
      and(
        eq(caseRow.program, where.program),
        where.states ? inArray(caseRow.state, [...where.states]) : undefined,
        where.personNumber ? eq(caseRow.personNumber, where.personNumber) : undefined,
      ),
    )
    .orderBy(...(where.personNumber ? [desc(caseRow.receivedOn)] : [asc(caseRow.stateSince)]))
    .limit(where.limit ?? 200);
  const ids = rows.map((row) => row.found.id);
  const due = ids.length
    ? await work.tx
        .select({ caseId: deadline.caseId, dueOn: min(deadline.dueOn) })
        .from(deadline)
        .where(and(inArray(deadline.caseId, ids), isNull(deadline.closedAt)))
        .groupBy(deadline.caseId)
    : [];
  const dueOf = new Map(due.map((row) => [row.caseId, row.dueOn]));
  return rows.map(({ found, lastStaffId }) => ({
    found,
    lastStaffId,
    stateTitle: stateMeta(definitionOf(found), found.state).title,
    deadline: dueOf.get(found.id) ?? null,
  }));
}
