import { expect, test } from "vitest";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { copyCase } from "#test/support/copies.ts";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { fromMenu } from "#test/support/keyboard.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const city = await openTestPlatform();
const { family, open, toApproval, toIssued } = counterOf(city);
await copyCase(city.admin, (await open("clerk1", await family())).id, 140);
await copyCase(city.admin, (await toApproval(await family())).caseId, 60);
for (let n = 0; n < 2; n++) await toIssued(await family());
await city.admin`
  insert into vaccination.shot (person_number, vaccine, dose, given_on, source, entered_by)
  select person_number, v, d, '2026-10-05', 'paper', 1
    from vault.person, (values ('mr1', 1), ('5mix', 1), ('5mix', 2), ('hepb', 1)) x(v, d) where birth_date = '2026-05-10'`;
const receipts = receiptsOf(city);
await receipts.committed(
  receipts.ukeFor(await receipts.entitled(40), { seed: 3, institutions: 4 }),
);
const { address, signedIn: seat } = await openTerminals(city);

test("統計の各面は、グラフと表があり、読み上げても印刷しても読め、数から一覧へ移れる", async () => {
  const { page, errors } = await seat("supervisor1");
  await page.goto(`${address}/child-medical/cases`);
  await fromMenu(page, "統計");
  for (const [sheet, title] of [
    ["decisions", "受付と処分"],
    ["open", "手続き中"],
    ["entitled", "資格がある方"],
    ["entitled-months", "資格者数の推移"],
    ["certificates", "証の交付"],
    ["inquiries", "照会"],
    ["benefits", "給付"],
  ] as const) {
    await page
      .getByRole("navigation", { name: "統計の種類" })
      .getByRole("link", { name: title })
      .press("Enter");
    await page.getByRole("heading", { level: 1, name: `（${title}）` }).waitFor();
    await expectSound(page, errors);
    await picture(page, `statistics-${sheet}`);
  }
  // A figure leads to the rows of the ledger behind it.
  await page
    .getByRole("link", { name: /入院外 .*の一覧/ })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: "給付の記録" }).waitFor();
  await expectSound(page, errors);
  await picture(page, "statistics-benefit-rows");
  await page.goto(`${address}/child-medical/statistics`);
  await page.getByLabel("期間", { exact: true }).selectOption({ label: "年度別" });
  await page.getByRole("button", { name: "表示する" }).press("Enter");
  await page.waitForURL(/by-year/);
  await expectSound(page, errors);
  await page.emulateMedia({ media: "print" });
  await picture(page, "statistics-print");
  expect(await page.getByRole("img", { name: /申請のグラフ/ }).isVisible()).toBe(true);
  expect(await page.getByRole("button", { name: "表示する" }).isVisible()).toBe(false);
  await page.emulateMedia({ media: "screen" });
  await page
    .getByRole("link", { name: /^期間の計 受付/ })
    .first()
    .press("Enter");
  await page.waitForURL(/cases\?/);
  await expectSound(page, errors);
  await page.getByText("申請・届出（すべて 204件）").waitFor();
});

test("予防接種の統計も同じ作りで、写しを申請できる", async () => {
  const { page, errors } = await seat("operator1");
  await page.goto(`${address}/vaccination/statistics`);
  await expectSound(page, errors);
  await picture(page, "statistics-shots");
  await page.getByRole("link", { name: "写し（印刷・CSV）…" }).press("Enter");
  await page.getByText("件数・人数などの数だけです。").waitFor();
  await expectSound(page, errors);
});
