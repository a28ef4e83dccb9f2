import { fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
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
