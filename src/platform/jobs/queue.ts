import { sql } from "drizzle-orm";
import { type Db, fromDrizzle, PgBoss } from "pg-boss";
import type { Transaction } from "../database.ts";
import { requireOwnCommands } from "./queue-commands.ts";
import { rightsOnQueue } from "./queue-rights.ts";
import type { ScheduledJob } from "./scheduled.ts";

/** PostgreSQL schema of the queue itself. */
const schema = "pgboss";

/** Where tasks end up that failed at every attempt, a killed process included. */
export const givenUp = "given-up";

/**
 * A worker that stops giving signs of life loses its job after ten seconds (the shortest pg-boss
 * allows); the next supervision hands it to another.
 */
const anyQueue = { heartbeatSeconds: 10, expireInSeconds: 6 * 3600 };
const taskQueue = { ...anyQueue, retryLimit: 3, retryDelay: 1, deadLetter: givenUp };
/** Tried once more after a kill or an error; then the clock brings it again. */
const scheduledQueue = {
  ...anyQueue,
  retryLimit: 1,
  retryDelay: 1,
  deleteAfterSeconds: 24 * 3600,
};

/** What the queue has to know of the work in the background: names and times, not what is done. */
export interface QueueNeeds {
  handlers: readonly { queue: string }[];
  scheduled: readonly Pick<ScheduledJob, "name" | "cron">[];
}

/** What the program's role needs and no more: it never changes tables, and rebuilds no indexes. */
const asProgram = { schema, migrate: false, createSchema: false, reindex: false } as const;

/**
 * Installs or migrates the queue, creates its queues and writes the times of what is scheduled, in the name of the
 * owner of the tables; run with the other migrations. Can be run again: times that are scheduled no more go.
 *
 * @param ownerUrl address of the login of `asInstaller`
 * @throws {@link StartProblem} where the commands that the library keeps for later are not its own
 */
export async function migrateQueue(
  ownerUrl: string,
  { handlers, scheduled }: QueueNeeds,
  roles = { owner: "madoguchi_owner", app: "madoguchi_app" },
): Promise<void> {
  await requireOwnCommands(ownerUrl, schema);
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema,
    supervise: false,
    schedule: false,
    max: 1,
  });
  const failures: unknown[] = [];
  boss.on("error", (error) => failures.push(error));
  await boss.start();
  await boss.getDb().executeSql(rightsOnQueue(schema, roles));
  const there = new Set((await boss.getQueues()).map(({ name }) => name));
  if (!there.has(givenUp)) await boss.createQueue(givenUp);
  for (const { queue } of handlers) {
    if (there.has(queue)) await boss.updateQueue(queue, taskQueue);
    else await boss.createQueue(queue, taskQueue);
  }
  for (const { name, cron } of scheduled) {
    if (there.has(name)) await boss.updateQueue(name, scheduledQueue);
    // `exclusive`: no second job of that name beside one that waits or runs, in whatever process.
    else await boss.createQueue(name, { ...scheduledQueue, policy: "exclusive" });
    // `once`: what came due while the program was stopped is done once when it starts.
    await boss.schedule(name, cron, null, { tz: "Asia/Tokyo", missed: "once" });
  }
  for (const { name } of await boss.getSchedules())
    if (!scheduled.some((job) => job.name === name)) await boss.unschedule(name);
  await boss.stop({ graceful: false });
  if (failures[0]) throw failures[0];
}

/** Puts an id into a queue as part of a transaction: no job without its row, no row without its job. */
export async function sendInTransaction(
  tx: Transaction["drizzle"],
  queue: string,
  taskId: string,
): Promise<void> {
  const boss = new PgBoss({
    ...asProgram,
    db: fromDrizzle(tx, sql) as Db,
    supervise: false,
    schedule: false,
  });
  await boss.send(queue, { taskId });
}

/** A started queue of the program's role, which also supervises, and keeps the times of what is scheduled if told to. */
export async function openQueue(
  address: string,
  { schedule }: { schedule: boolean },
): Promise<PgBoss> {
  const boss = new PgBoss({
    ...asProgram,
    connectionString: address,
    application_name: "madoguchi-jobs",
    max: 3,
    schedule,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    monitorVacuum: false,
  });
  // A lost connection is tried again by itself; the message names the server, never a person.
  boss.on("error", (error) => console.error("jobs:", error.message));
  await boss.start();
  return boss;
}
