import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, open } = counterOf(city);
const app = openTestApp(city);
const path = "/child-medical/copies";
await open("clerk1", await family({ name: { kanji: "=式　一", kana: "シキ　ハジメ" } }));
await open(
  "clerk1",
  await family({
    name: { kanji: "隠木　守", kana: "カクレギ　マモル" },
    protection: { from: "2026-01-01" },
  }),
);
const clerk = await app.visitor("clerk1");
const supervisor = await app.visitor("supervisor1");
const reason = "窓口会議の資料（会議の後に裁断）";
const asked = { format: "csv", reason, "erase-by": "R8.11.30" };

test("理由のない写しは申請できず、理由は短すぎても通らない", async () => {
  const { status, text } = await clerk.post(`${path}/new`, { format: "csv", reason: "要" });
  expect(status).toBe(422);
  expect(text).toContain("5文字以上で入力してください。");
});

test("別の人が承認するまで受け取れず、受け取った人・件数・理由が記録に残る", async () => {
  await clerk.post(`${path}/new`, asked);
  expect((await clerk.post(`${path}/1/take`)).status).toBe(409);
  expect((await clerk.post(`${path}/1/decision`, { event: "approve" })).status).toBe(403);
  const home = await supervisor.get("/");
  expect(home.text).toContain("一覧の写しの承認");
  await supervisor.post(`${path}/1/decision`, { event: "approve" });
  expect((await supervisor.post(`${path}/1/take`)).status).toBe(403);
  expect((await clerk.get("/")).text).toContain("一覧の写しの受け取り");
  const csv = await clerk.post(`${path}/1/take`);
  expect(csv.headers["content-type"]).toContain("text/csv");
  expect(csv.text).toContain("'=式");
  expect(csv.text).toContain("（氏名は非表示）");
  expect(csv.text).toContain("支援措置");
  expect(csv.text).not.toContain("隠木");
  const [record] = await city.admin`
    select kind, reason, detail, staff_id from audit.record where action = 'list-copy.taken' and person_number is not null limit 1`;
  expect(record).toMatchObject({
    kind: "export",
    reason: "copy",
    detail: { copy: 1, lines: 2, why: { of: "こども医療費助成 写し 第1号" } },
  });
  const { text } = await clerk.get(path);
  expect(text).toContain("受取 1回");
  expect(text).toContain(reason);
  expect((await clerk.get("/")).text).not.toContain("一覧の写しの受け取り");
});

test("印刷する写しにも、支援措置の方の氏名は、見る権限のある人が受け取っても載らない", async () => {
  await supervisor.post(`${path}/new`, { ...asked, format: "print", state: "open" });
  expect((await supervisor.post(`${path}/2/decision`, { event: "approve" })).status).toBe(403);
  const other = await app.visitor("supervisor2");
  await other.post(`${path}/2/decision`, { event: "approve" });
  const printed = await supervisor.post(`${path}/2/take`);
  expect(printed.text).toContain("写し 第2号");
  expect(printed.text).toContain("支援措置");
  expect(printed.text).not.toContain("隠木");
  expect((await supervisor.get("/child-medical/cases")).text).toContain("隠木");
});

test("三日を過ぎれば受け取れず、却下されたものは受け取れない", async () => {
  await clerk.post(`${path}/new`, asked);
  await supervisor.post(`${path}/3/decision`, { event: "refuse" });
  expect((await clerk.post(`${path}/3/take`)).status).toBe(409);
  await clerk.post(`${path}/new`, asked);
  await supervisor.post(`${path}/4/decision`, { event: "approve" });
  await city.admin`update documents.list_copy set take_by = '2026-11-19' where id = 4`;
  const late = await clerk.post(`${path}/4/take`);
  expect(late.status).toBe(403);
  expect(late.text).toContain("受け取れる期限を過ぎました。");
});
