import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, open, step, toIssued } = counterOf(city);
const app = openTestApp(city);
const list = "/child-medical/cases";

const numbersOf = (html: string) =>
  [...html.matchAll(/<a href="\/child-medical\/cases\/[\w-]{36}">(R8-\d{6})/g)].map(
    ([, number]) => number,
  );
/** Titles of the tabs with their counts. */
const tabsOf = (html: string) =>
  [...html.matchAll(/<a href="[^"]*"[^>]*>([^<]+)<span class="count">(\d+)<\/span><\/a>/g)].map(
    ([, title, count]) => `${title} ${count}`,
  );

test("申請がなければ、ないと分かる", async () => {
  const { text } = await (await app.visitor("clerk1")).get(list);
  expect(text).toContain("該当する申請・届出はありません。");
  expect(tabsOf(text)).toEqual(["手続き中 0", "終わったもの 0", "すべて 0"]);
});

test("500件の申請は状態ごとに数えられ、50件ずつ、古い順に、一度だけ並ぶ", async () => {
  const received = await open("clerk1", await family());
  await copyCase(city.admin, received.id, 499);
  await toIssued(await family());
  const withdrawn = await open("clerk1", await family());
  await step("clerk1", "withdraw", { caseId: withdrawn.id, revision: 1 });
  const clerk = await app.visitor("clerk1");
  const first = await clerk.get(list);
  expect(tabsOf(first.text)).toEqual([
    "手続き中 500",
    "申請受付 500",
    "終わったもの 2",
    "すべて 502",
  ]);
  expect(first.text).toContain("1 / 10 ページ");
  const seen = [];
  for (let page = 1; page <= 10; page++)
    seen.push(...numbersOf((await clerk.get(`${list}?state=open&page=${page}`)).text));
  expect(seen).toHaveLength(500);
  expect(new Set(seen).size).toBe(500);
  expect(numbersOf((await clerk.get(`${list}?page=99`)).text)).toEqual(seen.slice(450));
  expect(numbersOf((await clerk.get(`${list}?state=ended`)).text)).toHaveLength(2);
});

test("種別で絞れば、件数もその種別のものになる", async () => {
  const issued = await toIssued(await family());
  const clerk = await app.visitor("clerk1");
  await clerk.post(`${list}/${issued.caseId}/changes`, {
    subject: "mailing",
    occursOn: "R8.12.1",
    key: "mailing",
  });
  const all = await clerk.get(list);
  expect(tabsOf(all.text)).toContain("申請受付・届出受付 501");
  const reports = await clerk.get(`${list}?kind=child-medical%2Fchange`);
  expect(tabsOf(reports.text)).toEqual(["手続き中 1", "届出受付 1", "終わったもの 0", "すべて 1"]);
  expect(numbersOf(reports.text)).toHaveLength(1);
});

test("区で絞る欄は、どの区の申請も見る職員にだけ出る", async () => {
  expect((await (await app.visitor("supervisor1")).get(list)).text).toContain('name="office"');
  expect((await (await app.visitor("east1")).get(list)).text).not.toContain('name="office"');
});

test("日付はどの書き方でも絞り込め、条件は番地に残り、誤りは欄に示される", async () => {
  const clerk = await app.visitor("clerk1");
  const sent = await clerk.post(`${list}/filter`, {
    from: "令和8年11月1日",
    to: "R8.11.5",
    assigned: "nobody",
  });
  expect(sent.headers.location).toBe(`${list}?assigned=nobody&from=2026-11-01&to=2026-11-05`);
  const { text } = await clerk.get(sent.headers.location ?? "");
  const days = [...text.matchAll(/<td class="nowrap">R8\.(\d+)\.(\d+)<\/td>/g)].map(
    ([, month, day]) => `${month}-${Number(day)}`,
  );
  expect(days.length).toBeGreaterThan(10);
  expect(days.every((day) => /^11-[1-5]$/.test(day))).toBe(true);
  const wrong = await clerk.post(`${list}/filter`, { from: "きのう" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('id="field-from-error"');
  expect(wrong.text).toContain('value="きのう"');
});

test("見出しを押せば並びが変わり、もう一度押せば逆になる", async () => {
  const clerk = await app.visitor("clerk1");
  const usual = numbersOf((await clerk.get(`${list}?state=all`)).text);
  const { text } = await clerk.get(`${list}?state=all&sort=number&descending=yes`);
  const numbers = numbersOf(text);
  expect(numbers).toEqual(numbers.toSorted().reverse());
  expect(numbers).not.toEqual(usual);
  expect(text).toContain('aria-sort="descending"');
});

test("決裁者は選んだ申請をまとめて割り振れ、担当で絞れる。先に変わったものは、それと分かる", async () => {
  const supervisor = await app.visitor("supervisor1");
  const { text } = await supervisor.get(`${list}?state=received&sort=number`);
  const values = [...text.matchAll(/name="case" value="([^"]+)"/g)].map(([, value]) => value ?? "");
  const [first = "", second = ""] = values;
  const clerk = await app.visitor("clerk1");
  await clerk.post(`${list}/${first.trim()}/assignment`, { had: "", to: "me" });
  const to = await staffId("clerk2");
  const answer = await supervisor.post(`${list}/assign`, {
    case: [first, second] as never,
    to,
    "list-state": "received",
  });
  expect(answer.headers.location).toBe(`${list}?state=received`);
  const back = await supervisor.get(`${list}?state=received`);
  expect(back.text).toContain("1件の担当を変えました。1件は変えられませんでした");
  const after = await supervisor.get(`${list}?assigned=${to}`);
  expect(numbersOf(after.text)).toHaveLength(1);
  expect(numbersOf((await clerk.get(`${list}?assigned=me`)).text)).toHaveLength(1);
  const page = await clerk.get(`${list}/${second.trim()}`);
  expect(page.text).toContain("窓口 二郎から担当を引き継ぎます。");
  expect(page.text).not.toContain("担当を割り振る…");
});

const staffId = async (who: string) =>
  String((await city.admin`select id from access.staff where login_name = ${who}`)[0]?.id);
