import { expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdCounterOf } from "#test/support/household-counter.ts";
import { choose, follow, press, save, seatsOf, step, type } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const terminals = await openTerminals(city);
const { address } = terminals;
const seat = seatsOf(terminals, "single-parent");
const cases = `${address}/single-parent-medical/cases`;

test("世帯の申請から証の交付までを、キーボードだけで進められる", { timeout: 240_000 }, async () => {
  const family = await counter.household([
    { birthDate: "2015-05-10", relationship: "20" },
    { birthDate: "2020-07-07", relationship: "20" },
  ]);
  const clerk = await seat("clerk1");
  const { page } = clerk;
  await page.keyboard.press("/");
  await page.keyboard.type("しけん ははこ");
  await page.keyboard.press("Enter");
  await page.waitForURL(/found/);
  await page.locator("tbody tr a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/people\/[\w-]{32}$/);
  await clerk.sound("person");
  const panel = page.getByRole("region", { name: "ひとり親家庭等医療費助成 申請・届出" });
  await panel.getByRole("button", { name: "この方の申請を受け付ける" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/single-parent-medical\/cases\/[\w-]{36}\/identity$/);
  const url = page.url().replace(/\/identity$/, "");
  await page.getByLabel("個人番号カード").focus();
  await page.keyboard.press("Space");
  await save(page);

  await page.waitForURL(`${url}/entry`);
  await clerk.sound("entry");
  await save(page);
  await page.getByText("事由の生じた日を入力してください。").first().waitFor();
  await clerk.sound("entry-error");
  await page.locator('[name="category.code"]').selectOption("divorce");
  await type(page, "category.since", "R8.10.5");
  await type(page, "applicant.telephone", "096-000-0000");
  await type(page, "insurance.insurerNumber", "01430016");
  await type(page, "insurance.insurerName", "試験健康保険組合");
  await page.locator('[name="insurance.kind"]').selectOption("kyokai");
  await type(page, "insurance.symbol", "12345678");
  await type(page, "insurance.number", "123");
  await type(page, "insurance.insuredName", "試験　母子");
  await page.locator('[name="insurance.relation"]').selectOption("insured");
  await type(page, "insurance.since", "R2.4.1");
  await page.locator('[name="account.given"]').uncheck();
  await save(page);

  await page.waitForURL(`${url}/documents`);
  await clerk.sound("documents");
  for (const paper of ["戸籍謄本(全部事項証明書)", "申請者と児童の健康保険の資格が分かるもの"])
    await choose(page, paper, "確認済");
  await choose(page, "振込先口座が分かるもの", "不要");
  await step(page, "記録する");
  await page.getByText("仮の入力です", { exact: true }).waitFor();
  await clerk.sound("provisional");

  await follow(page, "所得を記録する", "/income");
  await clerk.sound("income");
  await type(page, "people.0.items.salary", "abc");
  await save(page);
  await page.getByText("0以上の整数を入力してください。").first().waitFor();
  await clerk.sound("income-error");
  await type(page, "people.0.items.salary", "1800000");
  await type(page, "people.0.dependants", "2");
  await type(page, "people.1.items.pension", "900000");
  await save(page);
  await page.waitForURL(url);
  await step(page, "審査に回す");
  await clerk.sound("examination");

  const second = await seat("clerk2");
  await second.page.goto(url);
  await step(second.page, "入力内容を確認する");
  await step(second.page, "入力した所得を確認する");
  await second.sound("confirmed");
  await step(second.page, "認定を起案する");
  await step(second.page, "決裁に回す");

  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(url);
  await follow(supervisor.page, "決裁する", "/decision");
  await supervisor.page.getByText("受給資格を認定します").waitFor();
  await supervisor.sound("decision");
  await press(supervisor.page, "この内容で決裁する");
  await supervisor.page.waitForURL(url);

  await page.goto(url);
  await follow(page, "受給者証を交付する", "/issue");
  await clerk.sound("issue");
  await press(page, "受給者証を交付する");
  await page.waitForURL(/issued\/\d+$/);
  expect(await page.getByRole("row").count()).toBe(1 + 3);
  await clerk.sound("papers");
  await press(page, "申請に戻る");
  await page.getByText("受給者証の発行履歴").waitFor();
  await clerk.sound("issued");
  expect(family.children).toHaveLength(2);
  await page.goto(`${cases}?state=all`);
  await clerk.sound("list");
});
