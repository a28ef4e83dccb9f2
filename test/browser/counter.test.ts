import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sayYes, seatsOf } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const terminals = await openTerminals(city);
const { address } = terminals;
const seat = seatsOf(terminals);

const press = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true }).first().click();

async function openFromPerson(page: Page): Promise<string> {
  await page.keyboard.press("/");
  await page.keyboard.type("しけん はなこ");
  await page.keyboard.press("Enter");
  await page.waitForURL(/found/);
  await page.locator("tbody tr a").first().click();
  await page.waitForURL(/people\/[\w-]{32}$/);
  await press(page, "この方の申請を受け付ける");
  await page.waitForURL(/child-medical\/cases\/[\w-]{36}\/identity$/);
  return page.url().replace(/\/identity$/, "");
}

async function fillApplication(page: Page): Promise<void> {
  await page.getByLabel("電話番号").fill("096-000-0000");
  await page.getByLabel("保険者番号").fill("01430016");
  await page.getByLabel("保険者名").fill("試験健康保険組合");
  await page.getByLabel("保険の種類").selectOption("kyokai");
  await page.locator('[name="insurance.symbol"]').fill("12345678");
  await page.locator('[name="insurance.number"]').fill("123");
  await page.getByLabel("被保険者の氏名").fill("試験　太郎");
  await page.getByLabel("資格取得日").fill("R8.5.10");
  await page.getByLabel("金融機関コード").fill("0001");
  await page.getByLabel("店番").fill("001");
  await page.getByLabel("口座番号").fill("1234567");
  await page.getByLabel("口座名義").fill("ｼｹﾝ ﾀﾛｳ");
}

test("申請から受給者証の交付まで", { timeout: 180_000 }, async () => {
  await counter.family();
  const clerk = await seat("clerk1");
  const url = await openFromPerson(clerk.page);
  await clerk.sound("identity");
  expect(await clerk.page.title()).not.toContain("試験");

  await clerk.page.getByLabel("通知カード等と写真付き書類1点").check();
  await press(clerk.page, "記録する Ctrl+Enter");
  await clerk.page.getByText("写真付きの書類を1点選んでください。").first().waitFor();
  expect(await clerk.page.getByLabel("通知カード等と写真付き書類1点").isChecked()).toBe(true);
  await clerk.sound("identity-error");
  await clerk.page.getByLabel("運転免許証").check();
  await press(clerk.page, "記録する Ctrl+Enter");

  await clerk.page.waitForURL(`${url}/entry`);
  expect(await clerk.page.getByLabel("氏名", { exact: false }).first().inputValue()).toBe(
    "試験　太郎",
  );
  await clerk.sound("entry");
  await fillApplication(clerk.page);
  await clerk.page.getByLabel("保険者番号").fill("01430017");
  await clerk.page.keyboard.press("Control+Enter");
  await clerk.page
    .getByText("保険者番号が正しくありません。桁数と検証番号を確かめてください。")
    .first()
    .waitFor();
  expect(await clerk.page.getByLabel("保険者名").inputValue()).toBe("試験健康保険組合");
  await clerk.sound("entry-error");
  await clerk.page.getByLabel("保険者番号").fill("01430016");
  await clerk.page.keyboard.press("Control+Enter");
  await clerk.page.waitForURL(`${url}/documents`);
  await clerk.sound("documents");
  for (const group of ["子どもの健康保険の資格が分かるもの", "振込先口座が分かるもの"]) {
    await clerk.page.getByRole("group", { name: group }).getByLabel("確認済").check();
  }
  await press(clerk.page, "記録し、審査に回す Ctrl+Enter");
  await clerk.page.waitForURL(url);
  await clerk.page.getByText("仮の入力です", { exact: true }).waitFor();
  await clerk.page
    .getByText("入力した本人は確認できません。別の職員が確認してください。")
    .first()
    .waitFor();
  await clerk.sound("case");

  const second = await seat("clerk2");
  await second.page.goto(url);
  await press(second.page, "入力内容を確認する");
  await press(second.page, "認定を起案する");
  await press(second.page, "決裁に回す");
  await second.page.getByText("決裁", { exact: true }).first().waitFor();

  const supervisor = await seat("supervisor1");
  await supervisor.page
    .getByRole("link", { name: /こども医療費助成 申請/ })
    .first()
    .waitFor();
  await supervisor.sound("home");
  await supervisor.page.goto(url);
  await supervisor.page.getByRole("link", { name: "決裁する" }).first().click();
  await supervisor.page.getByText("受給資格を認定します").waitFor();
  await supervisor.sound("decision");
  await press(supervisor.page, "この内容で決裁する");
  await sayYes(supervisor.page);
  await supervisor.page.waitForURL(url);

  await clerk.page.goto(url);
  await clerk.page.getByRole("link", { name: "受給者証を交付する" }).first().click();
  await clerk.sound("issue");
  await press(clerk.page, "受給者証を交付する");
  await sayYes(clerk.page);
  await clerk.page.waitForURL(/issued\/\d+$/);
  await clerk.page.locator('iframe[src$="/pdf"]').waitFor();
  await clerk.sound("issued");
  await clerk.page.getByRole("link", { name: "申請に戻る" }).click();
  await clerk.page.getByText("受給者証の発行履歴").waitFor();
  expect(await clerk.page.evaluate("window.scrollY")).toBe(0);
  await clerk.sound("case-issued");
  await clerk.page.getByRole("link", { name: "受給者証", exact: true }).click();
  await clerk.page.getByText("発行の記録").waitFor();
  await clerk.sound("document");
  await clerk.page.goto(`${address}/child-medical/cases?state=all`);
  await clerk.sound("case-list");
});

