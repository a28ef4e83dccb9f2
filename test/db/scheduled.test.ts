import { setTimeout as wait } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { afterAll, expect, test, vi } from "vitest";
import { asInstaller } from "#db/installer.ts";
import { migrateQueue, type ScheduledJob, startJobs } from "#src/platform/jobs/index.ts";
import { background } from "#src/programs/jobs.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const program = new PgBoss({
  connectionString: city.applicationUrl,
  migrate: false,
  supervise: false,
  schedule: false,
});
await program.start();
afterAll(() => program.stop({ graceful: false }));

/** Of a job that comes once a year, so that no test meets its time by chance. */
const yearly = { cron: "0 0 1 1 *", title: "試験の処理" };

const jobsOf = (name: string) =>
  city.admin<{ state: string; data: unknown; output: unknown }[]>`
    select state, data, output from pgboss.job where name = ${name} order by created_on`;

async function until<T>(arrived: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await wait(50)) {
    const found = await arrived();
    if (found !== undefined) return found;
  }
  throw new Error("not in time");
}

/** As many processes as wanted, all with the same schedule; the times are written by the installation. */
async function processes(count: number, scheduled: ScheduledJob[]) {
  await asInstaller(city.administratorUrl, (owner) =>
    migrateQueue(owner, { handlers: [], scheduled }),
  );
  const started = await Promise.all(
    Array.from({ length: count }, () =>
      startJobs(city.platform, city.applicationUrl, [], scheduled),
    ),
  );
  return () => Promise.all(started.map((one) => one.stop()));
}

/** As if no process had looked at the clock for two years. */
const longStopped = () =>
  city.admin`with times as (update pgboss.schedule set created_on = now() - interval '2 years')
    update pgboss.version set cron_on = now() - interval '2 years'`;

test("動いていない間に時刻が過ぎた定時処理は、始まったときに一度だけ、二つのプロセスでも一方だけが行う", async () => {
  let runs = 0;
  const held = Promise.withResolvers<void>();
  const job = {
    ...yearly,
    name: "test.held",
    run: async () => {
      runs++;
      await held.promise;
    },
  };
  await asInstaller(city.administratorUrl, (owner) =>
    migrateQueue(owner, { handlers: [], scheduled: [job] }),
  );
  await longStopped();
  const stop = await processes(2, [job]);
  await until(() => (runs > 0 ? runs : undefined));
  // It has come due again while it runs: nothing is added beside it.
  expect(await program.send(job.name)).toBeNull();
  held.resolve();
  await until(async () => (await jobsOf(job.name)).find(({ state }) => state === "completed"));
  expect(await jobsOf(job.name)).toEqual([{ state: "completed", data: null, output: null }]);
  expect(runs).toBe(1);
  expect(await program.send(job.name)).not.toBeNull();
  await until(() => (runs === 2 ? runs : undefined));
  await stop();
});

test("失敗した定時処理は題名だけが記録に残り、もう一度試され、次の時刻にもまた行われる", async () => {
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  let runs = 0;
  const job = {
    ...yearly,
    name: "test.failing",
    run: async () => {
      runs++;
      if (runs <= 2) throw new TypeError("見本　花子を読めない");
    },
  };
  const stop = await processes(1, [job]);
  await program.send(job.name);
  await until(async () => (await jobsOf(job.name)).find(({ state }) => state === "failed"));
  expect(runs).toBe(2);
  expect(told.mock.calls.flat()).toEqual(
    Array(2).fill("定時処理 試験の処理: 内部エラー (TypeError)"),
  );
  expect(JSON.stringify(await jobsOf(job.name))).not.toContain("花子");
  await program.send(job.name);
  await until(async () => (await jobsOf(job.name)).find(({ state }) => state === "completed"));
  expect(runs).toBe(3);
  await stop();
  told.mockRestore();
});

test("予定から外した処理の時刻は消え、待ち行列の名は重ならない", async () => {
  const times = () =>
    city.admin<{ name: string; cron: string; timezone: string }[]>`
      select name, cron, timezone from pgboss.schedule order by name`;
  await asInstaller(city.administratorUrl, (owner) =>
    migrateQueue(owner, {
      handlers: [],
      scheduled: [{ ...yearly, name: "test.gone" }],
    }),
  );
  await asInstaller(city.administratorUrl, (owner) => migrateQueue(owner, background));
  expect(await times()).toEqual(
    background.scheduled
      .map(({ name, cron }) => ({ name, cron, timezone: "Asia/Tokyo" }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
  const names = [
    ...background.handlers.map(({ queue }) => queue),
    ...background.scheduled.map(({ name }) => name),
  ];
  expect(new Set(names).size).toBe(names.length);
});
