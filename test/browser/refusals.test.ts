import { expect, test } from "vitest";
import { personPath } from "#src/web/person-path.ts";
import { openTerminals } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { family, open, step, toExamination } = counterOf(city);
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "refusals");
const { address } = terminals;

const fromAbroad = {
  nationality: "foreign",
  name: {
    kanji: "MARIA SANTOS",
    kana: "マリア　サントス",
    alphabetic: "MARIA SANTOS",
    commonName: "山本　真理",
    commonKana: "ヤマモト　マリ",
  },
} as const;

test("受け付けられない方には理由と道を示し、日付・理由・文字の誤りは打つそばから知らせる", {
  timeout: 240_000,
}, async () => {
  const gone = await family({
    residence: { from: "2026-05-10", fromReason: "birth", to: "2026-09-01", toReason: "move-out" },
  });
  const { page, sound } = await seat("clerk1");
  await page.goto(`${address}${personPath(city.platform, gone as PersonNumber)}`);
  await sound("person-moved-out");
  const disclosure = page.getByText("別の受付日で、又は理由を記録して受け付ける…").first();
  await disclosure.focus();
  await page.keyboard.press("Enter");
  const received = page.locator('[name="receivedOn"]').first();
  await received.focus();
  await received.fill("");
  await page.keyboard.type("R8.5.9");
  await page.getByText("受付日が、この方の出生日より前です。").waitFor();
  await received.fill("");
  await page.keyboard.type("R8.11.20");
  await page.keyboard.press("Enter");
  await page.keyboard.type("。");
  await page.keyboard.press("Tab");
  await page.getByText("それでも受け付ける理由が分かるように").waitFor();
  await sound("reason-told");
  await page.locator('[name="insisted"]').first().fill("申請書が窓口に出されたため");
  await press(page, "この方の申請を受け付ける");
  await page.waitForURL(/child-medical\/cases\/[\w-]{36}\/identity$/);
  await page.goto(page.url().replace(/\/identity$/, ""));
  await sound("case-received-all-the-same");

  await page.goto(`${page.url()}/entry`);
  await page.locator('[name="guardian.name"]').focus();
  await page.keyboard.press("End");
  await page.keyboard.insertText("😀");
  await page.getByText("印字できない文字があります（U+1F600）").waitFor();
  await page.locator('[name="insurance.since"]').focus();
  await page.keyboard.type("R8.5.9");
  await page.getByText("出生日より前の日付は入力できません。").waitFor();
  await sound("entry-told");
});

test("受付日と補正期限は、理由を書いて訂正できる", { timeout: 240_000 }, async () => {
  let at = await toExamination(await family(fromAbroad));
  at = await step("clerk1", "recordDocuments", at, { input: { "account-proof": "missing" } });
  at = await step("clerk2", "hold", at, { until: "2026-12-04" });
  const { page, sound } = await seat("clerk1");
  await page.goto(`${address}/child-medical/cases/${at.caseId}`);
  await sound("case-held");
  for (const [title, name, day] of [
    ["受付日を訂正する…", "correct-received", "R8.11.18"],
    ["補正期限を訂正する…", "correct-limit", "R8.12.11"],
  ] as const) {
    await page.getByText(title, { exact: true }).focus();
    await page.keyboard.press("Enter");
    const field = page.locator(`[name="day-${name}"]`);
    await field.fill("");
    await field.focus();
    await page.keyboard.type(day);
    await page.keyboard.press("Enter");
    await page.keyboard.type("受付印と違っていたため");
    await sound(name);
    await page.keyboard.press("Control+Enter");
    await page
      .getByText(new RegExp(`（R8\\.\\d+\\.\\d+ → ${day.replaceAll(".", "\\.")}）`))
      .waitFor();
  }
  await sound("corrected");
});

test("申請番号を入れると、その申請へ進む", { timeout: 120_000 }, async () => {
  const { number } = await open("clerk1", await family());
  await family(fromAbroad);
  const { page, sound } = await seat("clerk1");
  await page.goto(`${address}/people`);
  await page.keyboard.type(number.toLowerCase().replace("-", ""));
  await page.keyboard.press("Enter");
  await page.waitForURL(/child-medical\/cases\/[\w-]{36}$/);
  await page.goto(`${address}/people`);
  await page.keyboard.type("santos");
  await page.keyboard.press("Enter");
  await page.waitForURL(/found/);
  expect(await page.getByText("本名 MARIA SANTOS").count()).toBeGreaterThan(0);
  await sound("search-both-names");
});
