import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readProgress, takeOutPackage, withdrawPackage } from "#src/platform/mailings/index.ts";
import { couponMailing } from "#src/programs/vaccination/index.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { indexOf, mailingsOf, manifestOf, oneYearOlds } from "#test/support/mailings.ts";
import { quickly } from "#test/support/started.ts";

const children = 600;
let home: TestPlatform;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  home = await openTestPlatform();
  mail = await mailingsOf(home);
  await mail.enter(oneYearOlds(children));
});
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

/** A real process that takes up jobs. */
async function startWorker(): Promise<ChildProcess> {
  const worker = spawn(
    process.execPath,
    [
      ...quickly,
      new URL("./mailing-worker.ts", import.meta.url).pathname,
      home.applicationUrl,
      home.platform.dataFolder,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.once("exit", () => reject(new Error("the worker ended")));
    worker.stdout?.once("data", () => resolve());
  });
  return worker;
}

const progress = (run: { id: string }) =>
  mail.as("operator1", (work) => readProgress(work, run.id));

async function until<T>(ask: () => Promise<T>, arrived: (answer: T) => boolean, seconds: number) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await wait(20)) {
    const answer = await ask();
    if (arrived(answer)) return answer;
  }
  throw new Error(`not after ${seconds} s`);
}

test("作成中に kill -9 されても再開し、一枚も重ならず一枚も漏れない", async () => {
  const first = await startWorker();
  const created = await mail.start(couponMailing, {
    title: "予防接種券 令和8年12月分",
    parameters: { month: "2026-12", vaccines: ["mr1", "vzv"], scope: "new" },
    bundling: "person",
  });
  await until(
    () => progress(created),
    ({ state }) => state === "extracted",
    60,
  );
  const run = await mail.approved((await mail.details(created)).run);
  const pieces = 2 * children;
  const before = await until(
    () => progress(run),
    ({ made }) => made > 0,
    60,
  );
  first.kill("SIGKILL");
  await new Promise((resolve) => first.once("exit", resolve));
  expect(before.made).toBeLessThan(pieces);
  const killed = await progress(run);
  expect(killed.state).toBe("making");

  await startWorker();
  await until(
    () => progress(run),
    ({ state }) => state === "complete",
    120,
  );

  const files = await mail.open(run);
  const numbers = indexOf(files).map(({ pieceNumber }) => pieceNumber);
  expect(numbers).toHaveLength(pieces);
  expect(new Set(numbers).size).toBe(pieces);
  const coupons = await home.admin<{ number: string }[]>`
    select number from vaccination.coupon where state = 'issued' and run_id = ${run.id} order by number`;
  expect(numbers.toSorted()).toEqual(coupons.map(({ number }) => number));
  // Both coupons of a child in one envelope, whichever process printed it.
  const envelopes = Map.groupBy(indexOf(files), ({ envelope }) => envelope);
  expect(envelopes.size).toBe(children);
  for (const lines of envelopes.values())
    expect(lines.map(({ atInEnvelope, sheets }) => [atInEnvelope, sheets])).toEqual([
      ["1", "3"],
      ["2", "3"],
    ]);
  const { counts } = await mail.details(run);
  expect(counts).toMatchObject({ made: pieces, ready: 0, held: 0, leftOut: 0 });
  const manifest = manifestOf(files);
  expect(manifest.pieces).toBe(pieces);
  expect(manifest.missingNumbers).toEqual([]);
  const sizes = manifest.files.map((file) => file.pieces);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1000);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(500);
}, 240_000);

test("取り下げた後に処理が kill -9 されても、発送データは残らない", async () => {
  const [made] = await home.admin<{ id: string }[]>`
    select id from mailings.batch_run where state = 'complete'`;
  if (!made) throw new Error("no package");
  const { path } = await mail.as("operator1", (work) => takeOutPackage(work, made.id));
  for (const worker of workers) worker.kill("SIGKILL");
  const complete = (await mail.details(made)).run;
  const asked = await mail.step("operator1", complete, "ask-withdrawal", "対象月を誤った");
  await mail.as("supervisor1", (work) =>
    withdrawPackage(work, { runId: made.id, expectedRevision: asked.revision }),
  );
  // Nobody is there to erase it; nobody can take it out either.
  expect(existsSync(path)).toBe(true);
  await expect(mail.as("operator1", (work) => takeOutPackage(work, made.id))).rejects.toMatchObject(
    { status: 422 },
  );
  await startWorker();
  await until(
    async () => existsSync(path),
    (there) => !there,
    60,
  );
  const [left] = await home.admin`
    select count(*)::int as n from vaccination.coupon where run_id = ${made.id} and state = 'issued'`;
  expect(left?.n).toBe(0);
}, 120_000);

test("取り消すと止まり、作ったものは数えられず、次の回に再び対象になる", async () => {
  const created = await mail.create({ vaccines: ["bcg", "hepb"], scope: "all", month: "2026-11" });
  await until(
    () => progress(created),
    ({ state }) => state === "extracted",
    60,
  );
  const { run, counts } = await mail.details(created);
  const approved = await mail.approved(run);
  const making = await until(
    () => progress(approved),
    ({ made }) => made > 0,
    60,
  );
  expect(making.state).toBe("making");
  await mail.step("operator1", (await mail.details(run)).run, "cancel", "対象月を誤った");
  await wait(1500);
  expect((await progress(run)).state).toBe("cancelled");
  const [left] = await home.admin`
    select count(*)::int as n from vaccination.coupon where run_id = ${run.id} and state = 'issued'`;
  expect(left?.n).toBe(0);
  const again = await mail.extracted({ vaccines: ["bcg", "hepb"], scope: "all", month: "2026-11" });
  expect((await mail.details(again)).counts.ready).toBe(counts.ready);
}, 120_000);
