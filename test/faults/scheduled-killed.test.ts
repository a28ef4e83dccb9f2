import { spawn } from "node:child_process";
import { once } from "node:events";
import { PgBoss } from "pg-boss";
import { afterAll, expect, test } from "vitest";
import { asInstaller } from "#db/installer.ts";
import { migrateQueue, startJobs } from "#src/platform/jobs/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { quickly } from "#test/support/started.ts";
import { endless } from "./scheduled-job.ts";

const city = await openTestPlatform();
await asInstaller(city.administratorUrl, (owner) =>
  migrateQueue(owner, { handlers: [], scheduled: [endless] }),
);
const path = new URL("./scheduled-worker.ts", import.meta.url).pathname;
const worker = spawn(
  process.execPath,
  [...quickly, path, city.applicationUrl, city.platform.dataFolder],
  { stdio: ["ignore", "pipe", "inherit"] },
);
afterAll(() => worker.kill("SIGKILL"));

test("定時処理の途中で kill -9 されたら、残ったプロセスが引き継いで終える", async () => {
  const program = new PgBoss({
    connectionString: city.applicationUrl,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  await program.start();
  await program.send(endless.name);
  await program.stop({ graceful: false });
  await once(worker.stdout, "data");
  worker.kill("SIGKILL");
  await once(worker, "exit");

  const taken = Promise.withResolvers<void>();
  const run = async () => taken.resolve();
  const jobs = await startJobs(city.platform, city.applicationUrl, [], [{ ...endless, run }]);
  await taken.promise;
  const rows = await city.admin`select retry_count from pgboss.job where name = ${endless.name}`;
  expect(rows).toEqual([{ retry_count: 1 }]);
  await jobs.stop();
});
