import { and, eq, type SQL } from "drizzle-orm";
import { batchRun } from "#db/schema/mailings.ts";
import type { RunState } from "#workflows/mailings/machine.ts";
import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";

export type RunRow = typeof batchRun.$inferSelect & { state: RunState };

/** What goes into one envelope. */
export type Bundling = RunRow["bundling"];

/** Number of a run as it is shown: `M000012`. */
export const runNumber = (run: { serial: number }): string =>
  `M${String(run.serial).padStart(6, "0")}`;

const missing = () => notFound("一括発送が見つかりません。");

/** The id of a run from the address of a page. @throws Problem 404 when it cannot be one */
export function runIdOf(text: string): string {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) throw missing();
  return text;
}

/** The 事務 for which the work is done: runs of others are not found, whatever rights the person holds. */
export function programOf({ program }: Pick<Work, "program">): string {
  if (!program) throw new Error("runs are looked at for one 事務");
  return program;
}

/** Runs of the 事務 of the work. */
export const ofProgram = (work: Work): SQL => eq(batchRun.program, programOf(work));

const isRun = (work: Work, runId: string) => and(eq(batchRun.id, runId), ofProgram(work));

/** @throws Problem 404 */
export async function getRun(work: Work, runId: string): Promise<RunRow> {
  const [run] = await work.tx.select().from(batchRun).where(isRun(work, runId));
  if (!run) throw missing();
  return run as RunRow;
}

/** The run, locked until the work ends. @throws Problem 404 */
export async function lockRun(work: Work, runId: string): Promise<RunRow> {
  const [held] = await work.sql`select id from mailings.lock(${runId}, ${programOf(work)})`;
  if (!held) throw missing();
  return getRun(work, runId);
}