test("画面が古いときは、入力を残したまま相手の操作を知らせる", { timeout: 120_000 }, async () => {
  const at = await counter.toExamination(await counter.family());
  const url = `${address}/child-medical/cases/${at.caseId}`;
  const clerk = await seat("clerk2");
  await clerk.page.goto(`${url}/entry`);
  await clerk.page.getByLabel("電話番号").fill("096-111-1111");
  await counter.step("clerk1", "recordDocuments", at, { input: {} });
  await clerk.page.keyboard.press("Control+Enter");
  await clerk.page.getByText("窓口 一子: 書類を確認する").waitFor();
  expect(await clerk.page.getByLabel("電話番号").inputValue()).toBe("096-111-1111");
  await clerk.sound("conflict");
  await press(clerk.page, "保存する Ctrl+Enter");
  await clerk.page.waitForURL(url);
  await clerk.page.getByText("096-111-1111").first().waitFor();
});

test("差戻し、保留、変更届、受給者証の確認の画面", { timeout: 180_000 }, async () => {
  const at = await counter.toApproval(await counter.family());
  const url = `${address}/child-medical/cases/${at.caseId}`;
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(`${url}/decision`);
  await supervisor.page.getByLabel("差戻しの理由").fill("保険の記号を確かめてください");
  await press(supervisor.page, "差し戻す");
  await supervisor.page.waitForURL(url);
  await supervisor.page.getByText("保険の記号を確かめてください").first().waitFor();
  await supervisor.sound("case-remanded");

  const clerk = await seat("clerk2");
  await clerk.page.getByText("差戻し", { exact: false }).first().waitFor();
  await clerk.page.goto(url);
  await clerk.page.getByRole("link", { name: "書類を確認する" }).first().click();
  await clerk.page
    .getByRole("group", { name: "振込先口座が分かるもの" })
    .getByLabel("不足")
    .check();
  await press(clerk.page, "記録する Ctrl+Enter");
  await clerk.page.getByText("保留にする…").click();
  await clerk.page.getByLabel("補正期限").fill("R8.11.1");
  await clerk.page.locator("details[open]").getByLabel("コメント").fill("口座の写しを待つ");
  await press(clerk.page, "保留にする");
  await clerk.page.getByText("補正期限には、明日以後の日付を入力してください。").first().waitFor();
  const kept = clerk.page.locator("details[open]").getByLabel("コメント");
  expect(await kept.inputValue()).toBe("口座の写しを待つ");
  await clerk.sound("case-hold-error");
  await clerk.page.getByLabel("補正期限").fill("R8.12.4");
  await press(clerk.page, "保留にする");
  await clerk.page.getByText("不足書類のお知らせ").waitFor();
  await clerk.sound("case-held");

  const issued = await counter.toIssued(await counter.family());
  await clerk.page.goto(`${address}/child-medical/cases/${issued.caseId}`);
  await clerk.page.getByText("変更・喪失の届出を受け付ける…").click();
  await clerk.page.getByLabel("届出の種類").selectOption("mailing");
  await clerk.page.getByLabel("変更日").fill("R8.12.1");
  await clerk.sound("change-opening");
  await press(clerk.page, "届出を受け付ける");
  await clerk.page.waitForURL(/\/identity$/);
  const report = clerk.page.url().replace(/\/identity$/, "");
  await clerk.page.goto(report);
  await clerk.page.getByText("届出受付").first().waitFor();
  await clerk.sound("change");
  await clerk.page.goto(`${report}/entry`);
  await clerk.sound("change-entry");
  // The fields open with their box, and what was typed into them is told when it is closed again.
  expect(await clerk.page.getByLabel("宛名").isVisible()).toBe(false);
  const box = clerk.page.getByLabel("保護者の住所と別の所へ送る");
  await box.press("Space");
  await box.press("Enter");
  await clerk.page.keyboard.type("試験　祖母");
  expect(await clerk.page.getByLabel("宛名").inputValue()).toBe("試験　祖母");
  await box.press("Space");
  await clerk.page.getByText("この欄に入力した内容は登録されません。").waitFor();
  await clerk.sound("change-entry-closed");
  await box.press("Space");
  expect(await clerk.page.getByLabel("宛名").inputValue()).toBe("試験　祖母");

  await clerk.page.goto(`${address}/child-medical/certificates/verify`);
  await clerk.sound("verify");
  await clerk.page.getByLabel("二次元コードの内容").fill("KM1.83430017.wrong");
  await clerk.page.keyboard.press("Enter");
  await clerk.page.getByText("署名が一致しません").waitFor();
  await clerk.sound("verify-refused");
});
