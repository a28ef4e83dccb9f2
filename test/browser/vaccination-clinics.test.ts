import { beforeAll, expect, test } from "vitest";
import { personPath } from "#src/web/person-path.ts";
import { openTerminals } from "#test/support/browser.ts";
import { clinicCode, clinicsOf } from "#test/support/clinics.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, seatsOf, unfold } from "#test/support/keyboard.ts";
import { setLetterTerms } from "#test/support/request-letters.ts";
import { pcv, recordsOf } from "#test/support/vaccination-records.ts";

const home = await openTestPlatform();
const { clinic, contract } = clinicsOf(home);
const { child, one } = recordsOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-clinics");
const { address } = terminals;

beforeAll(async () => {
  for (let n = 0; n < 5; n++) {
    const code = await clinic(
      {
        name:
          [
            "渡邉󠄂内科・髙橋小児科医院",
            "サンプルリバーサイドパークタワーファミリークリニック",
            "𠮷田こどもクリニック",
          ][n % 3] ?? "",
        kana:
          [
            "ワタナベナイカ・タカハシショウニカイイン",
            "サンプルリバーサイドパークタワーファミリークリニック",
            "ヨシダコドモクリニック",
          ][n % 3] ?? "",
        district: n % 2 === 0 ? "中央区" : "東区",
      },
      ["pcv", "mr1", "hepb"],
    );
    if (n > 0) await contract(code);
  }
}, 60_000);

