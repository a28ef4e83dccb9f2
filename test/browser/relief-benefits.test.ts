import { expect, test } from "vitest";
import { vaccinationScreens } from "#src/programs/vaccination/screens/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedPension, reliefBenefitsOf } from "#test/support/relief-benefits.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);
await relief.payments.setUp();
await relief.setAmounts("A", "2024-04-01", { disability1: 5_280_000, disability2: 4_224_000 });
const medical = await relief.recognised(["medical-cost", "medical-allowance"]);
const pension = await relief.recognised(["disability-pension"], {}, "1988-04-02");
const { address, signedIn } = await openTerminals(city, [vaccinationScreens]);
const home = `${address}/vaccination`;

test("受診を入力し、誤りを直し、額を確かめる", async () => {
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${home}/cases/${medical.at.caseId}/benefits`);
  await expectSound(page, errors);
  const fill = (name: string, value: string) =>
    page.locator(`#field-${name.replaceAll(".", "\\.")}`).fill(value);
  await fill("v1.month", "R6.5");
  await fill("v1.institution", "サンマリノ小児科・アレルギー科クリニック");
  await fill("v1.days", "7,32");
  await fill("v1.paid", "3000");
  await page.keyboard.press("Control+Enter");
  await page.getByText("受診した日を読み取れません").first().waitFor();
  await expectSound(page, errors);
  await page.locator("#field-v1\\.way").selectOption("outpatient");
  await fill("v1.days", "7-8");
  await fill("v2.days", "8");
  await fill("v2.paid", "800");
  await page.locator("#field-v2\\.way").selectOption("pharmacy");
  await picture(page, "relief-benefits-entry");
  await page.keyboard.press("Control+Enter");
  await page.getByText("給付の内容を保存しました").first().waitFor();
  await expectSound(page, errors);
  await page.getByText("36,900円").first().waitFor();
  await picture(page, "relief-benefits-claim");
});

test("年金の画面、額改定の起案、定期支払の準備と承認", async () => {
  const keyed = await relief.step("clerk1", "enterBenefits", pension.at, {
    input: {
      visits: [],
      allowanceMonths: [],
      disabilityMonths: 0,
      benefits: [keyedPension(pension.person)],
    },
  });
  await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", keyed));
  const { page, errors } = await signedIn("clerk2");
  await page.goto(`${home}/pensions`);
  await expectSound(page, errors);
  await picture(page, "relief-pensions");
  await page.locator("table a").first().click();
  await page.getByText("次の操作").waitFor();
  await expectSound(page, errors);
  await page.getByText("額改定を起案する").first().click();
  await page.locator("#field-from").fill("R6.10");
  await page.locator("#field-grade").selectOption("1");
  await page.locator("#field-comment-ask-change").fill("診断書により1級");
  await picture(page, "relief-pension");
  await page.locator("button:visible", { hasText: "額改定を起案する" }).click();
  await page.getByText("「額改定を起案する」を行いました").waitFor();
  await expectSound(page, errors);
  await page.goto(`${home}/pensions/reports`);
  await expectSound(page, errors);
  await page.locator("#field-dueOn").fill("R9.1.31");
  await page.getByRole("button", { name: "支給中のすべての年金に求める" }).click();
  await page.getByRole("button", { name: "実行する" }).click();
  await page.getByText("1件の現況届の提出を求めました").waitFor();
  await picture(page, "relief-reports");
  await page.getByRole("button", { name: "まとめて発行する" }).click();
  await page.getByText("1件を発行しました。").waitFor();
  await page.getByRole("button", { name: "まとめて発行する" }).click();
  await page.getByText("印刷していない現況届・催告はありません。").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "relief-reports-printed");

  const batch = await signedIn("operator1");
  await batch.page.goto(`${home}/pensions/runs`);
  await expectSound(batch.page, batch.errors);
  await batch.page.getByRole("button", { name: "準備する" }).click();
  await batch.page.getByText("年金の支払を準備しました").waitFor();
  await expectSound(batch.page, batch.errors);
  await picture(batch.page, "relief-run");
  expect(batch.errors).toEqual([]);
});
