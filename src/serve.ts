import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { RequestHandler } from "express";
import type { DemonstrationAccount } from "#src/demonstration/accounts.ts";
import { seedDemonstration } from "#src/demonstration/seed.ts";
import { keepSealing, sealingLag } from "#src/platform/audit/index.ts";
import { missingOfCity, presetAreas } from "#src/platform/city/index.ts";
import { describe } from "#src/platform/described.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { type JoinedPlatform, joinPlatform } from "#src/platform/join.ts";
import { type OpenedPlatform, openPlatform } from "#src/platform/open.ts";
import { asAdministrator } from "#src/platform/own-database.ts";
import type { Platform } from "#src/platform/platform.ts";
import { background } from "#src/programs/jobs.ts";
import { programs } from "#src/programs/registry.ts";
import { createApp } from "#src/web/app.ts";
import { type ListenAddress, listenAddress, listenProblem } from "./server/listen-address.ts";
import { type Monitoring, monitoringAddress, openMonitoring } from "./server/monitoring/index.ts";
import { databaseOfPart, type Part, partOf } from "./server/part.ts";
import { tellProblem } from "./server/tell-problem.ts";

// The program itself, in a process of its own that `main.ts` starts and starts again.

/** How long requests under way may take to end once the program was told to. */
const grace = 5_000;

/** Closed one after another, the last opened first. */
const closers: (() => Promise<unknown>)[] = [];
let serving = false;
let stopping = false;

for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(0));
// Whoever answers for this process is gone.
process.once("disconnect", () => void stop(0));
for (const event of ["uncaughtException", "unhandledRejection"] as const)
  process.on(event, (error: unknown) => {
    if (!stopping)
      console.error(`予期しない誤りのため、プログラムを終わります。${describe(error)}`);
    void stop(1);
  });

try {
  await serve();
} catch (error) {
  if (!stopping) {
    tellProblem(error);
    await stop(1);
  }
}

async function serve(): Promise<void> {
  const part = partOf(process.argv[2]);
  const address = part === "worker" ? undefined : listenAddress(process.env);
  const { opened, accounts } = part === "both" ? await openAll() : await join(part);
  const watched = await monitor(opened.platform, part);
  // Before it listens: once it answers, it stays and waits for its database wherever that goes.
  if (part !== "web") await workInBackground(opened);
  if (address) await listen(opened, { address, observe: watched?.observe });
  else console.log("\nまどぐち: 裏の処理と定時処理を始めました。\n");
  printAccounts(accounts);
  serving = true;
  process.send?.("serves");
}

/** The only process, or the first one: brings the database to this version. */
async function openAll() {
  const opened = await openPlatform({ background, setAsideHalfMade: true });
  closers.push(opened.close);
  const { accounts } = opened.embedded
    ? await seedDemonstration(opened, { say: console.log })
    : { accounts: [] };
  await tellWhatIsMissing(opened);
  return { opened, accounts };
}

/** One of several processes on a database that is installed. */
async function join(part: Part) {
  const opened = await joinPlatform({ databaseUrl: databaseOfPart(part, process.env) });
  closers.push(opened.close);
  return { opened, accounts: [] };
}

async function workInBackground(opened: JoinedPlatform): Promise<void> {
  await tellLateSeals(opened);
  const { handlers, scheduled } = background;
  const jobs = await startJobs(opened.platform, opened.applicationUrl, handlers, scheduled);
  const sealing = keepSealing(opened.platform);
  closers.push(sealing.stop, jobs.stop);
}

async function monitor(platform: Platform, part: Part): Promise<Monitoring | undefined> {
  const address = monitoringAddress(process.env);
  if (!address) return undefined;
  const takesWork = () => serving && !stopping;
  const monitoring = await openMonitoring(platform, { part, address, takesWork });
  closers.push(monitoring.close);
  console.log(`監視: http://${address.host}:${monitoring.port}/healthz`);
  return monitoring;
}

async function listen(
  { platform }: JoinedPlatform,
  { address, observe }: { address: ListenAddress; observe: RequestHandler | undefined },
): Promise<void> {
  const server = createApp(platform, programs, observe).listen(address.port, address.host);
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (error) => reject(listenProblem(address, error)));
  });
  closers.push(async () => {
    const ended = once(server, "close");
    server.close();
    server.closeIdleConnections();
    await Promise.race([ended, delay(grace)]);
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const { host } = address;
  console.log(`\nまどぐち: http://${host === "127.0.0.1" ? "localhost" : host}:${port}\n`);
}

/** What the city has yet to register: the program serves, but refuses what needs it. */
async function tellWhatIsMissing({ administratorUrl, platform }: OpenedPlatform): Promise<void> {
  const missing = await asAdministrator(administratorUrl, (admin) =>
    missingOfCity(admin, platform.clock.today(), presetAreas),
  );
  if (missing.length === 0) return;
  console.log("\nこの市について、登録されていないものがあります（docs/city.md）");
  for (const line of missing) console.log(`  ${line}`);
}

/** Records that wait since before the start: whoever stopped the program did not let it seal them. */
async function tellLateSeals({ platform }: JoinedPlatform): Promise<void> {
  const since = await sealingLag(platform);
  if (since)
    console.log(
      `\n${since.toLocaleString("ja-JP", { timeZone: "Asia/Tokyo" })}からのアクセス記録が封印されていません。これから封印します。`,
    );
}

function printAccounts(list: readonly DemonstrationAccount[]): void {
  if (list.length === 0) return;
  console.log("デモ用のアカウント（パスワードはすべて同じです）");
  for (const { loginName, role } of list) console.log(`  ${loginName.padEnd(10)} ${role}`);
  console.log(`  パスワード  ${list[0]?.password ?? ""}`);
  console.log("  確認コード  npm run -s cli -- demonstration code mado1\n");
}

async function stop(status: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  // Whatever hangs, an administrator who stops the program is not kept waiting.
  setTimeout(() => process.exit(status), 15_000).unref();
  for (const close of closers.reverse()) await close().catch(() => {});
  process.exit(status);
}
