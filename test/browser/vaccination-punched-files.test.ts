import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import { line, plainFile, punchedOf } from "#test/support/punched-files.ts";

const home = await openTestPlatform();
const punched = punchedOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-punched");
const { address } = terminals;
let file = "";

beforeAll(async () => {
  const numbers = await punched.people(
    ...(Array.from({ length: 60 }, () => ({
      name: { kanji: "渡邉󠄂　髙橋", kana: "ワタナベ　タカハシ" },
      birthDate: "2026-05-10",
      residence: { from: "2026-05-10", fromReason: "birth" },
    })) as never[]),
  );
  await punched.contractor();
  const rows = [
    line({ person: numbers[0] ?? "", givenOn: "20260230", doctor: "𠮷田 医師", lot: "AB123" }),
    line({ person: "1000000010" }),
    line({ outcome: "プレベナー", givenOn: "AB12", dose: "4310000005", vaccine: "xyz" }),
    line({ kana: "ワタナベ タカハシ", name: "渡邉 髙橋", birth: "20260510", sex: "2" }),
    ...numbers.slice(1).map((person) => line({ person, outcome: "1" })),
  ];
  file = join(home.platform.dataFolder, "punch-R8-100.csv.age");
  await writeFile(file, await punched.encrypt(plainFile(rows, { orderNumber: "R8-100" })));
}, 120_000);

test("引渡しから受取、点検、修正、別の人の承認、取込、戻り、完了まで", {
  timeout: 300_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/punched-files/handovers`);
  await page.getByLabel("委託先").selectOption({ label: "見本入力株式会社" });
  await page.getByLabel("注文番号").fill("R8-100");
  await page.locator('[name="slips"]').fill("63");
  expect(await page.locator('[name="sentOn"]').inputValue()).not.toBe("");
  await page.locator('[name="sentOn"]').fill("R8.11.2");
  await press(page, "引渡しを入力する");
  await page.getByText("納期を、引き渡した日より後の日").first().waitFor();
  expect(await page.getByLabel("注文番号").inputValue()).toBe("R8-100");
  await sound("handover-mistake");
  await page.locator('[name="dueOn"]').fill("R8.11.16");
  await press(page, "引渡しを入力する");
  await page.getByText("引渡しを授受簿に入力しました").waitFor();
  await page.goto(`${address}/vaccination/punched-files/settings`);
  await sound("settings");
  await page.goto(`${address}/vaccination/punched-files`);
  await press(page, "受け取る");
  await page.getByText("ファイルを選んでください").first().waitFor();
  await page.getByLabel("引渡し").selectOption({ index: 1 });
  await page.locator('input[type="file"]').setInputFiles(file);
  await press(page, "受け取る");
  await page.getByText("ファイルを受け取りました").waitFor();
  const path = new URL(page.url()).pathname;
  const fileId = path.split("/").at(-1) ?? "";
  await sound("judging");
  await punched.judge(fileId);
  await page.goto(`${address}${path}`);
  await sound("judged");
  await page.locator("tbody a").first().click();
  await page.getByText("日付として読めない").first().waitFor();
  await sound("row");
  await page.locator('[name="dose"]').fill("0");
  await page.locator('[name="givenOn"]').fill("R8.7.10");
  await press(page, "直す");
  await page.getByText("数字の形式が違います").first().waitFor();
  expect(await page.locator('[name="doctor"]').inputValue()).toBe("𠮷田 医師");
  await page.locator('[name="dose"]').fill("1");
  await press(page, "直す");
  await page.getByText("1行目を直しました").waitFor();

  const chief = await sit("supervisor1");
  await chief.page.goto(`${address}${path}?list=recorded`);
  await chief.sound("recorded");
  await press(chief.page, "取込を承認する");
  await chief.page.getByText("取込を始めました").waitFor();
  await punched.take(fileId);
  await page.goto(`${address}${path}`);
  await sound("taken");
  await press(page, "抜き取る");
  await page.getByText("行を抜き取りました").waitFor();
  await sound("rekeying");
  await page.locator('[name="givenOn"]').fill("R8.7.10");
  await press(page, "比べる");
  await page.getByText("行目は、").first().waitFor();

  for (const row of [2, 3]) {
    await page.goto(`${address}${path}/rows/${row}`);
    await page.getByLabel("理由").selectOption("unreadable");
    await press(page, "取り込まない");
    await page.getByText("取り込まないことにしました").waitFor();
  }
  await sound("accuracy");
  await press(page, "完了する");
  await page.getByText("ファイルを完了しました").waitFor();
  await page.getByRole("link", { name: "R8-100", exact: true }).click();
  await page.locator('[name="slipsBack"]').fill("62");
  await page.locator('[name="backOn"]').fill("R8.11.20");
  await press(page, "戻ったことを入力する");
  await page.getByText("枚数が合いません").waitFor();
  await press(page, "完了する");
  await page.getByText("数が合わない理由を選んでください").first().waitFor();
  await sound("handover");
  await page.getByLabel("数が合わない理由").selectOption("counted-wrong");
  await press(page, "完了する");
  await page.getByText("この引渡しを完了しました").waitFor();
  await page.goto(`${address}/vaccination/punched-files/settings`);
  await page.getByText("委託先の並びを申請する").click();
  await sound("layout");
});
