import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import {
  householdApplication,
  householdCounterOf,
  keyed,
} from "#test/support/household-counter.ts";

const city = await openTestPlatform();
const counter = householdCounterOf(city);
const { address, signedIn } = await openTerminals(city);

test("評価書の移転を起案して承認し、依頼のあった世帯の資格情報を準備し、ほかの決裁者が承認して、提供票を一度だけ作る", {
  timeout: 180_000,
}, async () => {
  const family = await counter.household();
  await counter.step(
    "supervisor1",
    "approve",
    await counter.toApproval(family.mother, householdApplication(family), [keyed(family.mother)]),
  );
  const officer = await signedIn("scheme1");
  await officer.page.goto(`${address}/provision-rules`);
  await officer.page.getByRole("link", { name: "生活支援課（生活保護の支給の決定）" }).click();
  await officer.page.getByRole("button", { name: "起案する" }).click();
  await officer.page.getByText("起案しました").waitFor();
  await expectSound(officer.page, officer.errors);
  const privacy = await signedIn("privacy1");
  await privacy.page.goto(`${address}/provision-rules/decisions`);
  await expectSound(privacy.page, privacy.errors);
  await privacy.page.getByRole("button", { name: "承認する" }).click();
  await privacy.page.getByText("承認しました").waitFor();

  const one = await signedIn("supervisor1");
  await one.page.goto(`${address}/provision-files/new`);
  await one.page.locator("#field-rule").selectOption({ index: 1 });
  for (const item of ["氏名・カナ", "受給者番号", "資格の始まる日", "資格の終わる日", "資格の状態"])
    await one.page.getByLabel(item, { exact: true }).check();
  await one.page.getByRole("button", { name: /対象者を調べて準備する/ }).click();
  await one.page.getByText("依頼のあった方の統合宛名番号を入力してください。").first().waitFor();
  await expectSound(one.page, one.errors);
  await one.page.getByLabel("依頼のあった方の統合宛名番号").fill(family.mother);
  await one.page.getByRole("button", { name: /対象者を調べて準備する/ }).click();
  await one.page.getByText("準備しました").waitFor();
  await expectSound(one.page, one.errors);
  await picture(one.page, "provision-file-waiting");
  const url = one.page.url().split("?")[0] ?? "";
  const other = await signedIn("supervisor2");
  await other.page.goto(url);
  await expectSound(other.page, other.errors);
  await other.page.getByRole("button", { name: "承認する" }).click();
  await other.page.getByText("承認しました").waitFor();
  await expectSound(other.page, other.errors);
  await one.page.goto(url);
  await one.page.getByRole("button", { name: /提供票を作る/ }).click();
  await one.page.getByText("この画面を印刷して渡してください").waitFor();
  await expectSound(one.page, one.errors);
  await picture(one.page, "provision-file-paper");
  await one.page.goto(`${address}/provision-files`);
  await expectSound(one.page, one.errors);
  await one.page.goto(url);
  await one.page.getByText("SHA-256").waitFor();
  expect(await one.page.getByRole("button", { name: /提供票を作る/ }).count()).toBe(0);
  await picture(one.page, "provision-file-provided");
});
