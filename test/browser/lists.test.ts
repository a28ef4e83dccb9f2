import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { copyCase, copyProposals } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sayYes } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const { family, open, step, toApproval } = counterOf(city);
const received = await open("clerk1", await family());
await copyCase(city.admin, received.id, 480);
const proposal = await toApproval(await family());
const proposals = await copyProposals(city, proposal.caseId, 19);
await step("supervisor2", "remand", await toApproval(await family()), {
  comment: "保険の記号を確かめてください",
});
// A code by hand is good for one sign-in alone.
const { address, signedIn: seat } = await openTerminals(city);
const list = `${address}/child-medical/cases`;

test("500件の一覧をキーボードだけで絞り、矢印で行を移り、開いて、同じ行に戻れる", async () => {
  const { page, errors } = await seat("supervisor1");
  await page.goto(`${list}?state=received&sort=number`);
  await expectSound(page, errors);
  await picture(page, "case-list");
  await page.keyboard.press("ArrowDown");
  for (let n = 0; n < 4; n++) await page.keyboard.press("ArrowDown");
  const fifth = await page.evaluate("document.activeElement.textContent");
  await page.keyboard.press("Space");
  expect(await page.locator("tbody input:checked").count()).toBe(1);
  await page.keyboard.press("Enter");
  await page.waitForURL(/cases\/[0-9a-f-]{36}/);
  await expectSound(page, errors);
  await picture(page, "case-assignment");
  await page.getByRole("link", { name: "申請一覧" }).last().press("Enter");
  await page.waitForURL(/state=received/);
  expect(await page.evaluate("document.activeElement.textContent")).toBe(fifth);

  await page.getByText("条件を選ぶ").press("Enter");
  await page.getByLabel("受付日（から）").fill("r81101");
  await page.getByLabel("受付日（まで）").fill("R8.11.3");
  await page.getByLabel("受付日（まで）").press("Enter");
  await page.waitForURL(/from=2026-11-01&to=2026-11-03/);
  await expectSound(page, errors);
  await picture(page, "case-list-filtered");
});

test("決裁者のホームは決裁待ちから始まり、決裁するたびに次の決裁へ Enter で進める", async () => {
  const { page, errors } = await seat("supervisor1");
  await page.goto(address);
  await expectSound(page, errors);
  await picture(page, "home-supervisor");
  await page
    .getByRole("link", { name: /決裁待ち/ })
    .first()
    .press("Enter");
  await page.waitForURL(/work=/);
  await page.locator("table[data-rows] tbody a").first().press("Enter");
  await page.getByRole("link", { name: "決裁する" }).first().press("Enter");
  for (let n = 0; n < 2; n++) {
    await page.getByRole("button", { name: "この内容で決裁する" }).press("Enter");
    await sayYes(page);
    await page.getByRole("link", { name: /^次へ（R8-/ }).waitFor();
    await expectSound(page, errors);
    if (n === 0) await picture(page, "next-work");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/decision$/);
  }
  await page.getByRole("button", { name: "差し戻す" }).waitFor();
});

test("窓口のホームには差戻しの理由が見え、担当の札で絞れる", async () => {
  const { page, errors } = await seat("clerk2");
  await page.goto(address);
  await page.getByText("保険の記号を確かめてください").waitFor();
  await expectSound(page, errors);
  await picture(page, "home-clerk");
  await page.getByRole("link", { name: "未定", exact: true }).press("Enter");
  await page.waitForURL(/assigned=nobody/);
  await expectSound(page, errors);
});

test("一括決裁は、選び、調べ、確かめ、進みを見て、一件ずつの結果で終わる", async () => {
  const { page, errors } = await seat("supervisor1");
  await page.goto(`${address}/child-medical/decisions`);
  await expectSound(page, errors);
  await page.getByLabel("すべて選ぶ").check();
  await picture(page, "bulk-list");
  await page.getByRole("button", { name: "選んだものを調べる" }).press("Enter");
  await page.getByText("この一括決裁で行われること").waitFor({ timeout: 120_000 });
  await expectSound(page, errors);
  await picture(page, "bulk-ready");
  const { revision } = proposal;
  await step("supervisor2", "remand", { caseId: proposals[0] ?? "", revision });
  await page.getByLabel(/を確かめました/).check();
  await page.getByRole("button", { name: /件を決裁する/ }).press("Enter");
  await page.getByRole("button", { name: "実行する" }).press("Enter");
  await page.getByText("ほかの職員が先に進めました", { exact: true }).waitFor({ timeout: 120_000 });
  await expectSound(page, errors);
  await picture(page, "bulk-done");
}, 300_000);

test("写しは理由を書いて申請し、承認の欄と記録が読める", async () => {
  const clerk = await seat("clerk1");
  await clerk.page.goto(`${list}?state=received`);
  await clerk.page.getByRole("link", { name: "写し（印刷・CSV）…" }).press("Enter");
  await expectSound(clerk.page, clerk.errors);
  await clerk.page.getByLabel("理由").fill("窓口会議の資料。会議の後に裁断する。");
  await clerk.page.getByLabel("廃棄の期限").fill("R8.12.10");
  await picture(clerk.page, "copy-new");
  await clerk.page.getByLabel("理由").press("Control+Enter");
  await clerk.page.waitForURL(/copies$/);
  await expectSound(clerk.page, clerk.errors);
  const other = await seat("supervisor2");
  await other.page.goto(`${address}/child-medical/copies`);
  await expectSound(other.page, other.errors);
  await picture(other.page, "copies");
  await other.page.getByRole("button", { name: "承認する" }).press("Enter");
  await other.page.getByText("承認しました。").waitFor();
  await clerk.page.reload();
  await clerk.page.getByRole("button", { name: "受け取る" }).press("Enter");
  await clerk.page.getByText("用が済んだら裁断してください。").waitFor();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "copy-print");
}, 300_000);
