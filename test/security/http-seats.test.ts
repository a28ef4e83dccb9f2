import supertest from "supertest";
import { describe, expect, test } from "vitest";
import { unlockSession } from "#src/platform/access/index.ts";
import { SessionEnded } from "#src/platform/work.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { admin } = city;
const { app, visitor, stranger } = openTestApp(city);

describe("端末", () => {
  test("の住所は、手前の機械が伝えたものだけを信じる", async () => {
    for (const header of [
      "203.0.113.9",
      "127.0.0.1, 203.0.113.9",
      "::ffff:203.0.113.9",
      "not-an-address",
      "127.0.0.1'--",
      "203.0.113.9, 127.0.0.1",
      " ",
    ]) {
      const { status, text } = await supertest(app).get("/sign-in").set("X-Forwarded-For", header);
      if (header.trim()) expect([header, status]).toEqual([header, expect.toBeOneOf([403, 422])]);
      expect(text).not.toContain("/src/");
    }
    for (const header of ["Forwarded", "X-Real-IP", "Client-IP"])
      expect((await supertest(app).get("/sign-in").set(header, "203.0.113.9")).status).toBe(200);
  });
});

describe("戻り先", () => {
  const evil = [
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/x\r\nSet-Cookie: x=1",
    "javascript:alert(1)",
    "/../..//evil.example",
    "/.//evil.example",
  ];
  test.each(evil)("%j を渡しても、よその画面へ移らない", async (back) => {
    const clerk = await visitor("clerk1");
    await clerk.get("/help");
    const { password } = city.credentials("clerk1");
    const { headers } = await clerk.post("/unlock", { back, password });
    const to = headers.location ?? headers["hx-redirect"] ?? "";
    expect(new URL(to, "http://ours.example").host).toBe("ours.example");
    expect(to).not.toMatch(/[\r\n\t\\]|^\/\//);
    expect(headers["set-cookie"] ?? []).not.toContain("x=1");
    const page = await stranger().get(`/sign-in?back=${encodeURIComponent(back)}`);
    const value = /name="back" value="([^"]*)"/.exec(page.text)?.[1] ?? "/";
    expect(new URL(value, "http://ours.example").host).toBe("ours.example");
  });

  test("Host や X-Forwarded-Host を偽っても、応答に現れない", async () => {
    const answer = await supertest(app)
      .get("/people")
      .set("Host", "evil.example")
      .set("X-Forwarded-Host", "evil.example");
    expect(answer.status).toBe(303);
    expect(JSON.stringify(answer.headers) + answer.text).not.toContain("evil.example");
  });
});

describe("クッキー", () => {
  test("を別の端末に持っていくと、その利用は終わり、記録に残る", async () => {
    await admin`insert into access.terminal (name, address) values ('別の端末', '192.0.2.7')`;
    const { sessionToken } = await city.actor("supervisor2");
    const at = (address: string) =>
      supertest(app)
        .get("/help")
        .set("Cookie", `madoguchi_session=${sessionToken}`)
        .set("X-Forwarded-For", address);
    expect((await at("127.0.0.1")).status).toBe(200);
    expect((await at("192.0.2.7")).headers.location).toMatch(/^\/sign-in/);
    expect((await at("127.0.0.1")).headers.location).toMatch(/^\/sign-in/);
    const [row] =
      await admin`select detail->>'why' as why from audit.record where action = 'sign-out' order by id desc limit 1`;
    expect(row?.why).toBe("used at another terminal");
  });

  test("だけでは、別の端末からロックを外せない", async () => {
    const { sessionToken } = await city.actor("scheme1");
    await expect(
      unlockSession(city.platform, sessionToken, {
        password: city.credentials("scheme1").password,
        address: "192.0.2.7",
      }),
    ).rejects.toBeInstanceOf(SessionEnded);
  });

  test("は、画面の中からもよその画面からも使えず、https では暗号化された通信だけで送られる", async () => {
    const { loginName, password, code } = city.credentials("supervisor1");
    await admin`update access.credential set last_totp_step = 0`;
    const secure = { "X-Forwarded-Proto": "https" };
    // From http of this host, or from another host of its domain; a browser takes no `__Host-` cookie from there.
    const planted = ["madoguchi_session=planted", "madoguchi_visit=planted"];
    const token = (text: string, name: string) =>
      new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? "";
    const first = await supertest(app)
      .get("/sign-in")
      .set(secure)
      .set("Cookie", planted.join("; "));
    const visit = String(first.headers["set-cookie"]).split(";")[0] ?? "";
    expect(visit).toMatch(/^__Host-madoguchi_visit=(?!planted)/);
    const cookies = [...planted, visit].join("; ");
    const second = await supertest(app)
      .post("/sign-in")
      .set(secure)
      .set("Cookie", cookies)
      .type("form")
      .send({ _csrf: token(first.text, "_csrf"), loginName, password });
    const done = await supertest(app)
      .post("/sign-in/code")
      .set(secure)
      .set("Cookie", cookies)
      .type("form")
      .send({
        _csrf: token(second.text, "_csrf"),
        ticket: token(second.text, "ticket"),
        code: code(),
      });
    expect(done.status).toBe(303);
    const [cookie = ""] = [done.headers["set-cookie"] ?? []]
      .flat()
      .filter((one) => one.startsWith("__Host-madoguchi_session="));
    expect(cookie).not.toContain("planted");
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/; Domain/i);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; Secure/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    // What was planted before does not become a session.
    const home = await supertest(app).get("/").set("Cookie", "madoguchi_session=planted");
    expect(home.headers.location).toMatch(/^\/sign-in/);
  });

  test("は、サインアウトで、画面が端末に置いたものとともに消える", async () => {
    const { headers } = await (await visitor("nobody")).post("/sign-out", {});
    expect(headers["clear-site-data"]).toBe('"storage"');
    expect(String(headers["set-cookie"])).toMatch(/madoguchi_session=;.*Expires=Thu, 01 Jan 1970/);
  });

  test("が壊れていても、落ちず、内部を見せない", async () => {
    for (const value of ["%", "%E0%A4%A", "a".repeat(6000), "%00", "';--", "{}", "=;=;"])
      for (const name of ["madoguchi_session", "madoguchi_visit", "madoguchi_message"])
        for (const path of ["/", "/sign-in", "/nowhere"]) {
          const { status, text } = await supertest(app).get(path).set("Cookie", `${name}=${value}`);
          expect(status, `${name}=${value} ${path}`).toBeLessThan(500);
          expect(text).not.toContain("/src/");
        }
  });
});
