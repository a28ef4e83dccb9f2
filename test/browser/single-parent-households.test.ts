import { expect, test } from "vitest";
import { textOfPages } from "#test/documents/render.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import { choose, press, save, seatsOf, step, type } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const terminals = await openTerminals(city);
const { address } = terminals;
const seat = seatsOf(terminals, "single-parent-households");
const urlOf = ({ caseId }: { caseId: string }) =>
  `${address}/single-parent-medical/cases/${caseId}`;

/** Where the invented households live, and where the mother has her letters sent. */
const home = "新町２丁目";
const elsewhere = {
  name: "試験　母子",
  postalCode: "8620911",
  address: "熊本市東区健軍１丁目１番１号",
  building: "",
};

test("支援措置の児童がいる世帯は、どの画面でも住所が伏せられ、理由を記録した責任者だけが見て、通知は送付先に届く", {
  timeout: 240_000,
}, async () => {
  const family = await counter.household([
    { birthDate: "2015-05-10" },
    { birthDate: "2020-07-07", protection: { from: "2026-04-01" } },
  ]);
  const application = householdApplication(family, { mailing: elsewhere });
  const at = await counter.toExamination(family.mother, application);
  const url = urlOf(at);
  const clerk = await seat("clerk2");
  for (const path of ["", "/entry", "/income"]) {
    await clerk.page.goto(`${url}${path}`);
    const html = await clerk.page.content();
    for (const place of [home, "健軍", "096-000-0000"]) expect(html, path).not.toContain(place);
    await clerk.sound(`protected${path.replace("/", "-")}`);
  }
  await clerk.page.goto(url);
  await clerk.page.getByText("住所等の秘匿が必要な方です。").waitFor();
  await step(clerk.page, "入力内容を確認する");
  await step(clerk.page, "入力した所得を確認する");
  await step(clerk.page, "認定を起案する");
  await step(clerk.page, "決裁に回す");

  // The person behind the case: opened with a reason, and even then without the address for a clerk.
  const supervisor = await seat("supervisor1");
  for (const { page, sound, sees } of [
    { ...clerk, sees: false },
    { ...supervisor, sees: true },
  ]) {
    await page.goto(url);
    const child = page
      .getByRole("row", { name: /支援措置/ })
      .getByRole("link")
      .first();
    await child.focus();
    await page.keyboard.press("Enter");
    await page.getByText("●●●●●（非表示）").waitFor();
    expect(await page.content()).not.toContain(home);
    await press(page, "理由を記録して開く");
    await page.getByText("開く理由を選んでください。").first().waitFor();
    await choose(page, "開く理由", "申請の処理");
    await press(page, "理由を記録して開く");
    await page.getByText("表示中: 申請の処理").waitFor();
    expect((await page.content()).includes(home)).toBe(sees);
    await sound(`protected-person-${sees ? "supervisor" : "clerk"}`);
  }
  const looks = await city.admin`select from audit.record where reason = 'case'`;
  expect(looks.length).toBeGreaterThan(0);

  const { page } = supervisor;
  await page.goto(`${url}/decision`);
  await page.getByText("認定通知書を1通作成します。宛先: 〒8620911 熊本市東区健軍").waitFor();
  await supervisor.sound("protected-decision");
  await press(page, "この内容で決裁する");
  await page.waitForURL((now) => now.href.split("?")[0] === url);
  const [letter] = (await counter.view(at.caseId)).documents;
  const pdfOf = (of: typeof page) =>
    of.request.get(`${address}/single-parent-medical/documents/${letter?.id}/pdf`);
  const printed = await pdfOf(page);
  const text = (await textOfPages(await printed.body())).join("").replaceAll(/\s/g, "");
  expect(text).toContain("熊本市東区健軍１丁目１番１号");
  expect(text).not.toContain(home);
  const refused = await pdfOf(clerk.page);
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("支援措置の対象者です。");
});

test("支援措置の扶養義務者が別の世帯にいても、発行した通知は権限のない職員には開けない", {
  timeout: 120_000,
}, async () => {
  const family = await counter.household();
  const other = await counter.household([{ birthDate: "2012-01-01" }], {
    grandfather: { protection: { from: "2026-04-01" } },
  });
  const people = [
    ...householdApplication(family).people,
    { role: "supporter", personNumber: other.grandfather, name: "", relation: "parent" } as const,
  ];
  let at = await counter.toExamination(family.mother, householdApplication(family, { people }));
  at = await counter.step("clerk2", "confirm", at);
  const rejecting = { input: { reason: "documents" } };
  at = await counter.step("clerk2", "proposeRejection", at, rejecting);
  at = await counter.step("clerk2", "requestDecision", at);
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(`${urlOf(at)}/decision`);
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.waitForURL((url) => url.href.split("?")[0] === urlOf(at));
  const [letter] = (await counter.view(at.caseId)).documents;
  const path = `${address}/single-parent-medical/documents/${letter?.id}/pdf`;
  expect((await supervisor.page.request.get(path)).status()).toBe(200);
  const clerk = await seat("clerk2");
  const refused = await clerk.page.request.get(path);
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("支援措置の対象者です。");
});

test("二人が同じ世帯を直すと、あとの人には相手の操作が知らされ、自分の入力は残る", {
  timeout: 120_000,
}, async () => {
  const family = await counter.household([
    { birthDate: "2015-05-10", relationship: "20" },
    { birthDate: "2020-07-07", relationship: "20" },
  ]);
  const url = urlOf(await counter.toExamination(family.mother, householdApplication(family)));
  const first = await seat("clerk1");
  const second = await seat("clerk2");
  for (const { page } of [first, second]) await page.goto(`${url}/entry`);
  await type(first.page, "allowanceNumber", "第1234号");
  await save(first.page);
  await first.page.waitForURL(url);

  const { page, sound } = second;
  await type(page, "applicant.telephone", "096-111-1111");
  const younger = page.getByRole("group", { name: /子2/ });
  await younger.getByLabel("就学などのため別居している").focus();
  await page.keyboard.press("Space");
  await save(page);
  await page.getByText("窓口 一子: 申請内容を入力する").waitFor();
  expect(await page.locator('[name="applicant.telephone"]').inputValue()).toBe("096-111-1111");
  // Only what the other one changed is asked, and the answer that keeps both is proposed.
  const differs = page.getByRole("radiogroup").or(page.locator("main fieldset"));
  expect(await differs.count()).toBe(1);
  expect(await page.getByLabel("ほかの職員の入力: 第1234号").isChecked()).toBe(true);
  await sound("conflict");
  await save(page);
  await page.waitForURL(url);
  await page.getByText("第1234号").first().waitFor();
  await page.getByText("096-111-1111").first().waitFor();
  await page.getByText(/別居/).first().waitFor();
  await sound("conflict-saved");
});
