import { describe, expect, test } from "vitest";
import { openTestApp, type Visitor } from "#test/support/app.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

const city = await openTestPlatform();
const { stranger } = openTestApp(city, []);

async function signInAs(who: TestStaff, given?: string) {
  const visitor = stranger();
  const { loginName, password, code } = city.credentials(who);
  await visitor.get("/sign-in");
  const second = await visitor.post("/sign-in", { loginName, password });
  const ticket = /name="ticket" value="([^"]+)"/.exec(second.text)?.[1] ?? "";
  const done = await visitor.post("/sign-in/code", { ticket, code: given ?? code() });
  return { visitor, second, done };
}

describe("サインイン", () => {
  test("職員番号、パスワード、確認コードでホームに入る", async () => {
    const { visitor, done } = await signInAs("clerk1");
    expect(done.status).toBe(303);
    expect(done.headers["set-cookie"]?.[0]).toMatch(/HttpOnly; SameSite=Strict/);
    const home = await visitor.get("/");
    expect(home.status).toBe(200);
    expect(home.text).toContain("窓口 一子");
    expect(home.text).toContain("中央区役所");
  });

  test("どれが違うかは教えない", async () => {
    const visitor = stranger();
    await visitor.get("/sign-in");
    const unknown = await visitor.post("/sign-in", { loginName: "noone", password: "x" });
    const wrong = await visitor.post("/sign-in", { loginName: "clerk2", password: "x" });
    expect(unknown.status).toBe(422);
    const message = /role="alert".*?<\/div>/s;
    expect(message.exec(unknown.text)?.[0]).toBe(message.exec(wrong.text)?.[0]);
    expect(wrong.text).toContain('value="clerk2"');
  });

  test("サインインしていなければ、どの画面もサインインへ移り、元の画面に戻る", async () => {
    const visitor = stranger();
    const turned = await visitor.get("/people");
    expect(turned.status).toBe(303);
    expect(turned.headers.location).toBe("/sign-in?back=%2Fpeople");
    const away = await visitor.get("/sign-in?back=//evil.example/");
    expect(away.text).toContain('name="back" value="/"');
  });
});

test("前の人へのお知らせは、次の人の画面に出ない", async () => {
  const { visitor } = await signInAs("supervisor2");
  const { password } = city.credentials("supervisor2");
  await visitor.get("/account/password");
  const next = "Higo-2026-Ginnan";
  await visitor.post("/account/password", { present: password, next, again: next });
  expect((await visitor.get("/")).text).toContain("パスワードを変更しました");
  await visitor.post("/account/password", { present: next, again: next, next: `${next}-2` });
  await visitor.post("/account/password", { present: next, again: `${next}-2`, next: `${next}-2` });
  const left = await visitor.post("/sign-out");
  const after = await visitor.get(left.headers.location ?? "");
  expect(after.text).toContain("サインアウトしました");
  expect(after.text).not.toContain("パスワードを変更しました");
});

describe("利用の保護", () => {
  test("5回続けて間違えると、正しいパスワードでも入れない", async () => {
    const visitor = stranger();
    await visitor.get("/sign-in");
    for (let n = 0; n < 5; n++) {
      await visitor.post("/sign-in", { loginName: "scheme1", password: "wrong" });
    }
    const { loginName, password } = city.credentials("scheme1");
    const refused = await visitor.post("/sign-in", { loginName, password });
    expect(refused.text).toContain("一時的に使えません");
  });

  test("別の端末で利用中なら知らせ、続けると先の利用が終わる", async () => {
    const first = await signInAs("operator2");
    // A code counts once; the next one is not waited for here.
    await city.admin`update access.credential set last_totp_step = 0`;
    const second = await signInAs("operator2");
    expect(first.second.text).not.toContain("別の端末で利用中");
    expect(second.second.text).toContain("別の端末で利用中");
    expect((await second.visitor.get("/")).status).toBe(200);
    expect((await first.visitor.get("/")).headers.location).toMatch(/^\/sign-in/);
    const [row] = await city.admin`
      select count(*)::int as n from audit.record where action = 'sign-in.superseded'`;
    expect(row?.n).toBe(1);
  });

  test("使用済みの確認コードでは入れない", async () => {
    const code = city.credentials("number1").code();
    await signInAs("number1", code);
    const { done } = await signInAs("number1", code);
    expect(done.text).toContain("使用済み");
  });

  test("180日を過ぎたパスワードは、変えるまでほかの画面に進めない", async () => {
    const { visitor } = await signInAs("approver1");
    await city.admin`update access.credential set password_set_at = now() - interval '181 days'
      where staff_id = (select id from access.staff where login_name = 'approver1')`;
    expect((await visitor.get("/grants")).headers.location).toBe("/account/password");
    expect((await visitor.get("/account/password")).text).toContain("パスワードの変更が必要です");
  });

  test("15分操作がなければロックされる", async () => {
    const { visitor } = await signInAs("auditor1");
    await city.admin`update access.session set last_seen_at = now() - interval '16 minutes'
      where staff_id = (select id from access.staff where login_name = 'auditor1')`;
    const locked = await visitor.get("/audit");
    expect(locked.status).toBe(423);
    expect(locked.text).toContain('name="back" value="/audit"');
  });
});

