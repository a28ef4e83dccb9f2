import { and, asc, eq, gt } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { event } from "#db/schema/cases.ts";
import type { Work } from "../work.ts";
import { eventTitle } from "./event-title.ts";
import { type CaseRow, definitionOf } from "./workflow.ts";

/** One step that somebody made meanwhile. */
export interface MissedStep {
  at: Date;
  staffName: string;
  title: string;
}

/** What was done in a case since it stood at a revision, the oldest first. */
export async function stepsSince(
  work: Work,
  found: CaseRow,
  revision: number,
): Promise<MissedStep[]> {
  const { events } = definitionOf(found);
  const rows = await work.tx
    .select({ at: event.at, type: event.type, staffName: staff.displayName })
    .from(event)
    .innerJoin(staff, eq(staff.id, event.staffId))
    .where(and(eq(event.caseId, found.id), gt(event.revision, revision)))
    .orderBy(asc(event.revision));
  return rows.map(({ at, type, staffName }) => ({
    at,
    staffName,
    title: eventTitle(events, type),
  }));
}

const time = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  month: "numeric",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** 11/20 10:02 窓口 一子: 書類を確認する. */
export const stepInWords = ({ at, staffName, title }: MissedStep): string =>
  `${time.format(at)} ${staffName}: ${title}`;
