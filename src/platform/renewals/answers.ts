import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { answer, answerEvent, income, letter, season } from "#db/schema/renewals.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { addDays } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type AnswerContext,
  type AnswerEventType,
  type AnswerState,
  answerV1,
} from "#workflows/renewals/answer.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { EntryProblem, notFound } from "../problem.ts";
import { ofThisProgram, refuseInWords } from "../refusals.ts";
import { putSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { SeasonRow } from "./seasons.ts";

export type AnswerRow = Omit<typeof answer.$inferSelect, "state"> & { state: AnswerState };

export const answerStateMeta = (state: AnswerState) => stateMeta(answerV1, state);

/** How an answer came in. */
export const viaTitles = {
  window: "窓口",
  post: "郵送",
  electronic: "電子申請",
} as const satisfies Record<NonNullable<AnswerRow["via"]>, string>;

/** What a renewal comes to. */
export const outcomeTitles = {
  renew: "更新",
  lost: "資格喪失",
  suspended: "支給停止",
} as const satisfies Record<NonNullable<AnswerRow["outcome"]>, string>;

export const letterSortTitles = {
  form: "現況届",
  reminder: "督促",
  warning: "差止予告",
  notice: "喪失・支給停止の通知",
} as const;

/** So many days a person has to bring what is missing, unless another day is entered. */
const DAYS_TO_COMPLETE = 14;
export const usualCompleteBy = (today: IsoDate): IsoDate => addDays(today, DAYS_TO_COMPLETE);

/** An answer with its season, letters, incomes and history. @throws Problem 404 */
export async function readAnswer(work: Work, id: string) {
  const [found] = await work.tx
    .select({ answer, season })
    .from(answer)
    .innerJoin(season, eq(season.id, answer.seasonId))
    .where(eq(answer.id, id));
  const row = ofThisProgram(work, found?.answer);
  if (!row || !found) throw notFound("現況届が見つかりません。");
  const letters = await work.tx
    .select()
    .from(letter)
    .where(eq(letter.answerId, id))
    .orderBy(asc(letter.madeOn));
  const incomes = await work.tx
    .select()
    .from(income)
    .where(eq(income.answerId, id))
    .orderBy(asc(income.id));
  const steps = await work.tx
    .select({ event: answerEvent, staffName: staff.displayName })
    .from(answerEvent)
    .leftJoin(staff, eq(staff.id, answerEvent.staffId))
    .where(eq(answerEvent.answerId, id))
    .orderBy(asc(answerEvent.revision));
  const [facts] = await work.sql<{ warned: boolean }[]>`
    select exists (select from renewals.letter l where l.answer_id = ${id} and l.kind = 'warning' and l.withdrawn_on is null
      and l.due_on < ${work.platform.clock.today()}) as warned`;
  return {
    answer: row as AnswerRow,
    season: found.season as SeasonRow,
    letters,
    incomes,
    steps,
    warned: facts?.warned ?? false,
  };
}
export type AnswerView = Awaited<ReturnType<typeof readAnswer>>;

/** The answer with a printed number in a season that is open. */
export async function findAnswer(
  work: Work,
  { program, serial }: { program: string; serial: number },
): Promise<AnswerRow | undefined> {
  const [row] = await work.tx
    .select()
    .from(answer)
    .where(and(eq(answer.program, program), eq(answer.serial, serial)));
  return row as AnswerRow | undefined;
}

/** The answers of a person in a 事務, the newest first. */
export async function answersOf(work: Work, program: string, personNumber: string) {
  const rows = await work.tx
    .select({ answer, season })
    .from(answer)
    .innerJoin(season, eq(season.id, answer.seasonId))
    .where(and(eq(answer.program, program), eq(answer.personNumber, personNumber)))
    .orderBy(desc(season.startsOn));
  return rows.map((row) => ({
    answer: row.answer as AnswerRow,
    season: row.season as SeasonRow,
  }));
}

/** What a list of answers is narrowed to. */
export interface AnswerFilter {
  seasonId: string;
  state?: AnswerState | undefined;
  office?: string | undefined;
  finding?: string | undefined;
}

const within = ({ seasonId, state, office, finding }: AnswerFilter): SQL | undefined =>
  and(
    eq(answer.seasonId, seasonId),
    state && eq(answer.state, state),
    office ? eq(answer.officeCode, office) : undefined,
    finding ? sql`${finding} = any(${answer.findings})` : undefined,
  );

/** A page (from 1) of answers, in the order of their numbers. */
export async function listAnswers(
  work: Work,
  filter: AnswerFilter,
  { page, size }: { page: number; size: number },
): Promise<{ total: number; rows: AnswerRow[] }> {
  const own = within(filter);
  const rows = await work.tx
    .select()
    .from(answer)
    .where(own)
    .orderBy(asc(answer.serial))
    .limit(size)
    .offset((page - 1) * size);
  return { total: await work.tx.$count(answer, own), rows: rows as AnswerRow[] };
}

const contextOf = (
  work: Work,
  { answer: row, season: of, warned }: Pick<AnswerView, "answer" | "season" | "warned">,
): AnswerContext => {
  const today = work.platform.clock.today();
  return {
    actingStaffId: work.actor.staffId,
    proposedBy: row.proposedBy,
    receivedBy: row.receivedBy,
    warned,
    completionOver: row.completeBy !== null && row.completeBy < today,
    whole: row.changes !== "reported" && row.missing.length === 0,
    mayEnd: row.outcome !== "suspended" || of.startsOn <= today,
  };
};
const standing = (work: Work, view: Pick<AnswerView, "answer" | "season" | "warned">) => ({
  definition: answerV1,
  state: view.answer.state,
  context: contextOf(work, view),
});

/** Buttons of an answer. */
export const answerActions = (work: Work, view: AnswerView) =>
  actionsAt(work.actor, standing(work, view), {
    program: view.answer.program,
    reach: { office: view.answer.officeCode },
  });

const moved = "この現況届は、ほかの職員が先に進めたか、いまはこの手続きができません。";

/** What is keyed of a 現況届 that came in. */
export interface Received {
  id: string;
  seen: number;
  receivedOn: IsoDate;
  via: NonNullable<AnswerRow["via"]>;
  changes: boolean;
  missing: readonly string[];
  completeBy: IsoDate | null;
}

/** 受付. @throws EntryProblem of `receivedOn` or `completeBy`, Problem 404, 409 */
export async function receiveAnswer(work: Work, entry: Received): Promise<void> {
  const view = await readAnswer(work, entry.id);
  stateAfter(standing(work, view), "receive");
  const today = work.platform.clock.today();
  if (entry.receivedOn > today)
    throw new EntryProblem("receivedOn", "受付日は、今日までにしてください。");
  if (entry.missing.length > 0 && (entry.completeBy === null || entry.completeBy <= today))
    throw new EntryProblem("completeBy", "補正の期限は、明日以降にしてください。");
  await refuseInWords(
    work.sql`select renewals.receive(${entry.id}, ${entry.seen}, ${entry.receivedOn}, ${entry.via}, ${entry.changes}, ${[...entry.missing]}::text[],
      ${entry.missing.length > 0 ? entry.completeBy : null})`,
    moved,
  );
}

/** What a step of one answer brings along. */
export interface AnswerStep {
  id: string;
  seen: number;
  type: AnswerEventType;
  reason?: string | undefined;
  outcome?: "lost" | "suspended" | undefined;
  missing?: readonly string[];
  completeBy?: IsoDate | undefined;
  comment?: string | undefined;
}

/** One step of one answer. @throws EntryProblem of its field, Problem 403, 404, 409 */
export async function moveAnswer(work: Work, step: AnswerStep): Promise<void> {
  const { id, seen, type, comment = "" } = step;
  const view = await readAnswer(work, id);
  stateAfter(standing(work, view), type);
  if (type === "approve-renewal" || type === "approve-end" || type === "approve-lapse") {
    const done = await work.sql`select renewals.approve(${[id]}::uuid[], ${[seen]}::integer[])`;
    if (done.length === 0) throw new EntryProblem("comment", moved);
    return;
  }
  if (answerV1.events[type].comment === "required" && !comment.trim())
    throw new EntryProblem(`comment-${type}`, "理由を入力してください。");
  if (type === "propose-end" && !(step.reason && step.outcome))
    throw new EntryProblem("reason", "理由を選んでください。");
  if (type === "supplement" && !step.missing?.length)
    throw new EntryProblem("missing", "足りない書類を選んでください。");
  const today = work.platform.clock.today();
  if (type === "supplement" && !(step.completeBy && step.completeBy > today))
    throw new EntryProblem("completeBy", "補正の期限は、明日以降にしてください。");
  const { personNumber: holder, program, caseId } = view.answer;
  const commentId = comment.trim()
    ? await putSealed(work, {
        holder,
        program,
        kind: "renewal-comment",
        caseId,
        data: comment.trim(),
      })
    : null;
  await refuseInWords(
    work.sql`select renewals.move(${id}, ${seen}, ${type}, ${step.reason ?? null}, ${step.outcome ?? null}, ${[...(step.missing ?? [])]}::text[],
      ${step.completeBy ?? null}, ${commentId})`,
    moved,
    ["MD016"],
  );
}