describe("一度のサインインで使える時間", () => {
  test("を過ぎると、働いていても終わり、サインインの画面がそう言う。前もって残りが分かる", async () => {
    const visitor = await opened("number1");
    const startedAgo = (minutes: number) =>
      city.admin`update access.session set started_at = now() - make_interval(mins => ${minutes}), last_seen_at = now()
        where ended_at is null and staff_id = (select id from access.staff where login_name = 'number1')`;
    await startedAgo(12 * 60 - 10);
    const standing = JSON.parse((await visitor.get("/session")).text);
    expect(standing.state).toBe("open");
    expect(standing.life).toBeLessThanOrEqual(600);
    expect((await visitor.get("/help")).text).toContain('id="session-end"');
    await startedAgo(12 * 60 + 1);
    const turned = await visitor.get("/help");
    expect(turned.status).toBe(303);
    const page = await visitor.get(turned.headers.location ?? "");
    expect(page.text).toContain("サインインから長い時間がたった");
    expect(page.text).toContain('name="back" value="/help"');
    // It is not in use elsewhere then.
    const again = await opened("number1");
    expect((await again.get("/help")).status).toBe(200);
  });
});

describe("離席ロック", () => {
  test("ロック中は何も見えず、パスワードで同じ画面に戻る", async () => {
    const { visitor } = await signInAs("clerk2");
    await visitor.get("/help");
    const locked = await visitor.post("/lock", { back: "/help" });
    expect(locked.text).toContain("画面をロックしています");
    expect((await visitor.get("/help")).status).toBe(423);
    expect((await visitor.post("/unlock", { back: "/help", password: "x" })).status).toBe(422);
    const { password } = city.credentials("clerk2");
    const back = await visitor.post("/unlock", { back: "/help", password });
    expect(back.headers.location).toBe("/help");
    expect((await visitor.get("/help")).status).toBe(200);
  });

  test("は、1時間操作がなかった後は、確認コードも求める", async () => {
    const visitor = await opened("clerk2");
    await city.admin`update access.session set last_seen_at = now() - interval '61 minutes'
      where ended_at is null and staff_id = (select id from access.staff where login_name = 'clerk2')`;
    const { password, code } = city.credentials("clerk2");
    expect(JSON.parse((await visitor.get("/session")).text).code).toBe(true);
    expect((await visitor.get("/help")).text).toContain("パスワードと確認コードを入力");
    const alone = await visitor.post("/unlock", { back: "/help", password });
    expect(alone.status).toBe(422);
    expect(alone.text).toContain("確認コードも入力してください");
    const wrong = await visitor.post("/unlock", { back: "/help", password, code: "000000" });
    expect(wrong.text).toContain("確認コードが違います");
    const used = await visitor.post("/unlock", { back: "/help", password, code: code() });
    expect(used.text).toContain("使用済み");
    await city.admin`update access.credential set last_totp_step = 0`;
    const right = await visitor.post("/unlock", { back: "/help", password, code: code() });
    expect(right.headers.location).toBe("/help");
  });
});

describe("無操作", () => {
  const stoodIdle = (who: TestStaff, minutes: number) =>
    city.admin`update access.session set last_seen_at = now() - make_interval(mins => ${minutes})
      where ended_at is null and staff_id = (select id from access.staff where login_name = ${who})`;
  const standing = async (visitor: Visitor) => JSON.parse((await visitor.get("/session")).text);

  test("は画面を開く、送る、文字を打つことで終わり、画面が自分で尋ねることでは終わらない", async () => {
    const { visitor } = await signInAs("east1");
    const left = async (act: () => Promise<unknown>) => {
      await stoodIdle("east1", 10);
      await act();
      return (await standing(visitor)).seconds;
    };
    expect(await left(() => visitor.get("/help"))).toBeGreaterThan(800);
    expect(await left(() => visitor.post("/account/present"))).toBeGreaterThan(800);
    expect(await left(() => visitor.get("/session"))).toBeLessThan(301);
    expect(await left(() => visitor.post("/entry/date", { value: "R8.11.20" }))).toBeLessThan(301);
  });

  test("の長さは、その日の値による", async () => {
    const { visitor } = await signInAs("clerk3");
    await city.admin`insert into access.idle_limit values ('2026-01-01', 5)`;
    await stoodIdle("clerk3", 6);
    expect((await standing(visitor)).state).toBe("locked");
    await city.admin`delete from access.idle_limit where valid_from = '2026-01-01'`;
    expect((await standing(visitor)).state).toBe("open");
  });
});

test.each([
  ["credential reset", "設定し直した"],
  ["used at another terminal", "別の端末から使われた"],
  ["signed in elsewhere", "別の端末からサインインがあった"],
])("「%s」で終わった利用は、サインインの画面が理由を言う", async (why, words) => {
  const visitor = await opened("operator1");
  await city.admin`update access.session set ended_at = now(), end_reason = ${why} where ended_at is null and not is_system`;
  const turned = await visitor.get("/people");
  expect((await visitor.get(turned.headers.location ?? "")).text).toContain(words);
});

test.each([
  ["office_code = '431028'", "所属が変わった"],
  ["status = 'disabled'", "利用を停止"],
  ["valid_to = '2020-03-31'", "有効期限が過ぎました"],
])("止められた職員番号は、サインインの画面が理由を言う: %s", async (change, words) => {
  const visitor = await opened("scheme1");
  await city.admin.unsafe(`update access.staff set ${change} where login_name = 'scheme1'`);
  const turned = await visitor.get("/rules");
  expect((await visitor.get(turned.headers.location ?? "")).text).toContain(words);
  await city.admin`update access.staff set status = 'active', valid_to = null, office_code = null where login_name = 'scheme1'`;
});

/** Signed in, whatever codes were used and tries counted before. */
async function opened(who: TestStaff): Promise<Visitor> {
  await city.admin`update access.credential set last_totp_step = 0`;
  await city.admin`delete from access.failed_try`;
  return (await signInAs(who)).visitor;
}
