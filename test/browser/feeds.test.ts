import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CityFiles, generateCity } from "#db/city/city.ts";
import { feedJobs } from "#src/platform/feeds/index.ts";
import { startJobs } from "#src/platform/jobs/index.ts";
import { announceNeed } from "#src/platform/people/index.ts";
import { runWork } from "#src/platform/work.ts";
import { breakFile } from "#test/support/break-file.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { address, seat } = await openTerminals(city, []);
let folder: string;
let files: CityFiles;
/** A one-time code serves once, so the second operator stays seated. */
let another: Awaited<ReturnType<typeof seat>>;
let jobs: Awaited<ReturnType<typeof startJobs>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "feeds-"));
  files = await generateCity({ folder, population: 1_500, asOf: "2026-11-20" });
  const { bytes } = breakFile(await readFile(files.residents.path), 0.1, 3);
  await writeFile(files.residents.path, bytes);
  jobs = await startJobs(city.platform, city.applicationUrl, feedJobs);
});
afterAll(async () => {
  await jobs.stop();
  await rm(folder, { recursive: true });
});

async function takeIn(page: Page, path: string): Promise<void> {
  await page.goto(`${address}/feeds`);
  await page.setInputFiles("input[type=file]", path);
  await page.getByRole("button", { name: "取り込む" }).click();
}

const badge = (page: Page, word: string) =>
  page.locator(".page-title .badge", { hasText: word }).waitFor({ timeout: 30_000 });

test("一割が壊れたファイルを取り込み、内容を確かめ、別の職員が反映を承認する", async () => {
  const operator = await seat("operator1");
  await operator.page.goto(`${address}/feeds`);
  await expectSound(operator.page, operator.errors);
  await takeIn(operator.page, files.residents.path);
  await badge(operator.page, "反映待ち");
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "feed-reviewed");
  expect(await operator.page.locator("main").innerText()).toContain("反映の承認は決裁者が行います");
  await operator.page.getByRole("link", { name: /取り込めない行 \d+/ }).click();
  await expectSound(operator.page, operator.errors);
  await picture(operator.page, "feed-bad-rows");
  expect(await operator.page.locator("tbody tr").count()).toBeGreaterThan(20);
  const taken = operator.page.waitForEvent("download");
  await operator.page.getByRole("link", { name: /一覧（CSV）/ }).click();
  expect(await readFile(await (await taken).path(), "utf8")).toMatch(/^\ufeff行,項目,理由\n\d+,/);

  const supervisor = await seat("supervisor1");
  await supervisor.page.getByRole("link", { name: /住民記録 全件 第1号/ }).click();
  await supervisor.page.getByRole("button", { name: "反映を承認する" }).click();
  await supervisor.page.getByRole("button", { name: "実行する" }).click();
  await badge(supervisor.page, "反映済み");
  await expectSound(supervisor.page, supervisor.errors);
  const [people] = await city.admin`select count(*)::int as n from vault.person`;
  expect(people?.n).toBeGreaterThan(1_300);
});

test("翌日の異動分は、変わる項目とともに一覧になり、届いていないファイルは知らされる", async () => {
  another = await seat("operator2");
  const { page, errors } = another;
  const late = join(folder, "residents-20261121-diff-0003.csv");
  await writeFile(late, await readFile(files.residentsNextDay.path));
  await takeIn(page, late);
  await badge(page, "反映待ち");
  await page.getByRole("link", { name: /^変更 \d+/ }).click();
  await expectSound(page, errors);
  await page.getByRole("table", { name: "変更" }).scrollIntoViewIfNeeded();
  await picture(page, "feed-changes");
  const text = await page.locator("main").innerText();
  expect(text).toContain("第2号を受け取っていません");
  expect(text).toContain("住所");

  await takeIn(page, late);
  expect(await page.locator(".error-summary").innerText()).toContain("同じ内容のファイル");
  await expectSound(page, errors);
  await page.goto(`${address}/feeds`);
  await picture(page, "feeds");
});

test("必要な方がいれば照会対象者リストを渡し、届いた税情報はその方の分だけが残る", async () => {
  const { page, errors } = another;
  const [known] = await city.admin<{ n: string }[]>`
    select person_number as n from vault.person
     where resident_to is null and birth_date < '2000-01-01' order by person_number limit 1`;
  const need = {
    program: "single-parent-medical",
    kind: "tax",
    personNumbers: [known?.n ?? ""],
  } as const;
  await runWork(
    city.platform,
    await city.system(),
    { purpose: "case", program: need.program },
    (work) => announceNeed(work, need),
  );
  await page.goto(`${address}/feeds`);
  await page.getByRole("table", { name: "照会対象者リスト" }).scrollIntoViewIfNeeded();
  await expectSound(page, errors);
  await picture(page, "feed-requests");
  const taken = page.waitForEvent("download");
  await page
    .getByRole("row", { name: /税情報 1人/ })
    .getByRole("button", { name: /差分/ })
    .click();
  expect(await readFile(await (await taken).path(), "utf8")).toMatch(
    /^住民番号,.*\n\d+,1,\d{8}\n$/,
  );

  await takeIn(page, files.tax.path);
  await badge(page, "反映待ち");
  await expectSound(page, errors);
  await picture(page, "feed-tax");
  const text = await page.locator("main").innerText();
  expect(text).toMatch(/対象外（保存しない）\s+[\d,]+行/);
  expect(text).toContain("令和7年分の所得");
});

test("権限のない職員には、メニューも画面もない", async () => {
  const { page } = await seat("clerk1");
  expect(await page.locator("nav").first().innerText()).not.toContain("連携取込");
  expect((await page.goto(`${address}/feeds`))?.status()).toBe(403);
});
