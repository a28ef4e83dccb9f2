import { beforeEach, describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { type Answer, openDirectory } from "#test/support/directory.ts";
import { fieldOf, walker } from "#test/support/walker.ts";

const city = await openTestPlatform();
const origin = await openTestApp(city, []).listen();
const directory = await openDirectory({ origin });
const settings = {
  issuer: directory.issuer,
  clientId: "madoguchi",
  clientSecret: "secret-of-the-directory",
  claim: "preferred_username",
  secondFactor: ["mfa"],
};

beforeEach(() => {
  city.platform.origin = origin;
  city.platform.directory = settings;
});

/** Goes to the directory and along wherever it sends the browser, up to the page of ours. */
async function comeBack(go: ReturnType<typeof walker>, answer: Answer, back = "/help") {
  directory.tell(answer);
  let page = await go(`${origin}/sign-in/directory?${new URLSearchParams({ back })}`);
  let at = directory.issuer;
  for (let n = 0; n < 8 && page.status === 303; n++) {
    at = new URL(page.location, at).href;
    page = await go(at);
  }
  return { ...page, at };
}

describe("市の認証基盤でのサインイン", () => {
  test("は、認証基盤が二つ目の要素を尋ねていなければ、確認コードを求める", async () => {
    const go = walker();
    expect((await go(`${origin}/sign-in`)).text).toContain("市の認証基盤でサインイン");
    const page = await comeBack(go, { login: "clerk1" });
    expect(page.text).toContain("確認コードの入力");
    const ticket = fieldOf(page.text, "ticket");
    // What the directory did not ask for is not passed by.
    const skipped = await go(`${origin}/sign-in/directory/finish`, { ticket, back: "/help" });
    expect(skipped.status).toBe(422);
    const code = city.credentials("clerk1").code();
    const done = await go(`${origin}/sign-in/code`, { ticket, code, back: "/help" });
    expect([done.status, done.location]).toEqual([303, "/help"]);
    expect((await go(`${origin}/help`)).status).toBe(200);
  });

  test("は、認証基盤が二つ目の要素も尋ねていれば、ボタン一つで済み、その札は一度しか使えない", async () => {
    const go = walker();
    const page = await comeBack(go, { login: "clerk2", amr: ["pwd", "mfa"] });
    expect(page.text).toContain("本人を確認しました");
    const sent = { ticket: fieldOf(page.text, "ticket"), back: fieldOf(page.text, "back") };
    const done = await go(`${origin}/sign-in/directory/finish`, sent);
    expect([done.status, done.location]).toEqual([303, "/help"]);
    expect((await go(`${origin}/help`)).text).toContain("窓口 二郎");
    const stranger = walker();
    await stranger(`${origin}/sign-in`);
    expect((await stranger(`${origin}/sign-in/directory/finish`, sent)).status).toBe(422);
  });

  test("は、登録のない、または停止された職員では断られ、記録に残る", async () => {
    await city.admin`update access.staff set status = 'disabled' where login_name = 'clerk3'`;
    for (const login of ["somebody-else", "clerk3", "system"]) {
      const page = await comeBack(walker(), { login, amr: ["mfa"] });
      expect(page.status, login).toBe(422);
      expect(page.text, login).toContain("登録されていないか、利用を停止されています");
    }
    const [row] = await city.admin`select count(*)::int as n from audit.record
      where action = 'sign-in.failed' and detail->>'why' = 'directory'`;
    expect(row?.n).toBe(3);
  });

  test("は、途中でやめても、よそで作った返事でも、同じ返事の二度目でも、始まらない", async () => {
    const cancelled = await comeBack(walker(), { login: "clerk1", cancels: true });
    expect(cancelled.text).toContain("行われませんでした");
    const made = await walker()(`${origin}/sign-in/directory/return?code=x&state=y`);
    expect(made.text).toContain("時間が過ぎました");
    const again = await comeBack(walker(), { login: "clerk1", amr: ["mfa"] });
    expect((await walker()(again.at)).text).toContain("時間が過ぎました");
  });

  test("は、始めたブラウザーでだけ続けられる", async () => {
    directory.tell({ login: "clerk1", amr: ["mfa"] });
    const go = walker();
    let at = `${origin}/sign-in/directory`;
    do at = new URL((await go(at)).location, at).href;
    while (!at.startsWith(`${origin}/sign-in/directory/return`));
    const another = walker();
    await another(`${origin}/sign-in`);
    expect((await another(at)).text).toContain("時間が過ぎました");
    expect((await go(at)).text).toContain("本人を確認しました");
  });

  test("は、認証基盤の署名が確かめられなければ、始まらない", async () => {
    const page = await comeBack(walker(), { login: "clerk1", amr: ["mfa"], signsFalsely: true });
    expect(page.status).toBe(422);
    expect(page.text).toContain("行われませんでした");
    expect(page.text).not.toContain('name="ticket"');
  });

  test("で求められても、よその住所には戻らない", async () => {
    const page = await comeBack(walker(), { login: "clerk1", amr: ["mfa"] }, "//evil.example/");
    expect(fieldOf(page.text, "back")).toBe("/");
  });

  test("から、認証基盤のサインアウトへも行ける", async () => {
    const go = walker();
    expect((await go(`${origin}/sign-in?why=left`)).text).toContain("認証基盤からもサインアウト");
    const away = await go(`${origin}/sign-in/directory/sign-out`);
    expect(away.location.startsWith(`${directory.issuer}/session/end`)).toBe(true);
  });
});

test("設定がなければ、ボタンも住所もない", async () => {
  city.platform.directory = undefined;
  const go = walker();
  expect((await go(`${origin}/sign-in`)).text).not.toContain("認証基盤");
  expect((await go(`${origin}/sign-in/directory`)).status).toBe(404);
});

test("認証基盤につながらなければ、そう言い、パスワードでのサインインが残る", async () => {
  city.platform.directory = { ...settings, issuer: "http://127.0.0.1:9" };
  const page = await walker()(`${origin}/sign-in/directory`);
  expect(page.status).toBe(422);
  expect(page.text).toContain("市の認証基盤につながりません");
  expect(page.text).toContain('name="password"');
});
