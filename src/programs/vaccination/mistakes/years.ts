import { asc, count, desc, eq } from "drizzle-orm";
import { incident, yearReport } from "#db/schema/mistakes.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import { conflict, EntryProblem, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { fiscalYear } from "#workflows/dates/ages.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type MistakeYearContext,
  type MistakeYearEvent,
  type MistakeYearState,
  mistakeYearV1,
} from "#workflows/vaccination/mistakes/year-machine.ts";

export type MistakeYear = typeof yearReport.$inferSelect;
export const mistakeYearMeta = (state: MistakeYearState) => stateMeta(mistakeYearV1, state);

/** Yearly reports, the latest first. */
export const listYears = (work: Work): Promise<MistakeYear[]> =>
  work.tx.select().from(yearReport).orderBy(desc(yearReport.fiscalYear)).limit(50);

/** @throws Problem 404 */
export async function readYear(work: Work, year: number): Promise<MistakeYear> {
  const [row] = await work.tx.select().from(yearReport).where(eq(yearReport.fiscalYear, year));
  if (!row) throw notFound("この年度の報告は、まだ作られていません。");
  return row;
}

/** How many incidents a year's report has, by 態様 and vaccine. */
export const yearFigures = (work: Work, year: number) =>
  work.tx
    .select({ category: incident.category, vaccine: incident.vaccine, incidents: count() })
    .from(incident)
    .where(eq(incident.reportYear, year))
    .groupBy(incident.category, incident.vaccine)
    .orderBy(asc(incident.category), asc(incident.vaccine));

/**
 * Prepares the report of a fiscal year that is over, with what waits for it.
 *
 * @throws EntryProblem of `year`; Problem 403; 409 where it is there
 */
export async function prepareYear(work: Work, year: number): Promise<void> {
  if (!(year >= 2013 && year < fiscalYear(work.platform.clock.today())))
    throw new EntryProblem("year", "終わった年度を入力してください。");
  await refuseInWords(
    work.sql`select mistakes.prepare_year(${year})`,
    "この年度の報告は、既に作られています。",
  );
}

const standing = (work: Work, row: MistakeYear) => ({
  definition: mistakeYearV1,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    preparedBy: row.preparedBy,
  } satisfies MistakeYearContext,
});

/** Buttons of a yearly report. */
export const yearActions = (work: Work, row: MistakeYear) =>
  actionsAt(work.actor, standing(work, row), { program: "vaccination", reach: "whole city" });

/** One step of a yearly report. @throws EntryProblem of `sentOn`; Problem 403, 404, 409 */
export async function moveYear(
  work: Work,
  step: { year: number; seen: number; type: MistakeYearEvent; sentOn?: IsoDate | undefined },
): Promise<void> {
  const row = await readYear(work, step.year);
  const target = stateAfter(standing(work, row), step.type);
  if (step.type === "send" && !(step.sentOn && step.sentOn <= work.platform.clock.today()))
    throw new EntryProblem("sentOn", "報告した日は、決裁の日から今日までの日にしてください。");
  await refuseInWords(
    work.sql`select mistakes.move_year(${step.year}, ${step.seen}, ${step.type}, ${target}, ${step.type === "send" ? (step.sentOn ?? null) : null})`,
    "この報告は、ほかの職員が先に進めたか、中の事案が変わりました。「事案を集め直す」を行ってください。",
  ).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "22023")
      throw new EntryProblem("sentOn", "報告した日は、決裁の日から今日までの日にしてください。");
    throw error;
  });
}

/** How many wait to be reported with a year that has no report yet, by fiscal year. */
export const yearsWaiting = (work: Work) =>
  work.sql<{ year: number; incidents: number }[]>`
    select mistakes.year_of(i.given_on, i.known_on) as year, count(*)::integer as incidents
      from mistakes.incident i where i.state = 'to-report' and i.report = 'yearly' and i.report_year is null
     group by 1 order by 1`;

/** @throws Problem 409 where the report is not approved: nothing of it leaves the office before. */
export function requireApproved(row: MistakeYear): void {
  if (row.state === "prepared") throw conflict("決裁した後に、紙とファイルを出せます。");
}
