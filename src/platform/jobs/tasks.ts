import { eq, sql } from "drizzle-orm";
import { task } from "#db/schema/jobs.ts";
import type { Actor } from "../access/actor.ts";
import { openSystemSession, signOut } from "../access/index.ts";
import type { Platform } from "../platform.ts";
import { runWork, type Work, type WorkOptions } from "../work.ts";
import { withoutPersonalData } from "./failure.ts";
import { givenUp, openQueue, sendInTransaction } from "./queue.ts";
import { type ScheduledJob, workScheduled } from "./scheduled.ts";

/** A task under way: in whose name and with which reason it runs. */
export interface RunningTask {
  platform: Platform;
  /** The system's account; who asked for the task stands in the reason. */
  actor: Actor;
  /** Options of every unit of work of the task. */
  options: WorkOptions;
  subjectId: string;
  /** Aborted when the job was taken away or the program stops. */
  signal: AbortSignal;
}

/** What is done with the jobs of a queue. `run` may be called again for the same subject after a crash. */
export interface JobHandler {
  /** Such as `mailing.make`; unique in the program. */
  queue: string;
  purpose: WorkOptions["purpose"];
  run(task: RunningTask): Promise<void>;
  /** All attempts failed. `message` holds no personal data. */
  givenUp(task: RunningTask, message: string): Promise<void>;
}

/** Asks for work in the background; it starts when the present transaction has been committed. */
export async function enqueue(
  work: Work,
  { queue, subjectId, reason }: { queue: string; subjectId: string; reason: string },
): Promise<void> {
  if (!work.program) throw new Error("a task belongs to a 事務");
  const [made] = await work.tx
    .insert(task)
    .values({ queue, subjectId, reason, program: work.program, requestedBy: work.actor.staffId })
    .returning({ id: task.id });
  if (made) await sendInTransaction(work.tx, queue, made.id);
}

/** Takes up tasks, and what has come due, until stopped. */
export async function startJobs(
  platform: Platform,
  address: string,
  handlers: readonly JobHandler[],
  scheduled: readonly ScheduledJob[] = [],
): Promise<{ stop(): Promise<void> }> {
  const actor = await openSystemSession(platform);
  const boss = await openQueue(address, { schedule: scheduled.length > 0 });
  const byQueue = new Map<string, JobHandler>(handlers.map((handler) => [handler.queue, handler]));
  const options = { pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: 3 };
  for (const handler of handlers)
    await boss.work<{ taskId: string }>(handler.queue, options, async (jobs) => {
      for (const { data, signal } of jobs)
        await attempt({ platform, actor, handler, taskId: data.taskId, signal });
    });
  await boss.work<{ taskId: string }>(givenUp, { pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const { data, signal } of jobs) {
      const row = await readTask(platform, actor, data.taskId);
      const handler = row && byQueue.get(row.queue);
      if (row && handler)
        await handler.givenUp(
          running({ platform, actor, handler, row, signal }),
          row.error ?? "処理が途中で繰り返し止まりました。",
        );
    }
  });
  await workScheduled(boss, platform, actor, scheduled);
  return {
    stop: async () => {
      await boss.stop({ graceful: true, timeout: 5000 });
      await signOut(platform, actor.sessionToken, "jobs stopped");
    },
  };
}

type TaskRow = typeof task.$inferSelect;

const asSystem = (reason?: WorkOptions["reason"], program?: string): WorkOptions => ({
  purpose: "scheduled",
  ...(reason ? { reason } : {}),
  ...(program ? { program } : {}),
});

function running(parts: {
  platform: Platform;
  actor: Actor;
  handler: JobHandler;
  row: TaskRow;
  signal: AbortSignal;
}): RunningTask {
  const { platform, actor, handler, row, signal } = parts;
  const reason = { code: "task", of: `${row.reason}（依頼 職員${row.requestedBy}）` } as const;
  const options: WorkOptions = { purpose: handler.purpose, reason, program: row.program };
  return { platform, actor, options, subjectId: row.subjectId, signal };
}

async function attempt(parts: {
  platform: Platform;
  actor: Actor;
  handler: JobHandler;
  taskId: string;
  signal: AbortSignal;
}): Promise<void> {
  const { platform, actor, handler, taskId, signal } = parts;
  const row = await change(platform, actor, taskId, {
    attempts: sql`${task.attempts} + 1`,
    startedAt: platform.clock.now(),
  });
  if (!row || row.finishedAt) return;
  try {
    await handler.run(running({ platform, actor, handler, row, signal }));
    await change(platform, actor, taskId, { finishedAt: platform.clock.now(), error: null });
  } catch (error) {
    await change(platform, actor, taskId, { error: withoutPersonalData(error) });
    throw new Error(withoutPersonalData(error));
  }
}

const change = (platform: Platform, actor: Actor, id: string, values: object) =>
  runWork(platform, actor, asSystem("task"), async ({ tx }) => {
    const [row] = await tx.update(task).set(values).where(eq(task.id, id)).returning();
    return row;
  });

const readTask = (platform: Platform, actor: Actor, id: string) =>
  runWork(platform, actor, asSystem("task"), async ({ tx }) => {
    const [row] = await tx.select().from(task).where(eq(task.id, id));
    return row;
  });
