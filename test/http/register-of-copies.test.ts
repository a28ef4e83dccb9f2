import { beforeAll, describe, expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { makePersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const app = openTestApp(city);
const [auditor, privacy, supervisor, other] = [
  await app.visitor("auditor1"),
  await app.visitor("privacy1"),
  await app.visitor("supervisor1"),
  await app.visitor("supervisor2"),
];
const path = "/audit/copies";
const reason = "外部監査人に渡す（監査の後に返却）";
const asked = { of: "log", format: "csv", reason, "erase-by": "R8.11.30" };

describe("アクセス記録の写し", () => {
  test("は、絞り込んだ条件のまま申請し、個人情報保護担当が承認して初めて受け取れる", async () => {
    await supervisor.get("/child-medical/cases");
    const [{ id = 0 } = {}] = await city.admin<
      { id: number }[]
    >`select id from access.staff where login_name = 'supervisor1'`;
    await auditor.post("/audit", { staff: String(id), kind: "sign-in" });
    const form = await auditor.get(`${path}/new`);
    expect(form.text).toContain("（supervisor1）・サインイン");
    expect(form.text).toContain(`name="staff" value="${id}"`);
    const wrong = await auditor.post(`${path}/new`, { ...asked, "erase-by": "" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("今日から1年以内の日付を入力してください。");
    await auditor.post(`${path}/new`, { ...asked, staff: String(id), kind: "sign-in" });
    expect((await auditor.post(`${path}/1/take`)).status).toBe(409);
    expect((await auditor.post(`${path}/1/decision`, { event: "approve" })).status).toBe(403);
    expect((await supervisor.get(path)).status).toBe(403);
    expect((await privacy.get("/")).text).toContain("一覧の写しの承認");
    expect((await privacy.get(path)).text).toContain(reason);
    await privacy.post(`${path}/1/decision`, { event: "approve" });
    const csv = await auditor.post(`${path}/1/take`);
    expect(csv.headers["content-type"]).toContain("text/csv");
    expect(csv.headers["content-disposition"]).toContain("audit-access-log-1.csv");
    const lines = csv.text.trim().split("\r\n").join("\n").split("\n");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines.slice(1)) expect(line).toContain("サインイン");
    const [record] = await city.admin`
      select kind, detail from audit.record where action = 'list-copy.taken'`;
    expect(record).toMatchObject({
      kind: "export",
      detail: { copy: 1, lines: lines.length - 1 },
    });
  });

  test("は、廃棄を入力するまで、受け取った人のホームに期限とともに残る", async () => {
    const home = await auditor.get("/");
    expect(home.text).toContain("写しの廃棄");
    expect(home.text).not.toContain("一覧の写しの受け取り");
    expect((await privacy.post(`${path}/1/confirm`)).status).toBe(403);
    await auditor.post(`${path}/1/erase`);
    expect((await auditor.get("/")).text).not.toContain("写しの廃棄");
    expect((await auditor.post(`${path}/1/take`)).status).toBe(409);
  });

  test("は、一人について申請すると、その人の記録にも残る", async () => {
    const wrong = await auditor.post(`${path}/new`, { ...asked, person: "1000000000" });
    expect(wrong.status).toBe(422);
    const person = makePersonNumber(1);
    await auditor.post("/audit", { person });
    await auditor.post(`${path}/new`, { ...asked, format: "print", person });
    await privacy.post(`${path}/2/decision`, { event: "approve" });
    const printed = await auditor.post(`${path}/2/take`);
    expect(printed.text).toContain(`宛名番号 ${person}`);
    expect(printed.text).toContain("写し 第2号");
    const [record] = await city.admin`
      select items from audit.record where action = 'list-copy.taken' and person_number = ${person}`;
    expect(record).toEqual({ items: ["access-log"] });
  });

  test("は、期限を過ぎると、承認する人が廃棄を確認して締める", async () => {
    await city.admin`update documents.list_copy set erase_by = '2026-11-19' where id = 2`;
    expect((await privacy.get("/")).text).toContain("写しの廃棄の確認");
    await privacy.post(`${path}/2/confirm`);
    const [row] = await city.admin`select erased_by from documents.list_copy where id = 2`;
    expect(row?.erased_by).not.toBeNull();
    expect((await privacy.get("/")).text).not.toContain("写しの廃棄の確認");
  });
});

describe("複製・外部への提出の記録", () => {
  beforeAll(async () => {
    await supervisor.post("/child-medical/copies/new", {
      format: "csv",
      reason: "会議の資料として使う",
      "erase-by": "R8.12.10",
      state: "open",
    });
    await other.post("/child-medical/copies/3/decision", { event: "refuse" });
  });

  test("には、すべての事務とアクセス記録の写しが、申請・承認・受取・廃棄とともに並ぶ", async () => {
    for (const reader of [auditor, privacy]) {
      const { text } = await reader.get("/copies");
      for (const words of [
        "記録 3件",
        reason,
        "会議の資料として使う",
        "こども医療費助成",
        "廃棄済",
      ])
        expect(text).toContain(words);
    }
    expect((await supervisor.get("/copies")).status).toBe(403);
  });

  test("は、事務・状態・申請日で絞り込め、そのまま印刷用に開ける", async () => {
    const sent = await auditor.post("/copies", { program: "child-medical", standing: "refused" });
    expect(sent.headers.location).toBe("/copies?program=child-medical&standing=refused");
    const { text } = await auditor.get(sent.headers.location ?? "");
    expect(text).toContain("記録 1件");
    expect(text).not.toContain(reason);
    const print = await auditor.get("/copies/print?standing=erased&from=2026-11-20");
    expect(print.text).toContain("廃棄済・2026-11-20から");
    expect(print.text).toContain("2件");
    expect((await auditor.get("/copies?to=2026-11-19")).text).toContain("記録 0件");
    const wrong = await auditor.post("/copies", { from: "いつか" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("日付として読めません。");
  });
});
