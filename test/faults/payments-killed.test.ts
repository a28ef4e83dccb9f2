import { spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { quickly } from "#test/support/started.ts";

const payables = 300;
const city = await openTestPlatform();
const payments = paymentsOf(city);
const { household } = householdsOf(city);
await payments.setUp();
for (let n = 0; n < 3; n += 1) {
  const { mother } = await household();
  await payments.account(mother);
  for (let m = 0; m < payables / 3; m += 1) await payments.owed(mother, 1_000 + m);
}
const { sessionToken } = await city.actor("operator1");

/** One step in a process of its own, killed so many milliseconds after it has begun. Says whether it was done before. */
function killed(step: string, after: number, run = "", seen = 0): Promise<boolean> {
  const worker = spawn(
    process.execPath,
    [
      ...quickly,
      new URL("./payment-worker.ts", import.meta.url).pathname,
      city.applicationUrl,
      city.platform.dataFolder,
      sessionToken,
      step,
      run,
      String(seen),
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  return new Promise((resolve) => {
    let done = false;
    worker.stdout.on("data", (text: Buffer) => {
      if (String(text).includes("done")) done = true;
      if (String(text).includes("ready")) void wait(after).then(() => worker.kill("SIGKILL"));
    });
    worker.once("exit", () => resolve(done));
  });
}

/** What must hold whatever was killed: nothing twice, and no state without what belongs to it. */
async function expectWhole(): Promise<void> {
  const [row] = await city.admin`
    select (select count(*) from (select from payments.run_line where state in ('ready', 'paid') group by payable_id having count(*) > 1) x)::integer as twice,
           (select count(*) from payments.payable p where (p.state in ('gathered', 'paid')) <>
              exists (select from payments.run_line l where l.payable_id = p.id and l.state in ('ready', 'paid')))::integer as loose,
           (select count(*) from payments.run r where (r.state in ('written', 'handed-over')) <>
              exists (select from payments.run_file f join vault.sealed_record s on s.id = f.sealed_id where f.run_id = r.id))::integer as torn`;
  expect(row).toEqual({ twice: 0, loose: 0, torn: 0 });
}

/** Kills a step at several points, the last time after it has surely been done. */
async function killedAtEveryPoint(step: string, moved: () => Promise<boolean>, run = "", seen = 0) {
  for (const after of [0, 30, 90, 20_000]) {
    await killed(step, after, run, seen);
    // What the database had in hand when its client died, it ends first.
    for (let n = 0; n < 100; n += 1) {
      const [busy] = await city.admin`
        select count(*)::integer as n from pg_stat_activity where usename = 'madoguchi_app' and state <> 'idle' and datname = current_database()`;
      if (busy?.n === 0) break;
      await wait(50);
    }
    await expectWhole();
    if (await moved()) return;
  }
  throw new Error(`${step} was never done`);
}

test("集める、振込データを作る、結果を取り込む、のどこで kill -9 されても、二度払わず、一件も漏れない", async () => {
  const state = async (id: string) =>
    (await city.admin<{ state: string }[]>`select state from payments.run where id = ${id}`)[0]
      ?.state;
  const runs = () => city.admin<{ id: string }[]>`select id from payments.run`;
  await killedAtEveryPoint("gather", async () => (await runs()).length > 0);
  const [run] = await runs();
  if (!run) throw new Error("a run");
  await payments.approved(run.id);
  const approved = await payments.seen(run.id);
  await killedAtEveryPoint(
    "write",
    async () => (await state(run.id)) === "written",
    run.id,
    approved,
  );
  const { handOverFile, takeRunFile } = await import("#src/platform/payments/index.ts");
  const file = await payments.as("cashier1", (work) => takeRunFile(work, run.id));
  expect(file.bytes.length).toBe((payables + 3) * 122);
  await payments.as("cashier1", (work) =>
    handOverFile(work, run.id, approved + 1, {
      receiver: "見本銀行",
      receivedBy: "太郎",
      manner: "medium",
    }),
  );
  const paid = async () => {
    const [row] =
      await city.admin`select count(*)::integer as n from payments.payable where state = 'paid'`;
    return row?.n as number;
  };
  await killedAtEveryPoint("answers", async () => (await paid()) > 0, run.id, approved + 2);
  expect(await paid()).toBe(payables);
  const [events] =
    await city.admin`select count(*)::integer as n from payments.payable_event where event = 'pay'`;
  expect(events?.n).toBe(payables);
}, 180_000);
