import { and, asc, eq, isNull, lt } from "drizzle-orm";
import { caseRow, deadline } from "#db/schema/cases.ts";
import type { Actor } from "../access/actor.ts";
import type { Platform } from "../platform.ts";
import { runWork } from "../work.ts";
import { applyEvent } from "./apply-event.ts";
import { lockCase } from "./lock-case.ts";
import { CaseRefusal } from "./refusals.ts";

/**
 * Fires the events of deadlines that have passed (the day itself still counts for the person),
 * as any step is made, in the name of the scheduled jobs. Each in a transaction of its own.
 *
 * @returns how many cases moved
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
  for (const { id, caseId, event, program } of due) {
    moved += await runWork(
      platform,
      system,
      { purpose: "scheduled", program, caseId },
      async (work) => {
        const found = await lockCase(work, caseId);
        const [open] = await work.tx
          .select()
          .from(deadline)
          .where(and(eq(deadline.id, id), isNull(deadline.closedAt)));
        if (!found || !open) return 0;
        try {
          const expectedRevision = found.revision;
          await applyEvent(work, {
            caseId,
            expectedRevision,
            event: { type: event },
            idempotencyKey: `deadline:${id}`,
          });
          return 1;
        } catch (error) {
          if (!(error instanceof CaseRefusal)) throw error;
          // The case went another way in time: nothing is left to fire.
          await work.sql`select cases.drop_deadline(${id})`;
          return 0;
        }
      },
    );
  }
  return moved;
}
