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
  const { text } = await (await app.visitor("supervisor1")).get(`${list}?office=431010`);
  expect(text.includes('aria-label="区"')).toBe(true);
});
