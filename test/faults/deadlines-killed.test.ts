import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { PgBoss } from "pg-boss";
import { afterAll, expect, test } from "vitest";
import { asInstaller } from "#db/installer.ts";
import { migrateQueue, startJobs } from "#src/platform/jobs/index.ts";
import { background } from "#src/programs/jobs.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import { quickly } from "#test/support/started.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const name = "cases.deadlines";
const scheduled = background.scheduled.filter((job) => job.name === name);
await asInstaller(city.administratorUrl, (owner) =>
  migrateQueue(owner, { handlers: [], scheduled }),
);

const path = new URL("./deadline-worker.ts", import.meta.url).pathname;
let stop = () => {};
afterAll(() => stop());

async function until(arrived: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 90_000; Date.now() < end; await wait(50))
    if (await arrived()) return;
  throw new Error("not in time");
}

/** An application that waits for an answer, or for papers, until a day. */
async function waiting(kind: "inquiry" | "hold", day: "2026-12-01" | "2026-12-02" | "2026-12-03") {
  const family = await counter.household();
  const at = await counter.toExamination(family.mother, householdApplication(family), []);
  if (kind === "inquiry") {
    const input = {
      subject: "tax",
      addressee: "見本市役所",
      postalCode: "8600004",
      address: "見本市本町1-1",
    };
    return (await counter.step("clerk2", "inquire", at, { until: day, input })).caseId;
  }
  const missing = { input: { "account-proof": "missing" } };
  const held = await counter.step("clerk1", "recordDocuments", at, missing);
  return (await counter.step("clerk2", "hold", held, { until: day })).caseId;
}

test("期限の処理の途中で kill -9 されても、残りは引き継がれ、どの申請も一度だけ進む", async () => {
  const cases = [
    await waiting("inquiry", "2026-12-01"),
    await waiting("hold", "2026-12-01"),
    await waiting("inquiry", "2026-12-02"),
    await waiting("hold", "2026-12-03"),
    await waiting("inquiry", "2026-12-03"),
  ];
  const fired = async () => {
    const rows = await city.admin<{ case_id: string }[]>`
      select case_id from cases.event where type in ('remind', 'expire') order by id`;
    return rows.map((row) => row.case_id);
  };
  const program = new PgBoss({
    connectionString: city.applicationUrl,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  await program.start();
  await program.send(name);
  await program.stop({ graceful: false });

  // The third case is held by somebody, so that the process stands between the second and the third.
  const holder = await city.admin.reserve();
  await holder`begin`;
  await holder`select from cases.case where id = ${cases[2] ?? ""} for update`;
  const worker = spawn(
    process.execPath,
    [...quickly, path, city.applicationUrl, city.platform.dataFolder, "2026-12-10", name],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  stop = () => worker.kill("SIGKILL");
  await until(async () => (await fired()).length === 2);
  worker.kill("SIGKILL");
  await once(worker, "exit");
  await holder`rollback`;
  holder.release();
  expect((await fired()).toSorted()).toEqual(cases.slice(0, 2).toSorted());

  city.platform.clock.moveTo("2026-12-10");
  const jobs = await startJobs(city.platform, city.applicationUrl, [], scheduled);
  await until(async () => (await fired()).length === cases.length);
  await until(async () => {
    const [row] = await city.admin`select state from pgboss.job where name = ${name}`;
    return row?.state === "completed";
  });
  await jobs.stop();
  expect((await fired()).toSorted()).toEqual(cases.toSorted());
  const open = await city.admin`select from cases.deadline where closed_at is null`;
  expect(open).toHaveLength(0);
  const reminded = await city.admin`select from intake.inquiry where reminded_on = '2026-12-10'`;
  expect(reminded).toHaveLength(3);
});
