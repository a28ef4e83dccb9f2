import { sql } from "drizzle-orm";
import { type Db, fromDrizzle, PgBoss } from "pg-boss";
import type { Transaction } from "../database.ts";

/** PostgreSQL schema of the queue itself. */
const schema = "pgboss";

/** Every queue there is; a room that works in the background has its line here. */
export const queues = ["mailing.extract", "mailing.make", "feed.review", "feed.write"] as const;
export type QueueName = (typeof queues)[number];

/** Where jobs end up that failed at every attempt, a killed process included. */
export const givenUp = "given-up";

/**
 * A worker that stops giving signs of life loses its job after ten seconds (the shortest pg-boss
 * allows); the next supervision hands it to another.
 */
const queueOptions = {
  heartbeatSeconds: 10,
  expireInSeconds: 6 * 3600,
  retryLimit: 3,
  retryDelay: 1,
  deadLetter: givenUp,
};

/** What the program's role needs and no more: it never changes tables, and rebuilds no indexes. */
const asProgram = { schema, migrate: false, createSchema: false, reindex: false } as const;

/**
 * Installs or migrates the queue and creates its queues, in the name of the owner of the tables;
 * run with the other migrations. Can be run again.
 */
export async function migrateQueue(
  address: string,
  roles = { owner: "madoguchi_owner", app: "madoguchi_app" },
): Promise<void> {
  const boss = new PgBoss({
    connectionString: address,
    options: `-c role=${roles.owner}`,
    schema,
    supervise: false,
    schedule: false,
    max: 1,
  });
  const failures: unknown[] = [];
  boss.on("error", (error) => failures.push(error));
  await boss.start();
  await boss.getDb().executeSql(grantsTo(roles));
  const there = new Set((await boss.getQueues()).map(({ name }) => name));
  if (!there.has(givenUp)) await boss.createQueue(givenUp);
  for (const queue of queues) {
    if (there.has(queue)) {
      await boss.updateQueue(queue, queueOptions);
    } else await boss.createQueue(queue, queueOptions);
  }
  await boss.stop({ graceful: false });
  if (failures[0]) throw failures[0];
}

/** Rows of the queue hold ids only, so that every row may be worked by the program. */
const grantsTo = ({ owner, app }: { owner: string; app: string }) => `
  do $$ declare t text; begin
    grant usage on schema ${schema} to ${app};
    grant select, insert, update, delete on all tables in schema ${schema} to ${app};
    grant usage on all sequences in schema ${schema} to ${app};
    for t in select relname from pg_class
              where relnamespace = '${schema}'::regnamespace and relkind in ('r', 'p') loop
      execute format('alter table ${schema}.%I enable row level security', t);
      execute format('alter table ${schema}.%I force row level security', t);
      execute format('drop policy if exists program on ${schema}.%I', t);
      execute format('create policy program on ${schema}.%I to ${app}, ${owner} using (true) with check (true)', t);
    end loop;
  end $$`;

/** Puts an id into a queue as part of a transaction: no job without its row, no row without its job. */
export async function sendInTransaction(
  tx: Transaction["drizzle"],
  queue: QueueName,
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

/** A started queue of the program's role, which also supervises and fires schedules. */
export async function openQueue(address: string): Promise<PgBoss> {
  const boss = new PgBoss({
    ...asProgram,
    connectionString: address,
    application_name: "madoguchi-jobs",
    max: 3,
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    monitorVacuum: false,
  });
  // A lost connection is tried again by itself; the message names the server, never a person.
  boss.on("error", (error) => console.error("jobs:", error.message));
  await boss.start();
  return boss;
}
