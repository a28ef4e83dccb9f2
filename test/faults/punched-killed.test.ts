import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { figuresOf } from "#src/programs/vaccination/punched-files/lists.ts";
import { continueFile } from "#src/programs/vaccination/punched-files/lots.ts";
import { getFile, moveFile } from "#src/programs/vaccination/punched-files/move.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { line, plainFile, punchedOf } from "#test/support/punched-files.ts";
import { quickly } from "#test/support/started.ts";

const rows = 6_000;
const home = await openTestPlatform();
const punched = punchedOf(home);
const workers: ChildProcess[] = [];
afterAll(() => {
  for (const worker of workers) worker.kill("SIGKILL");
});

/** A real process that takes up jobs. */
async function startWorker(): Promise<ChildProcess> {
  const path = new URL("./punched-worker.ts", import.meta.url).pathname;
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

type Seen = { state: string; lots: Awaited<ReturnType<typeof figuresOf>>["lots"] };

async function until(fileId: string, arrived: (seen: Seen) => boolean): Promise<Seen> {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(20)) {
    const seen = await punched.as("clerk1", async (work) => ({
      state: (await getFile(work, fileId)).file.state,
      lots: (await figuresOf(work, fileId)).lots,
    }));
    if (arrived(seen)) return seen;
  }
  throw new Error("not in time");
}

it("点検中と取込中に kill -9 されても再開し、一行も重ならず一行も漏れない", async () => {
  const born = {
    birthDate: "2026-05-10",
    residence: { from: "2026-05-10", fromReason: "birth" },
  };
  const numbers: string[] = [];
  for (let at = 0; at < rows; at += 1000)
    numbers.push(
      ...(await punched.people(...(Array.from({ length: 1000 }, () => born) as never[]))),
    );
  const handoverId = await punched.order("R8-kill", rows);
  const bytes = plainFile(
    numbers.map((person) => line({ person })),
    { orderNumber: "R8-kill" },
  );
  const fileId = await punched.receive(handoverId, await punched.encrypt(bytes));
  await punched.as("clerk1", (work) => continueFile(work, fileId));
  const first = await startWorker();
  await until(fileId, ({ lots }) => lots.judged > 0);
  await kill(first);
  const second = await startWorker();
  await until(fileId, ({ state }) => state === "judged");
  await punched.as("supervisor1", async (work) => {
    await moveFile(work, { id: fileId, type: "approve" });
    await continueFile(work, fileId);
  });
  const half = await until(fileId, ({ lots }) => lots.taken > 0);
  await kill(second);
  expect(half.state).toBe("taking");
  await startWorker();
  await until(fileId, ({ state }) => state === "taken");
  const [told] = await home.admin`
    select count(*)::int as slips, count(distinct reference)::int as rows, count(distinct shot_id)::int as shots,
           (select count(*)::int from vaccination.shot) as recorded from vaccination.slip`;
  expect(told).toEqual({ slips: rows, rows, shots: rows, recorded: rows });
}, 240_000);
