import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import { mailingsOf } from "#test/support/mailings.ts";
import { invented } from "#test/support/people.ts";

const home = await openTestPlatform();
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-targets");
const { address } = terminals;

const names = [
  { kanji: "渡邉󠄂　髙橋", kana: "ワタナベ　タカハシ" },
  { kanji: "𠮷田　﨑子", kana: "ヨシダ　サキコ" },
  {
    kanji: "アレクサンドラマリアフェルナンダ　デ・ラ・クルス",
    kana: "アレクサンドラマリアフェルナンダ　デラクルス",
  },
];
let numbers: string[] = [];

beforeAll(async () => {
  const mail = await mailingsOf(home);
  const birthDate = "2025-09-01" as const;
  const residence = { from: birthDate, fromReason: "birth" } as const;
  numbers = await mail.enter([
    ...names.map((name) => invented({ birthDate, residence, name })),
    ...Array.from({ length: 500 }, () => invented({ birthDate, residence })),
    invented({ birthDate, residence, protection: { from: "2026-01-01" } }),
    invented({ birthDate, residence: { ...residence, to: "2026-11-01", toReason: "move-out" } }),
  ]);
}, 120_000);

test("対象者を条件で確かめ、抽出し、少数をその場で印刷し、残りを委託先へ送り、集団接種の名簿を作る", {
  timeout: 300_000,
}, async () => {
  const { page, sound } = await sit("operator1");
  await page.goto(`${address}/vaccination/targets/new`);
  await page.getByLabel("抽出の名前").fill("MR第1期");
  await press(page, "人数を確かめる");
  await page.getByText("予防接種を一つ以上選んでください").first().waitFor();
  expect(await page.getByLabel("抽出の名前").inputValue()).toBe("MR第1期");
  await sound("mistakes");
  await page.getByLabel("麻しん風しん混合(MR) 1期", { exact: true }).check();
  await page.getByLabel("接種券（1回ごと）").check();
  await press(page, "人数を確かめる");
  await page.getByText("まだ何も作っていません").waitFor();
  await page.getByRole("cell", { name: "503", exact: true }).first().waitFor();
  await sound("preview");
  await press(page, "条件を保存する");
  await page.getByText("抽出条件を保存しました").waitFor();
  await page.getByRole("link", { name: "この条件で抽出する" }).click();
  await press(page, "抽出して保存する");
  await page.getByText("対象者を抽出しました").waitFor();
  await sound("extraction");
  const extraction = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "転出 1" }).click();
  await page.getByText("転出 1件").waitFor();

  // A few at the counter.
  await page.goto(`${address}${extraction}?outcome=included`);
  // The first has a name that no font prints, and is told of with the reason; the second is printed.
  await page.locator('input[name="person"]').nth(1).check();
  await Promise.all([
    page.context().waitForEvent("page"),
    press(page, "選んだ人の分をここで印刷する（50通まで）"),
  ]);
  await expect
    .poll(async () => {
      const [row] =
        await home.admin`select count(*)::int as n from vaccination.coupon where run_id is null`;
      return row?.n;
    })
    .toBe(1);

  await page.goto(`${address}${extraction}/mailing`);
  await press(page, "発送の準備を始める");
  await page.getByText("印刷期限を入力してください").first().waitFor();
  await page.locator('[name="printBy"]').fill("R8.12.10");
  await page.locator('[name="sendOn"]').fill("R8.12.15");
  await sound("mailing");
  await press(page, "発送の準備を始める");
  await page.getByText("発送の準備を始めました").waitFor();

  // A list for a session.
  await page.goto(`${address}/vaccination/targets/new`);
  await page.getByLabel("抽出の名前").fill("水痘の集団接種");
  await page.getByLabel("水痘", { exact: true }).check();
  await page.getByLabel("集団接種の名簿").check();
  await press(page, "抽出して保存する");
  await page.getByText("対象者を抽出しました").waitFor();
  await page.getByLabel("会場").fill("中央保健センター");
  await page.locator('[name="heldOn"]').fill("R8.12.20");
  await page.getByLabel("受付の始まり").fill("13");
  await page.getByLabel("同じ時刻に来る人数").fill("20");
  await page.getByLabel("次の人たちまでの分").fill("10");
  await press(page, "名簿を作る");
  await page.getByText("受付の時刻を入力してください").first().waitFor();
  await sound("session-mistake");
  await page.getByLabel("受付の始まり").fill("13:00");
  await press(page, "名簿を作る");
  await page.getByText("集団接種の名簿を作りました").waitFor();
  await sound("session");

  await page.goto(`${address}/vaccination/targets`);
  await sound("list");
  await page.goto(`${address}/vaccination/target-lists`);
  await page.getByLabel("名簿の名前").fill("未接種の調査");
  await page.locator('input[type="file"]').setInputFiles({
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`統合宛名番号\r\n${numbers[0]}\r\n9999999999\r\n`),
  });
  await press(page, "登録する");
  await page.getByText("該当者のいない番号が含まれています").first().waitFor();
  await sound("list-mistake");
  await page.locator('input[type="file"]').setInputFiles({
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`統合宛名番号\r\n${numbers[0]}\r\n`),
  });
  await press(page, "登録する");
  await page.getByText("名簿を登録しました").waitFor();
  await page.goto(`${address}/vaccination/piece-results`);
  await sound("results");
});
