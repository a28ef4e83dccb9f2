import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { findingOf } from "#test/support/findings.ts";
import { sayYes } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const { address, signedIn } = await openTerminals(city);

test("監査担当は、点検の指摘を記録とともに見て説明を求め、職員の説明を読んで終わらせる", async () => {
  const id = await findingOf(city, "clerk1", { people: ["1000000014", "1000000022"] });
  const auditor = await signedIn("auditor1");
  await auditor.page
    .getByRole("link", { name: /点検の指摘/ })
    .first()
    .click();
  await expectSound(auditor.page, auditor.errors);
  await picture(auditor.page, "finding");
  await auditor.page.getByLabel("説明してほしいこと").fill("夜に見た用件を教えてください。");
  await auditor.page.getByRole("button", { name: "説明を求める" }).click();
  await auditor.page.getByText("説明を求めました").waitFor();
  await expectSound(auditor.page, auditor.errors);
  await picture(auditor.page, "findings");
  await auditor.page.getByRole("link", { name: "職員の宛名番号" }).click();
  await expectSound(auditor.page, auditor.errors);

  const clerk = await signedIn("clerk1");
  await clerk.page
    .getByRole("link", { name: /点検の指摘/ })
    .first()
    .click();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "explanation");
  await clerk.page.getByRole("textbox", { name: /^説明/ }).fill("夜間窓口の当番でした。");
  await clerk.page.keyboard.press("Control+Enter");
  await clerk.page.getByText("説明を送りました").waitFor();

  await auditor.page.goto(`${address}/access-review/findings/${id}`);
  await auditor.page.getByText("夜間窓口の当番でした。").waitFor();
  await auditor.page.getByLabel("問題なしとする理由").fill("当番表と合っている。");
  await auditor.page.getByRole("button", { name: "問題なしとする" }).click();
  await sayYes(auditor.page);
  await auditor.page.getByText("問題なしとして処理しました").waitFor();
  await auditor.page.goto(`${address}/access-review?which=settled`);
  await expectSound(auditor.page, auditor.errors);
  expect(await auditor.page.locator("tbody tr").count()).toBe(1);
});
