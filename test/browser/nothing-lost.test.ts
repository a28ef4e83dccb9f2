import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, save, seatsOf } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "kept");
const { address } = terminals;

const telephone = '[name="guardian.telephone"]';
const saved = (page: Page) => page.getByText(/下書きを保存しました。/).waitFor();
const offer = (page: Page) => page.getByText(/保存していない下書きがあります/).waitFor();

/** An entry page into which somebody has typed a telephone number, by keyboard. */
async function typing(who: "clerk1" | "clerk2", number: string) {
  const at = await counter.toExamination(await counter.family());
  const url = `${address}/child-medical/cases/${at.caseId}/entry`;
  const { page, sound } = await seat(who);
  await page.goto(url);
  await page.locator(telephone).focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(number);
  return { at, url, page, sound };
}

/** Answers the browser's question whether to leave, and counts how often it asked. */
function answering(page: Page, leaves: boolean): () => number {
  let asked = 0;
  page.on("dialog", (dialog) => {
    asked += 1;
    void (leaves ? dialog.accept() : dialog.dismiss());
  });
  return () => asked;
}

/** The page of the case of an entry, whichever case comes next. */
const caseOf = (entry: string) => {
  const path = new URL(entry).pathname.replace("/entry", "");
  return ({ pathname }: URL) => pathname === path;
};

test("読み直し、メニュー、戻る、閉じた画面: 下書きから続けられ、保存済みなら問わずに離れる", {
  timeout: 240_000,
}, async () => {
  const { url, page, sound } = await typing("clerk1", "096-777-7777");
  const asked = answering(page, true);
  await saved(page);
  await sound("draft-kept");

  await page.reload();
  await offer(page);
  await sound("draft-offered");
  // 続きから入力する has the focus.
  await page.keyboard.press("Enter");
  await page.locator(telephone).waitFor();
  expect(await page.locator(telephone).inputValue()).toBe("096-777-7777");
  await sound("draft-continued");

  await page.locator(telephone).focus();
  await page.keyboard.press("End");
  await page.keyboard.type("8");
  await saved(page);
  await page.keyboard.press("Alt+KeyH");
  await page.waitForURL(`${address}/`);
  await page.goBack();
  await page.goto(url);
  await offer(page);
  expect(asked()).toBe(0);

  const other = await page.context().newPage();
  await page.close();
  await other.goto(`${url}?draft=open`);
  expect(await other.locator(telephone).inputValue()).toBe("096-777-77778");
  await other.locator(telephone).fill("096-777-7779");
  await save(other);
  await other.waitForURL(caseOf(url));
  await other.getByText("096-777-7779").first().waitFor();
  await other.goto(url);
  await other.locator(telephone).waitFor();
});

test("まだ保存されていない入力があれば、離れる前に問い、離れても下書きは残る", {
  timeout: 120_000,
}, async () => {
  const { url, page } = await typing("clerk1", "096-888-8888");
  const asked = answering(page, true);
  await page.goto(`${address}/people`);
  expect(asked()).toBe(1);
  await page.goto(url);
  await offer(page);
  await page.getByRole("button", { name: "下書きを破棄する" }).press("Enter");
  await page.getByRole("button", { name: "実行する" }).press("Enter");
  await page.locator(telephone).waitFor();
  expect(await page.locator(telephone).inputValue()).toBe("096-000-0000");
});

test("サーバーに届かない間は、下書きも送信も止まり、入力は残り、届けばまた送れる", {
  timeout: 120_000,
}, async () => {
  const { url, page, sound } = await typing("clerk1", "096-999-9999");
  await page.context().setOffline(true);
  await page.keyboard.press("Control+Enter");
  await page.getByText("サーバーに届かないため、下書きを保存できません。").waitFor();
  expect(await page.locator(telephone).inputValue()).toBe("096-999-9999");
  await page.context().setOffline(false);
  await sound("draft-unreachable");
  await page.locator(telephone).press("Control+Enter");
  await page.waitForURL(caseOf(url));
  await page.getByText("096-999-9999").first().waitFor();
});

