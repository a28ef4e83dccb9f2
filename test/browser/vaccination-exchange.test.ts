import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import { exchangeOf } from "#test/support/vaccination-exchange.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

const home = await openTestPlatform();
const { child, one } = recordsOf(home);
const exchange = exchangeOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-exchange");
const { address } = terminals;
let gone = "";

beforeAll(async () => {
  await exchange.rule("転入前の市区町村", ["name", "birth-date", "sex", "address"]);
  await exchange.rule("転出先の市区町村", ["name", "birth-date", "vaccination-records"]);
  for (const [at, name] of [
    { kanji: "𠮷田　さくら", kana: "ヨシダ　サクラ" },
    { kanji: "渡邉󠄂　髙橋", kana: "ワタナベ　タカハシ" },
    {
      kanji: "アレクサンドラマリアフェルナンダ　サントスゴンザレス",
      kana: "アレクサンドラマリアフェルナンダ　サントスゴンザレス",
    },
  ].entries())
    await child({
      name,
      residence: { from: `2026-11-0${at + 1}` as IsoDate, fromReason: "move-in" },
    });
  gone = await child({ name: { kanji: "髙辻󠄀　𠮷乃", kana: "タカツジ　ヨシノ" } });
  await one(pcv({ personNumber: gone, lot: "AB123", clinicName: "例示こどもクリニック" }));
}, 60_000);

