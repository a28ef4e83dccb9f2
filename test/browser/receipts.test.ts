import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startJobs } from "#src/platform/jobs/index.ts";
import { receiptJobs } from "#src/platform/receipts/index.ts";
import { programs } from "#src/programs/registry.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";

const city = await openTestPlatform();
const { address, seat } = await openTerminals(city, programs);
const { entitled, ukeFor } = receiptsOf(city);
let folder: string;
let jobs: Awaited<ReturnType<typeof startJobs>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "receipts-"));
  const people = await entitled(80);
  await writeFile(join(folder, "RECEIPTC.UKE"), ukeFor(people, { faultEvery: 8, institutions: 4 }));
  jobs = await startJobs(city.platform, city.applicationUrl, receiptJobs);
});
afterAll(async () => {
  await jobs.stop();
  await rm(folder, { recursive: true });
});

const badge = (page: Page, word: string) =>
  page.locator(".page-title .badge", { hasText: word }).waitFor({ timeout: 60_000 });
test("届いたファイルを取り込み、理由を見て決め、別の職員が反映と支払を承認する", async () => {
  const operator = await seat("operator1");
  await operator.page.goto(`${address}/receipts`);
  await expectSound(operator.page, operator.errors);
  await operator.page.setInputFiles("input[type=file]", join(folder, "RECEIPTC.UKE"));
  await operator.page.getByLabel("届いたところ").selectOption("payment-fund");
  await operator.page.getByLabel("請求年月").selectOption("2026-10");
  await operator.page.getByRole("button", { name: "取り込む" }).click();
  await badge(operator.page, "反映待ち");
  const file = operator.page.url();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "receipts-file");
  await operator.page.goto(`${address}/receipts`);
  expect(await operator.page.locator("tbody").innerText()).toContain("こども");
  await expectSound(operator.page, operator.errors);
  const clerk = await seat("clerk1");
  await clerk.page.goto(`${file}?list=open`);
  await expectSound(clerk.page, clerk.errors);
  await clerk.page.locator("tbody input[type=checkbox]").first().check();
  await clerk.page.getByLabel("選んだレセプトの扱いと理由").selectOption("accept/within-ordinance");
  await picture(clerk.page, "receipts-decisions");
  await clerk.page.goto(`${file}/receipts/16`);
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "receipts-one");
  expect(await clerk.page.locator("main").innerText()).toContain(
    "一部負担金の額が、市の定めから求めた額と違います。",
  );
  for (const path of ["/receipts/statements", "/receipts/reasons"]) {
    await operator.page.goto(`${address}${path}`);
    await expectSound(operator.page, operator.errors);
    await picture(operator.page, path.slice(1).replaceAll("/", "-"));
  }
  await clerk.page.goto(`${address}/receipts/adjustments`);
  await expectSound(clerk.page, clerk.errors);
  await picture(clerk.page, "receipts-adjustments");
}, 240_000);
