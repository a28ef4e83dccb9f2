import { and, asc, eq, gt } from "drizzle-orm";
import { batchEvent } from "#db/schema/mailings.ts";
import { mailingRun } from "#workflows/mailings/machine.ts";
import { getSealed } from "../vault/index.ts";
import type { Work } from "../work.ts";
import type { RunRow } from "./run.ts";

const titles: Record<string, string> = {
  ...Object.fromEntries(
    Object.entries(mailingRun.events).map(([type, { title }]) => [type, title]),
  ),
  release: "保留を解除する",
  repeat: "同じ対象の一括発送があることを承知で始める",
  dates: "期限を変える",
};

/** One step in the history of a run. */
export interface RunStep {
  event: string;
  fromState: string;
  title: string;
  at: Date;
  staffName: string;
  comment: string | null;
}

/** The history of a run, oldest first. */
export async function stepsOf(work: Work, runId: string): Promise<RunStep[]> {
  const rows = await work.tx
    .select()
    .from(batchEvent)
    .where(eq(batchEvent.runId, runId))
    .orderBy(asc(batchEvent.revision));
  const comments = await commentsOf(
    work,
    rows.flatMap(({ commentId }) => commentId ?? []),
  );
  return rows.map(({ event, fromState, at, staffName, commentId }) => ({
    event,
    fromState,
    title: titles[event] ?? event,
    at,
    staffName,
    comment: commentId ? (comments.get(commentId) ?? null) : null,
  }));
}

/** Comments by the id of their sealed record. */
export async function commentsOf(work: Work, ids: string[]): Promise<Map<string, string>> {
  return new Map((await getSealed(work, ids)).map(({ id, data }) => [id, String(data)]));
}

/** Who did what after a revision, one line each. */
export async function stepsSince(work: Work, run: RunRow, revision: number): Promise<string[]> {
  const rows = await work.tx
    .select()
    .from(batchEvent)
    .where(and(eq(batchEvent.runId, run.id), gt(batchEvent.revision, revision)))
    .orderBy(asc(batchEvent.revision));
  return rows.map(({ event, staffName }) => `${staffName}: ${titles[event] ?? event}`);
}
