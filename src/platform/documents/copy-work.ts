import { and, count, eq, gte, isNull, lt, min, ne, type SQL, sql } from "drizzle-orm";
import { copyTaken, listCopy } from "#db/schema/documents.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { Figures, Lines } from "../lines.ts";
import type { Work } from "../work.ts";
import { copiesWhere, type ListCopy } from "./copy-register.ts";

/** What there is to do about copies: decide on one, take one, enter that one's own is erased, or that another's is. */
export type CopyTask = "decide" | "take" | "erase" | "confirm";

const wasTaken = sql`exists (select from ${copyTaken} t where t.copy_id = ${listCopy.id})`;
const mayDecide = sql`documents.may_decide_copy(${listCopy.program}, ${listCopy.filter} ->> 'office')`;

/** As the functions of the database allow each task. */
function isToDo(task: CopyTask, me: number, today: IsoDate): (SQL | undefined)[] {
  const mine = eq(listCopy.requestedBy, me);
  const others = ne(listCopy.requestedBy, me);
  const outside = and(eq(listCopy.decision, "approved"), isNull(listCopy.erasedAt), wasTaken);
  switch (task) {
    case "decide":
      return [isNull(listCopy.decision), others, mayDecide];
    case "take":
      return [
        mine,
        eq(listCopy.decision, "approved"),
        isNull(listCopy.erasedAt),
        gte(listCopy.takeBy, today),
        sql`not ${wasTaken}`,
      ];
    case "erase":
      return [mine, outside];
    case "confirm":
      return [others, outside, lt(listCopy.eraseBy, today), mayDecide];
  }
}

const conditionOf = (work: Work, program: string, task: CopyTask) =>
  and(
    eq(listCopy.program, program),
    ...isToDo(task, work.actor.staffId, work.platform.clock.today()),
  );

/** Tasks that have a day by which they are to be done. */
const dated = (task: CopyTask) => task === "erase" || task === "confirm";

/** How many copies of a 事務 this person has to do something about. */
export async function countCopyTask(work: Work, program: string, task: CopyTask): Promise<Figures> {
  const today = work.platform.clock.today();
  const [row] = await work.tx
    .select({
      count: count(),
      since: min(listCopy.requestedAt),
      overdue: sql<number>`(count(*) filter (where ${listCopy.eraseBy} < ${today}))::int`,
      nearest: sql<IsoDate | null>`min(${listCopy.eraseBy})::text`,
    })
    .from(listCopy)
    .where(conditionOf(work, program, task));
  if (!row) return { count: 0, since: null };
  return dated(task) ? row : { count: row.count, since: row.since };
}

/** Those, by their day, then the oldest first. */
export const copiesOfTask = (
  work: Work,
  program: string,
  task: CopyTask,
  lines: Lines,
): Promise<ListCopy[]> =>
  copiesWhere(
    work,
    conditionOf(work, program, task),
    dated(task) ? sql`${listCopy.eraseBy} nulls last` : sql`${listCopy.requestedAt}`,
    lines,
  );
