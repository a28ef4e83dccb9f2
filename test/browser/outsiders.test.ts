import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { seatsOf } from "#test/support/keyboard.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "outsiders");
const { address } = terminals;

test("住登外者を登録し、似た方を確かめ、2人目の職員が確認し、訂正する", {
  timeout: 300_000,
}, async () => {
  const system = await city.system();
  await runWork(city.platform, system, { purpose: "feed", program: "feeds" }, (work) =>
    writePeople(work, [
      {
        record: invented({
          name: { kanji: "渡邉󠄂　𠮷江", kana: "ワタナベ　ヨシエ" },
          birthDate: "1970-03-09",
          residence: { from: "1999-04-01", fromReason: "move-in" },
        }),
      },
    ]),
  );
  const { page, sound } = await seat("clerk1");
  await page.goto(`${address}/outsiders`);
  await sound("none");
  await page.getByRole("link", { name: "住登外者を登録する" }).click();
  await sound("form");
  await page.getByRole("button", { name: /^登録する/ }).click();
  await page.waitForLoadState();
  await sound("mistakes");
  expect(await page.locator(".field-error").count()).toBeGreaterThan(5);

  const fill = async (given: Record<string, string>) => {
    for (const [name, value] of Object.entries(given))
      await page.locator(`[name="${name}"]`).fill(value);
  };
  await page.locator('[name="program"]').selectOption({ index: 1 });
  const office = page.locator('[name="office"]');
  if ((await office.inputValue()) === "") await office.selectOption({ value: "431010" });
  await fill({
    kanji: "渡辺　𠮷江",
    kana: "ワタナベ　ヨシエ",
    birthDate: "S45.3.9",
    postalCode: "1000001",
    address: "東京都千代田区千代田１番１号",
    building: "ミホンコーポラスグランデ千代田壱番館１０１号室",
    telephone: "03-0000-0000",
    evidenceOn: "R8.11.19",
  });
  await page.getByLabel("女", { exact: true }).check();
  await page.locator('[name="evidence"]').selectOption("driving-licence");
  await page.getByRole("button", { name: /^登録する/ }).click();
  await page.waitForLoadState();
  const similar = page.getByRole("region", { name: "似た方" });
  await similar.scrollIntoViewIfNeeded();
  await sound("similar");
  expect(await similar.textContent()).toContain("生年月日が同じ");
  await page.getByLabel("上の方々とは別の方であることを確かめた").check();
  await fill({ differs: "本籍が異なり、住民の方とは別の方と確かめた" });
  await page.getByRole("button", { name: /^登録する/ }).click();
  await page.locator("#outsider").waitFor();
  await sound("opened");

  const openPanel = async (at: Page) => {
    await at.goto(`${address}/outsiders`);
    await at.getByRole("link", { name: "渡辺　𠮷江" }).click();
    await at.getByLabel("窓口での本人確認").check();
    await at.getByRole("button", { name: "理由を記録して開く" }).click();
    await at.waitForLoadState();
    const panel = at.locator("#outsider");
    await panel.scrollIntoViewIfNeeded();
    return panel;
  };
  // Who opened sees the buttons off.
  await openPanel(page);
  await sound("own");
  const second = await seat("clerk2");
  await second.page.goto(address);
  await second.sound("home");
  const panel = await openPanel(second.page);
  await second.sound("waiting");
  await panel.getByRole("button", { name: "確認する" }).click();
  await second.page.waitForLoadState();
  await panel.getByText("確認済").waitFor();
  await second.sound("confirmed");
  await panel.getByRole("link", { name: "訂正する" }).click();
  await second.sound("correction");
  await second.page.getByLabel("国外").check();
  await second.page.locator('[name="country"]').fill("ブラジル");
  await second.page.locator('[name="address"]').fill("Rua Exemplo 123, Sao Paulo");
  await second.page.locator('[name="evidence"]').selectOption("passport");
  await second.page.locator('[name="evidenceOn"]').fill("R8.11.20");
  await second.page.locator('[name="reason"]').fill("国外へ移った届出による");
  await second.page.getByRole("button", { name: /^訂正する/ }).click();
  await second.page.waitForLoadState();
  await second.sound("correction-similar");
  await second.page.getByLabel("上の方々とは別の方であることを確かめた").check();
  await second.page.locator('[name="differs"]').fill("前に確かめたとおり別の方");
  await second.page.getByRole("button", { name: /^訂正する/ }).click();
  await second.page.locator("#outsider").getByText("確認待ち").first().waitFor();
  await second.page.locator("#outsider").scrollIntoViewIfNeeded();
  await second.sound("corrected");
});
