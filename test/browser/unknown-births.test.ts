import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { seatsOf } from "#test/support/keyboard.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { parseBirthDate } from "#workflows/dates/birth-date.ts";

const city = await openTestPlatform();
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "unknown-births");
const { address } = terminals;

test("生年月日が不詳の方が、いつからかとともに一覧に出る", {
  timeout: 240_000,
}, async () => {
  const system = await city.system();
  await runWork(city.platform, system, { purpose: "feed", program: "feeds" }, (work) =>
    writePeople(work, [
      {
        record: invented({
          name: { kanji: "不詳　見本", kana: "フショウ　ミホン" },
          birthDate: parseBirthDate("1926"),
          residence: { from: "1999-04-01", fromReason: "move-in" },
        }),
      },
    ]),
  );
  const { page, sound } = await seat("clerk1");
  await page.goto(`${address}/unknown-births`);
  await sound("list");
  expect(await page.getByText("不詳　見本").count()).toBe(1);

  // From the list to the panel of the person; a second person confirms what the first proposed.
  const openPanel = async (at: Page, state: string) => {
    await at.goto(`${address}/unknown-births?state=${state}`);
    await at.getByRole("link", { name: "不詳　見本" }).click();
    await at.getByLabel("窓口での本人確認").check();
    await at.getByRole("button", { name: "理由を記録して開く" }).click();
    await at.waitForLoadState();
    const panel = at.locator("#reckoned-birth");
    await panel.scrollIntoViewIfNeeded();
    return panel;
  };
  const panel = await openPanel(page, "unset");
  await sound("unset");
  await panel.getByText("みなし生年月日を起案する").click();
  await panel.locator('[name="day"]').fill("T15.7.1");
  await panel.getByRole("button", { name: /^起案する/ }).click();
  await page.waitForLoadState();
  await panel.scrollIntoViewIfNeeded();
  await sound("refused");
  await panel.locator('[name="basis"]').selectOption("notice");
  await panel.locator('[name="source"]').fill("見本局長通知 第1号");
  await panel.locator('[name="reason"]').fill("通知の取扱いによる");
  await panel.getByRole("button", { name: /^起案する/ }).click();
  await panel.getByText("確認待ち").first().waitFor();
  await panel.scrollIntoViewIfNeeded();
  await sound("waiting");

  const second = await seat("supervisor2");
  const theirs = await openPanel(second.page, "waiting");
  await second.sound("confirm");
  await theirs.getByRole("button", { name: /^確認する/ }).click();
  await theirs.getByText("設定済").waitFor();
  await theirs.scrollIntoViewIfNeeded();
  await second.sound("set");
});

test("写しの登録簿を、個人情報保護担当が開く", { timeout: 120_000 }, async () => {
  const { page, sound } = await seat("privacy1");
  await page.goto(`${address}/copies`);
  await sound("copies");
});
