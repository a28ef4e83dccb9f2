import { and, count, desc, eq, inArray, not, notInArray, or, type SQL, sql } from "drizzle-orm";
import { batchEvent, batchItem, batchRun, contractor } from "#db/schema/mailings.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { type RunState, runStateMeta, runStatesWith } from "#workflows/mailings/machine.ts";
import { holds } from "../access/actor.ts";
import type { Right } from "../access/rights.ts";
import type { Lines } from "../lines.ts";
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
const toPrint = runStatesWith((meta) => meta.open && !meta.received);

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

/** Runs of a 事務 that wait for the person, that they sent on, or that came back to them, as rows of the list of work. */
function workRows(work: Work) {
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
  const cameBack = sql`${isMine(work)} and ${last.event} in ('return', 'refuse-withdrawal')`;
  return {
    last,
    list: sql<
      WaitingRun["list"]
    >`case when coalesce(${cameBack}, false) then 'returned' when ${waitsForMe(work)} then 'waiting' else 'sent' end`,
    since: sql<Date>`coalesce(${last.at}, ${batchRun.preparedAt})`.mapWith(batchRun.preparedAt),
    // Of those that are still to be printed.
    due: sql<IsoDate | null>`case when ${inArray(batchRun.state, toPrint)} then ${batchRun.printBy} end`,
    all: and(ofProgram(work), inArray(batchRun.state, waiting), or(waitsForMe(work), isMine(work))),
  };
}

/** Those of one list, in some states only, cut to some lines: by 印刷期限, then those that wait longest. */
export async function waitingRuns(
  work: Work,
  wanted?: Lines & { list: WaitingRun["list"]; states?: readonly RunState[] | undefined },
): Promise<WaitingRun[]> {
  const { last, list, since, due, all } = workRows(work);
  const some =
    wanted &&
    and(eq(list, wanted.list), wanted.states && inArray(batchRun.state, [...wanted.states]));
  const asked = work.tx
    .select({ run: batchRun, list, since, commentId: last.commentId })
    .from(batchRun)
    .leftJoinLateral(last, sql`true`)
    .where(and(all, some))
    .orderBy(sql`${due} nulls last`, since, batchRun.serial);
  const rows = await (wanted ? asked.limit(wanted.size).offset(wanted.from) : asked);
  const comments = await commentsOf(
    work,
    rows.flatMap((row) => (row.list === "returned" && row.commentId) || []),
  );
  return rows.map(({ run, commentId, ...row }) => ({
    ...row,
    run: run as RunRow,
    comment: commentId ? comments.get(commentId) : undefined,
  }));
}

/** How many of them there are in each list and state, how many are overdue, since when the oldest waits. */
export function countRunsByState(work: Work) {
  const { last, list, since, due, all } = workRows(work);
  const today = work.platform.clock.today();
  return work.tx
    .select({
      list,
      state: sql<RunState>`${batchRun.state}`,
      count: count(),
      since: sql<Date>`min(${since})`.mapWith(batchRun.preparedAt),
      overdue: sql<number>`(count(*) filter (where ${due} < ${today}))::integer`,
      nearest: sql<IsoDate | null>`min(${due})`,
    })
    .from(batchRun)
    .leftJoinLateral(last, sql`true`)
    .where(all)
    .groupBy(sql`1`, batchRun.state);
}
