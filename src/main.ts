import type { AddressInfo } from "node:net";
import postgres from "postgres";
import type { DemonstrationAccount } from "#src/demonstration/accounts.ts";
import { isHalfMade, seedDemonstration } from "#src/demonstration/seed.ts";
import { keepSealing, sealingLag } from "#src/platform/audit/index.ts";
import { missingOfCity, presetAreas } from "#src/platform/city/index.ts";
import { defaultDataFolder } from "#src/platform/data-folder.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { openPlatform } from "#src/platform/open.ts";
import { background } from "#src/programs/jobs.ts";
import { programs } from "#src/programs/registry.ts";
import { createApp } from "#src/web/app.ts";

const host = process.env.HOST ?? "127.0.0.1";
const port = Number(process.env.PORT ?? 3000);

const opened = await openPlatform({
  background,
  startOver: await isHalfMade(defaultDataFolder()),
});
const accounts = opened.embedded
  ? (await seedDemonstration(opened, { say: console.log })).accounts
  : [];
await tellWhatIsMissing();
const jobs = await startJobs(
  opened.platform,
  opened.applicationUrl,
  background.handlers,
  background.scheduled,
);
await tellLateSeals();
const sealing = keepSealing(opened.platform);
const server = createApp(opened.platform, programs).listen(port, host, () => {
  const { port: taken } = server.address() as AddressInfo;
  console.log(`\nまどぐち: http://${host === "127.0.0.1" ? "localhost" : host}:${taken}\n`);
  if (accounts.length > 0) printAccounts(accounts);
});
server.on("error", (error) => {
  console.error(error.message);
  void stop(1);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(0));

/** What the city has yet to register: the program serves, but refuses what needs it. */
async function tellWhatIsMissing(): Promise<void> {
  const { administratorUrl, platform } = opened;
  const admin = postgres(administratorUrl, { max: 1, onnotice: () => {} });
  const missing = await missingOfCity(admin, platform.clock.today(), presetAreas);
  await admin.end();
  if (missing.length === 0) return;
  console.log("\nこの市について、登録されていないものがあります（docs/city.md）");
  for (const line of missing) console.log(`  ${line}`);
}

/** Records that wait since before the start: whoever stopped the program did not let it seal them. */
async function tellLateSeals(): Promise<void> {
  const since = await sealingLag(opened.platform);
  if (since)
    console.log(
      `\n${since.toLocaleString("ja-JP", { timeZone: "Asia/Tokyo" })}からのアクセス記録が封印されていません。これから封印します。`,
    );
}

function printAccounts(list: readonly DemonstrationAccount[]): void {
  console.log("デモ用のアカウント（パスワードはすべて同じです）");
  for (const { loginName, role } of list) console.log(`  ${loginName.padEnd(10)} ${role}`);
  console.log(`  パスワード  ${list[0]?.password ?? ""}`);
  console.log("  確認コード  npm run -s cli -- demonstration code mado1\n");
}

async function stop(status: number): Promise<void> {
  // Whatever hangs, an administrator who stops the program is not kept waiting.
  setTimeout(() => process.exit(status), 15_000).unref();
  server.closeAllConnections();
  server.close();
  await jobs.stop();
  await sealing.stop();
  await opened.close();
  process.exit(status);
}
