import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, open, step, toApproval, view } = counterOf(city);
const app = openTestApp(city);
const decision = await toApproval(await family());
const decisionNumber = (await view(decision.caseId)).found.number;

/** Numbers of the cases in a panel of the home page, in their order. */
function numbersIn(html: string, panel: string): string[] {
  const [part = ""] =
    new RegExp(`<section class="panel"[^>]*aria-label="${panel}.*?</section>`, "s").exec(html) ??
    [];
  return [...part.matchAll(/<a href="\/child-medical\/cases\/[^"]+">[^<]*(R8-\d{6})/g)].flatMap(
    ([, number]) => number ?? [],
  );
}

test("申請が500件待っていても、決裁待ちの1件は決裁者のホームで見つかる", async () => {
  const received = await open("clerk1", await family());
  await copyCase(city.admin, received.id, 499);
  const supervisor = await app.visitor("supervisor1");
  const { text } = await supervisor.get("/");
  expect(text).toContain("処理待ち 501件");
  expect(text).toMatch(/<strong>決裁待ち<\/strong><span class="kind-count">1件/);
  expect(text).toMatch(/<strong>本人確認<\/strong><span class="kind-count">500件/);
  const narrowed = await supervisor.get(`/?work=${encodeURIComponent("決裁待ち")}`);
  expect(numbersIn(narrowed.text, "処理待ち")).toEqual([decisionNumber]);
  expect(narrowed.text).toContain("処理待ち 501件");
});

test("どのページにも20件ずつ並び、全部を繰れば一つずつ、一度だけ出る", async () => {
  const supervisor = await app.visitor("supervisor1");
  const seen: string[] = [];
  for (let page = 1; page <= 26; page++) {
    const { text } = await supervisor.get(`/?page=${page}`);
    expect(text).toContain(`${page} / 26 ページ`);
    seen.push(...numbersIn(text, "処理待ち"));
  }
  expect(seen).toHaveLength(501);
  expect(new Set(seen).size).toBe(501);
  const beyond = await supervisor.get("/?page=99");
  expect(numbersIn(beyond.text, "処理待ち")).toEqual(seen.slice(500));
});

test("自分の出番でない申請は処理待ちに出ず、送ったものに数えられる", async () => {
  await copyCase(city.admin, decision.caseId, 44);
  const clerk = await app.visitor("clerk2");
  const { text } = await clerk.get("/");
  expect(text).toContain("送ったもの 45件");
  expect(numbersIn(text, "送ったもの")).toHaveLength(20);
  expect(numbersIn((await clerk.get("/?sent=3")).text, "送ったもの")).toHaveLength(5);
  expect(text).not.toContain("決裁待ち</strong>");
});

test("差し戻されたものは、それぞれの理由とともにページで繰れる", async () => {
  const reasons = Array.from({ length: 21 }, (_, n) => `${n + 1}番目の理由`);
  for (const comment of reasons)
    await step("supervisor1", "remand", await toApproval(await family()), { comment });
  const clerk = await app.visitor("clerk2");
  const [first, second] = [await clerk.get("/"), await clerk.get("/?returned=2")];
  expect(first.text).toContain("差戻し 21件");
  const shown = [first, second].flatMap(({ text }) =>
    [...text.matchAll(/<blockquote>([^<]*)<\/blockquote>/g)].map(([, comment]) => comment),
  );
  expect(shown.toSorted()).toEqual(reasons.toSorted());
});

test("業務一覧を見る権限がなければ、件数も題名も出ない", async () => {
  const { text } = await (await app.visitor("nobody")).get("/");
  expect(text).toContain("処理待ち 0件");
  expect(text).not.toContain("R8-");
});
