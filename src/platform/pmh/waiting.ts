import { and, asc, count, eq, isNull, min } from "drizzle-orm";
import { line, run } from "#db/schema/pmh.ts";
import type { PmhRunState } from "#workflows/pmh/run.ts";
import type { Figures, Lines } from "../lines.ts";
import { conflict } from "../problem.ts";
import type { Work } from "../work.ts";
import type { PmhRun } from "./runs.ts";

const nothing: Figures = { count: 0, since: null };

const runsIn = (program: string, state: PmhRunState) =>
  and(eq(run.state, state), eq(run.program, program));

/** Runs of a 事務 in a state, the oldest first. */
export async function pmhRunsInState(
  work: Work,
  program: string,
  state: PmhRunState,
  { from, size }: Lines,
): Promise<PmhRun[]> {
  const rows = await work.tx
    .select()
    .from(run)
    .where(runsIn(program, state))
    .orderBy(asc(run.serial))
    .limit(size)
    .offset(from);
  return rows as PmhRun[];
}

export async function countPmhRunsInState(
  work: Work,
  program: string,
  state: PmhRunState,
): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(run.preparedAt) })
    .from(run)
    .where(runsIn(program, state));
  return row ?? nothing;
}

const refused = (program: string) =>
  and(eq(line.state, "refused"), isNull(line.settled), eq(run.program, program));

/** Lines that the hub refused and nobody has dealt with, the oldest first. */
export async function refusedLines(work: Work, program: string, { from, size }: Lines) {
  const rows = await work.tx
    .select({ line, serial: run.serial })
    .from(line)
    .innerJoin(run, eq(run.id, line.runId))
    .where(refused(program))
    .orderBy(asc(line.id))
    .limit(size)
    .offset(from);
  return { total: (await countRefusedLines(work, program)).count, rows };
}

export async function countRefusedLines(work: Work, program: string): Promise<Figures> {
  const [row] = await work.tx
    .select({ count: count(), since: min(line.answeredAt) })
    .from(line)
    .innerJoin(run, eq(run.id, line.runId))
    .where(refused(program));
  return row ?? nothing;
}

/** What becomes of a refused line: sent again with the next run, or left. @throws Problem 409 where somebody was faster */
export async function settleRefused(work: Work, id: number, how: "again" | "left"): Promise<void> {
  const [row] = await work.sql<{ done: boolean }[]>`select pmh.settle(${id}, ${how}) as done`;
  if (!row?.done) throw conflict("このエラーは、もう処理されています。");
}

/**
 * Changes of certificates that no run holds yet, while the registration is switched on: since the last run, or since it was switched on.
 */
export async function countChangesToGather(work: Work, program: string): Promise<Figures> {
  const [row] = await work.sql<{ lines: number; since: string }[]>`
    select lines::integer as lines, since from pmh.to_gather(${program})`;
  return row && row.lines > 0 ? { count: row.lines, since: new Date(row.since) } : nothing;
}
