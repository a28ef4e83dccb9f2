import { and, asc, count, desc, eq, inArray, notInArray } from "drizzle-orm";
import { staff } from "#db/schema/access.ts";
import { line, run, runEvent } from "#db/schema/pmh.ts";
import { stateMeta } from "#workflows/flows/answer.ts";
import type { StateMeta } from "#workflows/flows/definition.ts";
import {
  type PmhRunContext,
  type PmhRunEvent,
  type PmhRunState,
  pmhRunV1,
} from "#workflows/pmh/run.ts";
import { actionsAt, stateAfter } from "../flow.ts";
import { enqueue } from "../jobs/index.ts";
import type { Lines } from "../lines.ts";
import { conflict, notFound } from "../problem.ts";
import type { Work } from "../work.ts";
import { settingOfRun, settingToday } from "./setting.ts";

export type PmhRun = Omit<typeof run.$inferSelect, "state"> & { state: PmhRunState };
export type PmhLine = typeof line.$inferSelect;

/** Number of a run as it is shown. */
export const pmhRunNumber = ({ serial }: { serial: number }): string =>
  `H${String(serial).padStart(6, "0")}`;
export const pmhRunStateMeta = (state: PmhRunState): StateMeta => stateMeta(pmhRunV1, state);

/** What the database refuses because the world has moved on, in a sentence. */
async function refuseInWords<T>(statement: PromiseLike<T>, message: string): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (["MD011", "MD014", "MD019", "MD020", "23505"].includes(code as string))
      throw conflict(message);
    throw error;
  }
}

/** How many changes wait to be gathered, by what is done and what changed; reckoned anew each time. */
export async function changesToGather(work: Work, program: string) {
  const rows = await work.sql<
    { operation: PmhLine["operation"]; why: PmhLine["why"]; lines: string }[]
  >`select * from pmh.waiting(${program}) order by operation desc, why`;
  return rows.map((row) => ({ ...row, lines: Number(row.lines) }));
}

/**
 * Gathers what of the certificates differs from what the hub holds into a run of its own.
 *
 * @throws Problem 409 where nothing differs or the registration is switched off
 */
export async function gatherPmhRun(work: Work, program: string): Promise<string> {
  const [row] = await refuseInWords(
    work.sql<{ id: string }[]>`select pmh.gather(${program}) as id`,
    "PMHに登録する変更がないか、PMH登録の設定がありません。",
  );
  if (!row) throw new Error("a run has an id");
  return row.id;
}

/** Counts of the lines of runs, by state and operation. */
async function figuresOf(work: Work, ids: readonly string[]) {
  const rows = ids.length
    ? await work.tx
        .select({ runId: line.runId, state: line.state, operation: line.operation, lines: count() })
        .from(line)
        .where(inArray(line.runId, [...ids]))
        .groupBy(line.runId, line.state, line.operation)
    : [];
  return (id: string) => rows.filter(({ runId }) => runId === id);
}
export type PmhFigures = ReturnType<Awaited<ReturnType<typeof figuresOf>>>;

/** Lines in some states. */
export const linesIn = (figures: PmhFigures, ...states: PmhLine["state"][]): number =>
  figures.filter(({ state }) => states.includes(state)).reduce((sum, { lines }) => sum + lines, 0);

/** A page of the runs of a 事務, the newest first. */
export async function listPmhRuns(work: Work, program: string, { from, size }: Lines) {
  const own = eq(run.program, program);
  const rows = await work.tx
    .select()
    .from(run)
    .where(own)
    .orderBy(desc(run.serial))
    .limit(size)
    .offset(from);
  const figures = await figuresOf(
    work,
    rows.map(({ id }) => id),
  );
  return {
    total: await work.tx.$count(run, own),
    rows: rows.map((row) => ({ run: row as PmhRun, figures: figures(row.id) })),
  };
}

/** Runs that are under way. */
export const countOpenPmhRuns = (work: Work, program: string): Promise<number> =>
  work.tx.$count(
    run,
    and(eq(run.program, program), notInArray(run.state, ["answered", "ended", "cancelled"])),
  );

/** A run of the 事務 of the work. @throws Problem 404 */
async function findRun(work: Work, id: string): Promise<PmhRun> {
  const [found] = await work.tx.select().from(run).where(eq(run.id, id));
  if (!found || (work.program !== undefined && work.program !== found.program))
    throw notFound("PMH登録の回が見つかりません。");
  return found as PmhRun;
}

/** A run with all that its page shows. @throws Problem 404 */
export async function readPmhRun(work: Work, id: string) {
  const found = await findRun(work, id);
  const [preparer] = await work.tx
    .select({ name: staff.displayName })
    .from(staff)
    .where(eq(staff.id, found.preparedBy));
  return {
    run: found,
    setting: await settingOfRun(work, id),
    preparer: preparer?.name ?? "",
    figures: (await figuresOf(work, [id]))(id),
    steps: await work.tx
      .select()
      .from(runEvent)
      .where(eq(runEvent.runId, id))
      .orderBy(asc(runEvent.revision)),
    actions: actionsAt(work.actor, await standing(work, found), {
      program: found.program,
      reach: "whole city",
    }),
  };
}

/** Progress of a run that is being sent. */
export async function pmhProgress(work: Work, id: string) {
  const found = await findRun(work, id);
  const figures = (await figuresOf(work, [id]))(id);
  return { run: found, figures };
}

/** A page of the lines of a run in some states. */
export async function linesOfPmhRun(
  work: Work,
  id: string,
  states: readonly PmhLine["state"][],
  { from, size }: Lines,
) {
  const own = and(eq(line.runId, id), inArray(line.state, [...states]));
  return {
    total: await work.tx.$count(line, own),
    rows: await work.tx
      .select()
      .from(line)
      .where(own)
      .orderBy(asc(line.id))
      .limit(size)
      .offset(from),
  };
}

/** What the machine may know of a run now. */
async function standing(work: Work, row: PmhRun) {
  const preparers = await work.tx
    .selectDistinct({ staffId: runEvent.staffId })
    .from(runEvent)
    .where(and(eq(runEvent.runId, row.id), inArray(runEvent.event, ["gather", "submit"])));
  return {
    definition: pmhRunV1,
    state: row.state,
    context: {
      actingStaffId: work.actor.staffId,
      preparers: preparers.map(({ staffId }) => staffId),
      ready: await work.tx.$count(line, and(eq(line.runId, row.id), eq(line.state, "ready"))),
      settingHolds: (await settingToday(work, row.program))?.id === row.settingId,
    } satisfies PmhRunContext,
  };
}

/** One step of a run; sending begins in the background. @throws Problem 403, 404, 409 */
export async function movePmhRun(
  work: Work,
  { id, seen, type }: { id: string; seen: number; type: PmhRunEvent },
): Promise<void> {
  const found = await findRun(work, id);
  const moved =
    "画面を開いた後に、この回が進みました。内容を確かめてから、もう一度行ってください。";
  if (found.revision !== seen) throw conflict(moved);
  const target = stateAfter(await standing(work, found), type);
  await refuseInWords(work.sql`select pmh.move_run(${id}, ${seen}, ${type}, ${target})`, moved);
  if (target === "sending" && found.way === "http")
    await enqueue(work, {
      queue: "pmh.send",
      subjectId: id,
      reason: `PMH登録の回 ${pmhRunNumber(found)} の送信`,
    });
}
