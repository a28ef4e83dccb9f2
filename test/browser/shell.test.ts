import { beforeAll, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { expectSound, openTerminals, picture, signInOn } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { family } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { address, terminal, seat: seatAnew } = await openTerminals(city);
/** Each person signs in by hand once: a code is good once in thirty seconds. */
const seats = new Map<string, ReturnType<typeof seatAnew>>();
const seat: typeof seatAnew = (who) => {
  const seated = seats.get(who) ?? seatAnew(who);
  seats.set(who, seated);
  return seated;
};

beforeAll(async () => {
  await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      family().map((record) => ({ record })),
    ),
  );
});

test("サインインからホーム、住民検索、住民の画面まで", async () => {
  const { page, errors } = await terminal();
  await page.goto(address);
  await expectSound(page, errors);
  await signInOn(page, address, city.credentials("supervisor1"));
  await expectSound(page, errors);
  await page.keyboard.press("/");
  await page.keyboard.type("みほん");
  await page.keyboard.press("Enter");
  await page.waitForURL(/found/);
  await expectSound(page, errors);
  await picture(page, "people");
  expect(await page.locator("tbody tr").count()).toBeGreaterThan(2);
  await page.keyboard.press("Tab");
  await page.locator("#main").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/people\/[\w-]{32}$/);
  await expectSound(page, errors);
  await page.getByLabel("窓口での本人確認").check();
  await page.getByRole("button", { name: "理由を記録して開く" }).click();
  await page.getByText("表示中").waitFor();
  await expectSound(page, errors);
  await picture(page, "person");
  expect(new URL(page.url()).search).toBe("");
});

/** Pages of the shell that the README shows. */
const pictured = new Map([
  ["/audit", "access-log"],
  ["/audit/verification", "verification"],
  ["/staff", "staff"],
  ["/rules/vaccination.due?example=0", "rule"],
]);

test.each([
  ["clerk1", ["/help", "/account/password", "/people", "/nowhere", "/terminals"]],
  ["admin1", ["/staff", "/staff/new", "/staff/3", "/terminals", "/grants/new"]],
  ["approver1", ["/grants"]],
  ["auditor1", ["/audit", "/audit/verification"]],
  ["scheme1", ["/rules", "/rules/age.reach?example=0", "/rules/vaccination.due?example=0"]],
] as const)("%s の共通画面はどれも整っている", async (who, paths) => {
  const { page, errors } = await seat(who);
  await expectSound(page, errors);
  for (const path of paths) {
    await page.goto(address + path);
    await expectSound(page, errors);
    const name = pictured.get(path);
    if (name) await picture(page, name);
  }
});

test("監査担当は、検証を始め、その場で結果と番号の抜けを見る", async () => {
  const { page, errors } = await seat("auditor1");
  // Somebody took a number and undid the rest.
  await city.admin`select nextval('audit.record_id_seq')`;
  await page.goto(`${address}/audit/verification`);
  await page.getByRole("button", { name: "いま検証する" }).click();
  await page.getByText("すべての記録が書かれたとおりです。").waitFor({ timeout: 60_000 });
  // More than one where a page of another test was left while it was being written.
  await page.getByText(/説明のない番号の抜け [1-9]\d*件/u).waitFor();
  await expectSound(page, errors);
  await picture(page, "verified");
});

test("キーボード操作の一覧は「?」で開き、Escで閉じる", async () => {
  const { page, errors } = await seat("clerk2");
  await page.keyboard.press("?");
  await page.getByRole("dialog").waitFor();
  await expectSound(page, errors);
  await page.keyboard.press("Escape");
  expect(await page.getByRole("dialog").count()).toBe(0);
});
