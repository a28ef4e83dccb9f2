import { expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu, sayYes } from "#test/support/keyboard.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const [person = ""] = await runWork(
  city.platform,
  await city.system(),
  { purpose: "feed" },
  (work) => writePeople(work, [{ record: invented() }]),
);
const { address, signedIn } = await openTerminals(city);

test("制度担当者が提供先を起案し、個人情報保護担当が承認し、決裁者が提供し、自動応答不可の方はほかの決裁者が解除する", async () => {
  const officer = await signedIn("scheme1");
  await fromMenu(officer.page, "提供先の表");
  await expectSound(officer.page, officer.errors);
  await officer.page.locator("#field-recipient").fill("見本県福祉部");
  await officer.page.getByLabel("提供先の事務").fill("手当の支給");
  await officer.page.getByLabel("法令上の根拠").fill("見本条例第3条");
  await officer.page.getByLabel("出典（評価書など）").fill("評価書 II-5");
  await officer.page.getByLabel("氏名・カナ").check();
  await officer.page.getByLabel("住所", { exact: true }).check();
  await officer.page.getByLabel("紙", { exact: true }).check();
  await officer.page.getByRole("button", { name: "起案する" }).click();
  await officer.page.getByText("起案しました").waitFor();
  await expectSound(officer.page, officer.errors);
  await picture(officer.page, "provision-rules");

  const privacy = await signedIn("privacy1");
  await privacy.page.goto(`${address}/provision-rules/decisions`);
  await expectSound(privacy.page, privacy.errors);
  await picture(privacy.page, "provision-rule-decisions");
  await privacy.page.getByRole("button", { name: "承認する" }).click();
  await privacy.page.getByText("承認しました").waitFor();
  await expectSound(privacy.page, privacy.errors);

  const one = await signedIn("supervisor1");
  const ask = async () => {
    await fromMenu(one.page, "情報を提供する");
    await one.page.getByLabel("提供先と根拠").selectOption({ index: 1 });
    await one.page.getByLabel("統合宛名番号").fill(person);
    await one.page.getByLabel("氏名・カナ").check();
    await expectSound(one.page, one.errors);
    await picture(one.page, "provision-form");
    await one.page.keyboard.press("Control+Enter");
    await one.page.getByRole("heading", { name: "提供する内容の確認" }).waitFor();
    await expectSound(one.page, one.errors);
    await picture(one.page, "provision-preview");
    await one.page.keyboard.press("Control+Enter");
  };
  await ask();
  await one.page.getByRole("heading", { name: "提供票 第1号" }).waitFor();
  await expectSound(one.page, one.errors);
  await picture(one.page, "provision-sheet");

  await fromMenu(one.page, "自動応答不可");
  await one.page.getByLabel("統合宛名番号").fill(person);
  await one.page.locator("#field-reason").selectOption("safety");
  await one.page.getByRole("button", { name: "設定する" }).click();
  await one.page.getByText("自動応答不可にしました").waitFor();
  await expectSound(one.page, one.errors);
  await picture(one.page, "answer-flags");
  await ask();
  await one.page.getByText("ほかの職員の解除を待ちます").waitFor();
  await expectSound(one.page, one.errors);
  await picture(one.page, "provisions");

  const two = await signedIn("supervisor2");
  await two.page.getByRole("link", { name: "提供の依頼 第2号" }).click();
  await expectSound(two.page, two.errors);
  await picture(two.page, "provision-waiting");
  await two.page.getByLabel("理由（個人の情報は書かない）").fill("本人に確認したため");
  await two.page.getByRole("button", { name: "拒否する" }).click();
  await sayYes(two.page);
  await two.page.getByText("解除せず、拒否しました").waitFor();
  await expectSound(two.page, two.errors);
  expect(await two.page.getByText("解除しない").count()).toBeGreaterThan(0);
});
