import { count, desc, eq, min, ne, sql } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { incident, incidentPerson, incidentStep } from "#db/schema/oversight.ts";
import { addDays, type IsoDate } from "#workflows/dates/iso-date.ts";
import { reportDeadlines } from "#workflows/oversight/incident-deadlines.ts";
import {
  type IncidentContext,
  type IncidentEvent,
  incidentV1,
  type ReportItem,
  reportItems,
} from "#workflows/oversight/incident-machine.ts";
import { reasonFault } from "#workflows/text/reason.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import type { Figures, Lines } from "../lines.ts";
import { conflict, EntryProblem, notFound } from "../problem.ts";
import { keepStatement, statementsOf } from "../vault/index.ts";
import type { Work } from "../work.ts";

export const incidentKinds = {
  leak: "漏えい",
  loss: "滅失",
  damage: "毀損",
  suspected: "漏えい等のおそれ",
} as const;
export type IncidentKind = keyof typeof incidentKinds;
export const tellingWays = {
  letter: "文書",
  "in-person": "面談",
  telephone: "電話",
  substitute: "代替措置（公表など）",
} as const;
export type TellingWay = keyof typeof tellingWays;
export type Incident = Awaited<ReturnType<typeof listIncidents>>[number];
/** The words of a report by heading; empty where nothing is known yet. */
export type ReportWords = Readonly<Record<ReportItem, string>>;
export const reportHeadings = Object.keys(reportItems) as ReportItem[];

const day = (
  column: typeof incident.knownOn | typeof incident.finalDue | typeof incident.preliminaryDue,
) => sql<IsoDate>`${column}`;

const rows = (work: Work) =>
  work.tx
    .select({
      id: incident.id,
      kind: incident.kind,
      knownOn: day(incident.knownOn),
      malicious: incident.malicious,
      withNumber: incident.withNumber,
      preliminaryDue: day(incident.preliminaryDue),
      finalDue: day(incident.finalDue),
      state: incident.state,
      stateSince: incident.stateSince,
      findingId: incident.findingId,
      reportId: incident.reportId,
      missingItems: incident.missingItems,
      openedAt: incident.openedAt,
      openedName: staff.displayName,
      people: sql<number>`(select count(*)::integer from oversight.incident_person p where p.incident_id = ${incident.id})`,
      notTold: sql<number>`(select count(*)::integer from oversight.incident_person p where p.incident_id = ${incident.id} and p.told is null)`,
    })
    .from(incident)
    .innerJoin(staff, eq(staff.id, incident.openedBy));

/** Incidents under way with the nearest deadline first, or those that are closed with the newest first. */
export function listIncidents(
  work: Work,
  which: "open" | "closed",
  { page, size }: { page: number; size: number },
) {
  return rows(work)
    .where(which === "open" ? ne(incident.state, "closed") : eq(incident.state, "closed"))
    .orderBy(which === "open" ? incident.finalDue : desc(incident.id), incident.id)
    .limit(size)
    .offset((page - 1) * size);
}

/** How many are under way, and closed. */
export async function countIncidents(work: Work): Promise<Record<"open" | "closed", number>> {
  const [row] = await work.tx
    .select({
      open: sql<number>`count(*) filter (where ${incident.state} <> 'closed')::integer`,
      closed: sql<number>`count(*) filter (where ${incident.state} = 'closed')::integer`,
    })
    .from(incident);
  return row ?? { open: 0, closed: 0 };
}

/** @throws Problem 404 */
export async function getIncident(work: Work, id: number): Promise<Incident> {
  const [found] = await rows(work).where(eq(incident.id, id));
  if (!found) throw notFound("事案が見つかりません。");
  return found;
}

/** The incident that a finding led to, if it was begun. */
export async function incidentOfFinding(
  work: Work,
  findingId: number,
): Promise<number | undefined> {
  const [found] = await work.tx
    .select({ id: incident.id })
    .from(incident)
    .where(eq(incident.findingId, findingId));
  return found?.id;
}

