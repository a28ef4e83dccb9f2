import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { intractableClaims } from "#src/programs/intractable-disease/index.ts";
import { intractableScreens } from "#src/programs/intractable-disease/screens/index.tsx";
import { personPath } from "#src/web/person-path.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";
import { withCheckDigit } from "#workflows/numbers/check-digits.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

const city = await openTestPlatform();
const { address, signedIn } = await openTerminals(city, [intractableScreens]);
const home = `${address}/intractable-disease`;
const claims = claimsOf(city, intractableClaims);
const hospital = withCheckDigit("431110001");
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "institutions-"));
  await writeFile(
    join(folder, "list.csv"),
    `コード,名称,指定日,最後の日\n${hospital},見本市立難病センター,2020-01-01,\n`,
  );
  await writeFile(join(folder, "wrong.csv"), "1234567890,誤り,2020-01-01,\n");
});
afterAll(() => rm(folder, { recursive: true }));

test("指定医療機関を取り込み、管理票を入力し、償還払いの区分を登録する", async () => {
  const [one] = await receiptsOf(city, intractableClaims.program).entitled(1);
  if (!one) throw new Error("nobody");
  const { page, errors } = await signedIn("clerk1");
  await page.goto(`${home}/institutions`);
  await page.setInputFiles("input[type=file]", join(folder, "wrong.csv"));
  await page.getByRole("button", { name: "取り込む" }).click();
  await page.getByText("1行目: 医療機関コードが10桁でないか").waitFor();
  await page.setInputFiles("input[type=file]", join(folder, "list.csv"));
  await page.getByRole("button", { name: "取り込む" }).click();
  await page.getByText("1行を読み、1行を登録しました。").waitFor();
  await expectSound(page, errors);
  await picture(page, "intractable-institutions");

  const part = personPath(city.platform, one.person as PersonNumber)
    .split("/")
    .at(-1);
  await page.goto(`${home}/cap-sheets/${part}`);
  const fill = (name: string, value: string) => page.locator(`#field-${name}`).fill(value);
  await fill("month", "2026-07");
  await page.locator("#field-source").selectOption("copy");
  await fill("day-0", "32");
  await fill("institution-0", "見本市立難病センター");
  await fill("total-0", "60,000");
  await fill("share-0", "10,000");
  await fill("running-0", "9,000");
  await page.getByRole("button", { name: "登録する" }).click();
  await page.getByText("1行目: その月の日を入力してください。").first().waitFor();
  await picture(page, "intractable-cap-sheet-refused");
  await fill("day-0", "15");
  await page.getByRole("button", { name: "登録する" }).click();
  await page.getByText("2026年7月の管理票を登録しました。").waitFor();
  await page.getByText("1行目の累積額9,000円は").first().waitFor();
  await expectSound(page, errors);
  await picture(page, "intractable-cap-sheet");

  await claims.payments.account(one.person);
  const { caseId } = await claims.claimed(one.person, [
    keyedReceipt({ month: "2026-07", institutionCode: hospital, cost: 60_000, paid: 18_000 }),
  ]);
  await page.goto(`${home}/cases/${caseId}`);
  await page.locator("#field-forwardedOn").fill("R2.1.1");
  await page
    .locator("form", { has: page.locator("#field-forwardedOn") })
    .getByRole("button")
    .click();
  await page.getByText("区分は登録できません").first().waitFor();
  await picture(page, "intractable-refund-refused");
  await page.locator("#field-forwardedOn").fill("");
  await page.getByRole("button", { name: "登録する" }).click();
  await page.getByText("償還払いの区分を登録しました。").waitFor();
  await expectSound(page, errors);
  await picture(page, "intractable-refund");
  expect(await page.locator("main").innerText()).toContain("認定前（遡り期間）の受診");
});
