import fc from "fast-check";
import supertest from "supertest";
import { beforeAll, describe, expect, test } from "vitest";
import { duties, holds, type Right, rightTitles } from "#src/platform/access/index.ts";
import { programs } from "#src/programs/registry.ts";
import { screenSets } from "#src/web/app.ts";
import type { AnyRoute, Route } from "#src/web/route.ts";
import { csrfTokenOf } from "#src/web/server/cookies.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

const city = await openTestPlatform();
const { app, visitor, stranger } = openTestApp(city);
const sets = screenSets(programs);
const routes = sets.flatMap((set) => set.routes);
const guarded = routes.filter((route): route is Route => route.right in rightTitles);
const signedIn = routes.filter((route) => route.right !== "public");
const title = (route: AnyRoute) => `${route.method} ${route.path}`;
/** Numbers of things that there are not, and what is no number at all. */
const strange = ["99999999", "00000000-0000-4000-8000-000000000000", "x", "AAAAAAAAAAAAAAAAAAAAAA"];

/** Asks a route as somebody; a POST carries the token of the session unless told otherwise. */
async function ask(
  route: AnyRoute,
  sessionToken: string | undefined,
  { csrf = true, part = strange[0] ?? "" } = {},
) {
  const request = supertest(app)[route.method](route.path.replaceAll(/:\w+/g, part));
  if (sessionToken) request.set("Cookie", `madoguchi_session=${sessionToken}`);
  if (route.method === "get") return request;
  const _csrf = csrf && sessionToken ? csrfTokenOf(sessionToken) : "";
  return request.type("form").send({ _csrf });
}

describe("すべての画面と操作", () => {
  test("権限、監査の記号、目的が宣言されている", () => {
    for (const route of routes) {
      expect(route.right, title(route)).toMatch(/^(public|signed-in|[a-z-]+\.[a-z-]+)$/);
      expect(route.audit, title(route)).toMatch(/^(nothing-personal|[a-z-]+\.[a-z-]+)$/);
      if (route.right !== "public") expect(route.purpose, title(route)).toBeTruthy();
    }
    expect(new Set(routes.map(title)).size).toBe(routes.length);
  });

  test("記録を残さない画面と操作は、なぜ残さなくてよいかを書いている", () => {
    for (const route of routes) {
      if (route.audit === "nothing-personal")
        expect("because" in route && route.because, title(route)).toMatch(/\w+ \w+/);
    }
  });

  test("事務の画面は、その事務の権限を求める", () => {
    for (const program of programs) {
      for (const route of program.routes) {
        expect("program" in route && route.program, title(route)).toBe(program.id);
      }
    }
  });

  test("進み具合と入力の確かめは、職員の操作に数えない", () => {
    const asked = routes.filter(({ path }) => /\/progress$|^\/entry\/|^\/session$/.test(path));
    expect(asked.length).toBeGreaterThan(3);
    for (const route of asked) expect(route.askedByPage, title(route)).toBe(true);
  });

  test("メニューは実在する画面を、同じ権限で指す", () => {
    for (const set of sets) {
      for (const item of set.menu) {
        const route = routes.find(({ method, path }) => method === "get" && path === item.path);
        expect(route, item.path).toBeDefined();
        if (item.path !== "/") expect(route?.right, item.path).toBe(item.right);
      }
    }
  });

  test("サインインしていなければ開かない", async () => {
    for (const route of signedIn) {
      const { status, headers } = await ask(route, undefined);
      expect(status, title(route)).toBe(303);
      expect(headers.location, title(route)).toMatch(/^\/sign-in/);
    }
  });

  test("権限がなければ、必要な権限の名を示して断る", async () => {
    const { sessionToken } = await city.actor("nobody");
    for (const route of guarded) {
      const { status, text } = await ask(route, sessionToken);
      expect(status, title(route)).toBe(403);
      expect(text, title(route)).toContain(rightTitles[route.right]);
    }
  });

  test("送信の印（CSRF）がなければ断る", async () => {
    const { sessionToken } = await city.actor("clerk1");
    for (const route of routes.filter(({ method }) => method === "post")) {
      if (route.right !== "public" && route.right !== "signed-in") continue;
      const { status } = await ask(route, sessionToken, { csrf: false });
      expect(status, title(route)).toBe(403);
    }
  });

  test("権限のある人でも、送信の印がないか違えば、ファイルと一緒でも断る", async () => {
    const actor = await city.actor("clerk1");
    const held = guarded.filter(
      (route) => route.method === "post" && holds(actor, route.right, { program: route.program }),
    );
    expect(held.filter(({ takesFiles }) => takesFiles).length).toBeGreaterThan(1);
    for (const route of held)
      for (const given of [undefined, "", csrfTokenOf("another session")]) {
        const request = supertest(app)
          .post(route.path.replaceAll(/:\w+/g, strange[0] ?? ""))
          .set("Cookie", `madoguchi_session=${actor.sessionToken}`);
        if (route.takesFiles) request.attach("scan", Buffer.from("%PDF-"), "x.pdf");
        else request.type("form");
        const sent = given === undefined ? {} : { _csrf: given };
        const { status, text } = await (route.takesFiles
          ? request.field(sent)
          : request.send(sent));
        expect([title(route), status]).toEqual([title(route), 403]);
        expect(text, title(route)).toContain("画面が古くなっています");
      }
  });
});