/** {@link nextDeadline} as the database reckons it. */
const nextDue = sql<IsoDate | null>`case ${incident.state}
  when 'found' then ${incident.preliminaryDue} when 'investigating' then ${incident.finalDue} end`;

/** Incidents under way, by the deadline of the next report, then those that stand longest. */
export const incidentsUnderWay = (work: Work, { from, size }: Lines) =>
  rows(work)
    .where(ne(incident.state, "closed"))
    .orderBy(sql`${nextDue} nulls last`, incident.stateSince, incident.id)
    .limit(size)
    .offset(from);

/** How many are under way and overdue, since when the oldest stands, and the nearest deadline. */
export async function dueIncidents(work: Work): Promise<Figures> {
  const today = work.platform.clock.today();
  const [row] = await work.tx
    .select({
      count: count(),
      since: min(incident.stateSince),
      overdue: sql<number>`(count(*) filter (where ${nextDue} < ${today}))::integer`,
      nearest: sql<IsoDate | null>`min(${nextDue})`,
    })
    .from(incident)
    .where(ne(incident.state, "closed"));
  return row ?? { count: 0, since: null };
}

/** By when something is to be reported as the incident stands; nothing once the final report is made. */
export function nextDeadline(found: Pick<Incident, "state" | "preliminaryDue" | "finalDue">) {
  if (found.state === "found") return { title: "速報", on: found.preliminaryDue };
  if (found.state === "investigating") return { title: "確報", on: found.finalDue };
  return undefined;
}

/** The laws by which it is reported. */
export const basisOf = ({ withNumber }: Pick<Incident, "withNumber">): string =>
  withNumber
    ? "番号法第29条の4、個人情報の保護に関する法律第68条"
    : "個人情報の保護に関する法律第68条";

/** What an incident is judged to be. */
export interface Judged {
  kind: IncidentKind;
  malicious: boolean;
  withNumber: boolean;
}

/** Begins an incident that became known on a day. @throws EntryProblem of `knownOn` @returns its number */
export async function openIncident(
  work: Work,
  { knownOn, findingId, ...judged }: Judged & { knownOn: IsoDate; findingId: number | null },
): Promise<number> {
  const today = work.platform.clock.today();
  if (knownOn > today || knownOn < addDays(today, -366))
    throw new EntryProblem("knownOn", "知った日は、今日までの1年以内の日を入力してください。");
  const due = reportDeadlines({ knownOn, malicious: judged.malicious });
  const [row] = await work.sql<{ id: number }[]>`
    select oversight.open_incident(${knownOn}, ${judged.kind}, ${judged.malicious}, ${judged.withNumber},
      ${due.preliminary}, ${due.final}, ${findingId}) as id`;
  if (!row) throw new Error("no incident was begun");
  return row.id;
}

/** Judges it anew before the final report; its deadline follows. */
export async function assessIncident(work: Work, found: Incident, judged: Judged): Promise<void> {
  const { final } = reportDeadlines({ knownOn: found.knownOn, malicious: judged.malicious });
  await work.sql`select oversight.assess_incident(${found.id}, ${judged.kind}, ${judged.malicious},
    ${judged.withNumber}, ${final})`;
}

const about = ({ id }: Pick<Incident, "id">) => `incident:${id}`;

/** Keeps the words of the report as a new version; earlier ones stay. @throws EntryProblem of `summary` */
export async function writeReport(work: Work, found: Incident, words: ReportWords): Promise<void> {
  if (words.summary === "") throw new EntryProblem("summary", "概要を入力してください。");
  const missing = reportHeadings.filter((item) => words[item] === "").length;
  const text = JSON.stringify(words);
  const said = await keepStatement(work, { about: about(found), kind: "report", text });
  await work.sql`select oversight.write_report(${found.id}, ${said}, ${missing})`;
}

