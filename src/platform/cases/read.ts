import { and, asc, eq, isNull, min } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { caseRow, deadline, event } from "#db/schema/cases.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import type { Tone } from "#workflows/flows/definition.ts";
import { type Picture, pictureOf } from "#workflows/flows/picture.ts";
import { notFound } from "../problem.ts";
import { isUuid } from "../uuid.ts";
import { getSealed } from "../vault/sealed-records.ts";
import type { Work } from "../work.ts";
import { actionsOf, type CaseAction } from "./actions.ts";
import { eventTitle } from "./event-title.ts";
import { type Member, membersOf } from "./members.ts";
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
  /** Colour of the state. */
  tone: Tone;
  members: Member[];
  picture: Picture;
  actions: CaseAction[];
  history: HistoryLine[];
  deadline?: IsoDate;
}

/** @throws Problem 404 when it is not there or not visible to this person */
export async function getCase(work: Work, caseId: string): Promise<CaseRow> {
  const [found] = isUuid(caseId)
    ? await work.tx.select().from(caseRow).where(eq(caseRow.id, caseId))
    : [];
  if (!found) throw notFound("申請が見つかりません。");
  return found;
}

/** @throws Problem 404 where the records of whom it is about were erased: number, dates and states are all that is left */
async function requireKept(work: Work, { number, personNumber }: CaseRow): Promise<void> {
  const [row] = await work.sql<{ erased: boolean }[]>`
    select keeping.was_erased(${personNumber}) as erased`;
  if (row?.erased)
    throw notFound(`申請 ${number} の方の記録は、保存期間を過ぎたため消去されています。`);
}

/** The case with its flow, its next steps and its history; comments are opened, and that is logged. */
export async function viewCase(work: Work, caseId: string): Promise<CaseView> {
  const found = await getCase(work, caseId);
  await requireKept(work, found);
  const prepared = await workflowOf(found.kind).prepare(work, found);
  const history = await historyOf(work, found);
  const dueOn = await deadlineOf(work, caseId);
  const passed = history.flatMap((line) => [line.fromState, line.toState]);
  return {
    found,
    prepared,
    stateTitle: stateMeta(prepared.definition, found.state).title,
    tone: stateMeta(prepared.definition, found.state).tone ?? "info",
    members: await membersOf(work, caseId),
    picture: pictureOf(prepared.definition, found.state, passed),
    actions: actionsOf(work, found, prepared),
    history,
    ...(dueOn ? { deadline: dueOn } : {}),
  };
}

/** What this person could do with a case now, and the steps that were made; nothing sealed is opened. */
export interface StepsOfCase {
  prepared: PreparedCase;
  actions: CaseAction[];
  history: readonly Pick<HistoryLine, "type">[];
}

/** The same for a page that shows one step of the case and leads on to the next. */
export async function stepsOfCase(work: Work, found: CaseRow): Promise<StepsOfCase> {
  const prepared = await workflowOf(found.kind).prepare(work, found);
  const history = await work.tx
    .select({ type: event.type })
    .from(event)
    .where(eq(event.caseId, found.id));
  return { prepared, actions: actionsOf(work, found, prepared), history };
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
      title: eventTitle(events, row.type),
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

/** The nearest day that is watched; of one kind, such as `hold` for 補正期限. */
export async function deadlineOf(
  work: Work,
  caseId: string,
  kind?: string,
): Promise<IsoDate | undefined> {
  const [row] = await work.tx
    .select({ dueOn: min(deadline.dueOn) })
    .from(deadline)
    .where(
      and(
        eq(deadline.caseId, caseId),
        isNull(deadline.closedAt),
        kind ? eq(deadline.kind, kind) : undefined,
      ),
    );
  return (row?.dueOn ?? undefined) as IsoDate | undefined;
}
