import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectSound, openTerminals, picture, signInOn } from "#test/support/browser.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";

const city = await openTestPlatform();
const { address, terminal } = await openTerminals(city);
const lock = (page: Page) => page.getByRole("dialog", { name: "画面をロックしています" });
const sessionOf = (who: TestStaff) =>
  city.admin`ended_at is null and staff_id = (select id from access.staff where login_name = ${who})`;

/** Two tabs of one browser, the clock of each in the hand of the test. */
async function twoTabs(who: TestStaff) {
  const { page, errors } = await terminal();
  const { sessionToken } = await city.actor(who);
  await page
    .context()
    .addCookies([{ name: "madoguchi_session", value: sessionToken, url: address }]);
  const other = await page.context().newPage();
  for (const tab of [page, other]) await tab.clock.install();
  await page.goto(`${address}/account/password`);
  await other.goto(`${address}/help`);
  return { page, other, errors, password: city.credentials(who).password };
}

/** As many minutes pass: for the database and for the timers of the pages. */
async function minutesPass(who: TestStaff, minutes: number, ...tabs: Page[]) {
  await city.admin`update access.session set last_seen_at = last_seen_at - make_interval(mins => ${minutes}) where ${sessionOf(who)}`;
  for (const tab of tabs) await tab.clock.fastForward(minutes * 60_000 + 1_000);
}

test("15分触れないと両方のタブがロックされ、片方の解除で両方が、書きかけのまま元に戻る", async () => {
  const { page, other, errors, password } = await twoTabs("clerk1");
  await page.locator("[name=next]").fill("書きかけ");
  await minutesPass("clerk1", 16, page, other);
  await lock(page).waitFor();
  await lock(other).waitFor();
  await expectSound(page, errors);
  await picture(page, "lock");
  await page.keyboard.type("ちがう");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("パスワードが違います").waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await lock(page).waitFor({ state: "hidden" });
  await lock(other).waitFor({ state: "hidden" });
  expect(await page.locator("[name=next]").inputValue()).toBe("書きかけ");
  expect(new URL(other.url()).pathname).toBe("/help");
});

test("片方のタブで働いていれば、触れていないタブもロックされない", async () => {
  const { page, other } = await twoTabs("clerk2");
  await minutesPass("clerk2", 10, page, other);
  await Promise.all([
    page.waitForResponse((answer) => answer.url().endsWith("/account/present")),
    page.getByLabel("今のパスワード").pressSequentially("a"),
  ]);
  await Promise.all([
    other.waitForResponse((answer) => answer.url().includes("/session")),
    minutesPass("clerk2", 10, other),
  ]);
  expect(await lock(other).isVisible()).toBe(false);
});

test("離席ロックはほかのタブも覆い、ロックの画面で解除しても、覆われたタブは元に戻る", async () => {
  const { page, other, password } = await twoTabs("clerk3");
  await page.keyboard.press("Alt+l");
  await lock(page).waitFor();
  await lock(other).waitFor();
  const third = await page.context().newPage();
  await third.goto(`${address}/people`);
  await third.getByLabel("パスワード").fill(password);
  await third.keyboard.press("Enter");
  await third.waitForURL(`${address}/people`);
  await lock(page).waitFor({ state: "hidden" });
  await lock(other).waitFor({ state: "hidden" });
});

test("ロックの画面は、ほかのタブで解除されると自分の画面に戻る", async () => {
  const { page, other, errors, password } = await twoTabs("supervisor1");
  await page.keyboard.press("Alt+l");
  await lock(page).waitFor();
  await other.goto(`${address}/people`);
  await other.getByRole("heading", { name: "画面をロックしています" }).waitFor();
  await expectSound(other, errors);
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await other.getByRole("heading", { name: "住民検索" }).waitFor();
});

test("ほかの端末でサインインすると、先の端末はどのタブもサインインの画面に移り、理由が出る", async () => {
  const first = await terminal();
  await signInOn(first.page, address, city.credentials("operator1"));
  const tab = await first.page.context().newPage();
  await tab.goto(`${address}/help`);
  // A code counts once; the next one is not waited for here.
  await city.admin`update access.credential set last_totp_step = 0`;
  const second = await terminal();
  await second.page.goto(`${address}/sign-in`);
  await second.page.getByLabel("職員番号").fill("operator1");
  await second.page.keyboard.press("Tab");
  await second.page.keyboard.type(city.credentials("operator1").password);
  await second.page.keyboard.press("Enter");
  await second.page.getByLabel("確認コード").fill(city.credentials("operator1").code());
  await second.page.keyboard.press("Enter");
  await second.page.waitForURL(`${address}/`);
  await first.page.goto(`${address}/help`);
  await first.page.getByText("別の端末からサインインがあった").waitFor();
  await expectSound(first.page, first.errors);
  await picture(first.page, "ended-elsewhere");
  await tab.evaluate("window.dispatchEvent(new Event('focus'))");
  await tab.getByRole("heading", { name: "サインイン" }).waitFor();
});

test("知らないうちにロックされていても、送ろうとした入力は失われない", async () => {
  const { page, password } = await twoTabs("admin1");
  await page.goto(`${address}/terminals`);
  await page.getByLabel("端末名").fill("新しい端末");
  await page.clock.fastForward(60_000);
  await city.admin`update access.session set locked_at = now() where ${sessionOf("admin1")}`;
  await page.keyboard.press("Control+Enter");
  await lock(page).waitFor();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await lock(page).waitFor({ state: "hidden" });
  expect(await page.getByLabel("端末名").inputValue()).toBe("新しい端末");
});
