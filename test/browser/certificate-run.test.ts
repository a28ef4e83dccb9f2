import { afterAll, beforeAll, expect, test } from "vitest";
import { startJobs } from "#src/platform/jobs/index.ts";
import { mailingJobs } from "#src/platform/mailings/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf } from "#test/support/mailings.ts";

const home = await openTestPlatform();
const { address, seat } = await openTerminals(home);
let jobs: { stop(): Promise<void> };

beforeAll(async () => {
  await mailingsOf(home, "child-medical");
  const counter = counterOf(home);
  for (let n = 0; n < 2; n += 1) await counter.toIssued(await counter.family());
  jobs = await startJobs(home.platform, home.applicationUrl, mailingJobs);
});
afterAll(() => jobs.stop());

test("一括処理担当が受給者証の一括交付を頼み、誤りはその欄に出て、対象者と見本を確かめる", async () => {
  const { page, errors } = await seat("operator1");
  await page.goto(`${address}/child-medical/mailings`);
  await page.getByRole("link", { name: "受給者証の一括交付" }).click();
  await page.getByLabel("印刷期限").fill("R8.11.25");
  await page.getByLabel("発送予定日").fill("R8.11.28");
  await page.getByLabel("新しい証を使い始める日").fill("R8.11.1");
  await page.getByRole("button", { name: "対象者を抽出する" }).click();
  await page.getByText("事由を選んでください。").first().waitFor();
  await page.getByText("今日以後の日付を入力してください。").first().waitFor();
  expect(await page.getByLabel("印刷期限").inputValue()).toContain("11");
  await expectSound(page, errors);
  await picture(page, "certificate-run-order");
  await page.getByLabel(/記載事項の変更/).check();
  await page.getByLabel("新しい証を使い始める日").fill("R9.1.1");
  await page.getByRole("button", { name: "対象者を抽出する" }).click();
  await page.waitForURL(/mailings\/[0-9a-f-]{36}$/);
  await page.getByRole("button", { name: "承認を求める" }).waitFor();
  await page.getByText("令和9年1月1日").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "certificate-run");
});
