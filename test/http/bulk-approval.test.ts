import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { copyProposals } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, toApproval, step, view } = counterOf(city);
const app = openTestApp(city);
const path = "/child-medical/decisions";
const supervisor = await app.visitor("supervisor1");

/** Goes on as the page does by itself, until nothing is left of the phase. */
async function goOn(bulk: string): Promise<string> {
  for (;;) {
    const answer = await supervisor.post(`${bulk}/go`);
    expect(answer.status).toBe(303);
    const { text } = await supervisor.get(bulk);
    if (!text.includes('id="bulk-progress"')) return text;
  }
}

const begin = async (caseIds: readonly string[]) => {
  const answer = await supervisor.post(path, {
    kind: "child-medical/application",
    subject: "grant",
    case: caseIds as never,
  });
  return answer.headers.location ?? "";
};
const paperIn = (text: string) => /name="paper" value="([^"]+)"/.exec(text)?.[1] ?? "";
/** The lines of a panel, without their markup. */
const linesOf = (html: string, panel: string) =>
  [
    ...(html.split(`aria-label="${panel}`)[1]?.split("</section>")[0] ?? "").matchAll(
      /<tr>(.*?)<\/tr>/g,
    ),
  ].map(([, row = ""]) => row.replaceAll(/<[^>]+>/g, " "));

test("選んだものを調べ、確かめてから、一件ずつの手続きとして決裁し、一件ずつの結果を示す", async () => {
  const cases = [];
  for (let n = 0; n < 4; n++) cases.push(await toApproval(await family()));
  const hidden = await toApproval(await family({ protection: { from: "2026-04-01" } }));
  const list = await supervisor.get(path);
  expect(list.text).toContain("申請・認定");
  expect([...list.text.matchAll(/name="case" value="/g)]).toHaveLength(4);
  const bulk = await begin([...cases, hidden].map(({ caseId }) => caseId));
  const ready = await goOn(bulk);
  expect(ready).toContain("認定 4件");
  expect(ready).toContain("を4通作成します");
  expect(linesOf(ready, "個別に確かめるもの 1件").join()).toContain("支援措置の方がいます。");
  const unseen = await supervisor.post(`${bulk}/confirm`, { paper: paperIn(ready) });
  expect(unseen.status).toBe(422);

  // Meanwhile another person sends one back.
  const [sentBack] = cases;
  if (!sentBack) throw new Error("no case");
  await step("supervisor2", "remand", sentBack);
  await supervisor.post(`${bulk}/confirm`, { paper: paperIn(ready), seen: "yes" });
  const done = await goOn(bulk);
  expect(linesOf(done, "決裁できなかったもの 1件").join()).toMatch(
    /ほかの職員が先に進めました.*決裁 二子: 差し戻す/,
  );
  expect(linesOf(done, "決裁したもの 3件")).toHaveLength(4);
  for (const { caseId } of cases.slice(1))
    expect((await view(caseId)).found.state).toBe("certified");
  expect((await view(hidden.caseId)).found.state).toBe("approval");
  const records = await city.admin`
    select detail from audit.record where action = 'case.approve'`;
  expect(records.length).toBe(3);
});

test("起案した人や入力した人、決裁の権限のない人は、一括でも決裁できない", async () => {
  const waiting = await toApproval(await family());
  const clerk = await app.visitor("clerk2");
  expect((await clerk.get(path)).status).toBe(403);
  expect((await clerk.post(path, { case: waiting.caseId })).status).toBe(403);
  const other = await app.visitor("supervisor2");
  const bulk = await begin([waiting.caseId]);
  expect((await other.get(bulk)).status).toBe(404);
  expect((await other.post(`${bulk}/go`)).status).toBe(404);
});

test("途中で画面を閉じた一括決裁は、一覧から続けられ、終わればそこに出ない", async () => {
  const waiting = await toApproval(await family());
  const bulk = await begin([waiting.caseId]);
  const ready = await goOn(bulk);
  await supervisor.post(`${bulk}/confirm`, { paper: paperIn(ready), seen: "yes" });
  expect((await supervisor.get(path)).text).toContain(`href="${bulk}"`);
  const other = await app.visitor("supervisor2");
  expect((await other.get(path)).text).not.toContain(bulk);
  await goOn(bulk);
  expect((await supervisor.get(path)).text).not.toContain(`href="${bulk}"`);
});

test("帳票の設定が見本を見た後に変われば、一件も決裁されない", async () => {
  const waiting = await toApproval(await family());
  const bulk = await begin([waiting.caseId]);
  await goOn(bulk);
  const answer = await supervisor.post(`${bulk}/confirm`, {
    paper: "child-medical/x v9 7",
    seen: "yes",
  });
  expect(answer.status).toBe(409);
  expect((await view(waiting.caseId)).found.state).toBe("approval");
});

test("200件でも短い要求をつないで終わり、1件が決裁できず1件が先に進んでいても、残りはすべて決裁される", async () => {
  const first = await toApproval(await family());
  const made = await copyProposals(city, first.caseId, 199);
  const all = [first.caseId, ...made];
  const bulk = await begin(all);
  const ready = await goOn(bulk);
  expect(ready).toContain("認定 200件");

  // Meanwhile one child turns out to have moved away the day after birth: the calculation grants nothing any more.
  const [refused = "", conflicting = ""] = made;
  await city.admin`update vault.person set resident_to = '2026-05-11', to_reason = 'move-out'
    where person_number = (select person_number from cases.case where id = ${refused})`;
  await step("supervisor2", "remand", { caseId: conflicting, revision: first.revision });
  await supervisor.post(`${bulk}/confirm`, { paper: paperIn(ready), seen: "yes" });
  const done = await goOn(bulk);
  const undone = linesOf(done, "決裁できなかったもの 2件").slice(1);
  expect(undone.find((line) => line.includes("決裁できません"))).toContain(
    "今の基準では認定できません",
  );
  expect(undone.find((line) => line.includes("ほかの職員が先に"))).toContain("決裁 二子");
  expect(linesOf(done, "決裁したもの 198件")).toHaveLength(199);
  const [counted] = await city.admin`
    select count(*) filter (where state = 'certified')::integer as certified,
           count(*) filter (where state = 'approval')::integer as approval
      from cases.case where id = any(${all}::uuid[])`;
  expect(counted).toEqual({ certified: 198, approval: 1 });
  const [audited] = await city.admin`
    select count(distinct detail ->> 'case')::integer as cases from audit.record r
     where action = 'case.approve' and detail ->> 'case' in (select number from cases.case where id = any(${all}::uuid[]))`;
  expect(audited?.cases).toBe(198);
}, 600_000);
