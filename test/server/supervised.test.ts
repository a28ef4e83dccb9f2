import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { registerDemonstrationCity } from "#src/demonstration/city.ts";
import { openPlatform } from "#src/platform/open.ts";
import { asAdministrator, markDemonstration } from "#src/platform/own-database.ts";
import { background } from "#src/programs/jobs.ts";
import { quickly } from "#test/support/started.ts";

// `npm start` itself: what ends without being told to comes back, and a stop stops everything.

let folder: string;
let port: number;
let supervisor: ChildProcess;
let said = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "madoguchi-supervised-"));
  // A city stands already, so that none is made.
  const opened = await openPlatform({ background, dataFolder: folder });
  await registerDemonstrationCity(opened.administratorUrl);
  await asAdministrator(opened.administratorUrl, (admin) => markDemonstration(admin, "filled"));
  await opened.close();
  port = await freePort();
});

afterAll(async () => {
  if (supervisor?.exitCode === null && supervisor.signalCode === null) {
    supervisor.kill("SIGTERM");
    await once(supervisor, "exit");
  }
  // What a supervisor that was killed has left: its program ends by itself, its database does not.
  const left = await databasePid();
  if (left) process.kill(left, "SIGQUIT");
  await vi.waitFor(async () => expect(await databasePid()).toBe(0), { timeout: 30_000 });
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

function start(): ChildProcess {
  const program = spawn(process.execPath, [...quickly, "src/main.ts"], {
    env: { ...process.env, DATABASE_URL: "", MADOGUCHI_DATA: folder, PORT: String(port) },
  });
  for (const stream of [program.stdout, program.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
  return program;
}

const answers = () =>
  fetch(`http://127.0.0.1:${port}/sign-in`).then(
    ({ status }) => status,
    () => 0,
  );
const served = () => expect.poll(answers, { timeout: 240_000, interval: 200 }).toBeGreaterThan(0);
const databasePid = async () =>
  Number(
    (await readFile(join(folder, "pg", "postmaster.pid"), "utf8").catch(() => "")).split("\n")[0],
  );
/** The program below the supervisor; 0 while there is none. */
async function programPid(): Promise<number> {
  const list = await readFile(`/proc/${supervisor.pid}/task/${supervisor.pid}/children`, "utf8");
  for (const pid of list.split(" ").filter(Boolean)) {
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    if (command.includes("serve.ts")) return Number(pid);
  }
  return 0;
}

test("プログラムやデータベースが死んでもまた始まり、止めればデータベースも止まる", {
  timeout: 900_000,
}, async ({ onTestFailed }) => {
  onTestFailed(() => console.error(said));
  supervisor = start();
  await served();
  const database = await databasePid();
  const first = await programPid();

  process.kill(first, "SIGKILL");
  await expect
    .poll(async () => [0, first].includes(await programPid()), { timeout: 60_000 })
    .toBe(false);
  await served();
  expect(await databasePid()).toBe(database);
  expect(said).toContain("プログラムが予期せず終わりました（SIGKILL）。1秒後にもう一度始めます。");

  // The database dies: the program stays, and serves again as soon as the database is back.
  const second = await programPid();
  process.kill(database, "SIGQUIT");
  await expect
    .poll(async () => ((await databasePid()) || database) !== database, { timeout: 60_000 })
    .toBe(true);
  await served();
  expect(await programPid()).toBe(second);

  // Whoever answers for all is killed: the program ends by itself, the next start takes the database over.
  const left = await databasePid();
  supervisor.kill("SIGKILL");
  await once(supervisor, "exit");
  await expect.poll(answers, { timeout: 30_000 }).toBe(0);
  supervisor = start();
  await served();
  expect(await databasePid()).toBe(left);

  const another = spawn(process.execPath, [...quickly, "src/main.ts"], {
    env: { ...process.env, DATABASE_URL: "", MADOGUCHI_DATA: folder, PORT: "0" },
  });
  let refused = "";
  another.stderr.on("data", (chunk: Buffer) => {
    refused += chunk.toString();
  });
  expect(await once(another, "exit")).toEqual([1, null]);
  expect(refused).toContain("まどぐち かそのコマンドがすでに動いています");

  supervisor.kill("SIGTERM");
  expect(await once(supervisor, "exit")).toEqual([0, null]);
  expect(await databasePid()).toBe(0);
  expect(await answers()).toBe(0);
  expect(said).not.toMatch(/\n\s+at /);
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", () => resolve()));
  const address = probe.address();
  probe.close();
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}