test("医療機関を登録し、契約・休止・口座を別の人が確認し、ファイルで一度に登録する", {
  timeout: 300_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/clinics`);
  await sound("list");
  await page.getByLabel("名称・カナ・番号").fill("ﾖｼﾀﾞ");
  await press(page, "探す");
  await page.getByText("医療機関 1件").waitFor();
  await press(page, "医療機関を登録する");
  await page.locator("#field-code").fill("4319990001");
  await page.locator('[name="name"]').fill("例示第一クリニック");
  await press(page, "登録する");
  await page.getByText("検査数字が合いません").first().waitFor();
  expect(await page.locator('[name="name"]').inputValue()).toBe("例示第一クリニック");
  await sound("new-with-errors");
  const code = clinicCode(900);
  await page.locator("#field-code").fill(code);
  await page.locator('[name="kana"]').fill("ﾚｲｼﾞﾀﾞｲｲﾁｸﾘﾆｯｸ");
  await page.getByLabel("区分").selectOption("clinic");
  await page.getByLabel("所在").selectOption("city");
  await page.locator('[name="postalCode"]').fill("8600001");
  await page.locator('[name="address"]').fill("熊本市中央区試験町9-9-9");
  await press(page, "登録する");
  await page.getByText("医療機関を登録しました").waitFor();

  await page.locator('[name="number"]').fill("R8-12");
  await press(page, "確認に回す");
  await page.getByText("契約の種類を選んでください").first().waitFor();
  await sound("contract-with-errors");
  await page.locator('[name="kind"]').first().selectOption("individual");
  await page.locator('[name="from"]').first().fill("R8.4.1");
  await page.locator('[name="to"]').first().fill("R9.3.31");
  await press(page, "確認に回す");
  await page.getByText("契約を登録しました").waitFor();
  await sound("contract-waits");

  await page.goto(`${address}/vaccination/clinics/${code}?tab=handled`);
  await page.locator('[name="from"]').fill("R8.4.1");
  await page.getByLabel("小児用肺炎球菌", { exact: false }).first().check();
  await press(page, "変更する");
  await page.getByText("扱う接種を変更しました").waitFor();
  await page.locator('[name="doctor"]').fill("髙橋　𠮷子");
  await press(page, "登録する");
  await page.getByText("医師を登録しました").waitFor();
  await sound("handled");

  await page.goto(`${address}/vaccination/clinics/${code}?tab=accounts`);
  await page.getByText("口座を入力する").click();
  await page.locator('[name="account.bankCode"]').fill("0001");
  await press(page, "確認に回す");
  await page.getByText("店番は3桁").first().waitFor();
  await page.locator('[name="account.branchCode"]').fill("001");
  await page.locator('[name="account.number"]').fill("1234567");
  await page.locator('[name="account.holderKana"]').fill("レイジダイイチクリニック");
  await page.locator('[name="accountFrom"]').fill("R8.11.20");
  await press(page, "確認に回す");
  await page.getByText("口座を入力しました").waitFor();
  await sound("account-waits");

  const other = await sit("supervisor1");
  await other.page.goto(`${address}/vaccination/clinics/waiting`);
  await other.sound("waiting");
  await other.page.locator("tbody a").first().click();
  await press(other.page, "確認する");
  await other.page.getByText("確認しました。").waitFor();
  await other.page.goto(`${address}/vaccination/clinics/waiting`);
  await other.page.locator("tbody a").first().click();
  await other.sound("account");
  await other.page.getByLabel("照らし合わせた書類").selectOption("passbook");
  await press(other.page, "口座を確認する");
  await other.page.getByText("口座を確認しました").waitFor();

  await page.goto(`${address}/vaccination/clinics/${code}`);
  await page.getByText("新しい休止・廃止").click();
  const closure = page.locator(`form[action$="/closures"]`);
  await closure.locator('[name="kind"]').selectOption("suspended");
  await closure.locator('[name="from"]').fill("R8.11.1");
  await closure.locator('[name="reason"]').selectOption("absence");
  await closure.getByRole("button").press("Enter");
  await page.getByText("休止・廃止を登録しました").waitFor();
  await other.page.goto(`${address}/vaccination/clinics/${code}`);
  await press(other.page, "確認する");
  await other.page.getByText("確認しました。").waitFor();
  await other.sound("suspended");
  await other.page.goto(`${address}/vaccination/clinics/${code}?tab=history`);
  await other.page.getByText("休止・廃止の確認").waitFor();
  await other.sound("history");

  await page.goto(`${address}/vaccination/clinics/bodies`);
  await page.locator('[name="name"]').fill("例示市医師会");
  await page.locator('[name="kana"]').fill("レイジシイシカイ");
  await page.getByLabel("区分").selectOption("association");
  await page.locator('[name="postalCode"]').fill("8600001");
  await page.locator('[name="address"]').fill("熊本市中央区試験町1-1-1");
  await press(page, "登録する");
  await page.getByText("取りまとめ団体を登録しました").waitFor();
  await sound("body");

  await page.goto(`${address}/vaccination/clinics/imports`);
  const csv = [
    "医療機関コード,名称,名称カナ,区分,所在,郵便番号,住所,地区,電話番号,市民向け一覧,扱う接種,扱う接種の開始日,接種医,契約の種類,契約番号,契約開始日,契約終了日,取りまとめ団体,団体での番号,支払先",
    `${clinicCode(701)},取込第一医院,トリコミダイイチイイン,診療所,市内,8600001,熊本市中央区1-1,中央区,096-000-0001,載せる,pcv；hib,2026-04-01,髙橋 一；佐藤 二,市内個別；県内相互乗入れ,R8-701,2026-04-01,2027-03-31,D0001,701,団体`,
    `${clinicCode(702).slice(0, 9)}x,取込第二医院,トリコミダイニイイン,診療所,市内,8600001,熊本市中央区1-1,,,,,,,,,,,,,`,
    `${clinicCode(703)},取込第三医院,トリコミダイサンイイン,医院,市内,860,熊本市中央区1-1,,,,知らない接種,,,市内個別,,,,D9999,,`,
  ].join("\n");
  await page.locator('[name="file"]').setInputFiles({
    name: "clinics.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(csv),
  });
  await press(page, "読んで確かめる");
  await page.getByText("取り込むとこうなります").waitFor();
  await sound("import-checked");
  await press(page, "取り込む");
  await page.getByText("取り込みました（新規 1件、変更 0件）").waitFor();
  await other.page.goto(page.url());
  await press(other.page, "まとめて確認する");
  await other.page.getByText("契約 2件を確認しました").waitFor();
  await other.sound("import-confirmed");

  await page.goto(`${address}/vaccination/clinics/prices?kind=mass`);
  await page.getByText("この年度の単価は登録されていません").waitFor();
});

test("契約単価を年度と契約の種類で読み、印刷する。台帳と違う予診票に注意が出る", {
  timeout: 120_000,
}, async () => {
  await setLetterTerms(home);
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/clinics/prices`);
  await page.getByText("1,100円").first().waitFor();
  await sound("prices");
  const printed = await page.request.get(
    `${address}/vaccination/clinics/prices/print?kind=individual&year=2026&from=2026-04-01`,
  );
  expect([printed.status(), printed.headers()["content-type"]]).toEqual([200, "application/pdf"]);
  const person = await child();
  await one(pcv({ personNumber: person, clinicCode: clinicCode(1), clinicName: "" }));
  await page.goto(`${address}/vaccination/slips/entry`);
  await page.getByText("接種日に有効な契約がありません").waitFor();
  await sound("entry-hint");
  await clinic({ place: "prefecture", name: "八代例示医院", address: "熊本県八代市例示町1-1" });
  await page.goto(`${address}${personPath(home.platform, person)}`);
  await unfold(page, "予防接種実施依頼書");
  await page.getByRole("link", { name: "依頼書の申請を受け付ける" }).click();
  await page.locator("#pick-clinic").selectOption({ index: 1 });
  expect(await page.locator('[name="to.name"]').inputValue()).toBe("八代例示医院 院長");
  expect(await page.locator('[name="addressee"]:checked').inputValue()).toBe("clinic");
  await sound("addressee");
});
