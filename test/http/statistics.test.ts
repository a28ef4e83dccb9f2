import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, open, step, toApproval, toIssued } = counterOf(city);
const app = openTestApp(city);
const path = "/child-medical/statistics";
const list = "/child-medical/cases";
await copyCase(city.admin, (await open("clerk1", await family())).id, 20);
await toIssued(await family());
await toApproval(await family());
const withdrawn = await open("clerk1", await family());
await step(
  "clerk1",
  "withdraw",
  { caseId: withdrawn.id, revision: 1 },
  { comment: "重ねて申請していた" },
);
const clerk = await app.visitor("clerk1");

/** The rows of a table by its caption: texts of the cells. */
const rowsOf = (html: string, caption: string): string[][] => {
  const table = html.split("<table").find((part) => part.includes(`>${caption}</caption>`)) ?? "";
  return [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) =>
      cell.replace(/<[^>]+>/g, ""),
    ),
  );
};
const linkNamed = (html: string, name: string): string =>
  html.match(new RegExp(`<a href="([^"]+)" aria-label="${name}`))?.[1]?.replaceAll("&amp;", "&") ??
  "";
const countIn = (html: string) => Number(/申請・届出（すべて (\d+)件/.exec(html)?.[1]);

test("受付と処分は月別に数えられ、計があり、グラフと表が同じ数で、いつの数か分かる", async () => {
  const { text } = await clerk.get(path);
  const rows = rowsOf(text, "こども医療費助成 申請");
  expect(rows[0]).toEqual([
    "年月",
    "受付（件）",
    "認定（件）",
    "却下（件）",
    "取下げ（件）",
    "職権取消（件）",
    "所要日数の中央値（日）",
    "標準処理期間の超過（件）",
  ]);
  expect(rows).toHaveLength(14);
  expect(rows.at(-1)).toEqual(["期間の計", "24", "1", "0", "1", "0", "0", "0"]);
  expect(rows.find(([month]) => month === "令和8年4月")).toEqual([
    "令和8年4月",
    "0",
    "0",
    "0",
    "0",
    "0",
    "―",
    "0",
  ]);
  expect(text).toContain("令和8年度 月別");
  expect(text).toMatch(/2026\/11\/20 \d\d:\d\d 現在/);
  expect(text).toContain('role="img"');
  expect(text).toContain("のグラフ（単位 件）。同じ数が下の表にあります。");
});

test("数を押すと、その数だけの行が一覧に並ぶ", async () => {
  const { text } = await clerk.get(path);
  for (const [name, count] of [
    ["期間の計 受付", 24],
    ["期間の計 認定", 1],
    ["期間の計 取下げ", 1],
  ] as const) {
    const to = linkNamed(text, name);
    expect(to, name).toContain(list);
    expect(countIn((await clerk.get(to)).text), name).toBe(count);
  }
  const open = (await clerk.get(`${path}?sheet=open`)).text;
  const waiting = await clerk.get(linkNamed(open, "申請 申請受付 件数"));
  expect(waiting.text).toContain("申請受付 21件");
  const entitled = (await clerk.get(`${path}?sheet=entitled`)).text;
  expect(countIn((await clerk.get(linkNamed(entitled, "実人数 人数"))).text)).toBe(1);
});

test("標準処理期間を超えた決定が数えられ、その一覧に行ける", async () => {
  await city.admin`update cases.case set received_on = '2026-10-01' where id in (select case_id from entitlements.entitlement)`;
  const { text } = await clerk.get(path);
  const whole = rowsOf(text, "こども医療費助成 申請").at(-1);
  expect(whole?.slice(6)).toEqual(["50", "1"]);
  expect(countIn((await clerk.get(linkNamed(text, "期間の計 標準処理期間の超過"))).text)).toBe(1);
  expect((await clerk.get(`${list}?state=all&done=late&doneTo=2026-11-01`)).text).toContain(
    "該当する申請・届出はありません。",
  );
});

test("年度別にも、区を選んでも見られ、日付はどの書き方でもよい", async () => {
  const years = rowsOf((await clerk.get(`${path}?period=by-year`)).text, "こども医療費助成 申請");
  expect(years.map(([year]) => year)).toEqual([
    "年度",
    "令和4年度",
    "令和5年度",
    "令和6年度",
    "令和7年度",
    "令和8年度",
    "期間の計",
  ]);
  const chosen = await clerk.post(`${path}/choose`, {
    sheet: "entitled",
    on: "r81119",
    office: "431010",
  });
  expect(chosen.headers.location).toBe(`${path}?sheet=entitled&on=2026-11-19&office=431010`);
  const east = await (await app.visitor("east1")).get(path);
  expect(rowsOf(east.text, "こども医療費助成 申請").at(-1)?.[1]).toBe("0");
  expect(east.text).not.toContain('name="office"');
});

test("記録を見る権限のない人には、丸めた数だけが、一覧への道なしに示される", async () => {
  const { text } = await (await app.visitor("scheme1")).get(path);
  expect(rowsOf(text, "こども医療費助成 申請").at(-1)?.slice(0, 3)).toEqual([
    "期間の計",
    "20",
    "0",
  ]);
  expect(text).toContain("数は10の位に丸めてあります");
  expect(text).not.toContain(`href="${list}`);
  expect((await (await app.visitor("auditor1")).get(path)).status).toBe(403);
});

test("CSVは、ほかの職員が承認してから受け取れ、受け取りはアクセス記録に残る", async () => {
  const asked = await clerk.get(
    `/child-medical/copies/new?of=statistics&sheet=decisions&period=2026`,
  );
  expect(asked.text).toContain("統計（受付と処分）令和8年度 月別");
  await clerk.post("/child-medical/copies/new", {
    of: "statistics",
    sheet: "decisions",
    period: "2026",
    format: "csv",
    reason: "議会の資料（会議の後に廃棄）",
    "erase-by": "R8.12.10",
  });
  expect((await clerk.post("/child-medical/copies/1/take")).status).toBe(409);
  await (await app.visitor("supervisor1")).post("/child-medical/copies/1/decision", {
    event: "approve",
  });
  const csv = await clerk.post("/child-medical/copies/1/take");
  expect(csv.headers["content-type"]).toContain("text/csv");
  expect(csv.text).toContain("期間の計,24,1,0,1,0,50,1");
  expect(csv.text).toContain("令和8年度 月別");
  const records = await city.admin`
    select detail, items from audit.record where action = 'list-copy.taken'`;
  expect(records).toMatchObject([{ detail: { copy: 1 }, items: null }]);
});

test("予防接種の接種・接種券・一括発送も数えられる", async () => {
  await city.admin`insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
    select person_number, 'mr1', 1, '2026-10-05', 'paper', 1 from vault.person where birth_date = '2026-05-10'`;
  const operator = await app.visitor("operator1");
  const shots = await operator.get("/vaccination/statistics");
  const [, row] = rowsOf(shots.text, "年齢別");
  expect(row?.slice(0, 3)).toEqual(["麻しん風しん混合(MR) 1期", "4", "4"]);
  for (const sheet of ["coupons", "mailings"])
    expect((await operator.get(`/vaccination/statistics?sheet=${sheet}`)).status).toBe(200);
});
