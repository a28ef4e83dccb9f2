import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { follow, press, seatsOf, type as typeInto, unfold } from "#test/support/keyboard.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const seat = seatsOf(await openTerminals(city), "messages");
const message = ".flash:not([hidden])";
let waiting = "";
let examined = "";

beforeAll(async () => {
  const at = await counter.toApproval(await counter.family());
  waiting = `/child-medical/cases/${at.caseId}`;
  examined = `/child-medical/cases/${(await counter.toExamination(await counter.family())).caseId}`;
});

test("定型文を登録し、理由の欄にキーボードで入れられる", async () => {
  const { page, sound } = await seat("supervisor1");
  await page.goto(new URL("/phrases", page.url()).href);
  await page.locator("[name=use]").selectOption("remand");
  await typeInto(page, "words", "続柄を確かめてください。");
  // From anywhere on the page, not only from a field.
  await page.locator("#main").focus();
  await page.keyboard.press("Control+Enter");
  await page.getByText("「差戻し」の定型文を登録しました。").waitFor();
  await sound("phrases");
  await page.goto(new URL(`${waiting}/decision`, page.url()).href);
  const reason = page.locator("[name=comment-remand]");
  await reason.fill("保険証の写し。");
  await page.keyboard.press("Alt+t");
  await page.getByRole("dialog", { name: "定型文" }).waitFor();
  await sound("phrase-choices");
  await page.keyboard.press("1");
  expect(await reason.inputValue()).toBe("保険証の写し。続柄を確かめてください。");
  expect(await reason.evaluate("document.activeElement.name")).toBe("comment-remand");
});

test("差戻しに理由がなければ、決裁の画面のその欄に、焦点とともに答える", async () => {
  const { page, sound } = await seat("supervisor2");
  await page.goto(new URL(`${waiting}/decision`, page.url()).href);
  await Promise.all([page.waitForEvent("load"), press(page, "差し戻す")]);
  await page.locator("#field-comment-remand-error").waitFor();
  expect(await page.evaluate("document.activeElement.name")).toBe("comment-remand");
  await sound("remand-without-reason");
});

test("元に戻せない操作は先に尋ね、Escでやめられる", async () => {
  const { page, sound } = await seat("clerk2");
  await page.goto(new URL(examined, page.url()).href);
  await unfold(page, "取り下げる…");
  await typeInto(page, "comment-withdraw", "申請者の申し出による");
  await page.getByRole("button", { name: "取り下げる", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("元に戻せません").waitFor();
  await sound("question");
  await page.keyboard.press("Escape");
  expect(await page.locator("#confirm[open]").count()).toBe(0);
  expect(await page.locator("[name=comment-withdraw]").inputValue()).toBe("申請者の申し出による");
  await Promise.all([page.waitForEvent("load"), press(page, "取り下げる")]);
  await page.locator(message).getByText("「取り下げる」を行いました。").waitFor();
  await sound("said");
});

test("お知らせは最後の操作のもの一つで、次の画面には残らない", async () => {
  const { page } = await seat("supervisor1");
  await page.goto(new URL(`${waiting}/decision`, page.url()).href);
  // What was typed before is offered again first.
  await Promise.all([page.waitForEvent("load"), press(page, "続きから入力する")]);
  await typeInto(page, "comment-remand", "続柄を確かめること");
  await Promise.all([page.waitForEvent("load"), press(page, "差し戻す")]);
  expect(await page.locator(message).allInnerTexts()).toEqual([
    expect.stringContaining("「差し戻す」を行いました。"),
  ]);
  await page.reload();
  expect(await page.locator(message).count()).toBe(0);
  await page.keyboard.press("Alt+h");
  await page.waitForURL(/\/$/);
  expect(await page.locator(message).count()).toBe(0);
});

test("ヘルプはその画面の手引きを別の画面で開き、書きかけは残る", async () => {
  const { page } = await seat("clerk1");
  await follow(page, "住民検索", "/people");
  await page.locator("input[type=search]").fill("書きかけ");
  const [help] = await Promise.all([
    page.context().waitForEvent("page"),
    page.keyboard.press("F1"),
  ]);
  await help.getByRole("heading", { name: "住民を探す・見る" }).waitFor();
  expect(await page.locator("input[type=search]").inputValue()).toBe("書きかけ");
});
