import { count, desc, eq, min, notInArray, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { subjectRequest, subjectRequestStep } from "#db/schema/subject-requests.ts";
import type { BirthDate } from "#workflows/dates/birth-date.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { decisionDue, extendedDue } from "#workflows/oversight/subject-request-deadlines.ts";
import {
  type SubjectRequestContext,
  type SubjectRequestEvent,
  subjectRequestV1,
} from "#workflows/oversight/subject-request-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import type { Figures, Lines } from "../lines.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import { keepStatement, statementsOf } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type {
  Asker,
  HeldPart,
  Outcome,
  RefusalReason,
  RequestKind,
} from "./subject-request-words.ts";

export type SubjectRequest = Awaited<ReturnType<typeof listSubjectRequests>>[number];
type IdentityMethod = "number-card" | "notification-card" | "two-documents";
/** Parts that are withheld, each with why. */
export type Withheld = Partial<Record<HeldPart, RefusalReason>>;

const ended = ["closed", "withdrawn"] as const;
const rows = (work: Work) =>
  work.tx
    .select({
      id: subjectRequest.id,
      kind: subjectRequest.kind,
      personNumber: subjectRequest.personNumber,
      asker: subjectRequest.asker,
      method: subjectRequest.method,
      documents: subjectRequest.documents,
      mandateSeen: subjectRequest.mandateSeen,
      receivedOn: sql<IsoDate>`${subjectRequest.receivedOn}`,
      program: subjectRequest.program,
      dueOn: sql<IsoDate>`${subjectRequest.dueOn}`,
      extendedOn: sql<IsoDate | null>`${subjectRequest.extendedOn}`,
      state: subjectRequest.state,
      stateSince: subjectRequest.stateSince,
      preparedBy: subjectRequest.preparedBy,
      outcome: subjectRequest.outcome,
      reason: sql<RefusalReason | null>`${subjectRequest.reason}`,
      withheld: sql<Withheld>`${subjectRequest.withheld}`,
      decidedOn: sql<IsoDate | null>`${subjectRequest.decidedOn}`,
      openedName: staff.displayName,
      openedAt: subjectRequest.openedAt,
    })
    .from(subjectRequest)
    .innerJoin(staff, eq(staff.id, subjectRequest.openedBy));

const isOpen = notInArray(subjectRequest.state, [...ended]);

/** Requests under way with the nearest deadline first, or those that ended with the newest first. */
export function listSubjectRequests(
  work: Work,
  which: "open" | "ended",
  { page, size }: { page: number; size: number },
) {
  return rows(work)
    .where(which === "open" ? isOpen : sql`not (${isOpen})`)
    .orderBy(which === "open" ? subjectRequest.dueOn : desc(subjectRequest.id), subjectRequest.id)
    .limit(size)
    .offset((page - 1) * size);
}

/** How many are under way, and ended. */
export async function countSubjectRequests(work: Work): Promise<Record<"open" | "ended", number>> {
  const [row] = await work.tx
    .select({
      open: sql<number>`count(*) filter (where ${isOpen})::integer`,
      ended: sql<number>`count(*) filter (where not (${isOpen}))::integer`,
    })
    .from(subjectRequest);
  return row ?? { open: 0, ended: 0 };
}

/** States in which the decision is still to come. */
const undecided = ["received", "investigating", "awaiting"];

/** {@link decisionDeadline} as the database reckons it. */
const nextDue = sql<IsoDate | null>`case when ${subjectRequest.state} = any(${sql.param(undecided)}::text[])
  then ${subjectRequest.dueOn} end`;

/** Requests under way, by the day on which they are to be decided, then those that stand longest. */
export const requestsUnderWay = (work: Work, { from, size }: Lines) =>
  rows(work)
    .where(isOpen)
    .orderBy(sql`${nextDue} nulls last`, subjectRequest.stateSince, subjectRequest.id)
    .limit(size)
    .offset(from);

/** How many are under way and overdue, since when the oldest stands, and the nearest deadline. */
export async function dueRequests(work: Work): Promise<Figures> {
  const today = work.platform.clock.today();
  const [row] = await work.tx
    .select({
      count: count(),
      since: min(subjectRequest.stateSince),
      overdue: sql<number>`(count(*) filter (where ${nextDue} < ${today}))::integer`,
      nearest: sql<IsoDate | null>`min(${nextDue})`,
    })
    .from(subjectRequest)
    .where(isOpen);
  return row ?? { count: 0, since: null };
}

/** @throws Problem 404 */
export async function getSubjectRequest(work: Work, id: number): Promise<SubjectRequest> {
  const [found] = await rows(work).where(eq(subjectRequest.id, id));
  if (!found) throw notFound("請求が見つかりません。");
  return found;
}

/** By when it is decided on; nothing once it is. */
export const decisionDeadline = (found: Pick<SubjectRequest, "state" | "dueOn">) =>
  undecided.includes(found.state) ? found.dueOn : undefined;

/** What was asked at the counter, by whom, and how they showed who they are. */
export interface ReceivedRequest {
  kind: RequestKind;
  personNumber: string;
  /** As they say it: it has to be that of the number. */
  /** As the register has it, in full or what is known of it. */
  birthDate: BirthDate;
  asker: Asker;
  method: IdentityMethod;
  documents: string[];
  mandateSeen: boolean;
  receivedOn: IsoDate;
  /** The 事務 that it is about; null for all. */
  program: string | null;
}

/** Receives a request. @throws EntryProblem of `receivedOn`, `mandateSeen` or `personNumber` @returns its number */
export async function openSubjectRequest(work: Work, asked: ReceivedRequest): Promise<number> {
  const { receivedOn } = asked;
  const today = work.platform.clock.today();
  if (receivedOn > today || receivedOn < addDays(today, -366))
    throw new EntryProblem(
      "receivedOn",
      "受け付けた日は、今日までの1年以内の日を入力してください。",
    );
  if (asked.asker !== "self" && !asked.mandateSeen)
    throw new EntryProblem(
      "mandateSeen",
      "代理人の資格を示す書類（委任状、戸籍など）を確認してください。",
    );
  const [row] = await work.sql<{ id: number | null }[]>`
    select oversight.open_subject_request(${asked.kind}, ${asked.personNumber}, ${asked.birthDate}, ${asked.asker},
      ${asked.method}, ${asked.documents}::text[], ${asked.mandateSeen}, ${receivedOn}, ${asked.program},
      ${decisionDue(receivedOn)}) as id`;
  if (!row?.id)
    throw new EntryProblem(
      "personNumber",
      "この番号と生年月日の方は住民記録にいません。番号を確かめてください。",
    );
  return row.id;
}

const about = ({ id }: Pick<SubjectRequest, "id">) => `subject-request:${id}`;

/** The steps of a request with what was said of each, the oldest first. */
export async function stepsOfRequest(work: Work, found: SubjectRequest) {
  const said = await statementsOf(work, about(found));
  const steps = await work.tx
    .select({
      event: subjectRequestStep.event,
      doneOn: sql<IsoDate>`${subjectRequestStep.doneOn}`,
      staffName: staff.displayName,
      statementId: subjectRequestStep.statementId,
      at: subjectRequestStep.at,
    })
    .from(subjectRequestStep)
    .innerJoin(staff, eq(staff.id, subjectRequestStep.staffId))
    .where(eq(subjectRequestStep.requestId, found.id))
    .orderBy(subjectRequestStep.id);
  return steps.map((step) => ({ ...step, said: said.get(step.statementId)?.text ?? "" }));
}

const standing = (work: Work, found: SubjectRequest): Standing<SubjectRequestContext> => ({
  definition: subjectRequestV1,
  state: found.state,
  context: {
    actingStaffId: work.actor.staffId,
    preparedBy: found.preparedBy,
    extended: found.extendedOn !== null,
    outcome: found.outcome,
  },
});

/** What this person could do with a request. */
export const subjectRequestActions = (work: Work, found: SubjectRequest): FlowAction[] =>
  actionsAt(work.actor, standing(work, found));

/** What is proposed (決定案): how far it is granted, why not, and which parts of the document are withheld. */
export interface ProposedDecision {
  outcome: Outcome | undefined;
  reason: RefusalReason | undefined;
  withheld: Withheld;
}

/**
 * Makes a step of a request: done on a day, with a few words that are sealed; of a proposal they are the reasons.
 *
 * @throws EntryProblem of `said-…`, `doneOn-…`, `outcome`, `reason` or `withheld`; Problem 403, 409
 */
export async function moveSubjectRequest(
  work: Work,
  found: SubjectRequest,
  step: {
    event: SubjectRequestEvent;
    said: string;
    doneOn: IsoDate | undefined;
    proposed: ProposedDecision;
  },
): Promise<void> {
  const { event, said, doneOn } = step;
  stateAfter(standing(work, found), event);
  const fault = reasonFault(said, "内容");
  if (fault) throw new EntryProblem(`said-${event}`, fault);
  if (!doneOn || doneOn < found.receivedOn || doneOn > work.platform.clock.today())
    throw new EntryProblem(`doneOn-${event}`, "受け付けた日から今日までの日を入力してください。");
  if (event === "extend" && doneOn > found.dueOn)
    throw new EntryProblem(`doneOn-${event}`, "期限を過ぎてからは延長できません。");
  const decision = event === "propose" ? checked(found, step.proposed) : undefined;
  const statement = await keepStatement(work, { about: about(found), kind: event, text: said });
  const until = event === "extend" ? extendedDue(found.receivedOn) : null;
  const [row] = await work.sql<{ moved: boolean }[]>`
    select oversight.move_subject_request(${found.id}, ${found.state}, ${event}, ${doneOn}, ${statement},
      ${decision?.outcome ?? null}, ${decision?.reason ?? null}, ${JSON.stringify(decision?.withheld ?? {})}::text::jsonb,
      ${until}) as moved`;
  if (!row?.moved) throw conflict("ほかの職員がこの請求を先に進めました。");
}

/** The proposal as far as it belongs to its outcome. */
function checked(found: SubjectRequest, { outcome, reason, withheld }: ProposedDecision) {
  if (!outcome) throw new EntryProblem("outcome", "決定案を選んでください。");
  if (outcome === "whole") return { outcome, reason: undefined, withheld: {} };
  if (!reason) throw new EntryProblem("reason", "理由の区分を選んでください。");
  if (outcome === "refused" || found.kind !== "disclosure")
    return { outcome, reason, withheld: {} };
  if (Object.keys(withheld).length === 0)
    throw new EntryProblem("withheld", "開示しない部分を1つ以上選んでください。");
  return { outcome, reason, withheld };
}
