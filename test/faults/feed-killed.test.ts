import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "#src/platform/access/index.ts";
import {
  approveAndWrite,
  continueImport,
  getImport,
  type ImportRow,
  type ImportSummary,
  receiveFile,
  summarize,
} from "#src/platform/feeds/index.ts";
import { incoming, inFeeds, residentsFeed, smallCity } from "#test/db/feeds/support.ts";
import { openTestPlatform, type TestPlatform } from "#test/support/database.ts";
import { quickly } from "#test/support/started.ts";

const population = 6_000;
let home: TestPlatform;
let operator: Actor;
let supervisor: Actor;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  home = await openTestPlatform();
  operator = await home.actor("operator1");
  supervisor = await home.actor("supervisor1");
});
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

/** A real process that takes up jobs. */
async function startWorker(): Promise<ChildProcess> {
  const path = new URL("./feed-worker.ts", import.meta.url).pathname;
  const worker = spawn(
    process.execPath,
    [...quickly, path, home.applicationUrl, home.platform.dataFolder],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  workers.push(worker);
  await new Promise<void>((resolve, reject) => {
    worker.once("exit", () => reject(new Error("the worker ended")));
    worker.stdout?.once("data", () => resolve());
  });
  return worker;
}

async function kill(worker: ChildProcess): Promise<void> {
  worker.kill("SIGKILL");
  await new Promise((resolve) => worker.once("exit", resolve));
}

async function until(
  importId: string,
  arrived: (found: { entry: ImportRow; summary: ImportSummary }) => boolean,
) {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(20)) {
    const found = await inFeeds(home.platform, operator, async (work) => {
      const entry = await getImport(work, importId);
      return { entry, summary: await summarize(work, entry) };
    });
    if (arrived(found)) return found;
  }
  throw new Error("not in time");
}

it("確認中と反映中に kill -9 されても再開し、一行も重ならず一行も漏れない", async () => {
  const city = await smallCity(population);
  const file = incoming("residents-20261120-full-0001.csv", await readFile(city.residents.path));
  const importId = await receiveFile(home.platform, operator, residentsFeed, file);
  await inFeeds(home.platform, operator, (work) => continueImport(work, importId));
  const first = await startWorker();
  await until(importId, ({ summary }) => summary.lots.reviewed > 0);
  await kill(first);
  const second = await startWorker();
  const reviewed = await until(importId, ({ entry }) => entry.state === "reviewed");
  expect(reviewed.summary).toMatchObject({
    rows: population,
    byVerdict: { new: population },
    bad: 0,
  });

  const { revision } = reviewed.entry;
  await inFeeds(home.platform, supervisor, (work) => approveAndWrite(work, { importId, revision }));
  const half = await until(importId, ({ summary }) => summary.lots.committed > 0);
  await kill(second);
  expect(half.entry.state).toBe("committing");
  await startWorker();
  const done = await until(importId, ({ entry }) => entry.state === "committed");
  expect(done.summary.written).toBe(population);
  const [people] = await home.admin`
    select count(*)::int as n, max(revision) as revision from vault.person`;
  expect(people).toEqual({ n: population, revision: 1 });
}, 240_000);
