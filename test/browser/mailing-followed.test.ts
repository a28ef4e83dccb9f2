import { afterAll, beforeAll, expect, test } from "vitest";
import { startJobs } from "#src/platform/jobs/index.ts";
import { handOverPackage, mailingJobs } from "#src/platform/mailings/index.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { choose, fromMenu, press, seatsOf, type, unfold } from "#test/support/keyboard.ts";
import { indexOf, mailingsOf, oneYearOlds } from "#test/support/mailings.ts";

const home = await openTestPlatform();
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "mailing-followed");
const { address } = terminals;
let mail: Awaited<ReturnType<typeof mailingsOf>>;
let jobs: { stop(): Promise<void> };

beforeAll(async () => {
  mail = await mailingsOf(home);
  await mail.enter([
    ...oneYearOlds(20),
    ...oneYearOlds(2, {
      name: { kanji: "見本　守", kana: "ミホン　マモル" },
      protection: { from: "2026-06-01" },
    }),
  ]);
  jobs = await startJobs(home.platform, home.applicationUrl, mailingJobs);
});
afterAll(() => jobs.stop());

let runAddress = "";

test("同じ月の二つ目を始めようとすると知らされ、理由を書いて始めると、承認する人に見える", async () => {
  await mail.extracted({ vaccines: ["mr1"] });
  const { page, sound } = await sit("operator1");
  await page.goto(`${address}/vaccination/mailings/new`);
  await type(page, "printBy", "R8.11.25");
  await type(page, "sendOn", "R8.11.24");
  await choose(page, "封筒", "世帯の分をまとめて封入する");
  await page.locator('[name="sendOn"]').focus();
  await page.keyboard.press("Control+Enter");
  await page
    .getByText("発送予定日は、印刷期限の日か、その後の日にしてください。")
    .first()
    .waitFor();
  await sound("wrong-dates");
  await type(page, "sendOn", "R8.11.28");
  await page.keyboard.press("Control+Enter");
  await page.getByText("同じ対象の一括発送があります。まだ何も始めていません。").waitFor();
  expect(await page.getByRole("link", { name: "M000001" }).count()).toBe(1);
  expect(await page.locator('[name="printBy"]').inputValue()).toBe("R8.11.25");
  await sound("second-run");
  await page.locator('[name="repeatReason"]').focus();
  await page.keyboard.type("ほかの予防接種も一緒に送るため");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/mailings\/[0-9a-f-]{36}$/);
  runAddress = page.url();
  await page.getByRole("button", { name: "承認を求める" }).waitFor();
  await page.getByText("世帯の分をまとめて封入する（20通）").waitFor();
  await sound("extracted");
  await press(page, "承認を求める");
  await page.getByText("承認を求めました").waitFor();

  const supervisor = await sit("supervisor1");
  await supervisor.sound("approver-home");
  await supervisor.page.goto(runAddress);
  await supervisor.page.getByText("ほかの予防接種も一緒に送るため").first().waitFor();
  await supervisor.sound("approver");
  await press(supervisor.page, "承認する");
  await supervisor.page.getByText("承認しました").waitFor();
  await supervisor.page.getByRole("heading", { name: "発送データ", exact: true }).waitFor();
});

test("発送データを取り下げると、別の人の承認で番号が無効になり、授受簿に載る", async () => {
  const { page, sound } = await sit("operator1");
  await page.goto(runAddress);
  await unfold(page, "取下げを求める");
  await page.locator('[name="comment-ask-withdrawal"]').focus();
  await page.keyboard.type("対象月を誤ったため");
  await sound("ask-withdrawal");
  await press(page, "取下げを求める");
  await page.getByText("取下げの承認を求めました").waitFor();
  expect(await page.getByRole("link", { name: "取り出す" }).count()).toBe(0);
  await sound("withdrawal-asked");

  const supervisor = await sit("supervisor2");
  await supervisor.page.getByText("発送データの取下げの承認").first().waitFor();
  await supervisor.page.goto(runAddress);
  await supervisor.sound("withdrawal-approver");
  await supervisor.page.getByRole("button", { name: "取下げを承認する" }).press("Enter");
  // Asked before it is done, since it cannot be undone.
  await supervisor.page.getByText("元に戻せません。よろしいですか。").waitFor();
  await supervisor.page.keyboard.press("Enter");
  await supervisor.page.getByText("取り下げました。番号は無効になり").waitFor();
  await supervisor.sound("withdrawn");
  await page.goto(`${address}/vaccination/hand-overs`);
  await page.getByText("取下げ", { exact: true }).waitFor();
  await sound("hand-over-book");
});

