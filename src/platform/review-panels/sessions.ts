import { and, asc, eq } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import { panelMember, panelSession, sessionCase, sessionMember } from "#db/schema/review-panels.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { hasQuorum, type Quorum } from "#workflows/review-panels/votes.ts";
import { EntryProblem, notFound, Problem } from "../problem.ts";
import type { Work } from "../work.ts";
import type { ReviewPanel } from "./panel.ts";

export type PanelSession = typeof panelSession.$inferSelect;

export const sessionStates = {
  planned: "予定",
  invited: "招集済",
  held: "開催済",
  cancelled: "中止",
} as const;

/** @throws EntryProblem where the day is past */
export async function planSession(
  work: Work,
  { code }: ReviewPanel,
  {
    heldOn,
    heldAt,
    place,
    groupId = null,
  }: { heldOn: IsoDate; heldAt: string; place: string; groupId?: number | null },
): Promise<number> {
  if (heldOn < work.platform.clock.today())
    throw new EntryProblem("heldOn", "開催日は、今日から1年以内の日です。");
  const [row] = await work.sql<{ id: number }[]>`
    select review_panels.plan_session(${code}, ${groupId}, ${heldOn}, ${heldAt}, ${place}) as id`;
  if (!row) throw new Error("the meeting was not planned");
  return row.id;
}

export const cancelSession = async (work: Work, sessionId: number): Promise<void> => {
  await work.sql`select review_panels.cancel_session(${sessionId})`;
};

export const sessionsPerPage = 30;

/** Meetings, the latest first, a page at a time, and how many there are. */
export async function listSessions(
  work: Work,
  { code }: ReviewPanel,
  page: number,
): Promise<{
  total: number;
  rows: (Pick<PanelSession, "id" | "heldOn" | "heldAt" | "place" | "state" | "groupId"> & {
    cases: number;
  })[];
}> {
  const rows = await work.sql<
    (Pick<PanelSession, "id" | "heldOn" | "heldAt" | "place" | "state" | "groupId"> & {
      cases: number;
      total: number;
    })[]
  >`
    select s.id, s.held_on::text as "heldOn", s.held_at as "heldAt", s.place, s.state, s.group_id as "groupId",
           (select count(*)::int from review_panels.agenda(s.id) a where a.stands) as cases, count(*) over ()::int as total
      from review_panels.session s where s.panel = ${code} order by s.held_on desc, s.id desc
     limit ${sessionsPerPage} offset ${(page - 1) * sessionsPerPage}`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/** A meeting of the panel. @throws Problem 404 */
export async function sessionOf(
  work: Work,
  { code }: ReviewPanel,
  sessionId: number,
): Promise<PanelSession> {
  const [row] = Number.isSafeInteger(sessionId)
    ? await work.tx
        .select()
        .from(panelSession)
        .where(and(eq(panelSession.id, sessionId), eq(panelSession.panel, code)))
    : [];
  if (!row) throw notFound("会議が見つかりません。");
  return row;
}

/** All that was put on the agenda of a meeting, in its order, and whether it stands: what was withdrawn or referred elsewhere fell away. */
export async function agendaWithFallen(work: Work, sessionId: number) {
  const stands = await work.sql<{ id: string }[]>`
    select case_id as id from review_panels.agenda(${sessionId}) where stands`;
  const standing = new Set(stands.map(({ id }) => id));
  const rows = await work.tx
    .select({ position: sessionCase.position, found: caseRow })
    .from(sessionCase)
    .innerJoin(caseRow, eq(caseRow.id, sessionCase.caseId))
    .where(eq(sessionCase.sessionId, sessionId))
    .orderBy(asc(sessionCase.position));
  return rows.map((row) => ({ ...row, stands: standing.has(row.found.id) }));
}

/** 議題 of a meeting that stand, in its order, under the numbers they were given. */
export const agendaOf = async (work: Work, sessionId: number) =>
  (await agendaWithFallen(work, sessionId)).filter(({ stands }) => stands);

/** Whom a meeting invited, and who came. */
export const invitedTo = (work: Work, sessionId: number) =>
  work.tx
    .select({
      member: panelMember,
      documentNumber: sessionMember.documentNumber,
      invitedOn: sessionMember.invitedOn,
      attended: sessionMember.attended,
    })
    .from(sessionMember)
    .innerJoin(panelMember, eq(panelMember.id, sessionMember.memberId))
    .where(eq(sessionMember.sessionId, sessionId))
    .orderBy(asc(panelMember.id));

/** A case that waits for a panel and is on the agenda of no meeting to come. */
export interface WaitingCase {
  id: string;
  number: string;
  personNumber: string;
  receivedOn: IsoDate;
}

const waitingShown = 200;

/** Those, the oldest first, as many as a page shows, and how many there are; for a meeting those that it may hear. */
export async function waitingForPanel(
  work: Work,
  { code }: ReviewPanel,
  sessionId: number | null = null,
): Promise<{ total: number; rows: WaitingCase[] }> {
  const rows = await work.sql<(WaitingCase & { total: number })[]>`
    select c.id, c.number, c.person_number as "personNumber", c.received_on::text as "receivedOn", count(*) over ()::int as total
      from review_panels.waiting(${code}, ${sessionId}) w join cases.case c on c.id = w
     order by c.received_on, c.number limit ${waitingShown}`;
  return { total: rows[0]?.total ?? 0, rows: [...rows] };
}

/** @throws Problem 409 where the meeting doesn't hear it, or another one is to */
export const addToAgenda = async (work: Work, sessionId: number, caseId: string): Promise<void> => {
  const [waits] = await work.sql`
    select from review_panels.session s, review_panels.waiting(s.panel, s.id) w where s.id = ${sessionId} and w = ${caseId}`;
  if (!waits)
    throw new Problem({
      status: 409,
      message:
        "この会議の議題にできません。取り下げられたか、ほかの会議か審査グループに諮られています。",
    });
  await work.sql`select review_panels.add_to_agenda(${sessionId}, ${caseId})`;
};

/** That a meeting was held: who came, and who was in the chair. @throws EntryProblem */
export async function holdSession(
  work: Work,
  panel: ReviewPanel,
  sessionId: number,
  { came, chair }: { came: readonly number[]; chair: number | undefined },
): Promise<void> {
  const session = await sessionOf(work, panel, sessionId);
  if (session.heldOn > work.platform.clock.today())
    throw new Problem({ status: 422, message: "開催日が来ていません。" });
  if (came.length === 0) throw new EntryProblem("member", "出席した委員を選んでください。");
  if (chair === undefined || !came.includes(chair))
    throw new EntryProblem("chair", `出席した委員から${panel.words.chair}を選んでください。`);
  await work.sql`select review_panels.hold_session(${sessionId}, ${[...came]}::int[], ${chair})`;
}

/** How many have to be there on a day, as the database judges it. */
export async function quorumOn(work: Work, { code }: ReviewPanel, on: IsoDate): Promise<Quorum> {
  const [row] = await work.sql<{ quorum: Quorum | null }[]>`
    select review_panels.quorum_on(${code}, ${on}) as quorum`;
  if (!row?.quorum) throw new Error(`the panel ${code} has no quorum`);
  return row.quorum;
}

/** Whether enough members came for an answer. */
export const isQuorate = (
  session: PanelSession,
  invited: readonly { attended: boolean | null }[],
  quorum: Quorum,
): boolean =>
  session.appointed !== null &&
  hasQuorum(
    { appointed: session.appointed, attended: invited.filter(({ attended }) => attended).length },
    quorum,
  );
