import { expect, test } from "vitest";
import { openTestApp } from "#test/support/app.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const clerk = await openTestApp(city).visitor("clerk1");
const hidden = (html: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

/** Sends the form of a page of the case as it stands, without leaving out what the page carries. */
async function send(caseId: string, page: string, fields: Record<string, string>) {
  const path = `/single-parent-medical/cases/${caseId}/${page}`;
  const { text } = await clerk.get(path);
  const carried = { revision: hidden(text, "revision"), key: hidden(text, "key") };
  return clerk.post(path, { ...carried, ...fields });
}

async function examined(): Promise<string> {
  const family = await counter.household();
  const application = householdApplication(family);
  return (await counter.toExamination(family.mother, application, [])).caseId;
}

const letter = {
  event: "inquire",
  subject: "tax",
  addressee: "見本市役所",
  postalCode: "860-0004",
  address: "見本市本町1-1",
};

test("照会の誤りは、すべてその欄に示され、入力は残る", async () => {
  const sent = await send(await examined(), "inquiry", {
    event: "inquire",
    address: "見本市本町1-1",
    until: "あした",
  });
  expect(sent.status).toBe(422);
  for (const field of ["subject", "addressee", "postalCode", "until"])
    expect(sent.text, field).toContain(`id="field-${field}-error"`);
  expect(sent.text).toContain('value="見本市本町1-1"');
});

test("過ぎた日や今日は回答期限にできず、その欄に理由が出て、照会は送られない", async () => {
  const caseId = await examined();
  for (const until of ["R8.11.1", "R8.11.20"]) {
    const sent = await send(caseId, "inquiry", { ...letter, until });
    expect(sent.status, until).toBe(422);
    expect(sent.text).toMatch(
      /id="field-until-error">\s*回答期限には、明日以後の日付を入力してください。/,
    );
    expect(sent.text).toContain('value="見本市役所"');
  }
  expect((await counter.view(caseId)).inquiries).toEqual([]);
  expect((await send(caseId, "inquiry", { ...letter, until: "R8.12.4" })).status).toBe(303);
});

test("所得の数でない入力はその欄に示され、権限のない職員には画面がない", async () => {
  const family = await counter.household();
  const { caseId } = await counter.toExamination(family.mother, householdApplication(family));
  const path = `/single-parent-medical/cases/${caseId}/income`;
  const { text } = await clerk.get(path);
  const sent = await send(caseId, "income", {
    "people.0.source": "keyed",
    "people.0.personNumber": hidden(text, "people.0.personNumber"),
    "people.0.items.salary": "百万",
  });
  expect(sent.status).toBe(422);
  expect(sent.text).toContain('id="field-people.0.items.salary-error"');
  expect((await (await openTestApp(city).visitor("nobody")).get(path)).status).toBe(403);
});

test("起案の後に住民記録が変わると、決裁の画面がそれを示し、差し戻して起案し直すまで決裁できない", async () => {
  const family = await counter.household();
  const at = await counter.toApproval(family.mother, householdApplication(family));
  await counter.registerAnew(family.children[0] ?? "", { birthDate: "2016-05-10" });
  const supervisor = await openTestApp(city).visitor("supervisor1");
  const page = await supervisor.get(`/single-parent-medical/cases/${at.caseId}/decision`);
  expect(page.text).toContain("起案の後に認定の内容が変わったため、決裁できません。");
  await expect(counter.step("supervisor1", "approve", at)).rejects.toMatchObject({
    status: 409,
    message: "起案の後に、認定の内容が変わりました。差し戻してください。",
  });
  let again = await counter.step("supervisor1", "remand", at);
  again = await counter.step("clerk2", "propose", again);
  again = await counter.step("clerk2", "requestDecision", again);
  const anew = await supervisor.get(`/single-parent-medical/cases/${at.caseId}/decision`);
  expect(anew.text).not.toContain("起案の後に認定の内容が変わったため");
  await counter.step("supervisor1", "approve", again);
  const { entitlements } = await counter.view(at.caseId);
  expect(new Set(entitlements.map(({ validTo }) => validTo))).toEqual(new Set(["2035-03-31"]));
});
