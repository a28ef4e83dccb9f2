import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, toApproval } = counterOf(city);
const app = openTestApp(city);

test("経過の長い申請でも、画面は長くならず、前の経過はページをめくって見る", async () => {
  const at = await toApproval(await family());
  const url = `/child-medical/cases/${at.caseId}`;
  const clerk = await app.visitor("clerk1");
  const short = (await clerk.get(url)).text;
  await city.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`
      insert into cases.event (case_id, revision, type, act, from_state, to_state, staff_id, at, business_date, idempotency_key, detail)
      select e.case_id, e.revision + n, e.type, e.act, e.to_state, e.to_state, e.staff_id, e.at, e.business_date, 'long ' || n, '{}'
        from cases.event e, generate_series(1, 3000) n where e.case_id = ${at.caseId} and e.revision = ${at.revision}`;
  });
  const long = await clerk.get(url);
  expect(long.text.length).toBeLessThan(short.length * 1.5);
  expect(long.text).toContain("経過のページ");
  const last = await clerk.get(`${url}?history=61`);
  expect(last.text).toContain("61 / 61 ページ");
  expect(last.text).toContain("入力内容を確認する");
  expect((await clerk.get(`${url}?history=99`)).text).toContain("61 / 61 ページ");
});
