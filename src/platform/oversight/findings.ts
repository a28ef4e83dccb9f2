import { count, desc, eq, inArray, max, min, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { office, staff } from "#db/schema/access.ts";
import {
  analysedDay,
  finding,
  type findingKinds,
  findingStep,
  ownNumber,
} from "#db/schema/oversight.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import {
  type FindingContext,
  type FindingEvent,
  findingV1,
} from "#workflows/oversight/finding-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import type { Figures, Lines } from "../lines.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import { keepStatement, statementsOf } from "../vault/index.ts";
import type { Work } from "../work.ts";

export type FindingKind = (typeof findingKinds)[number];
export type FindingState = (typeof finding.$inferSelect)["state"];
export type Finding = Awaited<ReturnType<typeof listFindings>>[number];

/** States in which something is still to be done. */
export const openStates = ["open", "asked", "explained"] as const satisfies FindingState[];
const settledStates = ["justified", "incident"] as const satisfies FindingState[];
export type FindingSort = "open" | "settled";
const statesOf = { open: openStates, settled: settledStates } as const;

const rows = (work: Work) => {
  const asked = alias(staff, "asked");
  return work.tx
    .select({
      id: finding.id,
      kind: finding.kind,
      day: sql<IsoDate>`${finding.day}`,
      staffId: finding.staffId,
      staffName: staff.displayName,
      loginName: staff.loginName,
      officeCode: staff.officeCode,
      officeName: office.name,
      personNumber: finding.personNumber,
      records: finding.records,
      people: finding.people,
      state: finding.state,
      stateSince: finding.stateSince,
      askedOf: finding.askedOf,
      askedName: asked.displayName,
    })
    .from(finding)
    .innerJoin(staff, eq(staff.id, finding.staffId))
    .leftJoin(office, eq(office.code, staff.officeCode))
    .leftJoin(asked, eq(asked.id, finding.askedOf));
};

/** Findings that this person may see: what is still to be done with the oldest first, or what is settled with the newest. */
export function listFindings(
  work: Work,
  which: FindingSort,
  { page, size }: { page: number; size: number },
) {
  return rows(work)
    .where(inArray(finding.state, [...statesOf[which]]))
    .orderBy(which === "open" ? finding.day : desc(finding.day), finding.id)
    .limit(size)
    .offset((page - 1) * size);
}

/** How many there are of each sort. */
export async function countFindings(work: Work): Promise<Record<FindingSort, number>> {
  const counted = await work.tx
    .select({ state: finding.state, n: count() })
    .from(finding)
    .groupBy(finding.state);
  const of = (states: readonly FindingState[]) =>
    counted.filter(({ state }) => states.includes(state)).reduce((sum, { n }) => sum + n, 0);
  return { open: of(openStates), settled: of(settledStates) };
}

/** Up to when the log was gone through, and how many looks there were that day. */
export async function lastAnalysis(work: Work) {
  const [last] = await work.tx.select({ day: max(analysedDay.day) }).from(analysedDay);
  if (!last?.day) return undefined;
  const [found] = await work.tx.select().from(analysedDay).where(eq(analysedDay.day, last.day));
  return found;
}

/** @throws Problem 404 where there is none, or it may not be seen */
export async function getFinding(work: Work, id: number): Promise<Finding> {
  const [found] = await rows(work).where(eq(finding.id, id));
  if (!found) throw notFound("点検の指摘が見つかりません。");
  return found;
}

/** What is to be done with a finding: settled by this person, explained to them by another, or explained by them. */
export type FindingTask = "settle" | "asked" | "explain";

const tasks: Record<FindingTask, (staffId: number) => SQL> = {
  settle: (staffId) =>
    sql`${finding.state} in ('open', 'explained') and ${finding.askedOf} is distinct from ${staffId}`,
  asked: (staffId) => sql`${finding.state} = 'asked' and ${finding.askedOf} <> ${staffId}`,
  explain: (staffId) => sql`${finding.state} = 'asked' and ${finding.askedOf} = ${staffId}`,
};

/** Findings of one task, those that wait longest first. */
export const findingsOfTask = (work: Work, task: FindingTask, { from, size }: Lines) =>
  rows(work)
    .where(tasks[task](work.actor.staffId))
    .orderBy(finding.stateSince, finding.id)
    .limit(size)
    .offset(from);

