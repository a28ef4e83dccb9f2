import { request as rawRequest } from "node:http";
import supertest from "supertest";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { programs } from "#src/programs/registry.ts";
import { screenSets } from "#src/web/app.ts";
import { csrfTokenOf } from "#src/web/server/cookies.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

const city = await openTestPlatform();
const { admin } = city;
const { app, visitor, listen } = openTestApp(city);
const routes = screenSets(programs).flatMap((set) => set.routes);
const script = `"><script>alert(1)</script>`;

let caseId = "";
let documentId = "";
let run = "";
let importId = "";

beforeAll(async () => {
  const counter = counterOf(city);
  const issued = await counter.toIssued(await counter.family());
  caseId = issued.caseId;
  await counter.effects(caseId);
  const [paper] = await admin<{ id: string }[]>`select id from documents.document limit 1`;
  documentId = paper?.id ?? "";
  const mail = await mailingsOf(city);
  await mail.enter(oneYearOlds(3));
  run = (await mail.extracted()).id;
  const [made] = await admin<{ id: string }[]>`
    insert into feeds.import (kind, layout, file_name, sequence, extent, file_date, prepared_by)
    select 'residents', 'residents', 'x.csv', 1, 'full', '2026-11-20', id from access.staff where login_name = 'operator1' returning id`;
  importId = made?.id ?? "";
});

