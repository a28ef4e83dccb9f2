import { and, asc, count, desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { staff } from "#db/schema/access.ts";
import { erasureCount, erasurePerson, erasureRun } from "#db/schema/keeping.ts";
import { type ErasureContext, type ErasureEvent, erasureV1 } from "#workflows/keeping/machine.ts";
import { actionsAt, type FlowAction, type Standing, stateAfter } from "../flow.ts";
import { enqueue } from "../jobs/index.ts";
import { conflict, notFound } from "../problem.ts";
import { isUuid } from "../uuid.ts";
import type { Work, WorkOptions } from "../work.ts";

/** Under which purpose erasures are worked on. */
export const erasureWork: WorkOptions = { purpose: "administration", program: "keeping" };

const [searcher, proposer, decider] = [
  alias(staff, "searcher"),
  alias(staff, "proposer"),
  alias(staff, "decider"),
];

const runs = (work: Work) =>
  work.tx
    .select({
      id: erasureRun.id,
      serial: erasureRun.serial,
      asOf: erasureRun.asOf,
      state: erasureRun.state,
      people: erasureRun.people,
      searchedAt: erasureRun.searchedAt,
      searcher: searcher.displayName,
      proposedBy: erasureRun.proposedBy,
      proposedAt: erasureRun.proposedAt,
      proposer: proposer.displayName,
      decidedAt: erasureRun.decidedAt,
      decider: decider.displayName,
      erasedAt: erasureRun.erasedAt,
      keyEpoch: erasureRun.keyEpoch,
      problem: erasureRun.problem,
    })
    .from(erasureRun)
    .leftJoin(searcher, eq(searcher.id, erasureRun.searchedBy))
    .leftJoin(proposer, eq(proposer.id, erasureRun.proposedBy))
    .leftJoin(decider, eq(decider.id, erasureRun.decidedBy));

/** A search and what became of it. */
export type Erasure = Awaited<ReturnType<typeof runs>>[number];

/** All of them, the newest first: also the record of what was erased. */
export const listErasures = (work: Work): Promise<Erasure[]> =>
  runs(work).orderBy(desc(erasureRun.serial));

/** @throws Problem 404 */
export async function getErasure(work: Work, id: string): Promise<Erasure> {
  const [run] = isUuid(id) ? await runs(work).where(eq(erasureRun.id, id)) : [];
  if (!run) throw notFound("この消去は見つかりません。");
  return run;
}

/** Looks for people past their time as of today. @throws Problem 409 while another erasure is open */
export async function searchErasable(work: Work): Promise<string> {
  const [open] = await work.tx
    .select({ id: erasureRun.id })
    .from(erasureRun)
    .where(inArray(erasureRun.state, ["found", "proposed", "erasing"]));
  if (open) throw conflict("終わっていない消去があります。先に終えるか取りやめてください。");
  const [made] = await work.sql<{ id: string }[]>`select keeping.search() as id`;
  if (!made) throw new Error("nothing was searched");
  return made.id;
}

const standing = (work: Work, run: Erasure): Standing<ErasureContext> => ({
  definition: erasureV1,
  state: run.state,
  context: {
    actingStaffId: work.actor.staffId,
    proposedBy: run.proposedBy,
    people: run.people,
  },
});

/** What this person could do with an erasure. */
export const erasureActions = (work: Work, run: Erasure): FlowAction[] =>
  actionsAt(work.actor, standing(work, run), { program: "keeping", reach: "any office" });

/** One step by a person; an approved erasure begins in the background. @throws Problem 403, 409 */
export async function moveErasure(work: Work, run: Erasure, event: ErasureEvent): Promise<void> {
  stateAfter(standing(work, run), event);
  await work.sql`select keeping.move_erasure(${run.id}, ${event})`;
  if (event === "approve")
    await enqueue(work, {
      queue: "keeping.erase",
      subjectId: run.id,
      reason: `消去 ${run.serial}`,
    });
}

/** How many people of a run, by reason and year of the death or the out-move. */
export const peopleByYear = (work: Work, id: string) => {
  const year = sql<number>`extract(year from ${erasurePerson.endedOn})::int`;
  return work.tx
    .select({ reason: erasurePerson.reason, year, people: count() })
    .from(erasurePerson)
    .where(eq(erasurePerson.runId, id))
    .groupBy(erasurePerson.reason, year)
    .orderBy(year, asc(erasurePerson.reason));
};

/** A page (from 1) of the people of a run, in the order of their numbers. */
export const peopleOfErasure = (work: Work, id: string, page: number, size: number) =>
  work.tx
    .select()
    .from(erasurePerson)
    .where(eq(erasurePerson.runId, id))
    .orderBy(asc(erasurePerson.personNumber))
    .limit(size)
    .offset((page - 1) * size);

/** How far a run has come. */
export async function progressOf(
  work: Work,
  id: string,
): Promise<{ erased: number; kept: number }> {
  const of = (outcome: "erased" | "kept") =>
    work.tx.$count(
      erasurePerson,
      and(eq(erasurePerson.runId, id), eq(erasurePerson.outcome, outcome)),
    );
  return { erased: await of("erased"), kept: await of("kept") };
}

/** How many records of each kind a run erased. */
export const countsOf = (work: Work, id: string) =>
  work.tx
    .select({ kind: erasureCount.kind, records: erasureCount.records })
    .from(erasureCount)
    .where(eq(erasureCount.runId, id))
    .orderBy(asc(erasureCount.kind));
