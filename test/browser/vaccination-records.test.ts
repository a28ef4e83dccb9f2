import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";

const home = await openTestPlatform();
const { child, coupon, people } = recordsOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-records");
const { address } = terminals;

const many = 20;
const numbers: string[] = [];
let early = "";

beforeAll(async () => {
  const names = [
    ["渡邉󠄂　髙橋", "ワタナベ　タカハシ"],
    ["𠮷田　さくら", "ヨシダ　サクラ"],
    ["クリストファーソン　マリアアレクサンドラ", "クリストファーソン　マリアアレクサンドラ"],
  ] as const;
  for (let n = 0; n < many; n++) {
    const [kanji = "", kana = ""] = names[n % names.length] ?? [];
    numbers.push(await coupon(await child({ name: { kanji, kana } }), "pcv", 1));
  }
  early = await coupon(await child(), "pcv", 1);
  await people(
    ...[1, 2].map(() => ({
      name: { kanji: "双子　花", kana: "フタゴ　ハナ" },
      birthDate: "2026-05-10" as const,
      residence: { from: "2026-05-10" as const, fromReason: "birth" as const },
    })),
  );
}, 120_000);

/** Seconds a key takes: 200 a minute, as somebody who types figures all day. */
const secondsAKey = 0.3;

test("予診票をキーボードだけで続けて入力し、疑わしいものは理由を付けるか保留にし、最後の10枚を直せる", {
  timeout: 240_000,
}, async () => {
  const { page, sound: look } = await sit("clerk1");
  // A picture leaves empty style attributes behind, which a part that is put in afterwards may not carry on.
  const sound = async (name: string) => {
    await look(name);
    await page.evaluate(
      "document.querySelectorAll('[style=\"\"]').forEach((one) => one.removeAttribute('style'))",
    );
  };
  await page.goto(`${address}/vaccination/slips/entry`);
  await sound("entry-empty");
  const { keyboard } = page;
  let keys = 0;
  const key = async (name: string) => {
    keys++;
    await keyboard.press(name);
  };
  const type = async (text: string) => {
    keys += text.length;
    await keyboard.type(text);
  };
  const entered = (n: number) => page.getByRole("heading", { name: `今日の入力 ${n}枚` }).waitFor();
  const focused = (name: string) =>
    page.waitForFunction((wanted) => document.activeElement?.getAttribute("name") === wanted, name);

  let waited = 0;
  for (const [n, number] of numbers.entries()) {
    await focused("coupon");
    await type(number);
    await key("Enter");
    if (n === 0) await type("R8.7.10");
    await key("Enter");
    await type(`AB${n}`);
    const began = performance.now();
    await key("Control+Enter");
    await entered(n + 1);
    waited += performance.now() - began;
  }
  const seconds = (keys * secondsAKey + waited / 1000) / many;
  const anHour = Math.round(3600 / seconds);
  console.info(
    `1枚あたり ${(keys / many).toFixed(1)} 打、応答 ${Math.round(waited / many)} ms、1時間に ${anHour} 枚`,
  );
  expect(anHour).toBeGreaterThanOrEqual(300);
  await sound("entry-full");

  // Too early: told at once, nothing kept; recorded with a reason chosen by keyboard.
  await focused("coupon");
  await keyboard.type(early);
  await keyboard.press("Enter");
  await keyboard.press("Control+A");
  await keyboard.type("R8.7.1");
  await keyboard.press("Control+Enter");
  await page.getByText("対象年齢に達していません。").waitFor();
  await entered(many);
  await sound("entry-doubt");
  await focused("accept");
  await keyboard.press("ArrowDown");
  await keyboard.press("Control+Enter");
  await entered(many + 1);

  // A number that was read wrongly is told at its field, and stays there.
  await focused("coupon");
  await keyboard.type("1234567890");
  await keyboard.press("Control+Enter");
  await page.getByText("番号が違います（桁数か検査数字が合いません）").first().waitFor();
  await sound("entry-wrong-number");
  expect(await page.locator('[name="coupon"]').inputValue()).toBe("1234567890");

  // Two people: put aside by keyboard.
  await page.locator('[name="coupon"]').focus();
  await keyboard.press("Control+A");
  await keyboard.press("Delete");
  await page.locator("summary", { hasText: "券番号がないとき" }).focus();
  await keyboard.press("Enter");
  await page.locator('[name="kana"]').focus();
  await keyboard.type("フタゴ　ハナ");
  await page.locator('[name="birth"]').focus();
  await keyboard.type("R8.5.10");
  await page.locator('[name="vaccine"]').focus();
  for (let down = 0; down < 4; down++) await keyboard.press("ArrowDown");
  await keyboard.press("Control+Enter");
  await page.getByText("同じくらい一致する人が、ほかにもいます。").waitFor();
  await press(page, "あとで確かめる");
  await entered(many + 2);

  // One of the last ten is corrected in its row.
  const row = page.locator("tbody tr").nth(3);
  await row.locator("summary").focus();
  await keyboard.press("Enter");
  await row.locator('[name="lotNumber"]').focus();
  await keyboard.press("Control+A");
  await keyboard.type("ZZ99");
  await keyboard.press("Enter");
  await page
    .locator("tbody tr")
    .nth(3)
    .getByText("ZZ99")
    .first()
    .waitFor()
    .catch(() => {});
  const [{ n } = {}] =
    await home.admin`select count(*)::int as n from vaccination.shot where lot = 'ZZ99'`;
  expect(n).toBe(1);

  await page.goto(`${address}/vaccination/slips`);
  await sound("slips");
  await page.locator("tbody a").first().focus();
  await keyboard.press("Enter");
  await page.waitForURL(/slips\/[0-9a-f-]{36}$/);
  await page.getByText("だれの予診票か").waitFor();
  await sound("slip");
  await page.locator('[name="chosen"]').selectOption({ index: 1 });
  await page.locator('[name="givenOn"]').fill("R8.7.10");
  await press(page, "記録する");
  await page.waitForURL(/records\/[0-9a-f-]{36}$/);
  await sound("record");
  await page.locator("summary", { hasText: "訂正する" }).click();
  await sound("record-correct");
});
