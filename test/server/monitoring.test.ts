import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { openDatabase } from "#src/platform/database.ts";
import { queueFigures } from "#src/platform/jobs/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import { runWork } from "#src/platform/work.ts";
import { monitoringAddress, openMonitoring } from "#src/server/monitoring/index.ts";
import { createApp } from "#src/web/app.ts";
import { personPath } from "#src/web/person-path.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { fieldOf, walker } from "#test/support/walker.ts";

const city = await openTestPlatform();
const { admin, platform } = city;
const address = { host: "127.0.0.1", port: 0 };
let takesWork = true;

async function watch(watched: Platform) {
  const opened = await openMonitoring(watched, {
    part: "web",
    address,
    takesWork: () => takesWork,
  });
  afterAll(opened.close);
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${opened.port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { ...opened, ask, health: async () => JSON.parse((await ask("/healthz")).text) };
}

let own: Awaited<ReturnType<typeof watch>>;
let away: Awaited<ReturnType<typeof watch>>;

beforeAll(async () => {
  own = await watch(platform);
  const database = openDatabase("postgres://nobody@127.0.0.1:1/nothing", 2);
  afterAll(database.close);
  away = await watch({ ...platform, database });
});

describe("/healthz", () => {
  test("は、仕事を渡してよいかを、データベースと変更の適用から答え、終わるときは断る", async () => {
    expect(await own.health()).toEqual({
      ready: true,
      database: "reachable",
      schema: "expected",
      part: "web",
    });
    takesWork = false;
    expect((await own.ask("/healthz")).status).toBe(503);
    expect((await own.ask("/healthz/live")).status).toBe(200);
    takesWork = true;
  });

  test("は、新しい版が適用された後も仕事を続け、足りない版や違う版では断る", async () => {
    await admin`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`;
    expect(await own.health()).toMatchObject({ ready: true, schema: "later" });
    await admin`delete from drizzle.__drizzle_migrations where hash = 'later'`;
    const [last] = await admin<{ id: number; hash: string }[]>`
      select id, hash from drizzle.__drizzle_migrations order by id desc limit 1`;
    if (!last) throw new Error("no migrations");
    await admin`update drizzle.__drizzle_migrations set hash = 'other' where id = ${last.id}`;
    expect((await own.ask("/healthz")).status).toBe(503);
    expect(await own.health()).toMatchObject({ ready: false, schema: "other" });
    await admin`update drizzle.__drizzle_migrations set hash = ${last.hash} where id = ${last.id}`;
    expect((await own.ask("/healthz")).status).toBe(200);
  });

  test("は、データベースへ行き着けないとき、待たせずに断る", async () => {
    const begun = Date.now();
    const { status, text } = await away.ask("/healthz");
    expect(Date.now() - begun).toBeLessThan(10_000);
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ ready: false, database: "away", schema: "unknown" });
    expect((await away.ask("/healthz/live")).status).toBe(200);
  });
});

test("データベースが黙っているときも、2秒で答える", async () => {
  // Takes connections and says nothing, as behind a cut line.
  const silent = createTcpServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const bound = silent.address();
  const port = typeof bound === "object" ? bound?.port : 0;
  const database = openDatabase(`postgres://nobody@127.0.0.1:${port}/nothing`, 2);
  onTestFinished(async () => {
    silent.close();
    await database.close();
  });
  const hung = await watch({ ...platform, database });
  for (const path of ["/healthz", "/metrics"]) {
    const begun = Date.now();
    const { text } = await hung.ask(path);
    expect(Date.now() - begun).toBeLessThan(8_000);
    expect(text).toMatch(/"ready":false|madoguchi_database_up\{part="web"\} 0/);
  }
});

describe("/metrics", () => {
  test("は、画面の型と結果だけを数え、だれの何が求められたかを言わない", async () => {
    const name = { kanji: "計測　みちる", kana: "ケイソク　ミチル" };
    const [person] = await runWork(platform, await city.system(), { purpose: "feed" }, (work) =>
      writePeople(work, [{ record: invented({ name }) }, { record: invented({ name }) }]),
    );
    if (!person) throw new Error("nobody was entered");
    const server = createServer(createApp(platform, [], own.observe)).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const bound = server.address();
    const web = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
    const go = walker();
    const { loginName, password, code } = city.credentials("clerk1");
    await go(`${web}/sign-in`);
    const second = await go(`${web}/sign-in`, { loginName, password });
    await go(`${web}/sign-in/code`, { ticket: fieldOf(second.text, "ticket"), code: code() });
    await go(`${web}${personPath(platform, person)}?q=secret`);
    await go(`${web}/nowhere/${person}`);
    const { status, text } = await own.ask("/metrics");
    expect(status).toBe(200);
    expect(text).toMatch(
      /duration_seconds_count\{part="web",method="GET",route="\/people\/:person",status="200"\} 1/,
    );
    expect(text).toMatch(
      /duration_seconds_count\{part="web",method="GET",route="other",status="404"\} 1/,
    );
    expect(text).not.toMatch(new RegExp(`${person}|secret|${loginName}|nowhere|計測`));
    expect(text).toMatch(/madoguchi_database_pool\{state="size",part="web"\} 8/);
    expect(text).toMatch(/nodejs_eventloop_lag_p99_seconds\{part="web"\}/);
    expect(text).toMatch(/madoguchi_database_up\{part="web"\} 1/);
  });

  test("は、待つ仕事の数と、最も古いものが待つ時間を言う", async () => {
    await admin`insert into pgboss.job (name, data, start_after, created_on)
      select 'feed.review', '{"taskId":"00000000-0000-0000-0000-000000000000"}', at, at
        from unnest(array[now() - interval '90 seconds', now() - interval '5 seconds', now() + interval '1 hour']) at`;
    const figures = await queueFigures(platform.database.sql);
    const review = figures.filter(({ queue }) => queue === "feed.review");
    expect(review.find(({ state }) => state === "waiting")).toMatchObject({ count: 2 });
    expect(review.find(({ state }) => state === "later")).toMatchObject({ count: 1, waits: 0 });
    const { text } = await own.ask("/metrics");
    expect(text).toMatch(/madoguchi_jobs\{queue="feed.review",state="waiting",part="web"\} 2/);
    const [, seconds] =
      /madoguchi_jobs_oldest_seconds\{queue="feed.review",part="web"\} (\S+)/.exec(text) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(90);
    await admin`delete from pgboss.job where name = 'feed.review'`;
    expect((await own.ask("/metrics")).text).not.toContain('queue="feed.review"');
  });

  test("は、データベースへ行き着けなくても、自分のことを言う", async () => {
    const { status, text } = await away.ask("/metrics");
    expect(status).toBe(200);
    expect(text).toMatch(/madoguchi_database_up\{part="web"\} 0/);
    expect(text).toContain("process_cpu_seconds_total");
  });

  test("とともに、言われた所だけで待ち受ける", () => {
    const read = (value: string) => monitoringAddress({ MADOGUCHI_MONITORING: value });
    expect(read("")).toBeUndefined();
    expect(read("9464")).toEqual({ host: "127.0.0.1", port: 9464 });
    expect(read("10.0.0.5:9464")).toEqual({ host: "10.0.0.5", port: 9464 });
    expect(read("[::1]:9464")).toEqual({ host: "::1", port: 9464 });
    for (const wrong of ["abc", "70000", "host:", "1:2:x"])
      expect(() => read(wrong), wrong).toThrow("MADOGUCHI_MONITORING の値");
  });
});
