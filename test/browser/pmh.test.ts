import { afterAll, expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press } from "#test/support/keyboard.ts";
import { accepting, openHub, pmhOf, type SentRow } from "#test/support/pmh.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const pmh = pmhOf(city);
const hub = await openHub();
afterAll(() => hub.close());
for (const name of [{}, { name: { kanji: "髙橋　𠮷之介", kana: "タカハシ　ヨシノスケ" } }])
  await counter.toIssued(await counter.family(name));
const { address, signedIn } = await openTerminals(city);
const home = `${address}/child-medical/pmh`;

test("受給者証の変更を集め、別の決裁者が承認して送り、エラーを処理する", async () => {
  const operator = await signedIn("operator1");
  await operator.page.goto(home);
  await operator.page.getByText("PMH登録の設定がないので").waitFor();
  await pmh.setUp({ address: hub.address });
  await operator.page.reload();
  await operator.page.getByText("まだ集めていない変更 2件").waitFor();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "pmh-list");
  await operator.page.getByRole("button", { name: "変更を集める" }).click();
  await operator.page.getByText("変更を集めました").waitFor();
  await expectSound(operator.page, operator.errors);
  await operator.page.getByRole("button", { name: "承認を求める" }).click();
  await operator.page.getByText("承認を求めました").waitFor();
  const run = operator.page.url();

  const supervisor = await signedIn("supervisor1");
  await supervisor.page
    .getByRole("link", { name: /PMH登録の承認/ })
    .first()
    .waitFor();
  await supervisor.page.goto(run);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "pmh-run");
  await press(supervisor.page, "承認して送る");
  await supervisor.page.getByText("承認しました").waitFor();

  hub.behave((rows) => {
    const [bad, ...good] = rows as [SentRow, ...SentRow[]];
    const { results } = JSON.parse(accepting(good)) as { results: object[] };
    const no = { historyKey: bad.historyKey, isDeleted: false, result: "NG", errorCode: "E0101" };
    return { body: JSON.stringify({ results: [...results, no] }) };
  });
  await pmh.send(run.split("/").at(-1) ?? "");
  await operator.page.goto(run);
  await operator.page.getByText("回答済").first().waitFor();
  await operator.page.goto(`${home}/errors`);
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "pmh-errors");
  await operator.page.getByRole("button", { name: "を送り直す" }).click();
  await operator.page.getByText("次の回で送り直します").waitFor();
  await operator.page.goto(home);
  await operator.page.getByText("まだ集めていない変更 1件").waitFor();
});

test("メニューは今の事務だけが開き、畳んだ見出しに件数が見え、キーボードで開ける", async () => {
  const { page, errors } = await signedIn("clerk1");
  const groups = page.locator(".menu details");
  await page.goto(`${address}/single-parent-medical/cases`);
  await expect.poll(() => page.locator(".menu details[open]").count()).toBe(1);
  await expectSound(page, errors);
  await picture(page, "menu-clerk");
  // Home keeps what was worked on last; a folded heading says how much waits.
  await page.goto(address);
  expect(await page.locator(".menu details[open] h2").innerText()).toContain("ひとり親");
  const child = groups.filter({ hasText: "こども医療費助成" });
  expect(await child.locator("summary .count").isVisible()).toBe(true);
  await child.locator("summary").focus();
  await page.keyboard.press("Enter");
  await child.getByRole("link", { name: /申請/ }).first().waitFor({ state: "visible" });
  expect(await child.locator("summary .count").isVisible()).toBe(false);
  await expectSound(page, errors);
  await picture(page, "menu-home");
  // A long group shows what the counter opens all day, and folds the rest by parts, that of the present page open.
  const ofVaccination = groups.filter({ hasText: "予診票の入力" });
  await page.goto(`${address}/vaccination/clinics`);
  const parts = page.locator(".menu .menu-part");
  expect(await ofVaccination.getByRole("link", { name: "接種券" }).isVisible()).toBe(true);
  expect(await ofVaccination.getByRole("link", { name: "委託料の請求" }).isVisible()).toBe(true);
  expect(await page.locator(".menu .menu-part[open]").count()).toBe(1);
  const harm = parts.filter({ hasText: "健康被害・間違い" });
  expect(await harm.getByRole("link", { name: "間違い接種" }).isVisible()).toBe(false);
  await harm.locator("summary").focus();
  await page.keyboard.press("Enter");
  await harm.getByRole("link", { name: "間違い接種" }).waitFor({ state: "visible" });
  await expectSound(page, errors);
  await picture(page, "menu-vaccination");
  // Pages whose address does not begin with that of the entry belong to it too.
  await page.goto(`${address}/vaccination/mistake-years`);
  expect(await page.locator('.menu a[aria-current="page"]').innerText()).toBe("間違い接種");
  // One duty with a short menu: nothing is folded.
  const approver = await signedIn("approver1");
  expect(await approver.page.locator(".menu details").count()).toBe(0);
});
