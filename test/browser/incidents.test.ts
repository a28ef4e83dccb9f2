import { expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu, sayYes } from "#test/support/keyboard.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const [number = ""] = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  (work) => writePeople(work, [{ record: invented() }]),
);
const { address, signedIn } = await openTerminals(city);

test("個人情報保護担当は、事案を始め、報告の内容を書いて速報し、本人を載せ、ほかの担当が対象外の事案を終結する", async () => {
  const { page, errors } = await signedIn("privacy1");
  await fromMenu(page, "漏えい等の事案");
  await expectSound(page, errors);
  await page.getByRole("link", { name: "事案を始める" }).click();
  await expectSound(page, errors);
  await page.getByLabel("種類").selectOption("leak");
  await page.keyboard.press("Control+Enter");
  await page.getByText("事案を始めました").waitFor();
  await page.getByLabel("概要").fill("封筒の入れ違いで、別の方の通知を送りました。");
  await page.getByRole("button", { name: "報告の内容を保存する" }).click();
  await page.getByText("報告の内容を保存しました").waitFor();
  await page.getByLabel("加える方の統合宛名番号").fill(number);
  await page.getByRole("button", { name: "加える", exact: true }).click();
  await page.getByText("1人を加えました").waitFor();
  await expectSound(page, errors);
  await picture(page, "incident");
  await page.getByText("速報した", { exact: true }).first().click();
  await page
    .getByLabel("内容（相手、方法、理由など）")
    .first()
    .fill("個人情報保護委員会へ入力フォームで報告。");
  await expectSound(page, errors);
  await page.getByRole("button", { name: "速報した" }).click();
  await page.getByText("「速報した」を記録しました").waitFor();
  await expectSound(page, errors);
  await picture(page, "incident-investigating");
  expect(await page.getByText("確報の期限は").count()).toBe(1);

  await page.goto(`${address}/incidents/new`);
  await page.getByLabel("種類").selectOption("suspected");
  await page.keyboard.press("Control+Enter");
  await page.getByText("事案を始めました").waitFor();
  const path = new URL(page.url()).pathname;
  await page.getByLabel("概要").fill("宛先を間違えた送信を、開封の前に回収した。");
  await page.getByRole("button", { name: "報告の内容を保存する" }).click();
  await page.getByText("報告の内容を保存しました").waitFor();
  await page.getByText("報告の対象外とする", { exact: true }).first().click();
  await page
    .getByLabel("内容（相手、方法、理由など）")
    .last()
    .fill("開封前に回収し、漏えいしていない。");
  await page.getByRole("button", { name: "報告の対象外とする" }).click();
  await sayYes(page);
  await page.getByText("「報告の対象外とする」を記録しました").waitFor();
  await page.getByText("最後の手続きをした本人は終結できません").waitFor();

  const second = await signedIn("privacy2");
  await second.page.goto(`${address}${path}`);
  await second.page.getByText("終結する", { exact: true }).first().click();
  await second.page
    .getByLabel("内容（相手、方法、理由など）")
    .first()
    .fill("回収の記録を確かめた。");
  await second.page.getByRole("button", { name: "終結する" }).click();
  await sayYes(second.page);
  await second.page.getByText("「終結する」を記録しました").waitFor();
  await expectSound(second.page, second.errors);
  await second.page.goto(`${address}/incidents?which=closed`);
  await expectSound(second.page, second.errors);
  await picture(second.page, "incidents");
  await second.page.goto(`${address}/re-entrustments/decisions`);
  await expectSound(second.page, second.errors);
  const officer = await signedIn("scheme1");
  await officer.page.goto(`${address}/re-entrustments`);
  await expectSound(officer.page, officer.errors);
  await picture(officer.page, "re-entrustments");
});