test("転入者の一覧から照会を始め、決裁者が照会書を作り、回答の接種記録を入力して終える", {
  timeout: 240_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/inquiries`);
  await sound("inquiries-empty");
  await page.getByRole("link", { name: "転入者から始める" }).click();
  await page.locator('[name="from"]').fill("R8.12.1");
  await press(page, "表示する");
  await page.getByText("終わりは始まりより後にしてください").first().waitFor();
  expect(await page.locator('[name="from"]').inputValue()).toBe("R8.12.1");
  await page.locator('[name="from"]').fill("R8.11.1");
  await press(page, "表示する");
  await page.getByText("転入者 3人").waitFor();
  await sound("in-movers");
  await press(page, "選んだ方の照会を始める");
  await page.getByText("3件の照会を始めました").waitFor();
  await sound("inquiries-opened");
  await page.locator("tbody a").first().click();
  await press(page, "照会先を保存する");
  await page.getByText("照会先の名前を80文字以内で入力してください").first().waitFor();
  await page.getByLabel("市区町村等の名前と担当課").fill("例示市　健康増進課");
  await page.getByLabel("市区町村コード").fill("401308");
  await page.getByLabel("郵便番号").fill("810-0000");
  await page.locator('[name="address"]').fill("見本県例示市中央1丁目99番9号");
  await press(page, "照会先を保存する");
  await page.getByText("検査数字を含む6桁").first().waitFor();
  await page.getByLabel("市区町村コード").fill("401307");
  await press(page, "照会先を保存する");
  await page.getByText("照会先を保存しました").waitFor();
  await sound("inquiry-addressed");
  const path = new URL(page.url()).pathname;

  const chief = await sit("supervisor1");
  await chief.page.goto(`${address}/vaccination/inquiries`);
  await chief.sound("inquiries-to-ask");
  await chief.page.goto(`${address}${path}`);
  await chief.page.getByLabel("提供先と根拠").selectOption({ index: 1 });
  await press(chief.page, "照会書を作る");
  await chief.page.getByText("照会書を作りました").waitFor();
  await chief.sound("inquiry-asked");

  await page.goto(`${address}${path}`);
  await page.locator('[name="vaccine.1"]').selectOption("pcv");
  await page.locator('[name="dose.1"]').fill("1");
  await press(page, "接種記録を入力する");
  await page.getByText("接種日を入力してください").first().waitFor();
  await page.locator('[name="givenOn.1"]').fill("R8.7.10");
  await page.locator('[name="lot.1"]').fill("x1");
  await press(page, "接種記録を入力する");
  await page.getByText("1件を入力しました").waitFor();
  await press(page, "回答の入力を終える");
  await page.getByText("「回答の入力を終える」を行いました").waitFor();
  await press(page, "終了する");
  await page.getByText("「終了する」を行いました").waitFor();
  await sound("inquiry-closed");
  const paper = await page.getByRole("link", { name: "照会書" }).last().getAttribute("href");
  const pdf = await page.request.get(`${address}${paper}`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  if (process.env.PAPERS)
    await writeFile(join(process.env.PAPERS, "inquiry.pdf"), await pdf.body());
});

test("他市町村からの照会を受け付け、接種記録を載せた回答書を作る", {
  timeout: 120_000,
}, async () => {
  const { page, sound } = await sit("supervisor1");
  await page.goto(`${address}/vaccination/hand-ons/new`);
  await press(page, "受け付ける");
  await page.getByText("その番号の人が見つかりません").first().waitFor();
  await sound("hand-on-mistakes");
  await page.getByLabel("統合宛名番号").fill(gone);
  await page.getByLabel("照会の文書番号").fill("例健第R8-0456号");
  await page.getByLabel("市区町村等の名前と担当課").fill("例示市　健康増進課");
  await page.getByLabel("郵便番号").fill("8100000");
  await page.locator('[name="address"]').fill("見本県例示市中央1丁目99番9号");
  await page.getByLabel("提供先と根拠").selectOption({ index: 1 });
  await press(page, "受け付ける");
  await page.getByText("照会を受け付けました").waitFor();
  await sound("hand-on");
  await press(page, "回答書を作る");
  await page.getByText("回答書を作りました").waitFor();
  await sound("hand-on-answered");
  const paper = await page.getByRole("link", { name: "回答書" }).last().getAttribute("href");
  const pdf = await page.request.get(`${address}${paper}`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  if (process.env.PAPERS) await writeFile(join(process.env.PAPERS, "answer.pdf"), await pdf.body());
});

test("副本を集め、別の職員が承認し、封をしたファイルを取り出し、回答を取り込む", {
  timeout: 180_000,
}, async () => {
  const { page, sound } = await sit("operator1");
  await page.goto(`${address}/vaccination/copies-of-records`);
  await page.getByText("副本登録の設定がない").waitFor();
  await exchange.setUp();
  await page.reload();
  await page.getByText("まだ送っていない違い").first().waitFor();
  await sound("copies");
  await press(page, "集める");
  await page.getByText("集め始めました").waitFor();
  const path = new URL(page.url()).pathname;
  const id = path.split("/").at(-1) ?? "";
  await sound("copies-gathering");
  await exchange.gather(id);
  await page.reload();
  await sound("copies-prepared");
  await press(page, "承認を求める");
  await page.getByText("「承認を求める」を行いました").waitFor();
  const chief = await sit("supervisor1");
  await chief.page.goto(`${address}${path}`);
  await chief.sound("copies-awaiting-approval");
  await press(chief.page, "承認してファイルを作る");
  await chief.page.getByText("「承認してファイルを作る」を行いました").waitFor();
  await exchange.make(id);
  await page.reload();
  const [taken] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "ファイルを取り出す" }).click(),
  ]);
  expect(taken.suggestedFilename()).toBe("copies-F000001.tar.age");
  expect((await readFile(await taken.path())).subarray(0, 21).toString()).toBe(
    "age-encryption.org/v1",
  );
  await press(page, "引き渡した");
  await page.getByText("「引き渡した」を行いました").waitFor();
  await sound("copies-handed-over");
  const answer = (body: string) => ({
    name: "answer.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(body),
  });
  await page
    .locator('[name="file"]')
    .setInputFiles(answer("回番号,行番号,結果,コード\nF000001,1,7,\n"));
  await press(page, "回答を取り込む");
  await page.getByText("結果は0（登録）か1（拒否）です").first().waitFor();
  await sound("copies-answer-mistake");
  const { rows } = (await exchange.read(id)).run;
  await page
    .locator('[name="file"]')
    .setInputFiles(
      answer(
        `回番号,行番号,結果,コード\n${Array.from({ length: rows }, (_, at) => `F000001,${at + 1},${at === 0 ? "1,E01" : "0,"}`).join("\n")}\n`,
      ),
    );
  await press(page, "回答を取り込む");
  await page.getByText(`${rows}件の回答を取り込みました`).waitFor();
  await sound("copies-answered");
  await page.goto(`${address}/vaccination/copies-of-records/refused`);
  await sound("copies-refused");
  await page.getByRole("button", { name: /を送り直す/ }).click();
  await page.getByText("次の回で送り直します").waitFor();
});
