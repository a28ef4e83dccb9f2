import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu } from "#test/support/keyboard.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

const home = await openTestPlatform();
const { family, toApproval } = counterOf(home);
const { address, seat } = await openTerminals(home);
const { page, errors } = await seat("supervisor1");

test("何もなければ、外字一覧は空だと分かる", async () => {
  await fromMenu(page, "外字一覧");
  expect(await page.textContent("main")).toContain("印字できない文字で止まった帳票はありません。");
  await expectSound(page, errors);
});

test("断られた通知書から外字一覧を開く", async () => {
  const mail = await mailingsOf(home);
  await mail.enter([
    ...oneYearOlds(3, { name: { kanji: "見本　葛\u{e0102}子", kana: "ミホン　カツコ" } }),
    ...oneYearOlds(2, { name: { kanji: "見本　\u{e000}子", kana: "ミホン　ガイコ" } }),
    ...oneYearOlds(1, {
      name: { kanji: "見本　守", kana: "ミホン　マモル" },
      protection: { from: "2026-06-01" },
      address: {
        postalCode: "8600004",
        town: "熊本市中央区\u{30edd}町",
        townCode: "0004000",
        block: "１番１号",
        building: "",
      },
    }),
  ]);
  const run = await mail.extracted();
  const name = { kanji: "渡邉\u{e0102}　試子", kana: "ワタナベ　タメコ" };
  const { caseId } = await toApproval(await family({ name }));
  await page.goto(`${address}/child-medical/cases/${caseId}/preview/grant`);
  await expectSound(page, errors);
  await picture(page, "unprintable-refused");
  await page.getByRole("link", { name: "外字一覧を開く" }).click();
  await expectSound(page, errors);
  await picture(page, "unprintable-list");
  await page.goto(`${address}/vaccination/mailings/${run.id}/items?reason=no-glyph`);
  await expectSound(page, errors);
  await picture(page, "unprintable-mailing");
  await page.getByRole("link", { name: "外字一覧を開く" }).click();
  await page.waitForURL(`${address}/unprintable`);
});

test("文字を開いて、一人の分を処理する", async () => {
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/unprintable\/845B_E0102$/);
  await expectSound(page, errors);
  await picture(page, "unprintable-character");
  await page.getByLabel(/外字フォントを用意した/).check();
  await page.getByRole("button", { name: /処理済みにする/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "実行する" }).click();
  await page.getByText("いまのフォントでは、この文字をまだ印字できません。").waitFor();
  await expectSound(page, errors);
  await picture(page, "unprintable-not-yet");
  await page.getByLabel(/手書きで発行した/).check();
  await page.getByLabel("下の一覧で選んだものだけ").check();
  await page.locator("tbody input[type=checkbox]").first().check();
  await page.getByRole("button", { name: /処理済みにする/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "実行する" }).click();
  await page.getByText("1件を「手書きで発行した」として処理しました。").waitFor();
  await page.goto(`${address}/unprintable/845B_E0102?state=settled`);
  await expectSound(page, errors);
  await picture(page, "unprintable-settled");
});

test("印刷すると、一覧だけが紙に出る", async () => {
  await page.goto(`${address}/unprintable/E000`);
  await expectSound(page, errors);
  await picture(page, "unprintable-own");
  await page.emulateMedia({ media: "print" });
  expect(await page.getByRole("button", { name: /処理済みにする/ }).isVisible()).toBe(false);
  expect(await page.getByText("見本　\u{e000}子").first().isVisible()).toBe(true);
  await picture(page, "unprintable-print");
  await page.goto(`${address}/unprintable/30EDD`);
  await page.emulateMedia({ media: "screen" });
  await picture(page, "unprintable-protected");
});
