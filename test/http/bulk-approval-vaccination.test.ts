import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedBenefits, reliefBenefitsOf } from "#test/support/relief-benefits.ts";
import { keyedDose, lettersOf } from "#test/support/request-letters.ts";
import "#src/programs/registry.ts";

const city = await openTestPlatform();
const letters = lettersOf(city);
const relief = reliefBenefitsOf(city);
const app = openTestApp(city);
const path = "/vaccination/decisions";
const supervisor = await app.visitor("supervisor1");
await letters.setUp();
const today = city.platform.clock.today();

/** A refund of one dose and a relief of 医療費, each proposed by clerk2. */
async function proposed() {
  const { child, father } = await letters.family();
  await letters.payments.account(father);
  const given = {
    lines: [{ vaccine: "hepb", dose: 1, plannedOn: "2026-12-10" }],
    applicantNumber: father as never,
  };
  const letter = await letters.issue(await letters.granted(child, given as never));
  await letters.step("clerk1", "send", letter, { input: { how: "applicant" } });
  const claim = await letters.claimed(child, [keyedDose({ givenOn: today, paidOn: today })]);
  const refund = await letters.step("clerk2", "propose", claim);
  const { person, at } = await relief.recognised(["medical-cost", "medical-allowance"]);
  const keyed = await relief.step("clerk1", "enterBenefits", at, { input: keyedBenefits(person) });
  return { refund, relief: await relief.step("clerk2", "propose", keyed) };
}

async function goOn(bulk: string): Promise<string> {
  for (;;) {
    const answer = await supervisor.post(`${bulk}/go`);
    expect(answer.status).toBe(303);
    const { status, text } = await supervisor.get(bulk);
    expect(status).toBe(200);
    if (!text.includes('id="bulk-progress"')) return text;
  }
}
const stateOf = async ({ caseId }: { caseId: string }) => {
  const [row] = await city.admin<{ state: string }[]>`
    select state from cases.case where id = ${caseId}`;
  return row?.state;
};

test("払戻しと健康被害救済の支給は、一括決裁に出て、まとめて決裁できる", async () => {
  const at = await proposed();
  const home = await supervisor.get("/vaccination/cases");
  expect(home.text).toMatch(/一括決裁.{0,200}2/s);
  for (const [kind, { caseId }, number] of [
    ["vaccination/refund", at.refund, "払戻し"],
    ["vaccination/relief", at.relief, "健康被害救済"],
  ] as const) {
    const list = await supervisor.get(`${path}?sort=${encodeURIComponent(`${kind} payment`)}`);
    expect(list.status).toBe(200);
    expect(list.text, number).toContain(`name="case" value="${caseId}"`);
    const begun = await supervisor.post(path, { kind, subject: "payment", case: caseId });
    expect(begun.status).toBe(303);
    const bulk = begun.headers.location ?? "";
    const ready = await goOn(bulk);
    expect(ready, number).toContain("支給 1件");
    // Whatever may be looked at before it is decided opens.
    const shown = [...ready.matchAll(/href="(\/vaccination\/cases\/[^"]+)"/g)].map(([, to]) => to);
    expect(shown.length, number).toBeGreaterThan(0);
    for (const to of shown) expect((await supervisor.get(to ?? "")).status, to).toBe(200);
    const paper = /name="paper" value="([^"]+)"/.exec(ready)?.[1] ?? "";
    await supervisor.post(`${bulk}/confirm`, { paper, seen: "yes" });
    expect(await goOn(bulk)).toContain("決裁したもの 1件");
  }
  expect(await stateOf(at.refund)).toBe("paid");
  expect(await stateOf(at.relief)).toBe("granted");
  expect((await supervisor.get(path)).text).toContain("あなたの決裁を待っているものはありません。");
});

test("依頼書の交付と不支給は、一括決裁に選べず、一件ずつの決裁へ導かれる", async () => {
  const { child } = await letters.family();
  const letter = await letters.proposed(child);
  const refusal = await relief.step("clerk2", "proposeRefusal", await relief.denied());
  for (const [sort, { caseId }] of [
    ["vaccination/request-letter letter", letter],
    ["vaccination/relief refusal", refusal],
  ] as const) {
    const list = await supervisor.get(`${path}?sort=${encodeURIComponent(sort)}`);
    expect(list.status).toBe(200);
    expect(list.text, sort).toContain("一件ずつ決裁してください。");
    expect(list.text, sort).not.toContain('name="case"');
    expect(list.text, sort).toContain(`/vaccination/cases/${caseId}/decision`);
    expect((await supervisor.get(`/vaccination/cases/${caseId}/decision`)).status).toBe(200);
    const [kind, subject = ""] = sort.split(" ");
    const forged = await supervisor.post(path, { kind: kind ?? "", subject, case: caseId });
    expect(forged.status).toBe(403);
  }
});
