import { expect, test } from "vitest";
import { openChange, viewApplication } from "#src/platform/applications/index.ts";
import { documentsOf, printDocument } from "#src/platform/documents/index.ts";
import { childMedical, childMedicalChanges } from "#src/programs/child-medical/index.ts";
import { personPath } from "#src/web/person-path.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestApp } from "#test/support/app.ts";
import type { At } from "#test/support/casework.ts";
import { counterOf, numberCard } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import type { PersonNumber } from "#workflows/numbers/person-number.ts";

// 送付先: 理由と終わりの日とともに届け出、終わると元の宛先に戻り、履歴が残る。

const city = await openTestPlatform();
const { as, family, step, toIssued, effects } = counterOf(city);
const grandmother = {
  name: "渡邉　花子",
  postalCode: "8600004",
  address: "熊本市中央区新町１丁目１番１号",
  building: "",
  reason: "hospital",
  until: "",
};
let keys = 0;

async function told(caseId: string, occursOn: IsoDate, mailing: object | null): Promise<At> {
  const { found } = await as("clerk1", (work) =>
    openChange(work, childMedicalChanges, {
      grantingCaseId: caseId,
      subject: "mailing",
      occursOn,
      origin: "report",
      idempotencyKey: `mailing-${keys++}`,
    }),
  );
  const at = await step(
    "clerk1",
    "recordIdentity",
    { caseId: found.id, revision: 1 },
    { input: numberCard },
  );
  return step("clerk1", "enter", at, { input: { mailing } });
}
async function applied(...given: Parameters<typeof told>) {
  const at = await step("clerk1", "submit", await told(...given));
  return step("clerk2", "apply", await step("clerk2", "confirm", at));
}
const letterOf = async (caseId: string) => {
  expect(await effects(caseId)).toMatchObject({ done: 1, failed: 0 });
  const [paper] = await as("clerk1", (work) => documentsOf(work, caseId));
  const { pdf } = await as("clerk1", (work) => printDocument(work, paper?.id ?? ""));
  return (await textOfPages(pdf)).join("").replaceAll(/\s+/g, "");
};

test("送付先には理由が要り、終わりの日を過ぎると通知は保護者に戻り、届け出ごとの期間が残る", async () => {
  const person = await family();
  const { caseId } = await toIssued(person);
  await expect(told(caseId, "2026-11-20", { ...grandmother, reason: "" })).rejects.toMatchObject({
    details: ["送付先を設ける理由を選んでください。"],
  });
  await expect(
    told(caseId, "2026-11-20", { ...grandmother, until: "2026-11-19" }),
  ).rejects.toMatchObject({ field: "mailing.until" });

  const first = await applied(caseId, "2026-11-20", { ...grandmother, until: "2026-11-30" });
  expect(await letterOf(first.caseId)).toContain("渡邉花子様");
  city.platform.clock.moveTo("2026-12-01");
  const account = await applied(caseId, "2026-12-01", {
    ...grandmother,
    name: "試験　叔父",
    reason: "apart",
  });
  expect(await letterOf(account.caseId)).toContain("試験叔父様");
  const back = await applied(caseId, "2026-12-10", null);
  expect(back.state).toBe("applied");
  const { mailings } = await as("clerk1", (work) => viewApplication(work, childMedical, caseId));
  expect(mailings.map(({ mailing, from, to }) => [mailing.name, from, to])).toEqual([
    ["試験　叔父", "2026-12-01", "2026-12-09"],
    ["渡邉　花子", "2026-11-20", "2026-11-30"],
  ]);
  const entered = await as(
    "clerk1",
    async (work) => (await viewApplication(work, childMedical, caseId)).entered,
  );
  if (!entered) throw new Error("it was entered");
  const mailing = { ...grandmother, reason: "hospital" as const, until: "2026-11-30" as const };
  const to = (on: IsoDate) => childMedical.addressee({ ...entered, mailing }, on).name;
  expect([to("2026-11-30"), to("2026-12-01")]).toEqual(["渡邉　花子", entered.guardian.name]);

  const clerk = await openTestApp(city).visitor("clerk1");
  for (const path of [
    `/child-medical/cases/${caseId}`,
    personPath(city.platform, person as PersonNumber),
  ]) {
    const { text } = await clerk.get(path);
    expect(text, path).toContain("送付先の履歴");
    // On the page of the person its place is not shown: nobody has said yet why they look.
    expect(text.includes("試験　叔父"), path).toBe(path.startsWith("/child-medical"));
  }
});
