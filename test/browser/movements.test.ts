import { beforeAll, expect, test } from "vitest";
import { openChange } from "#src/platform/applications/index.ts";
import { childMedicalChanges } from "#src/programs/child-medical/index.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import type { At } from "#test/support/casework.ts";
import { counterOf, numberCard } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { childPayer, receiptsOf } from "#test/support/receipts.ts";

const home = await openTestPlatform();
const { address, signedIn } = await openTerminals(home);
const counter = counterOf(home);
const { as, step, family, toIssued, view } = counter;
const { admin } = home;
let caseId = "";
let report: At;
let number = "";

beforeAll(async () => {
  const person = await family();
  ({ caseId } = await toIssued(person));
  await admin`update entitlements.entitlement set valid_from = '2026-05-10' where case_id = ${caseId}`;
  await admin`update entitlements.recipient set valid_from = '2026-05-10' where person_number = ${person}`;
  const [one] = (await view(caseId)).entitlements;
  number = one?.recipientNumber ?? "";
  const { ukeFor, committed } = receiptsOf(home);
  const of = { person, payer: childPayer, recipientNumber: number, birth: "2026-05-10" as const };
  await committed(ukeFor([{ ...of, entitlementId: one?.id ?? "" }], { seed: 71 }));
  const { found } = await as("clerk1", (work) =>
    openChange(work, childMedicalChanges, {
      grantingCaseId: caseId,
      subject: "correction",
      reason: "wrong-start",
      occursOn: home.platform.clock.today(),
      origin: "report",
      idempotencyKey: "browser",
    }),
  );
  report = { caseId: found.id, revision: 1 };
  report = await step("clerk1", "recordIdentity", report, { input: numberCard });
});

test("窓口が期間の訂正を入力すると影響が見え、決裁の後に処理と証の回収が続く", async () => {
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${address}/child-medical/cases/${report.caseId}/entry`);
  await page.getByLabel("訂正後の始期（資格取得日）").fill("R8.11.1");
  await page.getByLabel("訂正後の終期（資格のある最後の日）").fill("R8.10.1");
  await page.getByRole("button", { name: "保存する" }).click();
  await page.getByText("訂正後の終期には、始期以後の日付を入力してください。").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "correction-entry");
  await page.getByLabel("訂正後の終期（資格のある最後の日）").fill("R27.3.31");
  await page.getByRole("button", { name: "保存する" }).click();
  await page.getByRole("heading", { name: /さかのぼる影響/ }).waitFor();
  await expectSound(page, errors);
  await picture(page, "correction-consequences");
  const [now] = await admin<{ revision: number }[]>`
    select revision from cases.case where id = ${report.caseId}`;
  let at: At = { caseId: report.caseId, revision: now?.revision ?? 0 };
  at = await step("clerk1", "submit", at);
  at = await step("clerk2", "confirm", at);
  at = await step("clerk2", "requestCorrection", at);

  const boss = await signedIn("supervisor1");
  await boss.page.goto(`${address}/child-medical/cases/${report.caseId}/decision`);
  await boss.page.getByRole("heading", { name: /さかのぼる影響/ }).waitFor();
  await expectSound(boss.page, boss.errors);
  await picture(boss.page, "correction-decision");
  await step("supervisor1", "approve", at);

  await page.goto(`${address}/child-medical/follow-ups`);
  await expectSound(page, errors);
  await picture(page, "follow-ups");
  await page
    .getByRole("table")
    .getByRole("link", { name: "支払済みの助成の回収（過誤・返還）" })
    .first()
    .click();
  await page.getByRole("heading", { name: "本人に返還を求める" }).waitFor();
  await expectSound(page, errors);
  await picture(page, "follow-up");
  await page.getByLabel("納期限").fill("R8.1.1");
  await page.getByRole("button", { name: "返還金を起案する" }).click();
  await page.getByText("納期限は、明日以降にしてください。").first().waitFor();
  await page.getByLabel("納期限").fill("R8.12.25");
  await page.getByRole("button", { name: "返還金を起案する" }).click();
  await page.waitForURL(/repayments\//);

  const { found } = await view(caseId);
  await step(
    "clerk1",
    "reissue",
    { caseId, revision: found.revision },
    { input: { reason: "changed" } },
  );
  await page.goto(`${address}/child-medical/cases/${caseId}`);
  await expectSound(page, errors);
  await picture(page, "case-with-follow-ups");
  await page.goto(`${address}/child-medical/certificates/returns`);
  await expectSound(page, errors);
  await picture(page, "certificate-returns");
  await page.getByRole("link", { name: "返ってきた証を入力する" }).click();
  await page.locator(":focus").and(page.getByLabel("受給者番号か証の二次元コード")).waitFor();
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await page
    .getByText("受給者番号（7桁）か、証の二次元コードを入力してください。")
    .first()
    .waitFor();
  await page.getByLabel("受給者番号か証の二次元コード").fill(number);
  await page.keyboard.press("Enter");
  await page.getByText("今日の入力 1枚").waitFor();
  await expectSound(page, errors);
  await picture(page, "return-entry");
  expect((await view(caseId)).returns.size).toBe(1);
});