/** How many there are, and since when the oldest waits. */
export async function countTask(work: Work, task: FindingTask): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(finding.stateSince) })
    .from(finding)
    .where(tasks[task](work.actor.staffId));
  return row ?? { count: 0, since: null };
}

/** A record that a finding rests on. */
export interface FindingRecord {
  id: string;
  at: Date;
  action: string;
  items: string[] | null;
  purpose: string | null;
  program: string | null;
  caseId: string | null;
  personNumber: string;
}

/** A page of the records, in order of time. */
export async function recordsOf(
  work: Work,
  id: number,
  { page, size }: { page: number; size: number },
): Promise<FindingRecord[]> {
  const rows = await work.sql<(Omit<FindingRecord, "at"> & { at: string })[]>`
    select id::text, at, action, items, purpose, program, case_id as "caseId", person_number as "personNumber"
      from oversight.records_of(${id}, ${size}, ${(page - 1) * size})`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

/** What was done with a finding, the oldest first, with what was said as far as this person may read it. */
export async function stepsOf(work: Work, id: number) {
  const asked = alias(staff, "asked");
  const steps = await work.tx
    .select({
      event: findingStep.event,
      staffName: staff.displayName,
      askedName: asked.displayName,
      statementId: findingStep.statementId,
      at: findingStep.at,
    })
    .from(findingStep)
    .innerJoin(staff, eq(staff.id, findingStep.staffId))
    .leftJoin(asked, eq(asked.id, findingStep.askedOf))
    .where(eq(findingStep.findingId, id))
    .orderBy(findingStep.id);
  const said = await statementsOf(work, `finding:${id}`);
  return steps.map((step) => ({
    ...step,
    said: step.statementId ? said.get(step.statementId)?.text : undefined,
  }));
}

const standing = (work: Work, found: Finding): Standing<FindingContext> => ({
  definition: findingV1,
  state: found.state,
  context: {
    actingStaffId: work.actor.staffId,
    staffId: found.staffId,
    askedOf: found.askedOf,
  },
});

/** What this person could do with a finding. */
export const findingActions = (work: Work, found: Finding): FlowAction[] =>
  actionsAt(work.actor, standing(work, found));

/**
 * Makes a step of a finding.
 *
 * @param step.said in the person's own words; sealed. Needed but for a question.
 * @throws EntryProblem of the field `said` or `askOf`; Problem 403, 409
 */
export async function moveFinding(
  work: Work,
  found: Finding,
  step: { event: FindingEvent; said: string; askOf: number | undefined },
): Promise<void> {
  const { event, said, askOf } = step;
  stateAfter(standing(work, found), event);
  const fault = event === "ask" && said === "" ? undefined : reasonFault(said, words[event]);
  if (fault) throw new EntryProblem(`said-${event}`, fault);
  if (event === "ask" && !askOf)
    throw new EntryProblem("askOf", "説明を求める職員を選んでください。");
  const about = `finding:${found.id}`;
  const statement =
    said === "" ? null : await keepStatement(work, { about, kind: event, text: said });
  const [row] = await work.sql<{ moved: boolean }[]>`
    select oversight.move_finding(${found.id}, ${found.state}, ${event}, ${event === "ask" ? (askOf ?? null) : null}, ${statement}) as moved`;
  if (!row?.moved) throw conflict("ほかの職員がこの指摘を先に処理しました。");
}

const words = {
  ask: "説明してほしいこと",
  explain: "説明",
  justify: "問題なしとする理由",
  incident: "事案とする理由",
} as const satisfies Record<FindingEvent, string>;

/** Staff with the number that each declared as their own, and null where none was. */
export const declaredNumbers = (work: Work) =>
  work.tx
    .select({
      staffId: staff.id,
      staffName: staff.displayName,
      loginName: staff.loginName,
      officeName: office.name,
      personNumber: ownNumber.personNumber,
      enteredAt: ownNumber.enteredAt,
    })
    .from(staff)
    .leftJoin(ownNumber, eq(ownNumber.staffId, staff.id))
    .leftJoin(office, eq(office.code, staff.officeCode))
    .where(sql`${staff.kind} <> 'system' and ${staff.status} = 'active'`)
    .orderBy(staff.loginName);

/** Enters the number that somebody declared as their own, or takes it out (null); never one's own. */
export async function declareNumber(
  work: Work,
  { staffId, personNumber }: { staffId: number; personNumber: string | null },
): Promise<void> {
  await work.sql`select oversight.declare_number(${staffId}, ${personNumber})`;
}
