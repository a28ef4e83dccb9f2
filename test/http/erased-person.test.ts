import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const app = openTestApp(city);

test("記録が消去された方の申請は、画面にも一覧にも、消去されたことだけが残る", async () => {
  const child = await counter.family();
  const { caseId } = await counter.toExamination(child);
  await erasePerson(city, child);
  await city.admin`
    with run as (insert into keeping.erasure_run (as_of, searched_by) values ('2026-11-20', 1) returning id)
    insert into keeping.erasure_person (run_id, person_number, reason, ended_on, outcome) select id, ${child}, 'death', '2020-01-01', 'erased' from run`;
  const clerk = await app.visitor("clerk1");
  const url = `/child-medical/cases/${caseId}`;
  for (const path of [url, `${url}/entry`]) {
    const { status, text } = await clerk.get(path);
    expect([path, status]).toEqual([path, 404]);
    expect(text).not.toContain("undefined");
  }
  expect((await clerk.get(url)).text).toContain("保存期間を過ぎたため消去されています");
  for (const path of ["/child-medical/cases?state=all", "/"])
    expect([path, (await clerk.get(path)).status]).toEqual([path, 200]);
});
