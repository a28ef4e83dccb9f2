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
});

test("写しの登録簿を、個人情報保護担当が開く", { timeout: 120_000 }, async () => {
  const { page, sound } = await seat("privacy1");
  await page.goto(`${address}/copies`);
  await sound("copies");
});
