import { and, asc, eq, isNull, lt, max } from "drizzle-orm";
import { caseRow, deadline } from "#db/schema/cases.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work } from "../work.ts";
import { applyEvent } from "./apply-event.ts";
import { lockCase } from "./lock-case.ts";
import { CaseRefusal } from "./refusals.ts";

/**
 * Fires the events of deadlines that have passed (the day itself still counts for the person),
 * as any step is made, in the name of the scheduled jobs. Each in a transaction of its own: one that fails
 * keeps no other from being fired.
 *
 * @returns how many cases moved
 * @throws the first failure, once all were tried
 */
export async function fireDeadlines(platform: Platform, system: Actor): Promise<number> {
  const today = platform.clock.today();
  const due = await runWork(platform, system, { purpose: "scheduled" }, ({ tx }) =>
    tx
      .select({
        id: deadline.id,
        caseId: deadline.caseId,
        event: deadline.event,
        program: caseRow.program,
      })
      .from(deadline)
      .innerJoin(caseRow, eq(caseRow.id, deadline.caseId))
      .where(and(isNull(deadline.closedAt), lt(deadline.dueOn, today)))
      .orderBy(asc(deadline.dueOn)),
  );
  let moved = 0;
  const failures: unknown[] = [];
  for (const { program, ...one } of due) {
    const options = { purpose: "scheduled", program, caseId: one.caseId } as const;
    try {
      if (await runWork(platform, system, options, (work) => fire(work, one))) moved++;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return moved;
}

/** Whether the case moved. */
async function fire(
  work: Work,
  { id, caseId, event }: { id: number; caseId: string; event: string },
): Promise<boolean> {
  const found = await lockCase(work, caseId);
  const [open] = await work.tx
    .select()
    .from(deadline)
    .where(and(eq(deadline.id, id), isNull(deadline.closedAt)));
  if (!found || !open) return false;
  try {
    await applyEvent(work, {
      caseId,
      expectedRevision: found.revision,
      event: { type: event },
      idempotencyKey: `deadline:${id}`,
    });
    return true;
  } catch (error) {
    if (!(error instanceof CaseRefusal)) throw error;
    // The case went another way in time: nothing is left to fire.
    await work.sql`select cases.drop_deadline(${id})`;
    return false;
  }
}

/** Until when something is waited for in a case; undefined where nothing is. */
export async function openDeadline(work: Work, caseId: string): Promise<IsoDate | undefined> {
  const [row] = await work.tx
    .select({ dueOn: max(deadline.dueOn) })
    .from(deadline)
    .where(and(eq(deadline.caseId, caseId), isNull(deadline.closedAt)));
  return (row?.dueOn ?? undefined) as IsoDate | undefined;
}
