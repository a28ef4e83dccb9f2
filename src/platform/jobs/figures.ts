import type { Sql } from "postgres";

/** How many jobs of a queue are in a state. */
export interface QueueFigure {
  queue: string;
  /** `waiting`: due and not begun. `given-up` waits in the queue of that name. */
  state: "waiting" | "later" | "active" | "failed";
  count: number;
  /** Seconds since the oldest of them was due. */
  waits: number;
}

/** What the queue holds, for those who watch over it; jobs hold ids, so nothing of anybody. */
export async function queueFigures(sql: Sql): Promise<QueueFigure[]> {
  const rows = await sql<QueueFigure[]>`
    select name as queue, case when state in ('created', 'retry') then case when start_after <= now() then 'waiting' else 'later' end
                               else state::text end as state,
           count(*)::integer as count, greatest(0, extract(epoch from now() - min(start_after)))::float as waits
      from pgboss.job where state in ('created', 'retry', 'active', 'failed') group by 1, 2`;
  return [...rows];
}
