import { expect, test } from "vitest";
import { withFormer } from "#src/web/cases/former-entry.ts";
import { openTestApp } from "#test/support/app.ts";
import { counterOf, inventedApplication } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const { visitor } = openTestApp(city);
const { as, family, open, step, toIssued, view } = counterOf(city);
const { admin } = city;

test("資格を失った子の申請は、前の申請の保険と口座を引き継いで入力でき、番号は同じで、前の資格も残る", async () => {
  const person = await family();
  const { caseId } = await toIssued(person);
  const [before] = (await view(caseId)).entitlements;
  await admin`update entitlements.entitlement set status = 'lost', lost_on = '2026-11-21', valid_to = '2026-11-20', loss_reason = 'moved-out'
    where case_id = ${caseId}`;
  const again = await open("clerk1", person, "2026-11-20");
  await step(
    "clerk1",
    "recordIdentity",
    { caseId: again.id, revision: 1 },
    {
      input: { subject: "applicant", method: "number-card", documents: [], mandateSeen: false },
    },
  );
  const clerk = await visitor("clerk1");
  const { text } = await clerk.get(`/child-medical/cases/${again.id}/entry`);
  expect(text).toContain(inventedApplication.insurance.insurerNumber);
  expect(text).toContain("前の申請 ");
  const rows = await as(
    "clerk1",
    (work) => work.sql`
    select from entitlements.entitlement where person_number = ${person} and recipient_number = ${before?.recipientNumber ?? ""}`,
  );
  expect(rows).toHaveLength(1);
});

test("住民記録にあるものは前の申請より先で、同じ人の電話番号は前のまま、申請の事由は引き継がない", () => {
  const former = {
    reason: "birth",
    guardian: { name: "甲", address: "旧", telephone: "096" },
    welfare: false,
  };
  expect(withFormer(former, { guardian: { name: "甲", address: "新", telephone: "" } })).toEqual({
    guardian: { name: "甲", address: "新", telephone: "096" },
    welfare: false,
  });
  expect(
    withFormer(former, { guardian: { name: "乙", address: "新", telephone: "" } }).guardian,
  ).toEqual({
    name: "乙",
    address: "新",
    telephone: "",
  });
});
