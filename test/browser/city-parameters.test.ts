import { expect, test } from "vitest";
import { parameterTrials } from "#src/platform/parameters/index.ts";
import { periodTrial } from "#src/programs/child-medical/parameter-trial.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu, sayYes } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const { family, open } = counterOf(city);
const first = await open("clerk1", await family());
await copyCase(city.admin, first.id, 60);
const { address, signedIn } = await openTerminals(city);

test("制度担当者が数値を起案し、試算で変わる案件を見て、決裁者が承認する", async () => {
  const officer = await signedIn("scheme1");
  const { page } = officer;
  await fromMenu(page, "制度の数値");
  await expectSound(page, officer.errors);
  await picture(page, "city-parameters");
  await page.getByRole("link", { name: "こども医療費助成 一部負担金" }).click();
  await expectSound(page, officer.errors);
  await page.getByRole("link", { name: /熊本市/ }).click();
  await page.getByRole("button", { name: "端数処理を入力する" }).click();
  await expectSound(page, officer.errors);
  await picture(page, "city-parameter-copay");
  expect(await page.locator("textarea").count()).toBe(0);

  await page.goto(`${address}/city-parameters/child-medical.period/new?template=0`);
  await page.locator("#field-from").fill("R8.4.1");
  await page.getByLabel("条例・規則・公式の案内で確かめた").check();
  await page.keyboard.press("Control+Enter");
  await page.locator("#field-value\\.reachBackDays[aria-invalid]").waitFor();
  await expectSound(page, officer.errors);
  await page.locator("#field-value\\.reachBackDays").fill("60");
  await page.getByLabel("申請日", { exact: true }).check();
  await page.locator("#field-value\\.endAge").fill("15");
  await page.keyboard.press("Control+Enter");
  await page.getByText("起案しました").waitFor();
  await expectSound(page, officer.errors);

  await parameterTrials([periodTrial]).run(city.platform, await city.system());
  const supervisor = await signedIn("supervisor1");
  await supervisor.page.getByRole("link", { name: /対象期間 第1号/ }).click();
  await supervisor.page.getByText("結果の変わる案件 61件").waitFor();
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "city-parameter-proposal");
  await supervisor.page.getByRole("button", { name: "承認する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("承認しました").waitFor();
  await page.goto(`${address}/city-parameters/child-medical.period`);
  await page.getByText("有効", { exact: true }).waitFor();
  await expectSound(page, officer.errors);
  await picture(page, "city-parameter-rows");
});
