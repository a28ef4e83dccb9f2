import { and, asc, count, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { caseRow } from "#db/schema/cases.ts";
import {
  pension,
  pensionEvent,
  pensionLine,
  pensionMonth,
  pensionReport,
  pensionRun,
  pensionTerm,
} from "#db/schema/relief-pensions.ts";
import { actionsAt, type FlowAction, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import { putSealed } from "#src/platform/vault/index.ts";
import type { Work } from "#src/platform/work.ts";
import { type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import { isPersonNumber } from "#workflows/numbers/person-number.ts";
import { gradesOf } from "#workflows/vaccination/relief/benefits.ts";
import {
  type PensionContext,
  type PensionEventType,
  type PensionState,
  reliefPensionV1,
} from "#workflows/vaccination/relief/pension-machine.ts";

export type PensionRow = Omit<typeof pension.$inferSelect, "state"> & { state: PensionState };

/** Number of a pension as it is shown and printed. */
export const pensionNumber = ({ serial }: { serial: number }): string =>
  `K${String(serial).padStart(6, "0")}`;
export const pensionStateMeta = (state: PensionState) => stateMeta(reliefPensionV1, state);

/** Why a pension ends (失権). */
export const endReasons = {
  death: "死亡",
  recovery: "障害の状態に該当しなくなった",
  age: "18歳に達した（障害児養育年金）",
  "care-ended": "養育しなくなった",
  family: "婚姻・養子縁組など（遺族年金）",
  term: "支給期間の満了",
  other: "その他",
} as const;
export type EndReason = keyof typeof endReasons;

/** Pensions, the newest first, a page of them, in some states. */
export async function listPensions(
  work: Work,
  { from, size, states }: { from: number; size: number; states?: readonly PensionState[] },
): Promise<{ total: number; rows: PensionRow[] }> {
  const which: SQL | undefined = states ? inArray(pension.state, [...states]) : undefined;
  const rows = await work.tx
    .select()
    .from(pension)
    .where(which)
    .orderBy(desc(pension.serial))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(pension, which), rows: rows as PensionRow[] };
}

/** Those in a state: how many, and since when the one that has stood so longest does. */
export async function pensionsWaiting(work: Work, state: PensionState): Promise<Figures> {
  const [row] = await work.tx
    .select({
      count: count(),
      since: sql<Date | null>`min(${pensionEvent.at})`.mapWith(pensionEvent.at),
    })
    .from(pension)
    .innerJoin(pensionEvent, newestStep)
    .where(eq(pension.state, state));
  return { count: row?.count ?? 0, since: row?.since ?? null };
}
const newestStep = and(
  eq(pensionEvent.pensionId, pension.id),
  eq(pensionEvent.revision, pension.revision),
);

/** They, the longest first, a page of them. */
export const waitingPensions = (work: Work, state: PensionState, { from, size }: Lines) =>
  work.tx
    .select({ pension, since: pensionEvent.at })
    .from(pension)
    .innerJoin(pensionEvent, newestStep)
    .where(eq(pension.state, state))
    .orderBy(asc(pensionEvent.at), asc(pension.serial))
    .limit(size)
    .offset(from);

/** Pensions of a case, in their order. */
export const pensionsOfCase = async (work: Work, caseId: string): Promise<PensionRow[]> =>
  (await work.tx
    .select()
    .from(pension)
    .where(eq(pension.caseId, caseId))
    .orderBy(asc(pension.number))) as PensionRow[];

/** A pension with what was decided of it, what was paid and its 現況届. @throws Problem 404 */
export async function readPension(work: Work, id: string) {
  const [row] = await work.tx.select().from(pension).where(eq(pension.id, id));
  if (!row) throw notFound("年金が見つかりません。");
  return {
    pension: row as PensionRow,
    terms: await work.tx
      .select()
      .from(pensionTerm)
      .where(eq(pensionTerm.pensionId, id))
      .orderBy(asc(pensionTerm.id)),
    events: await work.tx
      .select()
      .from(pensionEvent)
      .where(eq(pensionEvent.pensionId, id))
      .orderBy(asc(pensionEvent.revision)),
    reports: await work.tx
      .select()
      .from(pensionReport)
      .where(eq(pensionReport.pensionId, id))
      .orderBy(desc(pensionReport.year)),
    paid: await work.tx
      .select({
        line: pensionLine,
        payMonth: pensionRun.payMonth,
        from: sql<string | null>`min(${pensionMonth.month})::text`,
        to: sql<string | null>`max(${pensionMonth.month})::text`,
        months: count(pensionMonth.month),
      })
      .from(pensionLine)
      .innerJoin(pensionRun, eq(pensionRun.id, pensionLine.runId))
      .leftJoin(pensionMonth, eq(pensionMonth.lineId, pensionLine.id))
      .where(and(eq(pensionLine.pensionId, id), eq(pensionRun.state, "approved")))
      .groupBy(pensionLine.id, pensionRun.payMonth, pensionRun.serial)
      .orderBy(desc(pensionRun.serial)),
  };
}
export type PensionDetails = Awaited<ReturnType<typeof readPension>>;

async function standing(work: Work, row: PensionRow) {
  const [facts] = await work.sql<{ silent: boolean; answered: boolean }[]>`
    select relief_benefits.is_silent(${row.id}) as silent, relief_benefits.reports_in(${row.id}) as answered`;
  return {
    definition: reliefPensionV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      askedBy: row.askedBy,
      silentAfterWarning: facts?.silent ?? false,
      reportsIn: facts?.answered ?? false,
      arrearsUnclaimed: row.endReason === "death" && row.arrearsPayee === null,
    } satisfies PensionContext,
  };
}

/** The office of the case that a pension comes from: who works on the pension holds the right there. */
export async function officeOfPension(work: Work, row: PensionRow): Promise<string> {
  const [found] = await work.tx
    .select({ officeCode: caseRow.officeCode })
    .from(caseRow)
    .where(eq(caseRow.id, row.caseId));
  return found?.officeCode ?? row.officeCode;
}

/** Buttons of a pension. */
export const pensionActions = async (work: Work, row: PensionRow): Promise<FlowAction[]> =>
  actionsAt(work.actor, await standing(work, row), {
    program: "vaccination",
    reach: { office: await officeOfPension(work, row) },
  });

/** What a step of a pension says beside its kind. */
export interface PensionStep {
  id: string;
  seen: number;
  type: PensionEventType;
  comment?: string | undefined;
  /** 額改定: from which month, to what. */
  change?: { from: IsoDate; grade: number; homeCare: boolean; otherBenefits: number };
  /** 失権. */
  end?: { reason: EndReason; on: IsoDate };
  /** 未支給: who gets it. */
  payee?: string;
}

/** What is wrong with a step, by the names of its fields. */
function requireWhole(row: PensionRow, { type, change, end, payee }: PensionStep, today: IsoDate) {
  if (type === "ask-change") {
    if (!change) throw new EntryProblem("from", "改定する月を入力してください。");
    if (change.from < row.fromMonth || (row.lastMonth !== null && change.from > row.lastMonth))
      throw new EntryProblem("from", "改定する月は、年金の支給期間の中の月です。");
    if (change.grade > gradesOf(row.class, row.benefit))
      throw new EntryProblem("grade", "この年金に、その等級はありません。");
  }
  if (type === "ask-end") {
    if (!end) throw new EntryProblem("reason", "失権の事由を選んでください。");
    if (end.on > today)
      throw new EntryProblem("on", "失権の日に、今日より後の日は入力できません。");
    if (end.on < row.fromMonth)
      throw new EntryProblem("on", "失権の日が、支給の始まりより前です。");
  }
  if (type === "ask-arrears") {
    if (!payee || !isPersonNumber(payee))
      throw new EntryProblem("payee", "未支給の年金を受ける遺族の統合宛名番号を入力してください。");
    if (payee === row.payeeNumber)
      throw new EntryProblem("payee", "亡くなった受給者とは別の方を入力してください。");
  }
}

/**
 * Moves a pension by one step of its machine.
 *
 * @throws EntryProblem of `comment`, `from`, `grade`, `reason`, `on` or `payee`; Problem 403, 404, 409
 */
export async function movePension(work: Work, step: PensionStep): Promise<void> {
  const { id, seen, type } = step;
  const { pension: row } = await readPension(work, id);
  const target = stateAfter(await standing(work, row), type);
  requireWhole(row, step, work.platform.clock.today());
  const words = step.comment?.trim();
  if (reliefPensionV1.events[type].comment === "required" && !words)
    throw new EntryProblem("comment", "理由を入力してください。");
  const comment = words
    ? await putSealed(work, {
        holder: row.personNumber,
        program: "vaccination",
        kind: "comment",
        caseId: row.caseId,
        data: words,
      })
    : null;
  const { change, end, payee } = step;
  await refuseInWords(
    work.sql`select relief_benefits.move_pension(${id}, ${seen}, ${type}, ${target}, ${comment},
      ${change ? monthStart(change.from) : null}, ${change?.grade ?? null}, ${change?.homeCare ?? null},
      ${change?.otherBenefits ?? null}, ${end?.reason ?? null}, ${end?.on ?? null}, ${payee ?? null})`,
    "この年金は、ほかの職員が先に進めました。",
  );
}