/** As the administrator of the database: where the duties of somebody hold. */
const hold = (who: TestStaff, where: { program: string | null; office: string | null }) =>
  admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update access.duty_grant set program = ${where.program}, office_code = ${where.office}
      where staff_id = (select id from access.staff where login_name = ${who})`;
  });

/** Addresses of real things, for every route that names one. */
const realPaths = () =>
  routes.flatMap((route) => {
    const path = route.path
      .replace(":caseId", caseId)
      .replace(":documentId", documentId)
      .replace(":run", run)
      .replace(":importId", importId)
      .replace(":paper", "certificate")
      .replace(":list", "new")
      .replace(":place", "1")
      .replace(":row", "1");
    return path.includes(":") || path === route.path ? [] : [{ method: route.method, path }];
  });

async function ask(method: "get" | "post", path: string, sessionToken: string) {
  const request = supertest(app)[method](path).set("Cookie", `madoguchi_session=${sessionToken}`);
  return method === "get"
    ? request
    : request.type("form").send({ _csrf: csrfTokenOf(sessionToken), revision: "1", step: "x" });
}

describe("他の区・他の事務のもの", () => {
  test("の住所を知っていても、開けず、動かせない", { timeout: 120_000 }, async () => {
    const paths = realPaths();
    expect(paths.length).toBeGreaterThan(25);
    const before =
      await admin`select (select sum(revision) from cases.case) as cases, (select sum(revision) from mailings.batch_run) as runs,
      (select sum(revision) from feeds.import) as imports, (select count(*) from documents.print) as prints`;
    for (const [who, where] of [
      ["clerk3", { program: null, office: "431028" }],
      ["supervisor2", { program: "long-term-care", office: null }],
      ["operator2", { program: "child-medical", office: null }],
    ] as const) {
      const { sessionToken } = await city.actor(who);
      await hold(who, where);
      for (const { method, path } of paths) {
        const { status, text } = await ask(method, path, sessionToken);
        expect(status, `${who} ${method} ${path}`).toBeOneOf([403, 404]);
        expect(text).not.toMatch(/試験　|シケン　|新町/);
      }
    }
    expect(
      await admin`select (select sum(revision) from cases.case) as cases, (select sum(revision) from mailings.batch_run) as runs,
      (select sum(revision) from feeds.import) as imports, (select count(*) from documents.print) as prints`,
    ).toEqual(before);
  });
});

describe("支援措置の前に発行した文書", () => {
  test("は、住所を見られない職員には開かない", async () => {
    const path = `/child-medical/documents/${documentId}/pdf`;
    expect((await (await visitor("clerk1")).get(path)).status).toBe(200);
    await admin`update vault.person set protected_from = '2026-11-01'
      where person_number = (select person_number from documents.document where id = ${documentId})`;
    expect((await (await visitor("clerk1")).get(path)).status).toBe(403);
    expect((await (await visitor("supervisor1")).get(path)).status).toBe(200);
    await admin`update vault.person set protected_from = null`;
  });
});

describe("壊れた送信", () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});

  test("は、どの画面でも断られ、内部の誤りにならない", { timeout: 120_000 }, async () => {
    // Locks the own session by the way.
    const { sessionToken: locked } = await city.actor("operator2");
    const csrf = csrfTokenOf(locked);
    const bodies: [string, string][] = [
      ["multipart/form-data", "no boundary"],
      ["multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name"],
      ["multipart/form-data; boundary=x", "--y\r\n\r\n--y--"],
      ["multipart/form-data; boundary=", "--\r\n"],
      ["application/json", '{"_csrf":"x"}'],
      ["application/x-www-form-urlencoded; charset=utf-99", "a=b"],
      ["application/x-www-form-urlencoded", "%E0%A4%A=%&&&===\0"],
      ["text/plain", "x"],
    ];
    for (const [type, body] of bodies)
      for (const path of ["/feeds", "/people", "/sign-in", "/lock", "/unlock"]) {
        const { status, text } = await supertest(app)
          .post(path)
          .set("Cookie", `madoguchi_session=${locked}`)
          .set("X-CSRF-Token", csrf)
          .set("Content-Type", type)
          .send(body);
        expect(status, `${path} ${type} ${body}`).toBeLessThan(500);
        expect(text).not.toContain("/src/");
      }
    const { sessionToken } = await city.actor("operator1");
    for (const path of [
      "/%E0%A4%A",
      "/people/%00",
      "/people/%E0%A4%A",
      "///evil.example/",
      "/assets/..%2f..%2fpackage.json",
      "/assets/%2e%2e/package.json",
      `/child-medical/documents/..%2f..%2fetc%2fpasswd/pdf`,
      "/feeds/__proto__",
      "/rules/constructor",
    ]) {
      const { status, text } = await supertest(app)
        .get(path)
        .set("Cookie", `madoguchi_session=${sessionToken}`);
      expect([path, status]).toEqual([path, expect.toBeOneOf([303, 403, 404, 422])]);
      expect(text).not.toMatch(/\/src\/|"dependencies"/);
    }
    expect(log).not.toHaveBeenCalled();
  });

  test("は、サインインしていない人からは、ファイルも長い入力も受け取らない", async () => {
    const file = await supertest(app)
      .post("/sign-in")
      .attach("file", Buffer.alloc(3_000_000), "x.bin");
    expect(file.status).toBe(403);
    // Nor from those who are, where no file belongs.
    const { sessionToken } = await city.actor("clerk1");
    const elsewhere = await supertest(app)
      .post("/people")
      .set("Cookie", `madoguchi_session=${sessionToken}`)
      .field("_csrf", csrfTokenOf(sessionToken))
      .attach("file", Buffer.alloc(3_000_000), "x.bin");
    expect(elsewhere.status).toBe(403);
    const long = await supertest(app)
      .post("/sign-in")
      .type("form")
      .send({ loginName: "x".repeat(100_000) });
    expect(long.status).toBe(413);
  });

  test("TRACE には、送られたものを返さない", async () => {
    for (const path of ["/", "/sign-in", "/assets/base.css"]) {
      const { status, text } = await supertest(app).trace(path).set("X-Sent", "sent-by-me");
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toContain("sent-by-me");
    }
  });

  test("は、途中で切れても、ほかの人の利用を止めない", async () => {
    const { port } = new URL(await listen());
    const { sessionToken } = await city.actor("operator1");
    for (let n = 0; n < 20; n++) {
      const cut = rawRequest({
        port,
        host: "127.0.0.1",
        method: "POST",
        path: "/feeds",
        headers: {
          "Content-Type": "multipart/form-data; boundary=x",
          "Content-Length": "1000000",
          Cookie: `madoguchi_session=${sessionToken}`,
        },
      });
      cut.on("error", () => {});
      cut.write("--x\r\n");
      setTimeout(() => cut.destroy(), 50);
    }
    expect((await (await visitor("clerk1")).get("/help")).status).toBe(200);
  });
});

describe("入力された文字", () => {
  test("は、どの一覧でも命令として働かない", async () => {
    await admin`update access.staff set display_name = ${script} where login_name = 'clerk2'`;
    await admin`update access.office set name = ${script} where code = '431036'`;
    await admin`update access.terminal set name = ${script} where address = '::1'`;
    await admin`update mailings.contractor set name = ${script}`;
    await admin`insert into audit.record (kind, action, purpose, reason, staff_id)
      select 'look', ${script}, ${script}, ${script}, id from access.staff where login_name = 'clerk2'`;
    const pages: [TestStaff, string[]][] = [
      ["admin1", ["/staff", "/staff/new", "/grants/new", "/terminals", "/vaccination/contractors"]],
      ["approver1", ["/grants"]],
      ["auditor1", ["/audit"]],
      ["clerk1", ["/", "/people", `/child-medical/cases/${caseId}`, "/child-medical/cases"]],
      [
        "operator1",
        [`/vaccination/mailings/${run}`, `/vaccination/mailings/${run}/items`, "/feeds"],
      ],
    ];
    for (const [who, paths] of pages)
      for (const path of paths) {
        const { status, text } = await (await visitor(who)).get(path);
        expect([path, status]).toEqual([path, 200]);
        expect(text, path).not.toContain("<script>alert");
      }
  });
});

describe("どの応答も", () => {
  test("端末に残らず、題名と住所に個人の情報を持たない", { timeout: 120_000 }, async () => {
    for (const who of ["clerk1", "supervisor1", "operator1"] as const) {
      const { sessionToken } = await city.actor(who);
      for (const { method, path } of realPaths()) {
        if (method === "post" || path.endsWith("/progress")) continue;
        const { headers, text, status } = await ask("get", path, sessionToken);
        expect(status, path).toBeLessThan(500);
        expect(headers["cache-control"], path).toMatch(/no-store/);
        expect(headers["x-content-type-options"], path).toBe("nosniff");
        const policy = headers["content-security-policy"];
        expect(policy, path).toMatch(/default-src 'none'.*frame-ancestors 'self'.*base-uri 'none'/);
        const shown = String(headers["content-disposition"]).startsWith("inline");
        expect(policy, path).toContain(`object-src ${shown ? "'self'" : "'none'"}`);
        expect(headers["strict-transport-security"], path).toBe(
          "max-age=31536000; includeSubDomains",
        );
        expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
        expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
        expect(headers["access-control-allow-origin"], path).toBeUndefined();
        if (String(headers["content-type"]).startsWith("text/"))
          expect(headers["content-type"], path).toContain("charset=utf-8");
        expect(String(headers["content-disposition"] ?? ""), path).not.toMatch(/[\r\n]|%E8%A9%A6/);
        expect(/<title>(.*?)<\/title>/.exec(text ?? "")?.[1] ?? "", path).not.toMatch(
          /試験|シケン|新町/,
        );
        for (const [, href = ""] of (text ?? "").matchAll(/(?:href|action|src)="([^"]*)"/g))
          expect(decodeURIComponent(href), path).not.toMatch(
            /試験|シケン|新町|(?<![\da-f])\d{10}(?![\da-f])(?!.*coupons)/,
          );
      }
    }
  });
});

describe("記録と作業用のファイル", () => {
  test("仕事の待ち行列と記録に、氏名も住所も番号も書かれない", async () => {
    const [row] = await admin<{ text: string }[]>`
      select string_agg(t, ' ') as text from (
        select to_jsonb(j)::text as t from pgboss.job j union all select to_jsonb(k)::text from jobs.task k
        union all select to_jsonb(r)::text from audit.record r union all select to_jsonb(e)::text from cases.event e
        union all select to_jsonb(b)::text from mailings.batch_run b union all select to_jsonb(i)::text from feeds.import i) x`;
    expect(row?.text).not.toMatch(/試験　|シケン　|新町|096-000-0000/);
    expect(row?.text).not.toMatch(/"1000000\d{5}"|\b1000000\d{5}\b/);
  });
});
