import { test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu, sayYes } from "#test/support/keyboard.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const record = invented();
const [number = ""] = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  (work) => writePeople(work, [{ record }]),
);
const { address, signedIn } = await openTerminals(city);

test("個人情報保護担当は、開示請求を受け付けて調査し、決定案を出し、ほかの担当が決定する", async () => {
  const { page, errors } = await signedIn("privacy1");
  await fromMenu(page, "本人からの請求");
  await expectSound(page, errors);
  await page.getByRole("link", { name: "請求を受け付ける" }).click();
  await expectSound(page, errors);
  await page.getByLabel("種類").selectOption("disclosure");
  await page.getByLabel("統合宛名番号").fill(number);
  await page.getByLabel("本人の生年月日").fill("S30.1.1");
  await page.getByLabel("請求した方").selectOption("self");
  await page.getByLabel("確認の方法").selectOption("number-card");
  await page.keyboard.press("Control+Enter");
  await page.getByText("この番号と生年月日の方は住民記録にいません").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "subject-request-new");
  await page.getByLabel("本人の生年月日").fill(record.birthDate.replaceAll("-", "."));
  await page.keyboard.press("Control+Enter");
  await page.getByText("請求を受け付けました").waitFor();
  const path = new URL(page.url()).pathname;
  const words = page.locator("textarea:visible");
  const step = async (title: string, said: string) => {
    await page.getByText(title, { exact: true }).first().click();
    await words.fill(said);
    await page.getByRole("button", { name: title }).click();
    await page.getByText(`「${title}」を記録しました`).waitFor();
  };
  await step("調査を始める", "台帳を確かめる。");
  await expectSound(page, errors);
  await page.getByText("決定案を出す", { exact: true }).first().click();
  await page.getByLabel("決定案").selectOption("part");
  await page.getByLabel("理由の区分").selectOption("duties");
  await page.getByLabel("閲覧の記録").selectOption("duties");
  await words.fill("閲覧の記録は、点検の事務に支障があるため開示しません。");
  await expectSound(page, errors);
  await picture(page, "subject-request-proposal");
  await page.getByRole("button", { name: "決定案を出す" }).click();
  await page.getByText("「決定案を出す」を記録しました").waitFor();
  await page.getByText("決定案を作った本人は決定できません").waitFor();

  const second = await signedIn("privacy2");
  await second.page.goto(`${address}${path}`);
  await second.page.getByText("決定する", { exact: true }).first().click();
  await second.page.locator("textarea:visible").fill("写しの案を確かめた。");
  await second.page.getByRole("button", { name: "決定する" }).click();
  await sayYes(second.page);
  await second.page.getByText("「決定する」を記録しました").waitFor();
  await second.page.getByRole("link", { name: "決定通知書" }).waitFor();
  await expectSound(second.page, second.errors);
  await picture(second.page, "subject-request");
  await second.page.goto(`${address}/subject-requests`);
  await expectSound(second.page, second.errors);
  await picture(second.page, "subject-requests");
});
