import { test } from "vitest";
import { programs } from "#src/programs/registry.ts";
import { expectSound, openTerminals, picture } from "#test/support/browser.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { householdOf } from "#test/support/household.ts";
import { householdScreens } from "#test/support/household-program.tsx";

const city = await openTestPlatform();
const { family, toApproval, toIssued } = await householdOf(city);
const { address, terminal } = await openTerminals(city, [...programs, householdScreens]);

test("世帯の申請、決裁、再交付の画面", { timeout: 120_000 }, async () => {
  const people = await family({ protection: { from: "2026-06-01" } });
  const approval = await toApproval(people);
  const issued = await toIssued(await family());
  const pages: [TestStaff, string, string][] = [
    ["supervisor1", approval.caseId, ""],
    ["supervisor1", approval.caseId, "/decision"],
    ["clerk1", issued.caseId, ""],
    ["clerk1", issued.caseId, "/issue"],
  ];
  for (const [who, caseId, path] of pages) {
    const { page, errors } = await terminal();
    const { sessionToken } = await city.actor(who);
    await page
      .context()
      .addCookies([{ name: "madoguchi_session", value: sessionToken, url: address }]);
    await page.goto(`${address}/household-aid/cases/${caseId}${path}`);
    await page.evaluate(
      "document.querySelectorAll('details').forEach((one) => { one.open = true; })",
    );
    await expectSound(page, errors);
    await picture(page, `household${path.replace("/", "-")}-${who}`);
  }
});
