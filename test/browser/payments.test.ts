import { expect, test } from "vitest";
import { readTransfers } from "#src/formats/zengin/transfers.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sayYes } from "#test/support/keyboard.ts";
import { paymentsOf, settingEntry } from "#test/support/payments.ts";
import { setRepaymentTerms } from "#test/support/repayment-terms.ts";
import { sampleCounterOf } from "#test/support/sample-counter.ts";
import { sampleScreens } from "#test/support/sample-program.tsx";

const city = await openTestPlatform();
const counter = await sampleCounterOf(city);
const payments = paymentsOf(city);
const family = await counter.family();
await counter.step("supervisor1", "approve", await counter.toApproval(family));
await payments.setUp(settingEntry);
const { address, signedIn } = await openTerminals(city, [sampleScreens]);
const home = `${address}/sample-allowance/payments`;

test("決裁された支払が、口座の確認、支払の回、振込不能、口座の訂正を経て、振込済になる", async () => {
  const clerk = await signedIn("clerk1");
  const [payable] = await city.admin<
    { id: string }[]
  >`select id from payments.payable order by serial`;
  await clerk.page.goto(`${home}/payables/${payable?.id}`);
  await clerk.page.getByRole("link", { name: /試験/ }).first().click();
  await clerk.page.getByRole("link", { name: "支払と口座" }).click();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "payments-person");
  const enter = async (number: string) => {
    await clerk.page.locator("#field-account\\.bankCode").fill("0001");
    await clerk.page.locator("#field-account\\.branchCode").fill("001");
    await clerk.page.locator("#field-account\\.number").fill(number);
    await clerk.page.locator("#field-account\\.holderKana").fill("シケン　ハハコ");
    await clerk.page.keyboard.press("Control+Enter");
  };
  await enter("123");
  await clerk.page.getByText("口座番号は7桁の数字で入力してください。").first().waitFor();
  await expectSound(clerk.page, clerk.errors);
  await enter("1111111");
  await clerk.page.getByText("口座を登録しました").waitFor();

  const second = await signedIn("clerk2");
  const confirm = async () => {
    await second.page.goto(`${home}/accounts`);
    await second.page.locator("table a").first().click();
    await second.page.getByLabel("照らし合わせた書類").selectOption("passbook");
    await expectSound(second.page, second.errors);
    await picture(second.page, "payments-account");
    await second.page.getByRole("button", { name: "口座を確認する" }).click();
    await second.page.getByText("口座を確認しました").waitFor();
  };
  await confirm();

  const operator = await signedIn("operator1");
  city.platform.clock.moveTo("2026-12-01");
  await operator.page.goto(home);
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "payments-list");
  await operator.page.getByRole("button", { name: "支払うものを集める" }).click();
  await operator.page.getByText("支払うものを集めました").waitFor();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "payments-run");
  await operator.page.getByRole("button", { name: "承認を求める" }).click();
  await operator.page.getByText("承認を求めました").waitFor();
  const run = operator.page.url();

  const supervisor = await signedIn("supervisor1");
  await supervisor.page.goto(run);
  await expectSound(supervisor.page, supervisor.errors);
  await picture(supervisor.page, "payments-approval");
  await supervisor.page.getByRole("button", { name: "承認する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("承認しました").waitFor();

  await operator.page.goto(run);
  await operator.page.getByRole("button", { name: "振込データを作る" }).click();
  await operator.page.getByText("振込データを作りました").waitFor();
  const cashier = await signedIn("cashier1");
  await cashier.page.goto(run);
  const download = cashier.page.waitForEvent("download");
  await cashier.page.getByRole("button", { name: "振込データを取り出す" }).click();
  await sayYes(cashier.page);
  const file = await (await download).path();
  const { readFile } = await import("node:fs/promises");
  const read = readTransfers(await readFile(file));
  expect(read.faults).toEqual([]);
  expect(read.rows.map(({ values }) => values.accountNumber)).toEqual(["1111111", "1111111"]);
  await cashier.page.getByLabel("渡した先（銀行・会計課）").fill("見本銀行 本店");
  await cashier.page.getByLabel("受け取った人").fill("銀行　太郎");
  await expectSound(cashier.page, cashier.errors);
  await picture(cashier.page, "payments-hand-over");
  await cashier.page.getByRole("button", { name: "引き渡す" }).click();
  await sayYes(cashier.page);
  await cashier.page.getByText("引渡しを授受簿に記載しました").waitFor();

  city.platform.clock.moveTo("2026-12-16");
  const rows = await city.admin<{ number: string; amount: number }[]>`
    select 'P' || lpad(serial::text, 7, '0') as number, amount::integer from payments.payable order by serial`;
  const answers = async (lines: string[]) => {
    await operator.page.goto(run);
    await operator.page.locator("input[type=file]").setInputFiles({
      name: "kekka.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(["支払番号,支払額,結果,理由", ...lines].join("\r\n")),
    });
    await operator.page.getByRole("button", { name: "結果を取り込む" }).click();
    await operator.page.getByText("結果を取り込みました").waitFor();
    await expectSound(operator.page, operator.errors);
  };
  await answers([`${rows[0]?.number},${rows[0]?.amount},振込済,`, `${rows[1]?.number},1,振込済,`]);
  await operator.page.getByText("額が合わない行").waitFor();
  await answers([`${rows[1]?.number},${rows[1]?.amount},不能,名義相違`]);
  await picture(operator.page, "payments-answers");
  await operator.page.getByRole("button", { name: "支払を終える" }).click();
  await operator.page.getByText("支払の回を終えました").waitFor();

  await clerk.page.goto(`${home}/failed`);
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "payments-failed");
  await clerk.page.locator("table a").first().click();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "payments-payable");
  await clerk.page.getByRole("link", { name: /試験/ }).first().click();
  await clerk.page.getByRole("link", { name: "支払と口座" }).click();
  await enter("2222222");
  await clerk.page.getByText("口座を登録しました").waitFor();
  await confirm();
  await operator.page.goto(home);
  await operator.page.getByRole("button", { name: "支払うものを集める" }).click();
  await operator.page.getByText("支払うものを集めました").waitFor();
  expect(await operator.page.getByText(rows[1]?.number ?? "").count()).toBeGreaterThan(0);

  // What was paid by mistake is asked back.
  await clerk.page.goto(`${home}/payables/${payable?.id}`);
  await clerk.page.getByText("返還を起案する").first().click();
  await clerk.page.getByLabel("返還の事由").selectOption("overpaid");
  await clerk.page.getByLabel("理由").fill("二重に支給したため");
  await clerk.page.getByRole("button", { name: "返還を起案する" }).click();
  await clerk.page.getByText("返還を起案しました").waitFor();
  await supervisor.page.goto(clerk.page.url());
  await supervisor.page.getByRole("button", { name: "承認する" }).click();
  await sayYes(supervisor.page);
  await supervisor.page.getByText("を行いました").waitFor();
  await expectSound(supervisor.page, supervisor.errors);
  await clerk.page.reload();
  await expectSound(clerk.page, clerk.errors);
  await clerk.page.getByText("返還金の通知が登録されていません").waitFor();
  await setRepaymentTerms(city, "sample-allowance");
  await clerk.page.reload();
  await picture(clerk.page, "payments-repayment");

  // The letter is looked at, issued, and the time for payment begins; what is late is dunned together.
  await clerk.page.getByLabel("通知書に書く理由").first().fill("二重に支給したため");
  const looked = clerk.page
    .context()
    .waitForEvent("response", (one) => one.url().endsWith("/preview/demand"));
  await clerk.page.getByRole("button", { name: "見本を見る" }).first().click();
  expect((await looked).headers()["content-type"]).toContain("application/pdf");
  await clerk.page.getByRole("button", { name: "返還決定通知書を発行する" }).click();
  await sayYes(clerk.page);
  await clerk.page.getByText("「返還決定通知書を発行する」を行いました").waitFor();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "payments-repayment-told");
  const link = clerk.page.getByRole("link", { name: "返還決定通知書を印刷" });
  const printed = await clerk.page
    .context()
    .request.get(`${address}${await link.getAttribute("href")}`);
  expect(printed.headers()["content-type"]).toContain("application/pdf");
  city.platform.clock.moveTo("2027-02-01");
  await clerk.page.goto(`${home}/repayments/dunning`);
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "payments-dunning");
  await clerk.page.getByRole("button", { name: "督促状を発行する" }).click();
  await sayYes(clerk.page);
  await clerk.page.getByText("督促状を1件発行しました").waitFor();
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "payments-papers");
  const together = clerk.page.getByRole("link", { name: "まとめて印刷" });
  const joined = await clerk.page
    .context()
    .request.get(`${address}${await together.getAttribute("href")}`);
  expect(joined.headers()["content-type"]).toContain("application/pdf");
  for (const path of [`${run}/statement`, `${home}/transfer-book?year=2026`]) {
    const paper = await cashier.page.context().request.get(path);
    expect(paper.headers()["content-type"], path).toContain("application/pdf");
  }
  const scheme = await signedIn("operator2");
  await scheme.page.goto(`${home}/settings`);
  await expectSound(scheme.page, scheme.errors);
  await picture(scheme.page, "payments-settings");
}, 120_000);
