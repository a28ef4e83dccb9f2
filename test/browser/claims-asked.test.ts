import { expect, test } from "vitest";
import { childMedicalScreens } from "#src/programs/child-medical/screens/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { claimFilesOf, row } from "#test/support/claim-files.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sayYes } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const child = await counter.family({
  name: { kanji: "渡邉　髙太郎", kana: "ワタナベ　ヨシタロウ" },
  birthDate: "2026-10-25",
  residence: { from: "2026-10-25", fromReason: "birth" },
});
await counter.toIssued(child, {
  ...inventedApplication,
  insurance: { ...inventedApplication.insurance, since: "2026-10-25" },
});
const claims = claimsOf(city);
const files = claimFilesOf(claims);
await claims.payments.setUp();
await claims.payments.account(child);
const [recipient] = await city.admin<{ number: string }[]>`
  select recipient_number as number from entitlements.recipient where person_number = ${child}`;
const number = recipient?.number ?? "";
const { address, signedIn } = await openTerminals(city, [childMedicalScreens]);
const home = `${address}/child-medical`;

test("閉じてしまった領収書の入力は、次に開いたときに続きから入力できる", async () => {
  const { page, errors } = await signedIn("clerk1");
  const open = async () => {
    await page.goto(`${home}/claims`);
    await page.locator("#field-recipient").fill(number);
    await page.keyboard.press("Enter");
    await page.waitForURL(/claims\/people/);
  };
  await open();
  await page.locator("#field-r1\\.institution").fill("サンマリノ小児科・アレルギー科クリニック");
  await page.locator("#field-r1\\.points").fill("1234");
  await page.getByText("下書きを保存しました").waitFor({ timeout: 15_000 });
  await open();
  await page.getByText("保存していない下書きがあります").waitFor();
  await expectSound(page, errors);
  await picture(page, "claims-draft");
  await page.getByRole("link", { name: "続きから入力する" }).click();
  await page.locator("#field-r1\\.points").waitFor();
  expect(await page.locator("#field-r1\\.points").inputValue()).toBe("1234");
  await page.goto(page.url().replace("?draft=open", ""));
  await page.getByRole("button", { name: "下書きを破棄する" }).click();
  await sayYes(page);
  await page.getByText("下書きを破棄しました").waitFor();
});

test("ファイルを取り込み、誤りの行を直し、入力待ちの申請に続きを入力する", async () => {
  const { page, errors } = await signedIn("clerk1");
  const birth = "20261025";
  const month = { month: "202611" };
  const bytes = await files.bytesOf([
    row(number, birth, { ...month, institutionName: "サンマリノ小児科・アレルギー科クリニック" }),
    row(number, birth, { ...month, day: "6", points: "", paid: "" }),
    row(number, birth, { ...month, day: "7", paidOn: "20261332" }),
    row("9999999", birth, month),
  ]);
  await page.goto(`${home}/claims/files`);
  await expectSound(page, errors);
  await page.getByRole("button", { name: "取り込む" }).click();
  await page.getByText("ファイルを選んでください。").first().waitFor();
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "電子申請_11月.csv", mimeType: "text/csv", buffer: Buffer.from(bytes) });
  await picture(page, "claims-files");
  await page.getByRole("button", { name: "取り込む" }).click();
  await page.getByText("実在しない日です").waitFor({ timeout: 20_000 });
  await expectSound(page, errors);
  await picture(page, "claims-file");
  await page.locator("table a").first().click();
  await page.getByText("領収日: 日付として読めないか、実在しない日です。").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "claims-file-row");
  await page.locator("#field-paidOn").fill("R8.11.7");
  await page.getByRole("button", { name: "直して取り込む" }).click();
  await page
    .getByText("3件")
    .or(page.getByText("この受給者番号の方は見つかりません"))
    .first()
    .waitFor();
  await page.getByText("この受給者番号の方は見つかりません").first().waitFor({ timeout: 20_000 });
  await page.locator("table a").first().click();
  await page.locator("#field-reason").selectOption("not-ours");
  await page.getByRole("button", { name: "取りやめる" }).click();
  await sayYes(page);
  await page.getByText("取りやめました").waitFor();
  await page.getByText("取込済み").first().waitFor();
  await picture(page, "claims-file-done");
  await page.getByRole("link", { name: /入力待ち/ }).click();
  await page.locator("table a").first().click();
  await page.getByRole("link", { name: "領収書を入力する" }).first().click();
  await page.locator("#field-r1\\.points").waitFor();
  expect(await page.locator("#field-r1\\.institution").inputValue()).toBe("見本診療所");
  await picture(page, "claims-file-completed");
  await page.locator("#field-r1\\.points").fill("500");
  await page.locator("#field-r1\\.paid").fill("1000");
  await page.keyboard.press("Control+Enter");
  await page.getByText("領収書を入力し直しました").waitFor();
});

test("補正を求め、照会し、見本を見て、文書が申請に残る", async () => {
  const { page, errors } = await signedIn("clerk2");
  const { caseId } = await claims.claimed(child, [
    keyedReceipt({ month: "2026-11", day: 9, institutionName: "例示市立総合医療センター" }),
  ]);
  const claim = `${home}/cases/${caseId}`;
  await page.goto(claim);
  await page.getByText("支給申請").first().waitFor();
  await picture(page, "claims-to-be-asked");
  await page.getByRole("link", { name: "補正を求める" }).click();
  await page.waitForURL(/supplement/);
  await page.getByRole("button", { name: "補正のお願いを送る" }).click();
  await page.getByText("求めることを選ぶか").first().waitFor();
  await expectSound(page, errors);
  await page.getByLabel("領収書の原本").check();
  await page.locator("#field-words").fill("領収書に診療日がありません。");
  await page.locator("#field-until").fill("R8.12.4");
  await picture(page, "claims-supplement");
  await page.getByRole("button", { name: "補正のお願いを送る" }).click();
  await page.getByText("補正のお願いを作成しました").waitFor();
  await page.getByText("補正待ち").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "claims-held");
  await page.getByRole("button", { name: "審査に戻す" }).first().click();
  await page.getByText("「審査に戻す」を行いました").waitFor();
  await page.goto(`${claim}/ask`);
  await page.getByRole("button", { name: "照会書を作成する" }).click();
  await page.getByText("宛名を入力してください").first().waitFor();
  await expectSound(page, errors);
  await page.getByLabel("医療機関", { exact: true }).check();
  await page.getByLabel("領収した額").check();
  await page.locator("#field-addressee").fill("例示市立総合医療センター　医事課");
  await page.locator("#field-postalCode").fill("860-0004");
  await page.locator("#field-address").fill("熊本市中央区試験町1番1号");
  await page.locator("#field-until").fill("R8.12.18");
  await picture(page, "claims-ask");
  await page.getByRole("button", { name: "照会書を作成する" }).click();
  await page.getByText("照会書を作成しました").waitFor();
  await page.getByText("照会中").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "claims-inquiring");
});

test("支給決定通知はがきの一括発送を始められる", async () => {
  const { page, errors } = await signedIn("operator1");
  await page.goto(`${home}/mailings/claim-postcards`);
  await expectSound(page, errors);
  await picture(page, "claims-postcards");
});
