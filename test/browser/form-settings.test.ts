import { PNG } from "pngjs";
import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu, sayYes } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const { seat } = await openTerminals(city);

/** 公印 of an invented city: a red frame with a cross. */
function seal(): Buffer {
  const side = 260;
  const image = new PNG({ width: side, height: side });
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const inked = [x, y, side - 1 - x, side - 1 - y].some((edge) => edge < 14);
      const cross = Math.abs(x - y) < 8 || Math.abs(x + y - side) < 8;
      image.data.set(inked || cross ? [200, 30, 30, 255] : [0, 0, 0, 0], (y * side + x) * 4);
    }
  return PNG.sync.write(image);
}

test("市の文言と公印を起案し、見本を見て、別の職員が承認する", { timeout: 120_000 }, async () => {
  const officer = await seat("scheme1");
  const { page } = officer;
  await fromMenu(page, "帳票の設定");
  await expectSound(page, officer.errors);
  await picture(page, "form-settings-list");
  await page.getByRole("link", { name: "こども医療費助成" }).click();
  await expectSound(page, officer.errors);
  await picture(page, "form-settings-program");
  await page.getByRole("link", { name: "設定を変える" }).click();
  await page.getByText("認定通知書", { exact: true }).click();
  const intro = page.locator("[id='field-wording.letters/approval.intro']");
  await expect.poll(() => intro.isVisible()).toBe(true);
  await intro.fill("　{program}の申請を認めましたので、ご案内します。");
  await page.locator("input[type=file]").first().setInputFiles({
    name: "seal.png",
    mimeType: "image/png",
    buffer: seal(),
  });
  await expectSound(page, officer.errors);
  await picture(page, "form-settings-entry");
  await intro.fill("　{programme}の申請を認めましたので、ご案内します。");
  // Looking at a sample leaves the form as it is, and says what is wrong in its place.
  await page.getByRole("button", { name: "認定通知書の見本を見る" }).click();
  const frame = page.frameLocator("iframe[name=paper-preview]");
  await frame.getByText("認定通知書: この文に差し込み {programme} はありません。").waitFor();
  await picture(page, "form-settings-sample-refused");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("button", { name: "起案する" }).click();
  await page.getByText("入力内容を確認してください（1件）").waitFor();
  expect(await page.getByAltText("公印").isVisible()).toBe(true);
  await expectSound(page, officer.errors);
  await picture(page, "form-settings-entry-wrong");
  await intro.fill("　{program}の申請を認めましたので、ご案内します。");
  const shown = page.waitForResponse((answer) => answer.url().endsWith("/preview"));
  await page.getByRole("button", { name: "認定通知書の見本を見る" }).click();
  expect((await shown).headers()["content-type"]).toBe("application/pdf");
  await page.getByRole("button", { name: "起案する" }).click();
  await page.getByText("起案しました。").waitFor();
  await expectSound(page, officer.errors);
  const proposal = page.url();

  const supervisor = await seat("supervisor1");
  await supervisor.page.getByRole("link", { name: /帳票の設定 こども医療費助成/ }).click();
  expect(supervisor.page.url()).toBe(proposal);
  await supervisor.page.locator("ins", { hasText: "の申請を認めましたので" }).waitFor();
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "form-settings-approval");
  // 差戻し asks for its reason in its place.
  await supervisor.page.locator("summary", { hasText: "差し戻す" }).click();
  await supervisor.page.getByRole("button", { name: "差し戻す" }).click();
  await supervisor.page.getByText("入力内容を確認してください（1件）").waitFor();
  expect(await supervisor.page.getByLabel("差し戻す理由").isVisible()).toBe(true);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "form-settings-remand-wrong");
  await supervisor.page.getByRole("button", { name: "承認する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("承認しました。").waitFor();
  await supervisor.page.getByRole("link", { name: "こども医療費助成", exact: true }).click();
  await supervisor.page.getByText("いまの設定").first().waitFor();
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "form-settings-in-force");
});
