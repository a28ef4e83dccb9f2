import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { openEmbeddedServer } from "#db/server/embedded.ts";
import { openDatabase } from "#src/platform/database.ts";
import { killBackends, writeWhile } from "./dying-connections.ts";

// `npm run storm -- SECONDS`: the long form of connections-die.test.ts, with the server itself ended every ten seconds.
const seconds = Number(process.argv[2] ?? 300);
const folder = await mkdtemp(join(tmpdir(), "madoguchi-storm-"));
const server = await openEmbeddedServer(folder, { alone: true });
server.keepRunning(console.log);
const admin = postgres(server.addressOf("postgres"), { max: 2, onnotice: () => {} });
await admin.unsafe(`
  create role madoguchi_app login password 'storm';
  grant connect on database postgres to madoguchi_app;
  grant usage on schema public to madoguchi_app;
  create table public.kept (n integer primary key);
  grant select, insert on public.kept to madoguchi_app`);
const address = Object.assign(new URL(server.addressOf("postgres")), {
  username: "madoguchi_app",
  password: "storm",
});
const database = openDatabase(address.href, 6);
const until = Date.now() + seconds * 1000;
let restarts = 0;

async function endServer(): Promise<void> {
  while (Date.now() + 10_000 < until) {
    await delay(10_000);
    const [pid] = (await readFile(join(folder, "pg", "postmaster.pid"), "utf8")).split("\n");
    process.kill(Number(pid), "SIGQUIT");
    restarts++;
  }
}

async function killUntil(): Promise<number> {
  let killed = 0;
  while (Date.now() < until) {
    const end = Math.min(until, Date.now() + 1000);
    const round = { goesOn: () => Date.now() < end, everyMilliseconds: 40 };
    killed += await killBackends(admin, round).catch(() => delay(100).then(() => 0));
  }
  return killed;
}

const [{ confirmed, refused, slowest }, killed] = await Promise.all([
  writeWhile(database, { writers: 12, goesOn: () => Date.now() < until }),
  killUntil(),
  endServer(),
]);
let there: Set<number> | undefined;
while (!there)
  there = await admin<{ n: number }[]>`select n from public.kept`.then(
    (rows) => new Set(rows.map(({ n }) => n)),
    () => delay(200).then(() => undefined),
  );
const kept = there;
const lost = confirmed.filter((n) => !kept.has(n)).length;
console.log(
  `${seconds} s: ${killed} connections and ${restarts} servers ended; ${confirmed.length} writes confirmed, ${lost} of them lost, ${refused} refused, the slowest took ${slowest} ms`,
);
await database.close();
await admin.end();
await server.stop();
await rm(folder, { recursive: true, force: true });
process.exitCode = lost > 0 ? 1 : 0;
