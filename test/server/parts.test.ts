import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { smallCity } from "#test/db/feeds/support.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { quickly } from "#test/support/started.ts";
import { fieldOf, walker } from "#test/support/walker.ts";

// `npm run web` and `npm run worker`: pages and background in processes apart, which share the database and the keys alone.

const city = await openTestPlatform();
const { admin } = city;
const started = new Set<ChildProcess>();
const go = walker();
let web: string;
let said = "";

/** A process of one part, without the supervisor that would start it again; what it says when it is ready. */
async function start(part: "web" | "worker"): Promise<{ child: ChildProcess; ready: string }> {
  const child = spawn(process.execPath, [...quickly, "src/serve.ts", part], {
    env: {
      ...process.env,
      DATABASE_URL: city.applicationUrl,
      MADOGUCHI_DATA: city.platform.dataFolder,
      PORT: "0",
    },
  });
  started.add(child);
  const ready = await new Promise<string>((resolve, reject) => {
    let own = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said += chunk;
        own += chunk;
        const line = /まどぐち: .*/.exec(own)?.[0];
        if (line) resolve(line);
      });
    child.once("exit", () => reject(new Error(`the process ended: ${own}`)));
  });
  return { child, ready };
}

beforeAll(async () => {
  // As if nothing had looked at the clock for two years: what comes once a day is due once.
  await admin`with times as (update pgboss.schedule set created_on = now() - interval '2 years')
    update pgboss.version set cron_on = now() - interval '2 years'`;
  const { ready } = await start("web");
  web = `http://127.0.0.1:${/:(\d+)$/.exec(ready)?.[1]}`;
  const { loginName, password, code } = city.credentials("operator1");
  await go(`${web}/sign-in`);
  const second = await go(`${web}/sign-in`, { loginName, password });
  await go(`${web}/sign-in/code`, { ticket: fieldOf(second.text, "ticket"), code: code() });
}, 240_000);

afterAll(async () => {
  for (const child of started)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
});

/** Sends the residents of a city through the page; the job that it asks for. */
async function send(population: number, name: string): Promise<string> {
  const { residents } = await smallCity(population);
  await go(`${web}/feeds`);
  const file = new File([await readFile(residents.path)], name);
  const { location } = await go(`${web}/feeds`, {}, file);
  expect(location).toMatch(/^\/feeds\/[0-9a-f-]{36}$/);
  return location.slice("/feeds/".length);
}

const taskOf = async (subject: string) => {
  const [row] = await admin<{ attempts: number; finished: boolean; error: string | null }[]>`
    select attempts, finished_at is not null as finished, error from jobs.task where subject_id = ${subject}`;
  return row;
};
const stateOf = async (subject: string) =>
  (await admin<{ state: string }[]>`select state from feeds.import where id = ${subject}`)[0]
    ?.state;

let left: ChildProcess;

test("画面のプロセスだけで受けた仕事を、後から始めた裏のプロセス二つのうち一つが、一度だけ行う", {
  timeout: 240_000,
}, async ({ onTestFailed }) => {
  onTestFailed(() => console.error(said));
  const subject = await send(40, "residents-20261120-full-0001.csv");
  expect(await taskOf(subject)).toEqual({ attempts: 0, finished: false, error: null });
  expect(await admin`select from pgboss.job where state = 'active'`).toHaveLength(0);

  const workers = await Promise.all([start("worker"), start("worker")]);
  left = workers[0].child;
  await expect.poll(() => taskOf(subject), { timeout: 60_000 }).toMatchObject({ finished: true });
  expect(await taskOf(subject)).toEqual({ attempts: 1, finished: true, error: null });
  expect(await stateOf(subject)).not.toBe("reviewing");
  // What is due by the clock was filed once and begun once, in one of them.
  const daily = ["audit.verify", "oversight.analyse", "provision.erase-old"];
  const done = () =>
    admin`select name, state, retry_count as again from pgboss.job where name in ${admin(daily)} order by name`;
  await expect
    .poll(done, { timeout: 90_000 })
    .toEqual(daily.map((name) => ({ name, state: "completed", again: 0 })));
  workers[1].child.kill("SIGTERM");
  expect(await once(workers[1].child, "exit")).toEqual([0, null]);
});

test("裏のプロセスが kill -9 されたら、別のプロセスがその仕事を引き継いで終える", {
  timeout: 240_000,
}, async ({ onTestFailed }) => {
  onTestFailed(() => console.error(said));
  const subject = await send(6_000, "residents-20261121-full-0002.csv");
  await expect
    .poll(() => taskOf(subject), { timeout: 60_000, interval: 10 })
    .toMatchObject({ attempts: 1 });
  left.kill("SIGKILL");
  await once(left, "exit");
  expect(await taskOf(subject)).toMatchObject({ finished: false });
  await start("worker");
  await expect.poll(() => taskOf(subject), { timeout: 120_000 }).toMatchObject({ finished: true });
  expect(await taskOf(subject)).toEqual({ attempts: 2, finished: true, error: null });
  expect(await stateOf(subject)).not.toBe("reviewing");
  expect((await go(`${web}/feeds/${subject}`)).status).toBe(200);
});
