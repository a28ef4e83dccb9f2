import { describe, expect, test, vi } from "vitest";
import { codeAt } from "#src/platform/access/index.ts";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { visitor, stranger } = openTestApp(city);
const staffId = async (loginName: string) =>
  (await city.admin`select id from access.staff where login_name = ${loginName}`)[0]?.id as number;

describe("職員と権限", () => {
  test("登録し、権限を申請し、別の人が承認し、最初のサインインでパスワードを変える", async () => {
    const administrator = await visitor("admin1");
    await administrator.get("/staff/new");
    const registered = await administrator.post("/staff/new", {
      loginName: "shinjin1",
      displayName: "新任 一子",
      kind: "employee",
      office: "431010",
    });
    const password = /<code>(.*?)<\/code>/.exec(registered.text)?.[1] ?? "";
    expect(password.length).toBeGreaterThan(12);
    expect(registered.text).toContain("data:image/svg+xml;base64,");
    const id = await staffId("shinjin1");
    await administrator.post("/grants/new", {
      staff: String(id),
      duty: "clerk",
      program: "child-medical",
      validFrom: "R8.11.20",
      validTo: "R9.3.31",
      reason: "4月異動の前倒し",
    });
    const approver = await visitor("approver1");
    const waiting = await approver.get("/grants");
    expect(waiting.text).toContain("新任 一子");
    const decision = /action="(\/grants\/\d+\/decision)"/.exec(waiting.text)?.[1] ?? "";
    await approver.post(decision, { event: "approve" });
    const again = await approver.post(decision, { event: "approve" });
    expect(again.status).toBe(409);

    const secret = await resetSecret(id);
    const newcomer = stranger();
    await newcomer.get("/sign-in");
    const second = await newcomer.post("/sign-in", {
      loginName: "shinjin1",
      password: secret.password,
    });
    const ticket = /name="ticket" value="([^"]+)"/.exec(second.text)?.[1] ?? "";
    await newcomer.post("/sign-in/code", { ticket, code: codeAt(secret.code) });
    expect((await newcomer.get("/")).headers.location).toBe("/account/password");
    await newcomer.get("/account/password");
    const weak = { present: secret.password, next: "short", again: "short" };
    expect((await newcomer.post("/account/password", weak)).status).toBe(422);
    const strong = {
      present: secret.password,
      next: "Higo-2026-Ginnan",
      again: "Higo-2026-Ginnan",
    };
    expect((await newcomer.post("/account/password", strong)).headers.location).toBe("/");
    const home = await newcomer.get("/");
    expect(home.text).toContain("新任 一子");
    expect(home.text).toContain("窓口担当");
  });

  test("申請した人や本人の画面では、承認は理由とともに止まり、送っても断られる", async () => {
    await city.admin`insert into access.duty_right (duty, "right") values ('administrator', 'grant.approve')`;
    const administrator = await visitor("admin1");
    await administrator.get("/grants/new");
    await administrator.post("/grants/new", {
      staff: String(await staffId("nobody")),
      duty: "clerk",
      validFrom: "R8.11.20",
      validTo: "R9.3.31",
      reason: "応援",
    });
    const own = "自分が申請した権限は、承認も却下もできません。";
    expect((await administrator.get("/grants")).text).toContain(own);
    const [row] = await city.admin`select id from access.duty_grant where reason = '応援'`;
    const path = `/grants/${row?.id}/decision`;
    const refused = await administrator.post(path, { event: "approve" });
    expect(refused.status).toBe(403);
    expect(refused.text).toContain(own);
    const approver = await visitor("approver1");
    await approver.get("/grants");
    // Where no button of the page was pressed, nothing is decided in its place.
    for (const unknown of [{}, { event: "withdraw" }])
      expect((await approver.post(path, unknown)).status).toBe(422);
    const [open] = await city.admin`select decision from access.duty_grant where id = ${row?.id}`;
    expect(open).toEqual({ decision: null });
    await approver.post(path, { event: "refuse" });
    const again = await approver.post(path, { event: "approve" });
    expect(again.status).toBe(409);
    expect(again.text).toContain("「却下」の段階では「承認する」はできません。");
    expect((await approver.post("/grants/999999/decision", { event: "refuse" })).status).toBe(404);
    await city.admin`delete from access.duty_right where duty = 'administrator' and "right" = 'grant.approve'`;
  });

  test("別の事務の権限しか承認できない人が承認しても、何も動かず、記録にも残らない", async () => {
    const administrator = await visitor("admin1");
    await administrator.get("/grants/new");
    await administrator.post("/grants/new", {
      staff: String(await staffId("nobody")),
      duty: "clerk",
      program: "vaccination",
      validFrom: "R8.11.20",
      validTo: "R9.3.31",
      reason: "接種券",
    });
    const [row] = await city.admin`select id from access.duty_grant where reason = '接種券'`;
    await approvesFor("child-medical");
    const approver = await visitor("approver1");
    await approver.get("/grants");
    const answered = await approver.post(`/grants/${row?.id}/decision`, { event: "approve" });
    expect(answered.status).toBe(409);
    const [after] = await city.admin`select decision,
      (select count(*)::int from audit.record where action = 'grant.approved' and detail->>'grant' = ${row?.id}::text) as records
      from access.duty_grant where id = ${row?.id}`;
    expect(after).toEqual({ decision: null, records: 0 });
    await approvesFor(null);
  });

  /** As the administrator of the database: for which 事務 the approver holds the right. */
  async function approvesFor(program: string | null) {
    const id = await staffId("approver1");
    await city.admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant set program = ${program} where staff_id = ${id}`;
    });
  }

  /** The administrator sets the sign-in anew, with the approval of another; the page shows password and code once. */
  async function resetSecret(id: number) {
    const administrator = await visitor("admin1");
    await administrator.get(`/staff/${id}`);
    await administrator.post(`/staff/${id}/reset`, { why: "lost" });
    const approver = await visitor("approver1");
    const listed = await approver.get("/credential-resets");
    const decision = /action="(\/credential-resets\/\d+\/decision)"/.exec(listed.text)?.[1] ?? "";
    await approver.post(decision, { event: "approve" });
    const page = await administrator.post(decision.replace("decision", "issue"));
    const svg = /base64,([^"]+)"/.exec(page.text)?.[1];
    expect(svg).toBeTruthy();
    const [row] =
      await city.admin`select totp_sealed from access.credential where staff_id = ${id}`;
    const { openCodeSecret } = await import("#src/platform/access/one-time-code.ts");
    return {
      password: /<code>(.*?)<\/code>/.exec(page.text)?.[1] ?? "",
      code: openCodeSecret(city.platform.keys, row?.totp_sealed),
    };
  }

  test("年度末を越える権限、理由のない権限は申請できず、入力は残る", async () => {
    const administrator = await visitor("admin1");
    const answer = await administrator.post("/grants/new", {
      staff: String(await staffId("clerk2")),
      duty: "supervisor",
      validFrom: "R8.11.20",
      validTo: "R9.4.1",
      reason: "",
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("権限は年度末までです");
    expect(answer.text).toContain("必要な理由を入力してください");
    expect(answer.text).toContain('value="R9.4.1"');
  });

  test("異動すると、権限と利用中の画面は直ちに終わる", async () => {
    const clerk = await visitor("clerk3");
    expect((await clerk.get("/people")).status).toBe(200);
    const administrator = await visitor("admin1");
    await administrator.post(`/staff/${await staffId("clerk3")}/move`, {
      had: "431028",
      office: "431010",
    });
    expect((await clerk.get("/people")).headers.location).toMatch(/^\/sign-in/);
    const [held] = await city.admin`
      select count(*)::int as n from access.duty_grant where decision = 'approved'
         and staff_id = ${await staffId("clerk3")}`;
    expect(held?.n).toBe(0);
  });

  test("自分自身の登録は変えられない", async () => {
    const administrator = await visitor("admin1");
    const id = await staffId("admin1");
    expect((await administrator.post(`/staff/${id}/move`, { office: "431010" })).status).toBe(403);
    expect((await administrator.get(`/staff/${id}`)).text).toContain(
      "自分自身の登録は変更できません",
    );
  });

  test("一覧はCSVでも取り出せ、式として働く文字は無害になる", async () => {
    await city.admin`update access.staff set display_name = '=1+1' where login_name = 'nobody'`;
    const csv = await (await visitor("admin1")).get("/staff/list.csv");
    expect(csv.headers["content-disposition"]).toContain("attachment");
    expect(csv.text).toContain("'=1+1");
  });
});

describe("端末", () => {
  test("登録した端末だけが使え、外すと使えなくなる", async () => {
    const administrator = await visitor("admin1");
    expect((await administrator.post("/terminals", { name: "x", address: "?" })).status).toBe(422);
    await administrator.post("/terminals", { name: "東区 1番", address: "203.0.113.5" });
    expect((await administrator.get("/terminals")).text).toContain("東区 1番");
    const [row] = await city.admin`select id from access.terminal where address = '203.0.113.5'`;
    await administrator.post(`/terminals/${row?.id}/removal`);
    const [state] = await city.admin`select access.terminal_registered('203.0.113.5') as known`;
    expect(state?.known).toBe(false);
  });
});

describe("アクセス記録", () => {
  test("職員・期間・種別で絞り込み、改ざんがないことを確かめられる", async () => {
    const auditor = await visitor("auditor1");
    await (await visitor("clerk1")).get("/people");
    await auditor.get("/audit");
    await auditor.post("/audit", {
      staff: String(await staffId("clerk1")),
      from: "2020-01-01",
      action: "search.opened",
    });
    const found = await auditor.get("/audit");
    expect(found.text).toContain("窓口 一子");
    expect(found.text).not.toContain("職員を登録した。");
    expect((await auditor.get("/audit/records.csv")).status).toBe(404);
    const path = "/audit/verification";
    const [first, second] = await Promise.all([auditor.post(path), auditor.post(path)]);
    expect([first?.headers.location, second?.headers.location]).toEqual([path, path]);
    await vi.waitFor(
      async () =>
        expect((await auditor.get(path)).text).toContain("すべての記録が書かれたとおりです。"),
      { timeout: 30_000, interval: 500 },
    );
    const atOnce = await city.admin`
      select from audit.verification a join audit.verification b
        on a.id < b.id and b.started_at < coalesce(a.finished_at, now())`;
    expect(atOnce).toHaveLength(0);
    await auditor.post("/audit", { person: "1000000000" });
    expect((await auditor.get("/audit")).status).toBe(422);
  });
});
