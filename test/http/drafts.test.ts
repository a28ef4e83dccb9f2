import { describe, expect, test } from "vitest";
import { platformSchedule } from "#src/platform/scheduled.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { erasePerson } from "#test/support/erase-person.ts";
import { formOf } from "#test/support/form-of.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const app = openTestApp(city);

/** A case that waits to be entered, with its entry page. */
async function received() {
  const { caseId } = await counter.toExamination(await counter.family());
  return { caseId, url: `/child-medical/cases/${caseId}/entry` };
}

/** Somebody types into the page, and the draft is kept. */
async function typed(who: TestStaff, url: string, fields: Record<string, string>) {
  const visitor = await app.visitor(who);
  const sent = formOf((await visitor.get(url)).text, url);
  const kept = await visitor.post(`${url}/draft`, { ...sent, ...fields });
  expect(kept.status).toBe(200);
  return { visitor, kept };
}

const draftsOf = (caseId: string) =>
  city.admin<{ page: string }[]>`select page from vault.draft where case_id = ${caseId}`;

describe("下書き", () => {
  test("は、開いた人に時刻とともに示され、続きから入力でき、保存すると消える", async () => {
    const { caseId, url } = await received();
    const { visitor, kept } = await typed("clerk1", url, { "guardian.telephone": "096-777-7777" });
    expect(kept.text).toMatch(/^2026\/11\/20 \d\d:\d\d 下書きを保存しました。$/);
    const offer = await visitor.get(url);
    expect(offer.text).toContain("保存していない下書きがあります（2026/11/20");
    expect(offer.text).not.toContain("096-777-7777");
    expect(offer.text).not.toContain('name="guardian.telephone"');
    const goingOn = await visitor.get(`${url}?draft=open`);
    expect(goingOn.status).toBe(200);
    const form = formOf(goingOn.text, url);
    expect(form["guardian.telephone"]).toBe("096-777-7777");
    expect((await visitor.post(url, form)).status).toBe(303);
    expect(await draftsOf(caseId)).toEqual([]);
    expect((await counter.view(caseId)).entered?.guardian.telephone).toBe("096-777-7777");
    expect((await visitor.get(url)).text).not.toContain("下書きがあります");
  });

  test("は、破棄でき、ほかの職員には見えない", async () => {
    const { caseId, url } = await received();
    const { visitor } = await typed("clerk1", url, { "guardian.telephone": "096-777-7777" });
    const other = await app.visitor("clerk2");
    for (const path of [url, `${url}?draft=open`]) {
      const { text } = await other.get(path);
      expect(text).not.toContain("下書きがあります");
      expect(text).not.toContain("096-777-7777");
    }
    await visitor.post(`${url}/draft/discard`);
    expect(await draftsOf(caseId)).toEqual([]);
    expect((await visitor.get(url)).text).toContain('name="guardian.telephone"');
  });

  test("を保存した後に申請が進んでいれば、知らされ、保存するときに違いを選べる", async () => {
    const at = await counter.toExamination(await counter.family());
    const url = `/child-medical/cases/${at.caseId}/entry`;
    const { visitor } = await typed("clerk2", url, { "guardian.telephone": "096-777-7777" });
    const { guardian } = inventedApplication;
    await counter.step("clerk1", "enter", at, {
      input: { ...inventedApplication, guardian: { ...guardian, telephone: "096-222-2222" } },
    });
    for (const path of [url, `${url}?draft=open`]) {
      const { text } = await visitor.get(path);
      expect(text).toContain("下書きを保存した後に、この申請が進められました。");
      expect(text).toContain("窓口 一子");
    }
    const form = formOf((await visitor.get(`${url}?draft=open`)).text, url);
    const conflict = await visitor.post(url, form);
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain("ほかの職員の入力: 096-222-2222");
  });

  test("は、申請が終わると消え、終わった申請には残せない", async () => {
    const at = await counter.toExamination(await counter.family());
    const url = `/child-medical/cases/${at.caseId}/entry`;
    const { visitor } = await typed("clerk2", url, { "guardian.telephone": "096-777-7777" });
    await counter.step("clerk1", "withdraw", at, { comment: "申請者の申出による" });
    expect(await draftsOf(at.caseId)).toEqual([]);
    expect((await visitor.post(`${url}/draft`, { "guardian.telephone": "1" })).status).toBe(403);
  });

  test("は、保存日数が過ぎると消える", async () => {
    const { caseId, url } = await received();
    await typed("clerk1", url, { "guardian.telephone": "096-777-7777" });
    const job = platformSchedule.find(({ name }) => name === "intake.erase-drafts");
    await job?.run(city.platform, await city.system());
    expect(await draftsOf(caseId)).toHaveLength(1);
    await city.admin`update vault.draft set erase_after = '2026-11-19' where case_id = ${caseId}`;
    expect((await (await app.visitor("clerk1")).get(url)).text).not.toContain("下書きがあります");
    await job?.run(city.platform, await city.system());
    expect(await draftsOf(caseId)).toEqual([]);
    const erased = await city.admin`select detail from audit.record where action = 'drafts.erased'`;
    expect(erased).toHaveLength(1);
  });

  test("は、始めたこと、見たこと、消したことが、対象の方とともに記録される", async () => {
    const { caseId, url } = await received();
    const { visitor } = await typed("clerk1", url, { "guardian.telephone": "096-777-7777" });
    await visitor.post(`${url}/draft`, { "guardian.telephone": "096-777-7778" });
    await visitor.get(`${url}?draft=open`);
    await visitor.post(`${url}/draft/discard`);
    const found = await city.admin<{ action: string; told: boolean }[]>`
      select action, person_number is not null as told from audit.record
       where case_id = ${caseId} and action like 'draft.%' and kind <> 'event' order by id`;
    expect(found.map(({ action, told }) => `${action} ${told}`)).toEqual([
      "draft.kept true",
      "draft.look true",
      "draft.dropped true",
    ]);
  });

  test("は、平文ではどこにも置かれない", async () => {
    const { url } = await received();
    await typed("clerk1", url, { "guardian.name": "下書太郎左衛門" });
    const [found] = await city.admin<{ found: boolean }[]>`
      select coalesce(bool_or(position(convert_to('下書太郎左衛門', 'UTF8') in sealed) > 0), false) as found from vault.draft`;
    expect(found?.found).toBe(false);
  });

  test("に入れた住所は、支援措置が始まると、見る権限のない職員には開かれない", async () => {
    const child = await counter.family();
    const { caseId } = await counter.toExamination(child);
    const url = `/child-medical/cases/${caseId}/entry`;
    const { visitor } = await typed("clerk1", url, { "guardian.telephone": "096-777-7777" });
    await city.admin`update vault.person set protected_from = '2026-11-01' where person_number = ${child}`;
    for (const path of [url, `${url}?draft=open`]) {
      const { text } = await visitor.get(path);
      expect(text).not.toContain("下書きがあります");
      expect(text).not.toContain("新町");
    }
  });

  test("は、住民の記録が消去されると消える", async () => {
    const child = await counter.family();
    const { caseId } = await counter.toExamination(child);
    const url = `/child-medical/cases/${caseId}/entry`;
    await typed("clerk1", url, { "guardian.telephone": "096-777-7777" });
    await erasePerson(city, child);
    expect(await draftsOf(caseId)).toEqual([]);
  });
});
