import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#src/platform/database.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { joinPlatform } from "#src/platform/join.ts";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform } from "#test/support/database.ts";

// Which of pgBouncer's modes holds for the program, tried on the real one (Debian: `apt-get install pgbouncer`).

const city = await openTestPlatform();
const direct = new URL(city.applicationUrl);
const program = "/usr/sbin/pgbouncer";
if (spawnSync(program, ["--version"]).status !== 0) throw new Error("pgBouncer is not installed");

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", () => resolve()));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === "object" ? (address?.port ?? 0) : 0;
}

/** Two connections to the server, whoever asks: what is left behind on one meets the next transaction at once. */
async function startBouncer(mode: "session" | "transaction" | "statement", size = 2) {
  const folder = await mkdtemp(join(tmpdir(), "madoguchi-pgbouncer-"));
  await chmod(folder, 0o755);
  const port = await freePort();
  await writeFile(
    join(folder, "users.txt"),
    `"${direct.username}" "${decodeURIComponent(direct.password)}"\n`,
  );
  await writeFile(
    join(folder, "pgbouncer.ini"),
    `[databases]
* = host=127.0.0.1 port=${direct.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, "users.txt")}
pool_mode = ${mode}
default_pool_size = ${size}
max_client_conn = 100
server_reset_query = DISCARD ALL
`,
  );
  const asUser = process.getuid?.() === 0 ? ["-u", "postgres"] : [];
  const child: ChildProcess = spawn(program, [...asUser, join(folder, "pgbouncer.ini")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  onTestFinished(async () => {
    child.kill("SIGINT");
    await Promise.race([once(child, "exit"), delay(3_000)]);
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  await expect.poll(() => said, { timeout: 10_000 }).toContain("process up");
  const url = new URL(city.applicationUrl);
  url.port = String(port);
  return url;
}

/** What a session may say of itself, from many at once over few connections to the server. */
async function eachSeesItself(address: string): Promise<void> {
  const database = openDatabase(address, 8);
  onTestFinished(() => database.close());
  const platform = { ...city.platform, database };
  const actors = await Promise.all(
    (["clerk1", "clerk2", "supervisor1", "operator1"] as const).map((who) => city.actor(who)),
  );
  await Promise.all(
    Array.from({ length: 200 }, async (_, n) => {
      const actor = actors[n % actors.length];
      if (!actor) return;
      const [row] = await runWork(platform, actor, { purpose: "inquiry" }, async ({ sql }) => {
        await sql`select pg_sleep(0.002)`;
        return sql<{ id: number }[]>`select access.staff_id() as id`;
      });
      expect(row?.id).toBe(actor.staffId);
      // Between transactions nobody is signed in.
      const [outside] = await database.sql<{ token: string | null; id: number | null }[]>`
        select nullif(current_setting('app.session_token', true), '') as token, access.staff_id() as id`;
      expect(outside).toEqual({ token: null, id: null });
    }),
  );
}

describe("pgBouncer の後ろで", () => {
  test("session では、そのまま動く", async () => {
    const url = await startBouncer("session", 12);
    await eachSeesItself(url.href);
  });

  test("transaction では、文を準備させなければ、だれも他人のセッションに入らない", async () => {
    const url = await startBouncer("transaction");
    url.searchParams.set("prepare", "false");
    await eachSeesItself(url.href);
  });

  test("transaction では、ロックは取引とともに終わり、次の人を止めない", async () => {
    const url = await startBouncer("transaction");
    url.searchParams.set("prepare", "false");
    const database = openDatabase(url.href, 4);
    onTestFinished(() => database.close());
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 40 }, () =>
        database.transaction(async ({ sql }) => {
          await sql`select pg_advisory_xact_lock(hashtextextended('pgbouncer', 0))`;
          most = Math.max(most, ++inside);
          await sql`select pg_sleep(0.002)`;
          inside--;
        }),
      ),
    );
    expect(most).toBe(1);
    const [held] = await city.admin`
      select count(*)::int as n from pg_locks where locktype = 'advisory'
         and database = (select oid from pg_database where datname = current_database())`;
    expect(held?.n).toBe(0);
  });

  test("transaction では、準備した文をほかの接続が知らず、取引が通らない", async () => {
    const url = await startBouncer("transaction");
    const [one, other] = [0, 1].map(() => postgres(url.href, { max: 1, onnotice: () => {} }));
    if (!one || !other) throw new Error("no connections");
    onTestFinished(() =>
      Promise.all([one, other].map((sql) => sql.end({ timeout: 1 }))).then(() => {}),
    );
    const ask = () =>
      one
        .begin((sql) => sql`select ${1}::int as n`)
        .then(
          () => "answered",
          () => "refused",
        );
    expect(await ask()).toBe("answered");
    const done = Promise.withResolvers<void>();
    const taken = Promise.withResolvers<void>();
    // The other one has the connection on which the statement was prepared.
    const holding = other.begin(async (sql) => {
      await sql`select 1`.simple();
      taken.resolve();
      await done.promise;
    });
    await taken.promise;
    expect(await Promise.race([ask(), delay(10_000, "silent")])).not.toBe("answered");
    done.resolve();
    await holding;
  });

  test("statement では、取引ができない", async () => {
    const url = await startBouncer("statement");
    url.searchParams.set("prepare", "false");
    const database = openDatabase(url.href, 2);
    onTestFinished(() => database.close());
    await expect(database.transaction(({ sql }) => sql`select 1`)).rejects.toThrow();
  });

  test("transaction では、プロセスが始まり、裏の処理が一度だけ行われる", async () => {
    const url = await startBouncer("transaction", 4);
    url.searchParams.set("prepare", "false");
    const joined = await joinPlatform({
      databaseUrl: url.href,
      dataFolder: city.platform.dataFolder,
      clock: city.platform.clock,
    });
    let runs = 0;
    const name = "oversight.analyse";
    const job = { name, title: "試験", cron: "30 2 * * *", run: async () => void runs++ };
    const started = await Promise.all(
      [0, 1].map(() => startJobs(joined.platform, joined.applicationUrl, [], [job])),
    );
    await city.admin`insert into pgboss.job (name, policy) values (${name}, 'exclusive')`;
    await expect
      .poll(
        async () => (await city.admin`select state from pgboss.job where name = ${name}`)[0]?.state,
        { timeout: 30_000 },
      )
      .toBe("completed");
    expect(runs).toBe(1);
    await Promise.all(started.map((one) => one.stop()));
    await joined.close();
  });
});
