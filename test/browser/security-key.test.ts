import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { address, terminal } = await openTerminals(city, []);
// A key is bound to a name; an address of numbers is none.
const origin = address.replace("127.0.0.1", "localhost");
city.platform.origin = origin;

/** A key at the terminal, as the browser's own tools make one; with `verifies` its person gives PIN or finger. */
async function plugIn(page: Page, verifies: boolean) {
  const tools = await page.context().newCDPSession(page);
  await tools.send("WebAuthn.enable");
  const { authenticatorId } = await tools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "usb",
      hasResidentKey: false,
      hasUserVerification: true,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return {
    verify: (isUserVerified: boolean) =>
      tools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified }),
    count: async () =>
      (await tools.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}

const anotherCode = () => city.admin`update access.credential set last_totp_step = 0`;
const { loginName, password, code } = city.credentials("clerk1");

async function firstFactor(page: Page) {
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("職員番号").fill(loginName);
  await page.getByLabel("パスワード").fill(password);
  await page.getByRole("button", { name: "次へ" }).click();
}

test("キーを登録し、キーでサインインし、なくしたキーを外す", { timeout: 90_000 }, async () => {
  const { page, errors } = await terminal();
  const key = await plugIn(page, true);
  await firstFactor(page);
  const used = code();
  await page.locator("main").getByLabel("確認コード").fill(used);
  await page.getByRole("button", { name: "サインイン" }).click();
  await page.waitForURL(`${origin}/`);

  await page.goto(`${origin}/account/keys`);
  const begin = async (shown: string) => {
    await page.getByLabel("呼び名").fill("青いキー");
    await page.getByLabel("今のパスワード").fill(password);
    await page.locator("main").getByLabel("確認コード").fill(shown);
    await page.getByRole("button", { name: "次へ" }).click();
  };
  // The code of the sign-in is none: a second factor that is fresh is asked for.
  await begin(used);
  await page.getByText("この確認コードは使用済みです").first().waitFor();
  await expectSound(page, errors);
  await anotherCode();
  await begin(code());
  await page.getByRole("button", { name: "キーを登録する" }).waitFor();
  await expectSound(page, errors);
  await page.getByRole("button", { name: "キーを登録する" }).click();
  await page.getByText("セキュリティキーを登録しました").waitFor();
  expect(await key.count()).toBe(1);
  await picture(page, "security-keys");

  await page.getByRole("button", { name: "サインアウト" }).click();
  await page.getByText("サインアウトしました").waitFor();
  // Without PIN or finger the key does not answer for its person.
  await key.verify(false);
  await firstFactor(page);
  const byKey = page.getByRole("button", { name: "セキュリティキーでサインイン" });
  await byKey.waitFor();
  await expectSound(page, errors);
  await picture(page, "sign-in-key");
  await byKey.click();
  await page.getByText("キーの確認ができませんでした").waitFor();
  await key.verify(true);
  await byKey.click();
  await page.waitForURL(`${origin}/`);

  await page.goto(`${origin}/account/keys`);
  await page.getByRole("button", { name: "外す" }).click();
  await page.getByRole("dialog").getByRole("button").first().click();
  await page.getByText("セキュリティキーの登録を外しました").waitFor();
  await page.getByRole("button", { name: "サインアウト" }).click();
  await page.getByText("サインアウトしました").waitFor();
  await firstFactor(page);
  await page.locator("main").getByLabel("確認コード").waitFor();
  expect(await byKey.count()).toBe(0);
});
