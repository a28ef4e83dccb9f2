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

const caseIdOf = async (number: string | undefined) =>
  (await city.admin`select id from cases.case where number = ${number ?? ""}`)[0]?.id;

/** Numbers of the cases in a panel of the home page, in their order. */
function numbersIn(html: string, panel: string): string[] {
  const [part = ""] =
    new RegExp(`<section class="panel"[^>]*aria-label="${panel}.*?</section>`, "s").exec(html) ??
    [];
  return [...part.matchAll(/<a href="\/child-medical\/cases\/[^"]+">[^<]*(R8-\d{6})/g)].flatMap(
    ([, number]) => number ?? [],
  );
}

test("窓口の申請が500件待っていても、決裁者のホームは自分の決裁待ちだけを示し、応援できるものは別に数える", async () => {
  const received = await open("clerk1", await family());
  await copyCase(city.admin, received.id, 499);
  const supervisor = await app.visitor("supervisor1");
  const { text } = await supervisor.get("/");
  expect(text).toContain("処理待ち 1件");
  expect(numbersIn(text, "処理待ち")).toEqual([decisionNumber]);
  expect(text).toContain("応援できるもの（ほかの職務の処理待ち） 500件");
  expect(text).toMatch(/<strong>決裁待ち<\/strong><span class="kind-count">1件/);
  expect(text).toMatch(/<strong>本人確認<\/strong><span class="kind-count">500件/);
  const support = await supervisor.get(
    `/?support-work=${encodeURIComponent("本人確認")}&support=25`,
  );
  expect(numbersIn(support.text, "応援できるもの")).toHaveLength(20);
});

test("処理の札を押せばその処理だけに、担当の札を押せば自分の担当か未定だけになる", async () => {
  const clerk = await app.visitor("clerk1");
  const [mine] = numbersIn((await clerk.get("/")).text, "処理待ち");
  const id = await caseIdOf(mine);
  await clerk.post(`/child-medical/cases/${id}/assignment`, { had: "", to: "me" });
  const own = await clerk.get("/?assigned=mine");
  expect(numbersIn(own.text, "処理待ち")).toEqual([mine]);
  expect(own.text).toContain('<td class="nowrap">窓口 一子</td>');
  const nobodys = await clerk.get(`/?work=${encodeURIComponent("本人確認")}&assigned=nobody`);
  expect(nobodys.text).toContain("1 / 25 ページ");
  expect(numbersIn(nobodys.text, "処理待ち")).not.toContain(mine);
});

test("行には氏名と年齢があり、一度に見た記録が残る。支援措置の方には印が付き、氏名は隠れる", async () => {
  const hidden = await family({
    name: { kanji: "隠木　守", kana: "カクレギ　マモル" },
    protection: { from: "2026-01-01" },
  });
  await open("clerk2", hidden, "2026-05-11");
  const clerk = await app.visitor("clerk2");
  const [before] = await city.admin`select coalesce(max(id), 0)::integer as id from audit.record`;
  const { text } = await clerk.get("/");
  const looks = await city.admin<{ person: string; at: Date }[]>`
    select person_number as person, at from audit.record where id > ${before?.id} and action = 'person.look'`;
  // A record for each person of the page, all of one look.
  expect(looks.map(({ person }) => person)).toContain(hidden);
  expect(new Set(looks.map(({ person }) => person)).size).toBe(looks.length);
  expect(new Set(looks.map(({ at }) => at.getTime())).size).toBe(1);
  expect(text).toContain("試験　花子");
  expect(text).toMatch(/（氏名は非表示）.*?支援措置/s);
  expect(text).not.toContain("隠木");
});

test("どのページにも20件ずつ並び、全部を繰れば一つずつ、一度だけ出る", async () => {
  const clerk = await app.visitor("clerk1");
  const seen: string[] = [];
  for (let page = 1; page <= 26; page++) {
    const { text } = await clerk.get(`/?page=${page}`);
    expect(text).toContain(`${page} / 26 ページ`);
    seen.push(...numbersIn(text, "処理待ち"));
  }
  expect(seen).toHaveLength(501);
  expect(new Set(seen).size).toBe(501);
  const beyond = await clerk.get("/?page=99");
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
    [...text.matchAll(/<td>(\d+番目の理由)<\/td>/g)].map(([, comment]) => comment),
  );
  expect(shown.toSorted()).toEqual(reasons.toSorted());
});

test("業務一覧を見る権限がなければ、件数も題名も出ない", async () => {
  const { text } = await (await app.visitor("nobody")).get("/");
  expect(text).toContain("処理待ち 0件");
  expect(text).not.toContain("R8-");
});

test("権限の承認を待つ申請は承認者のホームに出て、自分が申請したものと自分に対するものは出ない", async () => {
  const admin = await app.visitor("admin1");
  const [person] = await city.admin`select id from access.staff where login_name = 'nobody'`;
  await admin.post("/grants/new", {
    staff: String(person?.id),
    duty: "auditor",
    validFrom: "R8.11.20",
    validTo: "R9.3.31",
    reason: "監査のため",
  });
  expect((await admin.get("/")).text).toContain("送ったもの 1件");
  const approver = await app.visitor("approver1");
  const { text } = await approver.get("/");
  expect(text).toContain("処理待ち 1件");
  expect(text).toContain("権限の申請");
  expect(text).toContain('href="/grants"');
});
