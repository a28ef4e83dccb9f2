import { expect, test } from "vitest";
import { expectSound, openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sampleScreens } from "#test/support/sample-screens.tsx";

const city = await openTestPlatform();
const { address, seat } = await openTerminals(city, [sampleScreens]);

test("ホームは期限を過ぎたものから並び、メニューに件数、差戻しに理由が出る", async () => {
  const { page, errors } = await seat("clerk1");
  await expectSound(page, errors);
  const titles = async (index: number) =>
    page.locator("table[data-rows]").nth(index).locator("tbody a").allInnerTexts();
  // What came back stands first: nobody else will take it up.
  expect(await titles(0)).toEqual(["見本の申請 R8-000007"]);
  expect(await titles(1)).toEqual(["見本の申請 R8-000009", "見本の申請 R8-000012"]);
  expect(await page.getByText("2日超過").count()).toBe(1);
  expect(await page.locator(".menu .count").innerText()).toContain("3");
  expect(await page.getByText("委任状の日付を確認してください。").count()).toBe(1);
});

test("部品はどれも横にはみ出さず、読み上げられる", async () => {
  const { page, errors } = await seat("clerk2");
  await page.goto(`${address}/sample/parts`);
  await expectSound(page, errors);
});

test("入力画面: 読み取りの表示、Enterで次へ、誤りの一覧、入力の保持、添付、メッセージ", async () => {
  const { page, errors } = await seat("supervisor1");
  await page.goto(`${address}/sample/entry`);
  await page.getByLabel("氏名").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("r20229");
  await page.getByText("令和2年2月29日（2020/02/29） 6歳").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("8600004");
  await page.locator("output", { hasText: "新町" }).waitFor();
  expect(await page.getByLabel("住所").inputValue()).toBe("熊本県熊本市中央区新町");
  await page.getByLabel("統合宛名番号").fill("1234567890");
  await page.getByText("検査数字が合いません").waitFor();
  await page.getByLabel("運転免許証").check();
  await page.keyboard.press("Control+Enter");
  await page.locator(".error-summary").waitFor();
  await expectSound(page, errors);
  expect(await page.getByLabel("生年月日").inputValue()).toBe("r20229");
  expect(await page.getByLabel("運転免許証").isChecked()).toBe(true);
  await page.locator(".error-summary a").first().click();
  await page.keyboard.type("ﾐﾎﾝ さくら");
  await page.getByLabel("添付").setInputFiles({
    name: "見本.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7"),
  });
  await page.getByLabel("カナ").press("Control+Enter");
  await page.getByText("受け付けました（ミホン　サクラ 見本.pdf 8）").waitFor();
  await page.goto(`${address}/sample/entry`);
  await expectSound(page, errors);
  await page.getByLabel("備考").fill("入力中");
  expect(await page.getByLabel("備考").inputValue()).toBe("入力中");
  await page.reload();
  expect(await page.getByText("受け付けました").count()).toBe(0);
  expect(errors).toEqual([]);
});

test("先を越されたら、何が変わったかを見て、入力を引き継げる", async () => {
  const { page, errors } = await seat("supervisor2");
  await page.goto(`${address}/sample/entry`);
  await page.getByLabel("カナ").fill("ミホン");
  await page.getByLabel("備考").fill("conflict");
  await page.getByLabel("カナ").press("Control+Enter");
  await page.getByText("10:02 佐藤: 審査済にしました").waitFor();
  await expectSound(page, errors);
  await page.getByRole("link", { name: "入力を引き継いで" }).click();
  await page.getByLabel("備考").waitFor();
  expect(await page.getByLabel("備考").inputValue()).toBe("conflict");
  await page.reload();
  expect(await page.getByLabel("備考").inputValue()).toBe("");
});

test("離席ロックは入力中の画面を隠し、解除すると入力が残っている", async () => {
  const { page, errors } = await seat("operator1");
  await page.goto(`${address}/help`);
  await page.keyboard.press("Alt+l");
  await page.getByText("画面をロックしています").waitFor();
  await expectSound(page, errors);
  expect(await page.getByRole("heading", { name: "職員の手引き" }).isVisible()).toBe(false);
  await page.keyboard.press("Escape");
  expect(await page.locator("#lock").isVisible()).toBe(true);
  const other = await page.context().newPage();
  await other.goto(`${address}/help`);
  expect(await other.getByRole("heading", { name: "画面をロックしています" }).count()).toBe(1);
  await page.getByLabel("パスワード").fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("パスワードが違います").waitFor();
  await page.getByLabel("パスワード").fill(city.credentials("operator1").password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "職員の手引き" }).waitFor({ state: "visible" });
});

test("一括処理の進み具合が画面を開いたまま進む", async () => {
  const { page, errors } = await seat("clerk3");
  await page.goto(`${address}/sample/progress`);
  await page.getByText("3 / 3 件（100%）").waitFor();
  await expectSound(page, errors);
  await page.goto(`${address}/help`);
});
