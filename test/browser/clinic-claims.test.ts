import { beforeAll, expect, test } from "vitest";
import { openTerminals } from "#test/support/browser.ts";
import { clinicClaimsOf, setClaimTerms } from "#test/support/clinic-claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { press, save, seatsOf, type } from "#test/support/keyboard.ts";
import { paymentsOf } from "#test/support/payments.ts";

const home = await openTestPlatform();
const claims = clinicClaimsOf(home);
const payments = paymentsOf(home, "vaccination");
const terminals = await openTerminals(home);
const sit = seatsOf(terminals, "clinic-claims");
const { address } = terminals;
const name = "髙橋𠮷田記念クリニック";

let clinic = "";

beforeAll(async () => {
  await setClaimTerms(home);
  await payments.setUp();
  clinic = await claims.clinic({ name }, ["pcv"]);
  await claims.contract(clinic);
  await claims.account(clinic, "2026-11-01");
  const people = await claims.people(
    ...Array.from({ length: 60 }, (_, index) => ({
      birthDate: "2026-05-10" as const,
      residence: { from: "2026-05-10" as const, fromReason: "birth" as const },
      ...(index === 0 && {
        name: { kanji: "𠮷田　渡邉󠄂", kana: "ヨシダ　ワタナベ" },
        protection: { from: "2026-06-01" as const },
      }),
    })),
  );
  const slip = {
    channel: "punched",
    outcome: "given",
    vaccine: "pcv",
    clinicCode: clinic,
  } as const;
  await claims.take(
    "clerk1",
    people.map((personNumber) => ({ ...slip, givenOn: "2026-11-05" as const, personNumber })),
  );
  await claims.take("clerk1", [
    { ...slip, givenOn: "2026-11-06", identity: { kana: "ダレモ　シラナイ", birth: "2026-05-11" } },
  ]);
}, 120_000);

test("請求を入力し、突合し、返戻と差額を決め、別の決裁者が決裁して、書類と支払になる", {
  timeout: 480_000,
}, async () => {
  const { page, sound } = await sit("clerk1");
  await page.goto(`${address}/vaccination/clinic-claims`);
  await sound("list-empty");
  await press(page, "請求を入力する");
  await sound("enter");
  await type(page, "claimant", clinic);
  // Whose number it is, while it is typed; what the lines come to, beside the foot of the paper.
  await page.locator("output.echo", { hasText: name }).waitFor();
  await type(page, "month", "R8.11");
  await page.locator('[name="l1.vaccine"]').selectOption("pcv");
  await type(page, "l1.dose", "1");
  await type(page, "l1.count", "61");
  await save(page);
  await page.getByText("1行目: 請求額を円で入力してください").first().waitFor({ timeout: 60_000 });
  expect(await page.locator('[name="l1.count"]').inputValue()).toBe("61");
  await sound("enter-mistake");
  await type(page, "l1.amount", String(61 * 12_100));
  expect(await page.locator('[data-sum="amount"]').innerText()).toBe("738,100");
  await save(page);
  await page.getByText("請求を受け付けました").waitFor();
  await sound("received");
  const path = new URL(page.url()).pathname;

  const second = await sit("clerk2");
  await second.page.goto(`${address}${path}`);
  await press(second.page, "予診票と突合する");
  await second.page.getByText("「予診票と突合する」を行いました").waitFor();
  await second.page.getByText("接種記録になっていません").waitFor();
  await second.sound("examining");
  await second.page.locator('#judge select[name="judged"]').selectOption("return wrong-person");
  await press(second.page, "選んだ予診票の処理を決める");
  await second.page.getByText("予診票を選んでください").first().waitFor();
  await second.page.locator('input[name="row"]').first().check();
  await press(second.page, "選んだ予診票の処理を決める");
  await second.page.getByText("予診票1件の処理を決めました").waitFor();
  await second.page.goto(`${address}${path}?rows=back`);
  await second.sound("returned");
  await second.page.goto(`${address}${path}?rows=pay&page=2`);
  await second.page.getByLabel("の違いを認める理由").selectOption("slips-returned");
  await press(second.page, "理由を入力する");
  await second.page.getByText("理由を入力しました").waitFor();
  await press(second.page, "起案する");
  await second.page.getByText("「起案する」を行いました").waitFor();
  await second.sound("proposed");

  const third = await sit("supervisor1");
  await third.page.goto(`${address}/vaccination/clinic-claims?state=proposed`);
  await third.sound("list-to-decide");
  await third.page.goto(`${address}${path}`);
  await third.page.getByText("決裁すると、支払が決まります").waitFor();
  await third.sound("to-decide");
  await press(third.page, "決裁する");
  await third.page.getByText("「決裁する」を行いました").waitFor();
  for (const title of ["支払明細書", "返戻一覧", "差額通知"]) {
    await press(third.page, `${title}を発行する`);
    await third.page.getByText(`${title}を発行しました`).waitFor();
  }
  await third.sound("approved");
  const papers = await third.page.locator('a[href*="/papers/"]').count();
  expect(papers).toBe(3);

  const run = await payments.gather("operator1", "2026-11-20");
  const operator = await sit("operator1");
  await operator.page.goto(`${address}/vaccination/payments/runs/${run}`);
  await operator.page.getByText(name).first().waitFor();
  await operator.sound("payment-run");
  await operator.page.locator('a[href*="/payables/"]').first().click();
  await operator.page.getByText(name).first().waitFor();
  await operator.sound("payable");

  await third.page.goto(`${address}/vaccination/clinic-claims/totals?month=2026-11`);
  await third.sound("totals");
  await third.page.goto(`${address}/vaccination/clinic-claims/unclaimed?month=2026-11`);
  await third.sound("unclaimed");
  await third.page.goto(`${address}/vaccination/clinic-claims/corrections`);
  await third.sound("corrections");
  await page.goto(`${address}/vaccination/clinic-claims/file`);
  await page.locator('input[type="file"]').setInputFiles({
    name: "claims.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(
      `請求者,請求月,契約,予防接種,回,製品,区分,件数,請求額\n9999999999,R8.10,市内個別,pcv,1,,接種,1,12100\n${clinic},R8.10,市内個別,ない,1,,接種,1,x\n`,
    ),
  });
  await press(page, "取り込む");
  await page.getByText("取り込めない行 3件").waitFor();
  await sound("file-faults");
  await page.goto(`${address}/`);
  await sound("home");
});
