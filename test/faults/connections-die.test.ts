import { afterAll, describe, expect, test } from "vitest";
import { openDatabase, type Transaction } from "#src/platform/database.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { killBackends, writeWhile } from "./dying-connections.ts";

// What the server does to connections must never reach further than the transactions that stood on them.

const city = await openTestPlatform();
await city.admin.unsafe(`
  create table public.kept (n integer primary key);
  grant usage on schema public to madoguchi_app;
  grant select, insert on public.kept to madoguchi_app`);
const database = openDatabase(city.applicationUrl, 4);
afterAll(() => database.close());

const pidOf = async ({ sql }: Transaction) =>
  (await sql<{ pid: number }[]>`select pg_backend_pid() as pid`)[0]?.pid ?? 0;
const kill = (pid: number) => city.admin`select pg_terminate_backend(${pid}, 5000)`;
const kept = async () =>
  (await city.admin<{ n: number }[]>`select n from public.kept order by n`).map(({ n }) => n);

describe("データベースとの接続が切れたとき", { timeout: 60_000 }, () => {
  test("その処理は失敗し、後に続く文も次の接続に紛れ込まない", async () => {
    const alone = openDatabase(city.applicationUrl, 1);
    const goneOn = Promise.withResolvers<void>();
    const late = Promise.withResolvers<void>();
    const broken = alone.transaction(async (tx) => {
      await tx.sql`insert into public.kept values (-1)`;
      await kill(await pidOf(tx));
      await tx.sql`select 1`.catch(() => {});
      await goneOn.promise;
      // Somebody else's transaction is open on the connection by now.
      const answers = await Promise.allSettled([
        tx.sql`insert into public.kept values (-2)`,
        tx.sql`rollback`,
      ]);
      expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
      late.resolve();
    });
    await expect(broken).rejects.toMatchObject({
      code: expect.stringMatching(/CONNECTION_CLOSED|57P01|ECONNRESET/),
    });
    await alone.transaction(async ({ sql }) => {
      await sql`insert into public.kept values (-3)`;
      goneOn.resolve();
      await late.promise;
      await sql`insert into public.kept values (-4)`;
    });
    await alone.close();
    expect(await kept()).toEqual([-4, -3]);
  });

  test("文を送る直前に切れても、プロセスは終わらず、接続は使えるままになる", async () => {
    for (let round = 0; round < 20; round++) {
      await database
        .transaction(async (tx) => {
          const pid = await pidOf(tx);
          await Promise.all([kill(pid), ...[1, 2, 3].map(() => tx.sql`select pg_sleep(0.01)`)]);
          await tx.sql`select 1`;
        })
        .catch(() => {});
    }
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        database.transaction(({ sql }) => sql<{ n: number }[]>`select ${n}::integer as n`),
      ),
    );
    expect(answers.map(([row]) => row?.n)).toEqual([1, 2, 3, 4]);
  });

  test("負荷の中で次々に切れても、確定した書き込みは残り、待ち続ける処理はない", async () => {
    const begun = Date.now();
    const soFar = { killed: 0, confirmed: 0, refused: 0 };
    // At least eight seconds; on a slow machine until enough was met.
    const goesOn = () => {
      const met = soFar.killed > 50 && soFar.confirmed > 100 && soFar.refused > 20;
      return Date.now() - begun < (met ? 8_000 : 45_000);
    };
    const [killed, { confirmed, refused, slowest }] = await Promise.all([
      killBackends(city.admin, {
        goesOn: (ended) => {
          soFar.killed = ended;
          return goesOn();
        },
        everyMilliseconds: 40,
      }),
      writeWhile(database, {
        writers: 12,
        goesOn: (told) => {
          soFar.confirmed = told.confirmed.length;
          soFar.refused = told.refused;
          return goesOn();
        },
      }),
    ]);
    expect(killed).toBeGreaterThan(50);
    expect(refused).toBeGreaterThan(20);
    const there = new Set(await kept());
    expect(confirmed.filter((n) => !there.has(n))).toEqual([]);
    expect(confirmed.length).toBeGreaterThan(100);
    expect(slowest).toBeLessThan(10_000);
  });
});
