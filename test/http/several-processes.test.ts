import { fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { personPath } from "#src/web/person-path.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { quickly } from "#test/support/started.ts";
import { fieldOf, walker } from "#test/support/walker.ts";

const city = await openTestPlatform();

/** A process of its own with the whole application; nothing is shared but the database and the keys. */
async function startProcess(): Promise<string> {
  const { applicationUrl, platform } = city;
  const child = fork(
    "test/support/serve-alone.ts",
    [applicationUrl, platform.dataFolder, platform.clock.today()],
    { execArgv: [...quickly] },
  );
  afterAll(() => void child.kill());
  const ended = once(child, "exit").then(() => {
    throw new Error("the process ended before it served");
  });
  const [port] = await Promise.race([once(child, "message"), ended]);
  return `http://127.0.0.1:${port}`;
}

const [one, two] = await Promise.all([startProcess(), startProcess()]);

test("一つのサーバーで始めたサインインを、別のサーバーで終え、どちらでも働ける", async () => {
  const go = walker();
  const { loginName, password, code } = city.credentials("clerk1");
  const start = await go(`${one}/sign-in?back=%2Fhelp`);
  const second = await go(`${one}/sign-in`, {
    loginName,
    password,
    back: fieldOf(start.text, "back"),
  });
  const ticket = fieldOf(second.text, "ticket");
  const wrong = await go(`${two}/sign-in/code`, { ticket, code: "000000", back: "/help" });
  expect(wrong.text).toContain("確認コード");
  const done = await go(`${two}/sign-in/code`, { ticket, code: code(), back: "/help" });
  expect([done.status, done.location]).toEqual([303, "/help"]);
  for (const address of [one, two]) expect((await go(`${address}/help`)).status).toBe(200);
  // The ticket is used up everywhere.
  const again = await walker()(`${one}/sign-in/code`, { ticket, code: code() });
  expect(again.status).toBe(403);
  await go(`${one}/lock`, { back: "/help" });
  expect((await go(`${two}/help`)).status).toBe(423);
});

test("一つのサーバーで探した条件や、開いた理由を、別のサーバーも知っており、データベースからは読めない", async () => {
  const name = { kanji: "両機　まさる", kana: "リョウキ　マサル" };
  const [person] = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(work, [{ record: invented({ name }) }, { record: invented({ name }) }]),
  );
  if (!person) throw new Error("nobody was entered");
  const go = walker();
  const { loginName, password, code } = city.credentials("clerk2");
  await go(`${one}/sign-in`);
  const second = await go(`${one}/sign-in`, { loginName, password });
  await go(`${one}/sign-in/code`, { ticket: fieldOf(second.text, "ticket"), code: code() });

  await go(`${one}/people`);
  expect((await go(`${one}/people`, { q: "りょうき まさる" })).location).toBe("/people/found");
  for (const address of [two, one])
    expect((await go(`${address}/people/found`)).text).toContain("両機　まさる");

  const path = personPath(city.platform, person);
  expect((await go(`${one}${path}`)).text).toContain("●●●●●");
  await go(`${one}${path}/open`, { reason: "identify" });
  for (const address of [two, one])
    expect((await go(`${address}${path}`)).text).not.toContain("●●●●●");

  const kept = await city.admin<{ sealed: Buffer }[]>`select sealed from access.session_memory`;
  expect(kept.length).toBeGreaterThanOrEqual(2);
  for (const { sealed } of kept) expect(sealed.toString()).not.toMatch(/まさる|identify|\d{10}/);
  // Nobody else's session finds it, and another one of the same person neither.
  const stranger = walker();
  const other = city.credentials("clerk3");
  await stranger(`${two}/sign-in`);
  const their = await stranger(`${two}/sign-in`, {
    loginName: other.loginName,
    password: other.password,
  });
  await stranger(`${two}/sign-in/code`, {
    ticket: fieldOf(their.text, "ticket"),
    code: other.code(),
  });
  expect((await stranger(`${two}/people/found`)).location).toBe("/people");
});
