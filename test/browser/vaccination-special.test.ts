import { beforeAll, expect, test } from "vitest";
import { personPath } from "#src/web/person-path.ts";
import { openTerminals } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { setExemptionTerms } from "#test/support/exemptions.ts";
import { press, seatsOf, unfold } from "#test/support/keyboard.ts";
import { recordsOf } from "#test/support/vaccination-records.ts";

const home = await openTestPlatform();
const { people } = recordsOf(home);
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "vaccination-special");
const { address } = terminals;

let child = "";
let elder = "";
const pageOf = (number: string) => `${address}${personPath(home.platform, number as never)}`;

beforeAll(async () => {
  await setExemptionTerms(home);
  [child = "", elder = ""] = await people(
    {
      name: { kanji: "渡邉󠄂　髙橋", kana: "ワタナベ　タカハシ" },
      birthDate: "2022-05-10",
      residence: { from: "2022-05-10", fromReason: "birth" },
    },
    {
      name: {
        kanji: "アレクサンドラマリアフェルナンダ　デ・ラ・クルス・𠮷田",
        kana: "アレクサンドラマリアフェルナンダ　デラクルスヨシダ",
      },
      birthDate: "1950-05-10",
      residence: { from: "1990-04-01", fromReason: "move-in" },
    },
  );
}, 60_000);

test("長期療養特例を入力し、別の決裁者が決裁する。送付先は入力したときから有効", {
  timeout: 240_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(pageOf(child));
  await unfold(page, "予防接種の特例・注意");
  await page.getByText("特例・注意を入力する").click();
  await sound("person");
  await press(page, "長期療養特例");
  await page.locator('[name="hindranceFrom"]').fill("R5.6.1");
  await page.locator('[name="hindranceTo"]').fill("R8.10.1");
  await page.getByLabel("理由").selectOption("disease");
  await page.getByLabel("確認したもの").selectOption("doctor");
  await page.getByLabel("水痘").check();
  await page.getByLabel("BCG").check();
  await sound("long-illness");
  await press(page, "決裁を求める");
  await page.getByText("対象ではありませんでした").first().waitFor();
  expect(await page.locator('[name="hindranceFrom"]').inputValue()).toBe("R5.6.1");
  await sound("long-illness-mistake");
  await page.getByLabel("BCG").uncheck();
  await press(page, "決裁を求める");
  await page.getByText("別の職員の決裁を待っています").waitFor();
  const path = new URL(page.url()).pathname;
  await sound("awaiting");

  const other = await sit("supervisor1");
  await other.page.goto(`${address}${path}`);
  await press(other.page, "決裁する");
  await other.page.getByText("「決裁する」を行いました").waitFor();
  await other.sound("standing");

  await page.goto(pageOf(child));
  await page.getByText("特例・注意を入力する").click();
  await press(page, "送付先");
  await press(page, "入力する");
  await page.getByText("送付先の宛名を入力してください").first().waitFor();
  await sound("mailing-address-mistake");
  await page.getByLabel("理由").selectOption("hospital");
  await page.getByLabel("確認したもの").selectOption("told");
  await page.getByLabel("宛名").fill("渡邉󠄂　花子");
  await page.locator('[name="postalCode"]').fill("8600001");
  await page.locator('[name="address"]').fill("熊本市中央区見本町1番1号");
  await press(page, "入力する");
  await page.getByText("送付先を入力しました").waitFor();
  await sound("mailing-address");
  await page.goto(`${address}/vaccination/special`);
  await sound("list");
});

test("減免の申請を受け付け、審査し、別の職員が決裁し、確認証を交付する", {
  timeout: 240_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(pageOf(elder));
  await unfold(page, "予防接種の自己負担減免");
  await press(page, "減免の申請を受け付ける");
  await sound("exemption-new");
  await press(page, "受け付ける");
  await page.getByText("減免の要件を選んでください").first().waitFor();
  await page.getByLabel("減免の要件").selectOption("welfare");
  await page.getByLabel("インフルエンザ").first().check();
  await page.getByLabel("確認したもの").selectOption("welfare-certificate");
  await page.locator('[name="evidenceOn"]').fill("R8.11.20");
  await press(page, "受け付ける");
  await page.getByText("減免の申請を受け付けました").waitFor();
  const path = new URL(page.url()).pathname;
  await sound("exemption-received");
  await press(page, "審査を終える");
  await page.getByText("「審査を終える」を行いました").waitFor();
  await press(page, "減免を起案する");
  await page.getByText("「減免を起案する」を行いました").waitFor();

  const other = await sit("supervisor1");
  await other.page.goto(`${address}${path}`);
  await other.sound("exemption-proposed");
  await press(other.page, "減免を決裁する");
  await other.page.getByText("「減免を決裁する」を行いました").waitFor();

  await page.goto(`${address}${path}`);
  await press(page, "確認証を交付する");
  await page.getByText("確認証を交付しました").waitFor();
  await sound("certificate");
  await page.goto(`${address}/vaccination/exemption-certificates`);
  await sound("certificates");
  await page.goto(`${address}/vaccination/exemptions`);
  await sound("exemptions");

  const operator = await sit("operator1");
  await operator.page.goto(`${address}/vaccination/exemption-lists`);
  await operator.page.locator('[name="file"]').setInputFiles({
    name: "list.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`宛名番号\r\n${elder}\r\n${child}\r\n`),
  });
  await operator.page.getByLabel("減免の要件").selectOption("welfare");
  await operator.page.locator('[name="asOf"]').fill("R8.11.1");
  await press(operator.page, "取り込む");
  await operator.page.getByText("2人の名簿を取り込みました").waitFor();
  await operator.sound("lists");
  await operator.page.goto(`${address}/vaccination/exemption-mailings/new`);
  await operator.sound("order");
});
