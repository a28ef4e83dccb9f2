import { eq } from "drizzle-orm";
import { z } from "zod";
import { applied, arrival } from "#db/schema/intractable-disease.ts";
import type { CaseRow, EventDetail, Step } from "#src/platform/cases/index.ts";
import { isoDate } from "#src/platform/entry-parts/index.ts";
import { latestEntry, parse } from "#src/platform/intake/index.ts";
import { EntryProblem } from "#src/platform/problem.ts";
import type { Work } from "#src/platform/work.ts";

const schema = z.strictObject({
  forwardedOn: isoDate("進達日"),
  arrivedOn: isoDate("本庁受領日"),
});

/** 進達 and 本庁受領 of an application that a 支所 received. */
export type Arrival = typeof arrival.$inferSelect;

export async function arrivalOf(work: Work, caseId: string): Promise<Arrival | undefined> {
  const [row] = await work.tx.select().from(arrival).where(eq(arrival.caseId, caseId));
  return row;
}

/** Whether an application lies at a 支所, or is on its way from there. */
export async function awaitsHeadOffice(work: Work, { id }: CaseRow): Promise<boolean> {
  const entry = await latestEntry(work, id);
  const rows = await work.tx.select().from(applied).where(eq(applied.caseId, id));
  const newest = rows.find(({ revision }) => revision === entry?.revision);
  return newest?.reception === "branch" && (await arrivalOf(work, id)) === undefined;
}

/** Records 進達 and 本庁受領. @throws EntryProblem for days that cannot be */
export async function recordArrival(work: Work, { found, input }: Step): Promise<EventDetail> {
  const { forwardedOn, arrivedOn } = parse(schema, input);
  if (forwardedOn < found.receivedOn)
    throw new EntryProblem("forwardedOn", "進達日は、申請日以後の日付にしてください。");
  if (arrivedOn < forwardedOn)
    throw new EntryProblem("arrivedOn", "本庁受領日は、進達日以後の日付にしてください。");
  if (arrivedOn > work.platform.clock.today())
    throw new EntryProblem("arrivedOn", "本庁受領日は、今日以前の日付にしてください。");
  await work.sql`select intractable_disease.record_arrival(${found.id}, ${forwardedOn}, ${arrivedOn})`;
  return { forwardedOn, arrivedOn };
}
