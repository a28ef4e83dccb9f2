import { describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { stranger } = openTestApp(city, []);

async function signInAs(who: "clerk1" | "clerk2") {
  const visitor = stranger();
  const { loginName, password, code } = city.credentials(who);
  await visitor.get("/sign-in");
  const second = await visitor.post("/sign-in", { loginName, password });
  const ticket = /name="ticket" value="([^"]+)"/.exec(second.text)?.[1] ?? "";
  const done = await visitor.post("/sign-in/code", { ticket, code: code() });
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
});
