import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf } from "#test/support/keyboard.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";

const home = await openTestPlatform();
const { child, one } = recordsOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-mistakes");
const { address } = terminals;

let shotId = "";
let person = "";

beforeAll(async () => {
  person = await child({
    name: { kanji: "渡邉󠄂　髙橋", kana: "ワタナベ　タカハシ" },
    birthDate: "2025-05-10",
    residence: { from: "2025-05-10", fromReason: "birth" },
  });
  await one(pcv({ personNumber: person, givenOn: "2025-07-10" }));
  const taken = await one(
    pcv({ personNumber: person, givenOn: "2025-07-20", accept: "clinic", clinicName: "例示医院" }),
  );
  shotId = taken.shotId ?? "";
}, 60_000);

test("入力で見つかった間違い接種を判断し、説明し、別の決裁者が報告と年次報告と終了を決裁する", {
  timeout: 240_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/mistakes`);
  await sound("list");
  await page.locator("tbody a").first().click();
  await page.getByText("入力時に分かったこと").waitFor();
  await sound("found-at-entry");
  // One of a year that is over, which the clinic told in time.
  await page.goto(`${address}/vaccination/records/${shotId}`);
  await press(page, "間違い接種として扱う");
  await page.getByLabel("どうして分かったか").selectOption("clinic");
  await page.locator('[name="knownOn"]').fill("R7.8.1");
  await sound("new");
  await press(page, "事案を始める");
  await page.getByText("間違い接種の事案を始めました").waitFor();
  const path = new URL(page.url()).pathname;
  await sound("found");
  await page.getByLabel("態様").selectOption("4");
  await page.getByLabel("報告の区分").selectOption("yearly");
  await page.getByLabel("健康への影響").selectOption("none");
  await page.getByLabel("経過と対応").fill("間隔が足りないことを、医療機関に確かめた。");
  await page.getByLabel("委託料の支払").selectOption("paid");
  await press(page, "保存する");
  await page.getByText("その理由を選んでください").first().waitFor();
  expect(await page.getByLabel("経過と対応").inputValue()).toContain("間隔が足りない");
  await sound("judge-mistake");
  await page.getByLabel("支払の理由").selectOption("contract");
  await press(page, "保存する");
  await page.getByText("判断と対応を保存しました").waitFor();
  for (const party of ["person", "clinic"]) {
    await page.getByLabel("相手").selectOption(party);
    await page.getByLabel("方法").selectOption("telephone");
    await page.locator('[name="toldOn"]').fill("R7.8.2");
    await press(page, "連絡・説明を記録する");
    await page.getByText("連絡・説明を記録しました").waitFor();
  }
  await press(page, "報告の決裁を求める");
  await page.getByText("「報告の決裁を求める」を行いました").waitFor();

  const one = await sit("supervisor1");
  await one.page.goto(`${address}${path}`);
  await one.sound("awaiting-report");
  await press(one.page, "報告を決裁する");
  await one.page.getByText("「報告を決裁する」を行いました").waitFor();

  await page.goto(`${address}/vaccination/mistake-years`);
  await page.getByLabel("年度（西暦）").fill("2025");
  await press(page, "報告を作る");
  await page.getByText("2025年度の報告を作りました").waitFor();
  await sound("year");
  await one.page.goto(`${address}/vaccination/mistake-years/2025`);
  await press(one.page, "年次報告を決裁する");
  await one.page.getByText("「年次報告を決裁する」を行いました").waitFor();
  await one.sound("year-approved");
  await one.page.getByRole("link", { name: "写し（印刷・CSV）…" }).click();
  await one.page.getByText("氏名は載りません").first().waitFor();
  await one.sound("year-copy");
  await page.reload();
  await page.locator('[name="sentOn"]').fill("R8.11.20");
  await press(page, "報告した日を入力する");
  await page.getByText("「報告した日を入力する」を行いました").waitFor();
  await page.goto(`${address}${path}`);
  await press(page, "終了の決裁を求める");
  await page.getByText("「終了の決裁を求める」を行いました").waitFor();
  await one.page.goto(`${address}${path}`);
  await press(one.page, "終了を決裁する");
  await one.page.getByText("「終了を決裁する」を行いました").waitFor();
  await one.sound("closed");
});

test("副反応疑い報告を記録から入力し、間違った日付は欄で知らされ、入力した内容が残る", {
  timeout: 120_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/adverse-reports/new?record=${shotId}`);
  await page.getByLabel("識別番号").fill("PMDA-0001");
  await page.getByLabel("受け取った日").fill("R8.1.10");
  await page.getByLabel("症状が出た日").fill("R7.7.1");
  await page.locator('[name="symptom"]').fill("39度の発熱");
  await press(page, "入力する");
  await page.getByText("症状が出た日は、接種日以後の日にしてください").first().waitFor();
  expect(await page.locator('[name="symptom"]').inputValue()).toBe("39度の発熱");
  await sound("adverse-wrong");
  await page.getByLabel("症状が出た日").fill("R7.7.21");
  await press(page, "入力する");
  await page.getByText("副反応疑い報告を入力しました").waitFor();
  await sound("adverse");
  await page.goto(`${address}/vaccination/adverse-reports`);
  await sound("adverse-list");
  await page.goto(`${address}/vaccination/records/${shotId}`);
  await page.getByRole("link", { name: "渡邉" }).first().click();
  await page.getByText("接種記録の明細と証明").first().waitFor();
  await page.locator("summary", { hasText: "証明を交付する" }).click();
  await sound("person");
});