test("見合わせた郵便物は、小さな一括発送で送るか、済みにするかを一覧で選ぶ", async () => {
  const { run } = await mail.make(await mail.approved(await mail.extracted({ vaccines: ["vzv"] })));
  await mail.as("operator1", (work) =>
    handOverPackage(work, { runId: run.id, expectedRevision: run.revision, manner: "transfer" }),
  );
  const { page, sound } = await sit("operator2");
  const menu = page.locator('a[href="/vaccination/unsent"]').first();
  expect(await menu.textContent()).toContain("2");
  await fromMenu(page, "見合わせた郵便物", "/vaccination/unsent");
  await sound("unsent");
  await press(page, "済みにする");
  await page.getByText("一覧から、扱うものを選んでください。").first().waitFor();
  await page.getByText("どう済ませたかを入力してください。").first().waitFor();
  await page.getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await page.locator('[name="settled"]').focus();
  await page.keyboard.type("窓口で母に渡した");
  await press(page, "済みにする");
  await page.getByText("1件を済みにしました").waitFor();
  await page.getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await type(page, "printBy", "R8.11.25");
  await type(page, "sendOn", "R8.11.28");
  await sound("unsent-chosen");
  await press(page, "対象者を抽出する");
  await page.waitForURL(/mailings\/[0-9a-f-]{36}$/);
  await page.getByText("（見合わせた分）").first().waitFor();
  await page.goto(`${address}/vaccination/unsent`);
  await page.getByText("見合わせたままの郵便物はありません。").waitFor();
  await sound("unsent-none");
});

test("返戻12通を読み取り、読み違いを直し、住民の画面で住所の確認を記録する", async () => {
  const [run] = await home.admin<{ id: string }[]>`
    select id from mailings.batch_run where state = 'handed-over'`;
  const numbers = indexOf(await mail.open({ id: run?.id ?? "" })).map(
    ({ pieceNumber = "" }) => pieceNumber,
  );
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/returned/entry`);
  await sound("returned-none");
  // What axe leaves on the page would be carried over by the next part of it.
  await page.reload();
  const panel = page.getByRole("heading", { name: /今日の入力/ });
  for (const [index, number] of numbers.slice(0, 12).entries()) {
    // A reader types the code into the field that has the focus, and Enter.
    expect(await page.evaluate("document.activeElement?.name")).toBe("code");
    await page.keyboard.type(`A11431001${number}A`);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: `今日の入力 ${index + 1}通` }).waitFor();
  }
  expect(await page.locator("tbody tr").count()).toBe(10);
  await page.keyboard.type("1234567890");
  await page.getByText("番号の形が違います（検査数字を含めて確かめます）").waitFor();
  await page.keyboard.press("Enter");
  await page.getByText("検査数字を含めて、もう一度読み取ってください。").waitFor();
  expect(await page.evaluate("document.activeElement?.name")).toBe("code");
  await page.keyboard.type(numbers[11] ?? "");
  await page.keyboard.press("Enter");
  await page.getByText("この番号は、すでに入力されています。").waitFor();
  await sound("returned-wrong");
  await page.reload();
  expect(await panel.textContent()).toContain("12通");

  await unfold(page, "直す");
  await sound("returned-correct");
  await page.reload();
  await unfold(page, "直す");
  await page.getByLabel(`${numbers[11]} の理由`).selectOption("refused");
  await press(page, "理由を直す");
  await page.getByRole("cell", { name: "受取拒絶" }).waitFor();
  await unfold(page, "直す");
  await press(page, "入力を取り消す");
  await page.getByRole("heading", { name: "今日の入力 11通" }).waitFor();

  await press(page, "確かめていない返戻を見る");
  await page.waitForURL(/returned$/);
  await page.getByRole("heading", { name: "住所を確かめていない返戻 11通" }).waitFor();
  await sound("returned-open");
  await page.locator("tbody a").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "返戻郵便（予防接種）" }).waitFor();
  await page.locator('[name="outcome"]').scrollIntoViewIfNeeded();
  await sound("returned-person");
  await page.locator('[name="outcome"]').selectOption("handed-out");
  await press(page, "記録する");
  await page.getByText("返戻の確認を記録しました").waitFor();
  await page.getByText("窓口で渡した（R8.11.20）").waitFor();
});