/** The newest words of the report, and the steps with what was said of each, the oldest first. */
export async function reportAndSteps(work: Work, found: Incident) {
  const said = await statementsOf(work, about(found));
  const steps = await work.tx
    .select({
      event: incidentStep.event,
      doneOn: sql<IsoDate>`${incidentStep.doneOn}`,
      staffId: incidentStep.staffId,
      staffName: staff.displayName,
      statementId: incidentStep.statementId,
      at: incidentStep.at,
    })
    .from(incidentStep)
    .innerJoin(staff, eq(staff.id, incidentStep.staffId))
    .where(eq(incidentStep.incidentId, found.id))
    .orderBy(incidentStep.id);
  const kept = found.reportId ? said.get(found.reportId)?.text : undefined;
  return {
    words: kept ? (JSON.parse(kept) as ReportWords) : undefined,
    steps: steps.map((step) => ({ ...step, said: said.get(step.statementId)?.text ?? "" })),
  };
}

const standing = (
  work: Work,
  found: Incident,
  steps: readonly { staffId: number }[],
): Standing<IncidentContext> => ({
  definition: incidentV1,
  state: found.state,
  context: {
    actingStaffId: work.actor.staffId,
    lastStepBy: steps.at(-1)?.staffId ?? null,
    missingItems: found.missingItems,
    notTold: found.notTold,
  },
});

/** What this person could do with an incident. */
export const incidentActions = (
  work: Work,
  found: Incident,
  steps: readonly { staffId: number }[],
): FlowAction[] => actionsAt(work.actor, standing(work, found, steps));

/**
 * Makes a step of an incident: done on a day, with a few words that are sealed.
 *
 * @throws EntryProblem of the field `said-…` or `doneOn-…`; Problem 403, 409
 */
export async function moveIncident(
  work: Work,
  found: Incident,
  { event, said, doneOn }: { event: IncidentEvent; said: string; doneOn: IsoDate | undefined },
): Promise<void> {
  const { steps } = await reportAndSteps(work, found);
  stateAfter(standing(work, found, steps), event);
  const fault = reasonFault(said, "内容");
  if (fault) throw new EntryProblem(`said-${event}`, fault);
  if (!doneOn || doneOn < found.knownOn || doneOn > work.platform.clock.today())
    throw new EntryProblem(`doneOn-${event}`, "知った日から今日までの日を入力してください。");
  const statement = await keepStatement(work, { about: about(found), kind: event, text: said });
  const [row] = await work.sql<{ moved: boolean }[]>`
    select oversight.move_incident(${found.id}, ${found.state}, ${event}, ${doneOn}, ${statement}) as moved`;
  if (!row?.moved) throw conflict("ほかの職員がこの事案を先に進めました。");
}

/** A page of those whom an incident concerns, those not told first. */
export const peopleOf = (
  work: Work,
  found: Pick<Incident, "id">,
  { page, size }: { page: number; size: number },
) =>
  work.tx
    .select({
      personNumber: incidentPerson.personNumber,
      told: incidentPerson.told,
      toldOn: sql<IsoDate | null>`${incidentPerson.toldOn}`,
    })
    .from(incidentPerson)
    .where(eq(incidentPerson.incidentId, found.id))
    .orderBy(sql`${incidentPerson.told} is not null`, incidentPerson.personNumber)
    .limit(size)
    .offset((page - 1) * size);

/** Puts people on the list; numbers that are nobody's, and those on it already, are left out. @returns how many were added */
export async function listPeople(work: Work, found: Incident, numbers: string[]): Promise<number> {
  const [row] = await work.sql<{ added: number }[]>`
    select oversight.list_people(${found.id}, ${numbers}::text[]) as added`;
  return row?.added ?? 0;
}

/** Takes somebody off the list whom nothing was told yet. */
export async function unlistPerson(work: Work, found: Incident, number: string): Promise<void> {
  await work.sql`select oversight.unlist_person(${found.id}, ${number})`;
}

/** Enters that somebody was told. */
export async function tellPerson(
  work: Work,
  found: Incident,
  { number, how, on }: { number: string; how: TellingWay; on: IsoDate },
): Promise<void> {
  await work.sql`select oversight.tell_person(${found.id}, ${number}, ${how}, ${on})`;
}
