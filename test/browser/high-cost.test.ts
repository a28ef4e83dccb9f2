import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { highCostJobs } from "#src/platform/high-cost/index.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { programs } from "#src/programs/registry.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { setClaimAddresses } from "#test/support/claim-addresses.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { highCostOf, insurers } from "#test/support/high-cost.ts";
import { sayYes } from "#test/support/keyboard.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const city = await openTestPlatform();
const cost = highCostOf(city);
const { address, seat } = await openTerminals(city, programs);
const home = `${address}/child-medical/high-cost`;
let jobs: Awaited<ReturnType<typeof startJobs>>;

beforeAll(async () => {
  city.platform.clock.moveTo("2026-11-20");
  const people = await receiptsOf(city).entitled(4);
  for (const [at, one] of people.entries())
    await cost.paid(one, {
      cost: 400_000 + 200_000 * at,
      ...(at === 0 ? {} : { category: "ウ" }),
      ...(at === 3 ? { insurer: insurers.kyokai } : {}),
      ...(at === 2 ? { otherFunds: ["54436015"] } : {}),
    });
  const [, , mixed] = people;
  if (mixed) await cost.paid(mixed, { cost: 650_000, category: "イ", institution: "4310000007" });
  jobs = await startJobs(city.platform, city.applicationUrl, highCostJobs);
});
afterAll(() => jobs.stop());

test("月を抽出し、区分と委任状を入力し、保険者に請求して、回答と入金で終わる", async () => {
  const operator = await seat("operator1");
  await operator.page.goto(`${home}/searches`);
  await expectSound(operator.page, operator.errors);
  await operator.page.getByLabel("診療月").selectOption("2026-09");
  await operator.page.getByRole("button", { name: "抽出する" }).click();
  await operator.page.getByRole("button", { name: "反映する" }).waitFor({ timeout: 60_000 });
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "high-cost-search");
  await operator.page.getByRole("button", { name: "反映する" }).click();
  await operator.page.getByText("結果を反映しました").waitFor();

  const clerk = await seat("clerk1");
  await clerk.page.goto(`${home}?state=query`);
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "high-cost-list");
  await clerk.page.locator("tbody a").first().click();
  await clerk.page.getByText("適用区分を調べてください").waitFor();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "high-cost-query");
  await clerk.page.getByRole("button", { name: "もう一度計算する" }).click();
  await clerk.page.getByText("根拠を選んでください").first().waitFor();
  await clerk.page.locator("select[name=category]").selectOption("オ");
  await clerk.page.locator("select[name=evidence]").selectOption("inquiry");
  await clerk.page.getByRole("button", { name: "もう一度計算する" }).click();
  await clerk.page.getByText("もう一度計算しました").waitFor();
  await clerk.page.getByRole("button", { name: "依頼を入力する" }).click();
  await clerk.page.getByText("委任状の依頼を入力しました").waitFor();
  await clerk.page.getByRole("button", { name: "委任状を受け取った" }).click();
  await clerk.page.locator(".page-title .badge", { hasText: "請求できる" }).waitFor();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "high-cost-entry");
  const entry = clerk.page.url();

  await operator.page.goto(home);
  await operator.page.getByRole("button", { name: "請求に集める" }).first().click();
  await operator.page.getByText("請求に集めました").waitFor();
  await operator.page.getByRole("button", { name: "承認を求める" }).click();
  await operator.page.getByText("「承認を求める」を行いました").waitFor();
  const claim = operator.page.url();
  const supervisor = await seat("supervisor1");
  await supervisor.page.goto(claim);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "high-cost-approval");
  await supervisor.page.getByRole("button", { name: "承認する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("「承認する」を行いました").waitFor();

  await operator.page.goto(claim);
  const download = operator.page.waitForEvent("download");
  await operator.page.getByRole("button", { name: "請求一覧" }).click();
  await sayYes(operator.page);
  const file = await readFile(await (await download).path(), "utf8");
  expect(file).toContain('"83100"');
  await operator.page.goto(claim);
  await operator.page.getByText("「高額療養費の振込先（市の口座）」が登録されていません").waitFor();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "high-cost-paper-unset");
  await setClaimAddresses(city);
  await operator.page.goto(claim);
  await operator.page.getByRole("button", { name: "請求書を発行する" }).click();
  await sayYes(operator.page);
  await operator.page.getByText("請求書を発行しました").waitFor();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "high-cost-paper");
  const paper = operator.page.waitForEvent("popup");
  await operator.page.getByRole("link", { name: /^請求書 .*を印刷$/ }).click();
  await (await paper).close();
  await operator.page.getByRole("button", { name: "送付を入力する" }).click();
  await operator.page.getByText("「送付を入力する」を行いました").waitFor();
  await operator.page.getByLabel("回答", { exact: false }).first().waitFor();
  await operator.page.locator("select[name=answer]").selectOption("differs");
  await operator.page.locator("input[name=granted]").fill("80000");
  await operator.page.getByRole("button", { name: "保険者の回答を入力する" }).click();
  await operator.page.getByText("理由を選んでください").first().waitFor();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "high-cost-answer");
  await operator.page.locator("select[name=reason]").first().selectOption("other-category");
  await operator.page.getByRole("button", { name: "保険者の回答を入力する" }).click();
  await operator.page.getByText("「保険者の回答を入力する」を行いました").waitFor();

  const cashier = await seat("cashier1");
  await cashier.page.goto(claim);
  await cashier.page.getByLabel("収納の番号").fill("N-1");
  await expectSound(cashier.page, cashier.errors);
  await cashier.page.getByRole("button", { name: "入金を入力する" }).click();
  await cashier.page.getByText("「入金を入力する」を行いました").waitFor();
  await operator.page.goto(claim);
  await operator.page.getByRole("button", { name: "請求を終える" }).click();
  await operator.page.locator(".page-title .badge", { hasText: "終了" }).waitFor();
  await picture(operator.page, "high-cost-claim");

  await supervisor.page.goto(entry);
  await supervisor.page.getByRole("button", { name: "支給額を認める" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.locator(".page-title .badge", { hasText: "支給済" }).waitFor();
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "high-cost-paid");
  await supervisor.page.locator("dd a").first().click();
  await supervisor.page.getByText("こども医療費助成 高額療養費").first().waitFor();
});