test("ロックされている間や、サインインが終わった後に送っても、入力は残り、続けられる", {
  timeout: 120_000,
}, async () => {
  const { url, page, sound } = await typing("clerk2", "096-666-6666");
  await saved(page);
  await page.keyboard.press("Alt+KeyL");
  await page.getByRole("heading", { name: "画面をロックしています" }).waitFor();
  await page.keyboard.type(city.credentials("clerk2").password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "画面をロックしています" }).waitFor({ state: "hidden" });
  expect(await page.locator(telephone).inputValue()).toBe("096-666-6666");

  const cookies = await page.context().cookies();
  await page.context().clearCookies();
  await page.locator(telephone).fill("096-666-7777");
  await page.locator(telephone).press("Control+Enter");
  await page.getByText("サインインが終わったため、下書きを保存できません。").waitFor();
  await sound("draft-session-ended");
  const other = await page.context().newPage();
  await other.goto(url);
  await other.waitForURL(/sign-in/);
  // Signed in again, in the other tab.
  await page.context().addCookies(cookies);
  await other.goto(url);
  await offer(other);
  await press(other, "続きから入力する");
  await other.locator(telephone).waitFor();
  expect(await other.locator(telephone).inputValue()).toBe("096-666-6666");
  await page.locator(telephone).press("Control+Enter");
  await page.waitForURL(caseOf(url));
  await page.getByText("096-666-7777").first().waitFor();
});

test("ほかからロックされたことが下書きの保存で分かれば、画面は隠れ、解除すれば続けて保存される", {
  timeout: 120_000,
}, async () => {
  const { page } = await typing("clerk1", "096-555-1111");
  await saved(page);
  const lock = page.getByRole("heading", { name: "画面をロックしています" });
  const headers = JSON.parse((await page.locator("body").getAttribute("hx-headers")) ?? "{}");
  await page.request.post(`${address}/lock`, { headers, form: {} });
  await page.locator(telephone).fill("096-555-2222");
  const refused = page.getByText("画面がロックされたため、下書きを保存できません。");
  await refused.waitFor({ state: "attached" });
  await lock.waitFor();
  await page.keyboard.type(city.credentials("clerk1").password);
  await page.keyboard.press("Enter");
  await lock.waitFor({ state: "hidden" });
  await page.locator(telephone).fill("096-555-3333");
  await saved(page);
});

test("二人が同じ申請を直したら、項目ごとに並べて選び、相手の入力を知らずに消さない", {
  timeout: 120_000,
}, async () => {
  const { at, url, page, sound } = await typing("clerk2", "096-111-1111");
  const { guardian } = inventedApplication;
  await counter.step("clerk1", "enter", at, {
    input: {
      ...inventedApplication,
      guardian: { ...guardian, telephone: "096-222-2222", building: "１０１号" },
    },
  });
  await page.keyboard.press("Control+Enter");
  await page.getByText("窓口 一子: 申請内容を入力する").waitFor();
  await sound("conflict-fields");
  await page.keyboard.press("Control+Enter");
  await page.getByText("どちらにするか選んでください。").first().waitFor();
  await sound("conflict-undecided");
  // The focus is on the field that is still open.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(caseOf(url));
  await page.getByText("096-111-1111").first().waitFor();
  await page.getByText("１０１号").first().waitFor();
});

test("申請の受付で受付日を間違えたら、同じ欄に戻り、直せばそのまま受け付けられる", {
  timeout: 120_000,
}, async () => {
  await counter.family({ name: { kanji: "試験　受付", kana: "シケン　ウケツケ" } });
  const { page, sound } = await seat("clerk1");
  await page.keyboard.press("/");
  await page.keyboard.type("しけん うけつけ");
  await page.keyboard.press("Enter");
  await page.waitForURL(/found/);
  await page.locator("tbody tr a").first().press("Enter");
  await page.waitForURL(/people\/[\w-]{32}$/);
  const day = page.locator('form[action="/child-medical/cases"] [name="receivedOn"]');
  await day.fill("R8.13.40");
  await day.press("Control+Enter");
  await page.getByText("受付日を入力してください。").first().waitFor();
  const again = page.locator('[name="receivedOn"]');
  expect(await again.inputValue()).toBe("R8.13.40");
  expect(await again.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await page.locator(".error-summary a").getAttribute("href")).toBe("#field-receivedOn");
  await sound("opening-mistake");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("R8.11.20");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/child-medical\/cases\/[\w-]{36}\/identity$/);
});
