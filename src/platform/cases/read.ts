import { and, asc, count, desc, eq, inArray, isNull, max, min } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { approval } from "#db/schema/approvals.ts";
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
  /** A page of what was done, oldest first. */
  history: HistoryLine[];
  /** Which page, from 1 for the newest steps, and of how many. */
  historyPage: { page: number; pages: number };
  passage: Passage;
  deadline?: IsoDate;
}

/** What a case went through, without its single steps. */
export interface Passage {
  /** When it came to a state last, by state. */
  reached: ReadonlyMap<string, Date>;
  /** Events that were made, each once. */
  made: readonly string[];
  /** What was told with the last proposal, such as its reason as a code. */
  proposal: EventDetail;
}

/** Steps on a page of the history: a case may have thousands, and each comment is opened. */
const stepsPerPage = 50;

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
export async function viewCase(work: Work, caseId: string, page = 1): Promise<CaseView> {
  const found = await getCase(work, caseId);
  await requireKept(work, found);
  const prepared = await workflowOf(found.kind).prepare(work, found);
  const { passage, steps, passed } = await passageOf(work, caseId);
  const pages = Math.max(1, Math.ceil(steps / stepsPerPage));
  const historyPage = { page: Math.min(page, pages), pages };
  const history = await historyOf(work, found, historyPage.page);
  const dueOn = await deadlineOf(work, caseId);
  return {
    found,
    prepared,
    stateTitle: stateMeta(prepared.definition, found.state).title,
    tone: stateMeta(prepared.definition, found.state).tone ?? "info",
    members: await membersOf(work, caseId),
    picture: pictureOf(prepared.definition, found.state, passed),
    actions: actionsOf(work, found, prepared),
    history,
    historyPage,
    passage,
    ...(dueOn ? { deadline: dueOn } : {}),
  };
}

/** What this person could do with a case now, and the steps that were made; nothing sealed is opened. */
export interface StepsOfCase {
  prepared: PreparedCase;
  actions: CaseAction[];
  passage: Passage;
}

/** The same for a page that shows one step of the case and leads on to the next. */
export async function stepsOfCase(work: Work, found: CaseRow): Promise<StepsOfCase> {
  const prepared = await workflowOf(found.kind).prepare(work, found);
  const { passage } = await passageOf(work, found.id);
  return { prepared, actions: actionsOf(work, found, prepared), passage };
}

/** What a case went through, counted by the database; `passed` are the states that it was in. */
async function passageOf(work: Work, caseId: string) {
  const rows = await work.tx
    .select({
      type: event.type,
      from: event.fromState,
      to: event.toState,
      at: max(event.at),
      revision: max(event.revision),
      steps: count(),
    })
    .from(event)
    .where(eq(event.caseId, caseId))
    .groupBy(event.type, event.fromState, event.toState)
    .orderBy(max(event.revision));
  const lastProposal = work.tx
    .select({ revision: max(approval.preparedRevision) })
    .from(approval)
    .where(eq(approval.caseId, caseId));
  const [proposal] = await work.tx
    .select({ detail: event.detail })
    .from(event)
    .where(and(eq(event.caseId, caseId), inArray(event.revision, lastProposal)));
  const passage: Passage = {
    proposal: (proposal?.detail ?? {}) as EventDetail,
    reached: new Map(rows.flatMap(({ to, at }) => (at ? [[to, at] as const] : []))),
    made: [...new Set(rows.map(({ type }) => type))],
  };
  const steps = rows.reduce((sum, row) => sum + row.steps, 0);
  return { passage, steps, passed: rows.flatMap(({ from, to }) => [from, to]) };
}

/** Who did what with the case on a page of its history (from 1, the newest steps), oldest first. */
async function historyOf(work: Work, found: CaseRow, page: number): Promise<HistoryLine[]> {
  const { events } = definitionOf(found);
  const ofPage = work.tx
    .select({ revision: event.revision })
    .from(event)
    .where(eq(event.caseId, found.id))
    .orderBy(desc(event.revision))
    .limit(stepsPerPage)
    .offset((page - 1) * stepsPerPage);
  const rows = await work.tx
    .select({ event, staffName: staff.displayName })
    .from(event)
    .innerJoin(staff, eq(staff.id, event.staffId))
    .where(and(eq(event.caseId, found.id), inArray(event.revision, ofPage)))
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
