import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { family, toExamination, toApproval } = counterOf(city);
const examined = await toExamination(await family());
const proposed = await toApproval(await family());
const { address, signedIn: seat } = await openTerminals(city);
const list = `${address}/child-medical/cases`;

test("サインインし直す前の画面から送っても、入力は失われず、開き直した画面に戻る", async () => {
  const { page, errors } = await seat("clerk1");
  await page.goto(`${list}/${examined.caseId}/entry`);
  const telephone = page.locator('[name="guardian.telephone"]');
  await telephone.fill("096-777-7777");
  // What the page had of the session before.
  await page.evaluate(`
    for (const field of document.querySelectorAll("[name=_csrf]")) field.value = "earlier";
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRF-Token": "earlier" }));`);
  await telephone.press("Control+Enter");
  await page.getByRole("heading", { level: 1, name: "画面が古くなっています" }).waitFor();
  await expectSound(
    page,
    errors.filter((text) => !text.includes("403")),
  );
  await picture(page, "stale-page");
  await page.getByRole("link", { name: "入力を引き継いで最新の画面を開く" }).press("Enter");
  await page.waitForURL(/\/entry$/);
  expect(await telephone.inputValue()).toBe("096-777-7777");
  await telephone.press("Control+Enter");
  await page.getByText("保存しました。").first().waitFor();
});

test("理由の誤りは、定型文のボタンの上、欄のすぐ下に出る", async () => {
  const { page, errors } = await seat("supervisor1");
  await page.goto(`${list}/${proposed.caseId}/decision`);
  await page.getByRole("button", { name: "差し戻す" }).press("Enter");
  const mistake = page.locator(".field-error").first();
  await mistake.waitFor();
  const field = await page.locator('[name="comment-remand"]').boundingBox();
  const said = await mistake.boundingBox();
  const phrases = await page
    .locator('.field:has([name="comment-remand"]) .phrase-button')
    .boundingBox();
  expect(said?.y ?? 0).toBeGreaterThanOrEqual((field?.y ?? 0) + (field?.height ?? 0) - 1);
  expect(said?.y ?? 0).toBeLessThan(phrases?.y ?? 0);
  await picture(page, "reason-mistake");
  await expectSound(
    page,
    errors.filter((text) => !text.includes("422")),
  );
});
