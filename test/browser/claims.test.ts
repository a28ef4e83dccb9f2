import { expect, test } from "vitest";
import { childMedicalScreens } from "#src/programs/child-medical/screens/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, sayYes } from "#test/support/keyboard.ts";
import { paymentsOf } from "#test/support/payments.ts";

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
const payments = paymentsOf(city, "child-medical");
await payments.setUp();
await payments.account(child);
const [recipient] = await city.admin<{ number: string }[]>`
  select recipient_number as number from entitlements.recipient where person_number = ${child}`;
const { address, signedIn } = await openTerminals(city, [childMedicalScreens]);
const home = `${address}/child-medical`;

test("領収書をキーボードだけで入力し、確かめ、起案し、一括で決裁すると、支払うものになる", async () => {
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${home}/claims`);
  await expectSound(page, errors);
  await picture(page, "claims-intake");
  await page.keyboard.type("9999999");
  await page.keyboard.press("Enter");
  await page.getByText("この受給者番号の方はいません").first().waitFor();
  await page.locator("#field-recipient").fill(recipient?.number ?? "");
  await page.keyboard.press("Enter");
  await page.waitForURL(/claims\/people/);
  const fill = (name: string, value: string) =>
    page.locator(`#field-${name.replaceAll(".", "\\.")}`).fill(value);
  await fill("r1.month", "R8.11");
  await fill("r1.day", "5");
  await fill("r1.institution", "サンマリノ小児科・アレルギー科クリニック");
  await fill("r1.points", "1234");
  await fill("r1.paid", "2470");
  await page.keyboard.press("Control+Enter");
  await page.getByText("領収書1: 区分を選んでください。").first().waitFor();
  await expectSound(page, errors);
  await page.locator("#field-r1\\.care").selectOption("outpatient");
  await fill("r2.day", "6");
  await fill("r2.points", "500");
  await fill("r2.paid", "1000");
  await fill("r3.day", "7");
  await fill("r3.points", "800");
  await fill("r3.paid", "3000");
  await picture(page, "claims-entry");
  await page.keyboard.press("Control+Enter");
  await page.getByText("領収書3枚、領収額の合計 6,470円").waitFor();
  await picture(page, "claims-recent");
  await page.locator("table a").first().focus();
  await page.keyboard.press("Enter");
  await page.getByText("支給申請").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "claims-claim");
  const claim = page.url();

  const second = await signedIn("clerk2");
  await second.page.goto(claim);
  await press(second.page, "確認事項を判断する");
  await second.page.waitForURL(/findings/);
  await expectSound(second.page, second.errors);
  await picture(second.page, "claims-findings");
  for (const one of await second.page.locator("select").all())
    await one.selectOption(
      (await one.locator("option", { hasText: "領収書の原本" }).count())
        ? "receipt-seen"
        : "uninsured",
    );
  await second.page.keyboard.press("Control+Enter");
  await second.page.getByText("判断を記録しました").waitFor();
  await press(second.page, "支給を起案して決裁に回す");
  await second.page.getByText("「支給を起案して決裁に回す」を行いました").waitFor();

  const supervisor = await signedIn("supervisor1");
  await supervisor.page.goto(`${claim}/decision`);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "claims-decision");
  await supervisor.page.goto(`${home}/decisions`);
  await supervisor.page.locator("tbody input[type=checkbox]").first().check();
  await supervisor.page.locator("main form button").first().click();
  await supervisor.page.getByText("この一括決裁で行われること").waitFor({ timeout: 20_000 });
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "claims-bulk");
  await supervisor.page.getByLabel("1件の内容と、見本の通知書を確かめました").check();
  await supervisor.page.getByRole("button", { name: "1件を決裁する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("決裁したもの 1件").waitFor({ timeout: 20_000 });

  await page.goto(claim);
  await page
    .getByText(/P\d{7}/)
    .first()
    .waitFor();
  await expectSound(page, errors);
  await picture(page, "claims-granted");
  const [owed] = await city.admin<{ amount: number }[]>`
    select amount::integer as amount from payments.payable where source_kind = 'refund'`;
  expect(owed?.amount).toBeGreaterThan(0);
});