test("メニューには、持っている権限の画面だけが並ぶ", async () => {
  const everyone: TestStaff[] = [
    "clerk1",
    "supervisor1",
    "operator1",
    "auditor1",
    "admin1",
    "approver1",
    "nobody",
  ];
  for (const who of everyone) {
    const actor = await city.actor(who);
    const { text } = await (await visitor(who)).get("/help");
    const menu = /<nav class="menu".*?<\/nav>/s.exec(text)?.[0] ?? "";
    const shown = [...menu.matchAll(/href="([^"]+)"/g)].map((match) => match[1]);
    const allowed = sets.flatMap((set) =>
      set.menu
        .filter((item) => holds(actor, item.right, { program: set.id }))
        .map((item) => item.path),
    );
    expect(shown, who).toEqual(allowed);
  }
});

test("登録されていない端末には何も見せない", async () => {
  const answer = await supertest(app).get("/sign-in").set("X-Forwarded-For", "203.0.113.9");
  expect(answer.status).toBe(403);
  expect(answer.text).toContain("この端末は登録されていません");
});

test("ない画面は404、どの応答にも厳しい保護の見出しが付く", async () => {
  const answer = await (await visitor("clerk1")).get("/nowhere");
  expect(answer.status).toBe(404);
  const policy = String(answer.headers["content-security-policy"]);
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(answer.headers["cache-control"]).toBe("no-store");
  expect((await stranger().get("/sign-in")).text).not.toMatch(/ style=|<style|<script>/);
});

describe("でたらめな権限", () => {
  const actorName = "clerk3";
  beforeAll(() => city.actor(actorName));

  test("どの組み合わせでも、権限のある画面だけが開く", { timeout: 300_000 }, async () => {
    const { sessionToken } = await city.actor(actorName);
    const some = fc.subarray(Object.keys(rightTitles) as Right[]);
    const asked = fc.subarray([...guarded], {
      minLength: Math.min(12, guarded.length),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(some, asked, fc.constantFrom(...strange), async (rights, wanted, part) => {
        await setRightsOfClerks(rights);
        for (const route of wanted) {
          const { status, text } = await ask(route, sessionToken, { part });
          expect(status, `${title(route)} ${part}`).not.toBe(500);
          if (!rights.includes(route.right)) {
            expect(status, title(route)).toBe(403);
            expect(text).toContain(rightTitles[route.right]);
          }
        }
      }),
      { numRuns: 25 },
    );
    await setRightsOfClerks([...duties.clerk.rights]);
  });
});

/** As the administrator of the database: what the duty of clerks holds. */
async function setRightsOfClerks(rights: readonly Right[]): Promise<void> {
  await city.admin.begin(async (sql) => {
    await sql`delete from access.duty_right where duty = 'clerk'`;
    await sql`insert into access.duty_right (duty, "right") select 'clerk', unnest(${rights}::text[])`;
  });
}
