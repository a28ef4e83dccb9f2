import { expect, test } from "vitest";
import { vaccinationScreens } from "#src/programs/vaccination/screens/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, sayYes, unfold } from "#test/support/keyboard.ts";
import { lettersOf } from "#test/support/request-letters.ts";

const city = await openTestPlatform();
const letters = lettersOf(city);
await letters.setUp();
const { child, father } = await letters.family({
  name: { kanji: "𠮷田　アレクサンドラマリア", kana: "ヨシダ　アレクサンドラマリア" },
});
await letters.payments.account(father);
const { address, signedIn } = await openTerminals(city, [vaccinationScreens]);

test("依頼書の申請を入力し、審査、決裁、交付、送付、結果の記録を経て、払戻しを決裁する", {
  timeout: 240_000,
}, async () => {
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${address}/people`);
  await page.locator("input[name=q], input[type=search], #field-name").first().fill("ヨシダ");
  await page.keyboard.press("Enter");
  await page.getByText("アレクサンドラマリア").first().click();
  await unfold(page, "予防接種実施依頼書");
  await page.getByRole("link", { name: "依頼書の申請を受け付ける" }).click();
  await page.waitForURL(/request-letters\/people/);
  await expectSound(page, errors);
  const fill = (name: string, value: string) =>
    page.locator(`#field-${name.replaceAll(".", "\\.")}`).fill(value);
  const choose = (name: string, value: string) =>
    page.locator(`#field-${name.replaceAll(".", "\\.")}`).selectOption(value);
  await page.keyboard.press("Control+Enter");
  await page.getByText("理由を選んでください").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "request-letter-mistakes");
  await page.locator("#pick-applicant").selectOption({ index: 2 });
  await fill("applicant.telephone", "096-000-0000");
  await choose("applicantNumber", father);
  await choose("stay.prefecture", "40");
  await fill("stay.municipality", "見本市");
  await fill("stay.postalCode", "8100001");
  await fill("stay.address", "福岡県見本市例示町2丁目3番4号");
  await fill("stayFrom", "R8.11.1");
  await fill("stayTo", "R9.3.31");
  await choose("reason", "homecoming");
  await fill("to.name", "見本市長");
  await fill("to.postalCode", "8100001");
  await fill("to.address", "福岡県見本市例示町1丁目1番1号");
  await choose("l1.vaccine", "hepb");
  await fill("l1.dose", "1");
  await fill("l1.plannedOn", "R8.11.21");
  await choose("l2.vaccine", "mr1");
  await fill("l2.dose", "1");
  await fill("l2.plannedOn", "R8.11.21");
  await picture(page, "request-letter-entry");
  await page.keyboard.press("Control+Enter");
  await page.getByText("を受け付けました。予防接種2件").waitFor();
  await expectSound(page, errors);
  await picture(page, "request-letter-received");
  const letter = page.url().split("?")[0] ?? "";

  await page.goto(`${letter}/identity`);
  await page.getByLabel("個人番号カード").check();
  await page.keyboard.press("Control+Enter");
  await page.getByText("本人確認を記録しました").waitFor();
  await page.goto(`${letter}/documents`);
  await page.locator("input[name=handbook-copy][value=seen]").check();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL((url) => !url.pathname.endsWith("/documents"));
  const second = await signedIn("clerk2");
  await second.page.goto(letter);
  await expectSound(second.page, second.errors);
  await picture(second.page, "request-letter-examined");
  await second.page.goto(`${letter}/judge`);
  await expectSound(second.page, second.errors);
  await second.page.locator("#field-f2\\.not-in-order").selectOption("special-case");
  await second.page.locator("textarea").first().fill("長期療養の証明書を確かめました");
  await picture(second.page, "request-letter-judge");
  await second.page.keyboard.press("Control+Enter");
  await second.page.getByText("判断を記録しました").waitFor();
  for (const button of ["入力内容を確認する", "交付を起案する", "決裁に回す"]) {
    await press(second.page, button);
    await second.page.getByText(`「${button}」を行いました`).waitFor();
  }

  const supervisor = await signedIn("supervisor1");
  await supervisor.page.goto(`${letter}/decision`);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "request-letter-decision");
  await supervisor.page.getByRole("button", { name: "決裁する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("「決裁する」を行いました").waitFor();

  await page.goto(`${letter}/letter`);
  await expectSound(page, errors);
  await picture(page, "request-letter-issue");
  await page.getByRole("button", { name: "交付する" }).click();
  await page.getByText("依頼書を交付しました").waitFor({ timeout: 60_000 });
  await page.goto(`${letter}/sending`);
  await expectSound(page, errors);
  await page.getByLabel("申請者に郵送").check();
  await page.keyboard.press("Control+Enter");
  await page.getByText("送付を記録しました").waitFor();
  await page.goto(`${letter}/result`);
  await expectSound(page, errors);
  await page.locator("#field-line").selectOption("1");
  await fill("on", "R8.11.19");
  await fill("lot", "A123");
  await fill("doctor", "髙橋 医師");
  await page.keyboard.press("Control+Enter");
  await page.getByText("この日に有効な依頼書がありません").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "request-letter-result");
  await fill("on", "R8.11.20");
  await page.keyboard.press("Control+Enter");
  await page.getByText("接種の結果を記録しました").waitFor();
  await expectSound(page, errors);
  await picture(page, "request-letter-valid");

  // MR at three months is before the age of the law: it waits, and becomes the result once somebody has found out.
  await page.goto(`${letter}/result`);
  await fill("on", "R8.11.20");
  await fill("doctor", "髙橋 医師");
  await page.keyboard.press("Control+Enter");
  await page.getByText("まだ接種記録にしていません").waitFor();
  await expectSound(page, errors);
  await picture(page, "request-letter-doubtful");
  await page.goto(`${letter}/result`);
  await page.getByText("予診票の処理で確かめています").waitFor();
  await page.goto(letter);
  await expectSound(page, errors);
  await picture(page, "request-letter-waiting");
  await page.getByRole("link", { name: "結果を確認中" }).click();
  await page.locator("#field-accept").selectOption("clinic");
  await page.getByRole("button", { name: "記録する", exact: true }).click();
  await page.getByText("実施依頼書の結果にもなりました").waitFor();
  await page.goto(letter);
  await page.getByText("終了").first().waitFor();
  await picture(page, "request-letter-finished");

  await page.goto(letter.replace(/cases.*/, "cases"));
  await expectSound(page, errors);
  await picture(page, "request-letter-list");
  await page.goto(`${address}/people`);
  await page.locator("input[name=q], input[type=search], #field-name").first().fill("ヨシダ");
  await page.keyboard.press("Enter");
  await page.getByText("アレクサンドラマリア").first().click();
  await expectSound(page, errors);
  await picture(page, "request-letter-person");
  await page.getByRole("link", { name: "払戻しの請求を受け付ける" }).click();
  await page.waitForURL(/refunds\/people/);
  await expectSound(page, errors);
  await page.getByLabel("口座を登録する").uncheck();
  await choose("d1.vaccine", "hepb");
  await fill("d1.dose", "1");
  await fill("d1.clinic", "サンマリノ小児科・アレルギー科クリニック");
  await fill("d1.givenOn", "R8.11.20");
  await page.keyboard.press("Control+Enter");
  await page.getByText("支払った額は、1円から").first().waitFor();
  await picture(page, "request-refund-mistake");
  await fill("d1.paid", "7000");
  await page.keyboard.press("Control+Enter");
  await page.getByText("払戻しの請求").first().waitFor();
  await page.getByText("を受け付けました。領収書1件").waitFor();
  await expectSound(page, errors);
  await picture(page, "request-refund");
  const refund = page.url().split("?")[0] ?? "";
  await second.page.goto(refund);
  await press(second.page, "払戻しを起案して決裁に回す");
  await second.page.getByText("「払戻しを起案して決裁に回す」を行いました").waitFor();
  await supervisor.page.goto(`${refund}/decision`);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "request-refund-decision");
  await supervisor.page.getByRole("button", { name: "決裁する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("「決裁する」を行いました").waitFor();
  const [owed] = await city.admin<{ amount: number; person: string }[]>`
    select amount::integer as amount, person_number as person from payments.payable where source_kind = 'request-refund'`;
  expect(owed).toEqual({ amount: 6600, person: father });
  expect(child).not.toBe(father);
});
