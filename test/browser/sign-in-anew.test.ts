import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { address, signedIn } = await openTerminals(city, []);

test("再設定を申請し、承認し、行い、本人の画面が制限を言う", { timeout: 120_000 }, async () => {
  const [row] = await city.admin`select id from access.staff where login_name = 'supervisor1'`;
  const administrator = await signedIn("admin1");
  const { page } = administrator;
  await page.goto(`${address}/staff/${row?.id}`);
  await page.getByLabel("理由").selectOption({ label: "パスワードを忘れた" });
  await picture(page, "reset-staff");
  await expectSound(page, administrator.errors);
  await page.getByRole("button", { name: "再設定を申請する" }).click();
  await page.getByText("再設定を申請しました").waitFor();

  const approver = await signedIn("approver1");
  await approver.page.goto(`${address}/credential-resets`);
  await picture(approver.page, "reset-approval");
  await expectSound(approver.page, approver.errors);
  await approver.page.getByRole("button", { name: "承認する" }).click();
  await approver.page.getByRole("dialog").getByRole("button").first().click();
  await approver.page.getByText("再設定を承認しました").waitFor();

  await page.reload();
  await page.getByRole("button", { name: "再設定する" }).click();
  await page.getByRole("dialog").getByRole("button").first().click();
  await page.getByText("一度しか表示されません").waitFor();
  await page.goto(`${address}/staff`);
  await page.getByText("再設定後の制限中").waitFor();
  await expectSound(page, administrator.errors);

  // Somebody else's sign-in was set anew long enough ago that the session of the test stands.
  const limited = await signedIn("clerk1");
  await city.admin`update access.credential set reset_at = now()
    where staff_id = (select id from access.staff where login_name = 'clerk1')`;
  await limited.page.goto(`${address}/people`);
  expect(await limited.page.getByText("サインインの再設定の後は").count()).toBe(1);
  await picture(limited.page, "reset-limited");
  await expectSound(limited.page, limited.errors);
});

test("長く操作のない画面のロックは、確認コードの欄も出す", { timeout: 60_000 }, async () => {
  const { page, errors } = await signedIn("clerk2");
  await page.goto(`${address}/help`, { waitUntil: "networkidle" });
  await city.admin`update access.session set last_seen_at = now() - interval '61 minutes' where ended_at is null`;
  await page.evaluate("window.dispatchEvent(new Event('focus'))");
  const dialog = page.locator("#lock");
  await dialog.getByLabel("確認コード").waitFor();
  await picture(page, "lock-with-code");
  await expectSound(page, errors);
  const { password, code } = city.credentials("clerk2");
  await city.admin`update access.credential set last_totp_step = 0`;
  await dialog.getByLabel("パスワード").fill(password);
  await dialog.getByRole("button", { name: "ロックを解除する" }).click();
  await dialog.getByText("確認コードも入力してください").waitFor();
  await dialog.getByLabel("パスワード").fill(password);
  await dialog.getByLabel("確認コード").fill(code());
  await dialog.getByRole("button", { name: "ロックを解除する" }).click();
  await dialog.waitFor({ state: "hidden" });
});
