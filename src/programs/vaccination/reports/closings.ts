import { desc, eq, max, ne } from "drizzle-orm";
import { reportClosing } from "#db/schema/vaccination-reports.ts";
import { actionsAt, stateAfter } from "#src/platform/flow.ts";
import type { Figures, Lines } from "#src/platform/lines.ts";
import { conflict, notFound } from "#src/platform/problem.ts";
import { refuseInWords } from "#src/platform/refusals.ts";
import type { Work } from "#src/platform/work.ts";
import { addMonths, type IsoDate, monthStart } from "#workflows/dates/iso-date.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import {
  type ReportClosingContext,
  type ReportClosingEvent,
  type ReportClosingState,
  reportClosingV1,
} from "#workflows/vaccination/reports/closing-machine.ts";

/** 締め of a month: `month` is its first day. */
export type ReportClosing = typeof reportClosing.$inferSelect;
export const closingMeta = (state: ReportClosingState) => stateMeta(reportClosingV1, state);

/** Closings, the latest month first; those given up are left out. */
export const listClosings = (work: Work, { from, size }: Lines): Promise<ReportClosing[]> =>
  work.tx
    .select()
    .from(reportClosing)
    .where(ne(reportClosing.state, "discarded"))
    .orderBy(desc(reportClosing.month))
    .limit(size)
    .offset(from);

/** How many closings there are. */
export const countClosings = (work: Work): Promise<number> =>
  work.tx.$count(reportClosing, ne(reportClosing.state, "discarded"));

/** @throws Problem 404 */
export async function readClosing(work: Work, id: number): Promise<ReportClosing> {
  const [row] = await work.tx.select().from(reportClosing).where(eq(reportClosing.id, id));
  if (!row) throw notFound("この締めはありません。");
  return row;
}

/** The last month that is closed, or prepared to be; nothing before the first one. */
async function lastMonth(work: Work): Promise<IsoDate | undefined> {
  const [row] = await work.tx
    .select({ month: max(reportClosing.month) })
    .from(reportClosing)
    .where(ne(reportClosing.state, "discarded"));
  return (row?.month ?? undefined) as IsoDate | undefined;
}

/** Months of which one can be prepared next: the one after the last, before the first any of the last two years. */
export async function monthsToPrepare(work: Work): Promise<IsoDate[]> {
  const present = monthStart(work.platform.clock.today());
  const last = await lastMonth(work);
  if (last) {
    const next = addMonths(last, 1);
    return next < present ? [next] : [];
  }
  return Array.from({ length: 24 }, (_, n) => addMonths(present, -1 - n));
}

/**
 * Counts a month that is over, to be closed by another person.
 *
 * @returns its id
 * @throws Problem 403; 409 where it is not the month to be closed, or one is prepared already
 */
export async function prepareClosing(work: Work, month: IsoDate): Promise<number> {
  const [row] = await refuseInWords(
    work.sql<{ id: number }[]>`select vaccination_reports.prepare(${month}) as id`,
    "次に締める月ではないか、集計した月がまだ締められていません。",
    ["22023"],
  );
  if (!row) throw conflict("集計できませんでした。");
  return row.id;
}

const standing = (work: Work, row: ReportClosing) => ({
  definition: reportClosingV1,
  state: row.state,
  context: {
    actingStaffId: work.actor.staffId,
    preparedBy: row.preparedBy,
  } satisfies ReportClosingContext,
});

/** Buttons of a closing. */
export const closingActions = (work: Work, row: ReportClosing) =>
  actionsAt(work.actor, standing(work, row), { program: "vaccination", reach: "whole city" });

/** One step of a closing. @throws Problem 403, 404, 409 */
export async function moveClosing(
  work: Work,
  step: { id: number; seen: number; type: ReportClosingEvent },
): Promise<void> {
  const target = stateAfter(standing(work, await readClosing(work, step.id)), step.type);
  await refuseInWords(
    work.sql`select vaccination_reports.move(${step.id}, ${step.seen}, ${step.type}, ${target})`,
    "この締めは、ほかの職員が先に進めました。",
  );
}

/** The closing that waits to be closed; there is one at most. */
export async function closingsWaiting(work: Work): Promise<Figures> {
  const [row] = await waitingClosings(work, { from: 0, size: 1 });
  return { count: row ? 1 : 0, since: row?.preparedAt ?? null };
}
export const waitingClosings = (work: Work, { from, size }: Lines): Promise<ReportClosing[]> =>
  work.tx
    .select()
    .from(reportClosing)
    .where(eq(reportClosing.state, "prepared"))
    .limit(size)
    .offset(from);
