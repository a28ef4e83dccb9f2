import { expect, test } from "vitest";
import { personPath } from "#src/web/person-path.ts";
import { renderPages } from "#test/documents/render.ts";
import { openTerminals } from "#test/support/browser.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdApplication, householdCounterOf } from "#test/support/household-counter.ts";
import { seatsOf } from "#test/support/keyboard.ts";
import { scannedTiff } from "#test/support/tiff.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const household = householdCounterOf(city);
const terminals = await openTerminals(city);
const seat = seatsOf(terminals, "person");
const { address } = terminals;
const urlOf = (number: string) => `${address}${personPath(city.platform, number as PersonNumber)}`;

test("住民の画面でメモと添付を残し、経過を絞り込み、印刷用に開く", {
  timeout: 240_000,
}, async () => {
  const child = await counter.family();
  await counter.toIssued(child);
  const { page, sound } = await seat("clerk1");
  await page.goto(urlOf(child));

  await page.getByText("メモを書く…").click();
  await page.getByLabel("事務").selectOption({ label: "予防接種" });
  await page.getByRole("button", { name: "メモを残す" }).click();
  await page.getByText("メモを入力してください。").first().waitFor();
  await sound("note-refused");
  await page.locator("#field-note").fill("筆談を希望。来庁は午後が多い。");
  await page.getByRole("button", { name: "メモを残す" }).click();
  await page.getByText("メモを追加しました。").waitFor();

  const attach = async (name: string, buffer: Buffer) => {
    if (!(await page.locator("#field-scan").isVisible()))
      await page.getByText("書類の写しを添付する…").click();
    await page.locator("#field-document").selectOption("child-medical/insurance-proof");
    await page
      .locator("#field-scan")
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer });
    await page.getByRole("button", { name: "添付する" }).click();
  };
  const fax = await scannedTiff("ccittfax4", { pages: 3, width: 1728, height: 2200 });
  await attach("broken.tif", fax.subarray(0, fax.length >> 1));
  await page.getByText("TIFFを読み取れません。").first().waitFor();
  await sound("scan-refused");
  await attach("fax.tif", fax);
  await page.getByText("ファイルを添付しました。").waitFor();
  await sound("kept");
  const link = page.getByRole("link", { name: /健康保険の資格が分かるもの/ });
  const file = await page.request.get(`${address}${await link.getAttribute("href")}`);
  expect(file.headers()["content-type"]).toBe("application/pdf");
  expect(await renderPages(await file.body(), 20)).toHaveLength(3);

  await city.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`insert into intake.note (person_number, program, sealed_id, written_by, written_at)
      select person_number, program, sealed_id, written_by, written_at - n * interval '1 day'
        from intake.note, generate_series(1, 59) n where person_number = ${child}`;
  });
  await page.getByRole("link", { name: "経過", exact: true }).click();
  await page.waitForURL(/\/timeline$/);
  await sound("timeline");
  await page.getByRole("link", { name: "次へ" }).click();
  await page.getByText("2 / 2 ページ").waitFor();
  await page.getByRole("link", { name: /^メモ 60$/ }).click();
  await page.getByText(/経過 60件/).waitFor();
  await sound("timeline-notes");
  await page.getByRole("link", { name: "すべて" }).click();
  await page.getByRole("link", { name: "印刷用に全件を表示" }).click();
  await page.waitForURL(/\/timeline\/print/);
  await page.emulateMedia({ media: "print" });
  await sound("timeline-print");
});

test("入力の履歴は、申請の画面から開き、項目ごとに前と後が並ぶ", { timeout: 240_000 }, async () => {
  const at = await counter.toExamination(await counter.family());
  const { guardian } = inventedApplication;
  await counter.step("clerk2", "enter", at, {
    input: {
      ...inventedApplication,
      guardian: { ...guardian, telephone: "096-222-2222" },
      account: null,
    },
  });
  const { page, sound } = await seat("clerk1");
  await page.goto(`${address}/child-medical/cases/${at.caseId}`);
  await page.getByRole("link", { name: "入力の履歴" }).click();
  await page.getByRole("cell", { name: "096-222-2222" }).waitFor();
  await page.getByText(/最初の入力（\d+項目）/).click();
  await sound("entries");

  const home = await household.household();
  const application = householdApplication(home);
  const applied = await household.toExamination(home.mother, application);
  const [only] = application.people;
  await household.step("clerk2", "enter", applied, {
    input: { ...application, people: [{ ...only, disabled: true }], childSupport: 120_000 },
  });
  await page.goto(`${address}/single-parent-medical/cases/${applied.caseId}/entries`);
  await page.getByRole("cell", { name: "120000" }).waitFor();
  await sound("entries-household");
});
