import { beforeAll, expect, test } from "vitest";
import { startJobs } from "#src/platform/jobs/index.ts";
import { keepingJobs } from "#src/platform/keeping/index.ts";
import { runWork } from "#src/platform/work.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

const city = await openTestPlatform();
const { address, seat } = await openTerminals(city, []);

beforeAll(async () => {
  await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
    writePeople(
      work,
      ["2019-05-01", "2019-08-01", "2020-03-31", "2024-01-01"].map((to) => ({
        record: invented({
          residence: {
            from: "2010-04-01",
            fromReason: "move-in",
            to,
            toReason: "move-out",
          } as never,
        }),
      })),
    ),
  );
});

test("管理者が抽出して起案し、別の職員が承認すると消去され、記録が残る", async () => {
  const { page, errors } = await seat("admin1");
  await page.goto(`${address}/keeping`);
  await expectSound(page, errors);
  await page.getByRole("button", { name: "保存期間を過ぎた方を抽出する" }).click();
  await page.getByText("保存期間を過ぎた方を抽出しました").waitFor();
  expect(await page.locator("main").innerText()).toContain("3人");
  await expectSound(page, errors);
  await picture(page, "keeping-found");
  await page.getByRole("button", { name: "消去を起案する" }).click();
  await page.getByRole("button", { name: "実行する" }).click();
  await page.getByText("消去を起案しました").waitFor();

  const approver = await seat("approver1");
  await approver.page.goto(`${address}/`);
  await approver.page.getByRole("link", { name: /保存期間を過ぎた記録の消去/ }).click();
  await expectSound(approver.page, approver.errors);
  await picture(approver.page, "keeping-proposed");
  await approver.page.getByRole("button", { name: "消去を承認する" }).click();
  await approver.page.getByRole("button", { name: "実行する" }).click();
  await approver.page.getByText("消去を承認しました").waitFor();
  const jobs = await startJobs(city.platform, city.applicationUrl, keepingJobs);
  try {
    await expect
      .poll(
        async () => {
          await approver.page.reload();
          return approver.page.locator("main").innerText();
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toContain("消去済");
  } finally {
    await jobs.stop();
  }
  await expectSound(approver.page, approver.errors);
  await picture(approver.page, "keeping-erased");
  expect(await approver.page.locator("main").innerText()).toContain("個人番号");
});
