import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startJobs } from "#src/platform/jobs/index.ts";
import { mailingJobs } from "#src/platform/mailings/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu, sayYes } from "#test/support/keyboard.ts";
import { indexOf, mailingsOf, oneYearOlds, openPackage } from "#test/support/mailings.ts";

const home = await openTestPlatform();
const { address, seat } = await openTerminals(home);
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let jobs: { stop(): Promise<void> };

beforeAll(async () => {
  mail = await mailingsOf(home);
  await mail.enter([
    ...oneYearOlds(40),
    ...oneYearOlds(1, {
      name: { kanji: "見本　守", kana: "ミホン　マモル" },
      protection: { from: "2026-06-01" },
    }),
    ...oneYearOlds(1, { name: { kanji: "見本　晴", kana: "ミホン　ハル" } }),
    ...oneYearOlds(1, { name: { kanji: "見本　葛󠄂子", kana: "ミホン　カツコ" } }),
  ]);
  jobs = await startJobs(home.platform, home.applicationUrl, mailingJobs);
});
afterAll(() => jobs.stop());

let runAddress = "";

test("一括処理担当が月と予防接種を選び、件数を確かめて承認を求める", async () => {
  const { page, errors } = await seat("operator1");
  await fromMenu(page, "一括発送", "/vaccination/mailings");
  await expectSound(page, errors);
  await page.getByRole("link", { name: "新しい一括発送" }).click();
  await expectSound(page, errors);
  await picture(page, "mailing-new");
  await page.getByLabel("印刷期限").fill("R8.11.25");
  await page.getByLabel("発送予定日").fill("R8.11.28");
  await page.getByRole("button", { name: /対象者を抽出する/ }).click();
  await page.waitForURL(/mailings\/[0-9a-f-]{36}$/);
  runAddress = page.url();
  await page.getByRole("button", { name: "承認を求める" }).waitFor();
  await expectSound(page, errors);
  await picture(page, "mailing-extracted");
  await page.getByRole("link", { name: "印字できない文字（外字）" }).click();
  await expectSound(page, errors);
  expect(await page.getByText("見本　葛󠄂子").count()).toBe(2);
  // Two coupons, each with the name in its address and in its part for the clinic.
  expect(await page.getByText("U+845B U+E0102").count()).toBe(4);
  await picture(page, "mailing-characters");
  await page.goBack();
  await page.getByRole("button", { name: "承認を求める" }).click();
  await page.getByText("承認を求めました").waitFor();
  // Whoever prepared sees no way to approve, and who does it.
  await page.getByText("「一括発送の承認」を待っています。").waitFor();
  expect(await page.getByRole("button", { name: "承認する" }).count()).toBe(0);
  await expectSound(page, errors);
});

test("決裁者が保留を一件解除し、見本を見て承認すると、進み具合が出て完成する", async () => {
  const { page, errors } = await seat("supervisor1");
  await page
    .getByRole("link", { name: /予防接種券/ })
    .first()
    .click();
  await page.waitForURL(runAddress);
  await page.getByRole("link", { name: "支援措置" }).click();
  await page.getByRole("link", { name: "保留を確かめる" }).first().click();
  await expectSound(page, errors);
  await picture(page, "mailing-held");
  await page.getByLabel("解除する理由").fill("母に電話で届け先を確かめた");
  await page.getByRole("button", { name: "保留を解除して送る" }).click();
  await sayYes(page);
  await page.getByText("保留を解除しました").waitFor();
  await page.goto(runAddress);
  await expectSound(page, errors);
  await picture(page, "mailing-approval");
  const preview = await page.request.get(`${runAddress}/preview`);
  expect((await preview.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await page.getByRole("button", { name: "承認する" }).click();
  await sayYes(page);
  await page.getByText("承認しました").waitFor();
  await page.getByText("完成", { exact: true }).first().waitFor();
  await page.getByRole("heading", { name: "発送データ" }).waitFor();
  await page.evaluate("scrollTo(0, 0)");
  await expectSound(page, errors);
  await picture(page, "mailing");
});

test("一括処理担当が発送データを取り出し、引渡しから消去報告までを授受簿に書く", async () => {
  const { page, errors } = await seat("operator2");
  await page.goto(runAddress);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "取り出す" }).click(),
  ]);
  const files = await openPackage(await buffer(await download.createReadStream()), mail.identity);
  expect(indexOf(files).length).toBeGreaterThan(40);
  await page.evaluate("scrollTo(0, 0)");
  await picture(page, "mailing-complete");
  await page.getByRole("button", { name: "引き渡す" }).click();
  await sayYes(page);
  await page.getByLabel("受領日").fill("R8.11.20");
  await page.getByLabel("受領書番号").fill("受-001");
  await expectSound(page, errors);
  await page.getByRole("button", { name: "受領を記録する" }).click();
  await sayYes(page);
  await page.getByLabel("消去した日").fill("20261120");
  await page.getByLabel("消去報告書番号").fill("消-001");
  await page.getByRole("button", { name: /消去報告を記録する/ }).click();
  await sayYes(page);
  await page.getByText("返却・消去報告を授受簿に記載しました").waitFor();
  await page.locator('a[href="/vaccination/hand-overs"]').first().click();
  await expectSound(page, errors);
  await picture(page, "hand-over-book");
  await fromMenu(page, "一括発送", "/vaccination/mailings");
  await expectSound(page, errors);
  await picture(page, "mailing-list");
  await page.goBack();
  expect(await page.getByText("消-001").count()).toBe(1);
  const paper = await page.request.get(`${address}/vaccination/hand-overs/print`);
  expect((await textOfPages(await paper.body())).join("")).toContain("見本印刷株式会社");
});

test("窓口では母子手帳の形で接種の記録を見て、汚れた接種券を同じ番号で再印刷する", async () => {
  const { page, errors } = await seat("clerk1");
  await page.keyboard.press("/");
  await page.keyboard.type("みほん はる");
  await page.keyboard.press("Enter");
  await page.waitForURL(/found/);
  await page.locator("tbody a").first().click();
  await page.getByRole("heading", { name: "予防接種の記録" }).waitFor();
  await expectSound(page, errors);
  await page.getByRole("heading", { name: "予防接種の記録" }).scrollIntoViewIfNeeded();
  await picture(page, "person-vaccinations");
  await page.locator("table", { hasText: "券番号" }).locator("tbody a").first().click();
  await expectSound(page, errors);
  await picture(page, "coupon");
  const number = page.url().split("/").at(-1);
  await page.getByLabel("理由").first().selectOption("spoilt");
  const [printed] = await Promise.all([
    page.waitForResponse(/reprint/),
    page.getByRole("button", { name: "この場で再印刷する" }).click(),
  ]);
  expect(printed.headers()["content-type"]).toContain("application/pdf");
  await page.goto(`${address}/vaccination/coupons/${number}`);
  await page.locator(".time-line").getByText("汚損・印字不良").waitFor();
  expect(await page.getByText("2 回").count()).toBe(1);
  await expectSound(page, errors);
});

test("委託先の登録は、鍵でないものを受け付けない", async () => {
  const { page, errors } = await seat("admin1");
  await page.locator('a[href="/vaccination/contractors"]').first().click();
  await page.getByLabel("名称").fill("例示印刷");
  await page.getByLabel("契約の始まり").fill("R8.4.1");
  await page.getByLabel("契約の終わり").fill("R9.3.31");
  await page.getByLabel("公開鍵").fill("これは鍵ではありません");
  await page.getByRole("button", { name: /登録する/ }).click();
  await page.getByText("そのまま貼り付けてください").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "contractors");
});
