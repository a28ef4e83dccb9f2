import { and, count, desc, eq, inArray, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import { batchEvent, batchItem, batchRun, contractor } from "#db/schema/mailings.ts";
import { runStateMeta, runStatesWith } from "#workflows/mailings/machine.ts";
import { holds } from "../access/actor.ts";
import type { Right } from "../access/rights.ts";
import type { Work } from "../work.ts";
import { commentsOf } from "./history.ts";
import { ofProgram, programOf, type RunRow } from "./run.ts";

/** A page (from 1) of the runs of a 事務, newest first, with the number of pieces in each state. */
export async function listRuns(work: Work, { page, size }: { page: number; size: number }) {
  const total = await work.tx.$count(batchRun, ofProgram(work));
  const runs = await work.tx
    .select({ run: batchRun, contractorName: contractor.name })
    .from(batchRun)
    .innerJoin(contractor, eq(contractor.id, batchRun.contractorId))
    .where(ofProgram(work))
    .orderBy(desc(batchRun.serial))
    .limit(size)
    .offset((page - 1) * size);
  const figures = await piecesOf(
    work,
    runs.map(({ run }) => run.id),
  );
  return {
    total,
    runs: runs.map(({ run, contractorName }) => ({
      run: run as RunRow,
      contractorName,
      pieces: (state: "ready" | "held" | "left-out" | "made") =>
        figures.get(`${run.id} ${state}`) ?? 0,
    })),
  };
}

async function piecesOf(work: Work, runIds: readonly string[]): Promise<Map<string, number>> {
  const { runId, state } = batchItem;
  const rows = await work.tx
    .select({ runId, state, pieces: count() })
    .from(batchItem)
    .where(inArray(runId, [...runIds]))
    .groupBy(runId, state);
  return new Map(rows.map((row) => [`${row.runId} ${row.state}`, row.pieces]));
}

const waiting = runStatesWith(({ waits }) => waits);

/** Whether the next step of a run is for another: the person prepared it, or asked for the withdrawal that waits. */
const isForAnother = ({ actor: { staffId } }: Work): SQL<boolean> =>
  sql`case when ${batchRun.state} = 'withdrawal-asked' then ${batchRun.withdrawalAskedBy} = ${staffId}
           else coalesce(${staffId} in (${batchRun.preparedBy}, ${batchRun.submittedBy}), false) end`;

/** Whether the person prepared or submitted a run, or asked that its package be withdrawn. */
const isMine = ({ actor: { staffId } }: Work): SQL<boolean> =>
  sql`coalesce(${staffId} in (${batchRun.preparedBy}, ${batchRun.submittedBy}, ${batchRun.withdrawalAskedBy}), false)`;

/** Runs with whose next step the person may go on. */
function waitsForMe(work: Work): SQL | undefined {
  const program = programOf(work);
  const mine = waiting.filter((state) => {
    const right = runStateMeta(state).waits?.right as Right;
    return holds(work.actor, right, { program });
  });
  const byAnother = waiting.filter((state) => runStateMeta(state).waits?.byAnother);
  return and(
    inArray(batchRun.state, mine),
    or(notInArray(batchRun.state, byAnother), not(isForAnother(work))),
  );
}

/** How many runs of a 事務 wait for the person. */
export const countWaitingRuns = (work: Work): Promise<number> =>
  work.tx.$count(batchRun, and(ofProgram(work), waitsForMe(work)));

/** A run that waits for somebody. */
export interface WaitingRun {
  run: RunRow;
  /** Whether it waits for the person, was sent on by them, or came back to them. */
  list: "waiting" | "sent" | "returned";
  since: Date;
  /** The comment with which it came back. */
  comment?: string | undefined;
}

/** Runs of a 事務 that wait for the person, that they sent on, or that came back to them; the oldest first. */
export async function waitingRuns(work: Work): Promise<WaitingRun[]> {
  const last = work.tx
    .select({
      event: batchEvent.event,
      at: batchEvent.at,
      commentId: batchEvent.commentId,
    })
    .from(batchEvent)
    .where(and(eq(batchEvent.runId, batchRun.id), sql`${batchEvent.event} <> 'release'`))
    .orderBy(desc(batchEvent.revision))
    .limit(1)
    .as("last");
  const forMe = sql<boolean>`${waitsForMe(work)}`;
  const mine = isMine(work);
  const rows = await work.tx
    .select({
      run: batchRun,
      forMe,
      mine,
      event: last.event,
      at: last.at,
      commentId: last.commentId,
    })
    .from(batchRun)
    .leftJoinLateral(last, sql`true`)
    .where(
      and(ofProgram(work), inArray(batchRun.state, waiting), or(waitsForMe(work), isMine(work))),
    )
    .orderBy(batchRun.serial);
  const returned = (row: (typeof rows)[number]) =>
    row.mine && (row.event === "return" || row.event === "refuse-withdrawal");
  const comments = await commentsOf(
    work,
    rows.flatMap((row) => (returned(row) && row.commentId) || []),
  );
  return rows.map((row) => ({
    run: row.run as RunRow,
    list: returned(row) ? "returned" : row.forMe ? "waiting" : "sent",
    since: row.at ?? row.run.preparedAt,
    comment: row.commentId ? comments.get(row.commentId) : undefined,
  }));
}
