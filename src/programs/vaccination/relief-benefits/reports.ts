import { and, asc, count, eq, isNull, lt, min } from "drizzle-orm";
import { pension, pensionReport } from "#db/schema/relief-pensions.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

/** 現況届 of a year are asked of all whose pension runs; those that were asked already are left. @returns how many */
export async function askReports(work: Work, year: number, dueOn: IsoDate): Promise<number> {
  if (dueOn <= work.platform.clock.today())
    throw new EntryProblem("dueOn", "提出期限は、明日以降の日にしてください。");
  const [row] = await work.sql<{ n: number }[]>`
    select relief_benefits.ask_reports(${year}, ${dueOn}) as n`;
  return row?.n ?? 0;
}

/** 催告: whoever has not answered though the day is past gets a last one. @returns how many */
export async function warnReports(work: Work, until: IsoDate): Promise<number> {
  if (until <= work.platform.clock.today())
    throw new EntryProblem("until", "催告の期限は、明日以降の日にしてください。");
  const [row] = await work.sql<{ n: number }[]>`
    select relief_benefits.warn_reports(${until}) as n`;
  return row?.n ?? 0;
}

/** What came back of somebody. @throws EntryProblem, Problem 409 */
export async function answerReport(
  work: Work,
  given: { pensionId: string; year: number; on: IsoDate; changed: boolean },
): Promise<void> {
  if (given.on > work.platform.clock.today())
    throw new EntryProblem("answeredOn", "受付日に、今日より後の日は入力できません。");
  await refuseInWords(
    work.sql`select relief_benefits.answer_report(${given.pensionId}, ${given.year}, ${given.on}, ${given.changed})`,
    "この現況届は、既に受け付けられているか、依頼より前の日付です。",
  );
}

/** 現況届 that were not answered yet, the nearest day first, a page of them. */
export async function openReports(work: Work, { from, size }: { from: number; size: number }) {
  const open = isNull(pensionReport.answeredOn);
  const rows = await work.tx
    .select({ report: pensionReport, pension })
    .from(pensionReport)
    .innerJoin(pension, eq(pension.id, pensionReport.pensionId))
    .where(open)
    .orderBy(asc(pensionReport.dueOn), asc(pension.serial))
    .limit(size)
    .offset(from);
  return { total: await work.tx.$count(pensionReport, open), rows };
}

/** Whose warning is past though the pension still runs: a 差止め may be asked for. */
const silent = (today: IsoDate) =>
  and(
    isNull(pensionReport.answeredOn),
    lt(pensionReport.warnedUntil, today),
    eq(pension.state, "paying"),
  );
const midnight = (day: string) => new Date(`${day}T00:00:00+09:00`);

/** How many they are, and since when the first one's warning is past. */
export async function silentFigures(work: Work): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(pensionReport.warnedUntil) })
    .from(pensionReport)
    .innerJoin(pension, eq(pension.id, pensionReport.pensionId))
    .where(silent(work.platform.clock.today()));
  return { count: row?.count ?? 0, since: row?.since ? midnight(row.since) : null };
}

/** They, the longest silent first, a page of them. */
export async function silentReports(work: Work, { from, size }: Lines) {
  const rows = await work.tx
    .select({ report: pensionReport, pension })
    .from(pensionReport)
    .innerJoin(pension, eq(pension.id, pensionReport.pensionId))
    .where(silent(work.platform.clock.today()))
    .orderBy(asc(pensionReport.warnedUntil), asc(pension.serial))
    .limit(size)
    .offset(from);
  return rows.map(({ report, ...one }) => ({
    ...one,
    report,
    since: midnight(report.warnedUntil ?? report.dueOn),
  }));
}
