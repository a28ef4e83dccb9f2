import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { address, signedIn } = await openTerminals(city);

test("制度担当者は、一覧の行を足し、取り除き、誤りを行の欄で知り、JSONを書かずに試算する", async () => {
  const { page, errors } = await signedIn("scheme1");
  await page.goto(`${address}/rules/child-medical.copay-band`);
  expect(await page.locator("textarea").count()).toBe(0);
  await page.locator("#field-birth").fill("R2.11.20");
  await page.locator("#field-on").fill("R8.11.20");
  await page.getByRole("button", { name: "区分の定め(登録する前に試す)を入力する" }).click();
  await page.locator("#field-bands\\.0\\.title").fill("就学前");
  await page.locator("#field-bands\\.0\\.age").fill("６");
  await page.getByRole("button", { name: "一部負担金を入力する" }).click();
  expect(await page.locator("#field-bands\\.0\\.title").inputValue()).toBe("就学前");
  await page.locator("#field-bands\\.0\\.end-year-end").check();
  await page.locator("select[name='bands.0.copay.0.kind']").selectOption("outpatient");
  await page.getByLabel("回", { exact: true }).check();
  await page.locator("#field-bands\\.0\\.copay\\.0\\.amount").fill("三百");
  await expectSound(page, errors);
  await page.getByRole("button", { name: "計算する" }).last().click();
  await page.locator("#field-bands\\.0\\.copay\\.0\\.amount[aria-invalid]").waitFor();
  await picture(page, "rule-list-wrong");
  await page.locator("#field-bands\\.0\\.copay\\.0\\.amount").fill("300");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: "根拠" }).waitFor();
  await expectSound(page, errors);
  await picture(page, "rule-list");
  await page.getByRole("button", { name: "区分の定め(登録する前に試す) 1件目を削除する" }).click();
  expect(await page.locator("#field-bands\\.0\\.title").count()).toBe(0);
  expect(await page.locator("#field-birth").inputValue()).not.toBe("");
});

test("スクリプトのない端末でも、行を足して試算できる", async () => {
  const { page } = await signedIn("scheme1");
  const browser = page.context().browser();
  const plain = await browser?.newContext({
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  });
  const bare = await plain?.newPage();
  if (!bare) throw new Error("a page without scripts");
  await bare.goto(`${address}/rules/intractable.apportion`);
  await bare.getByRole("button", { name: "それぞれの上限月額(円)を入力する" }).click();
  await bare.locator("#field-caps\\.0").fill("30000");
  await bare.getByRole("button", { name: "それぞれの上限月額(円)をもう1件追加する" }).click();
  await bare.locator("#field-caps\\.1").fill("10000");
  await bare.locator("#field-caps\\.1").press("Enter");
  await bare.getByText("22500 7500").waitFor();
  await plain?.close();
});
