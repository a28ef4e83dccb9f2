import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf, unfold } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "form-drafts");
const { address } = terminals;

const saved = (page: Page) => page.getByText(/下書きを保存しました。/).waitFor();
const offer = (page: Page) => page.getByText(/保存していない下書きがあります/).waitFor();

test("書きかけのメモは、読み直しても閉じても、申請の画面で続きから書ける", {
  timeout: 120_000,
}, async () => {
  const { caseId } = await counter.toExamination(await counter.family());
  const url = `${address}/child-medical/cases/${caseId}`;
  const { page, sound } = await seat("clerk1");
  await page.goto(url);
  await unfold(page, "メモを書く…");
  await page.locator('textarea[name="note"]').fill("来庁の予定が変わった");
  await saved(page);
  await sound("note-kept");
  await page.reload();
  await offer(page);
  await sound("note-offered");
  const other = await page.context().newPage();
  await page.close();
  await other.goto(url);
  await press(other, "続きから入力する");
  const note = other.locator('textarea[name="note"]');
  await note.waitFor();
  expect(await note.inputValue()).toBe("来庁の予定が変わった");
  await press(other, "メモを残す");
  await other.getByText("メモを追加しました。").waitFor();
  await other.goto(url);
  expect(await other.getByText(/下書きがあります/).count()).toBe(0);
});

test("差戻しの理由も、決裁の画面を離れて戻れば、続きから書ける", {
  timeout: 120_000,
}, async () => {
  const { caseId } = await counter.toApproval(await counter.family());
  const url = `${address}/child-medical/cases/${caseId}/decision`;
  const { page, sound } = await seat("supervisor1");
  await page.goto(url);
  await page.locator('[name="comment-remand"]').fill("口座の名義を確かめてください");
  await saved(page);
  await page.goto(`${address}/`);
  await page.goto(url);
  await offer(page);
  await sound("reason-offered");
  await press(page, "続きから入力する");
  const reason = page.locator('[name="comment-remand"]');
  await reason.waitFor();
  expect(await reason.inputValue()).toBe("口座の名義を確かめてください");
  await sound("reason-continued");
});
