import { beforeAll, expect, test } from "vitest";
import { getCase } from "#src/platform/cases/index.ts";
import { reckonBenefits } from "#src/programs/vaccination/relief-benefits/reckon.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedBenefits, keyedVisit, reliefBenefitsOf } from "#test/support/relief-benefits.ts";

const city = await openTestPlatform();
const relief = reliefBenefitsOf(city);
const claims = claimsOf(city);
const cost = ["medical-cost"] as const;

beforeAll(() => relief.payments.setUp());

/** A child with both an account for relief and one for the refund, whose claim for relief has the visit of a receipt. */
async function keyed(visit: Record<string, unknown> = {}, child?: string) {
  const person = child ?? (await claims.recipient());
  await relief.payments.account(person);
  const at = await relief.step("clerk1", "enterBenefits", await relief.recognisedOf(person, cost), {
    input: keyedBenefits(person, {
      visits: [
        keyedVisit({
          month: "2026-10",
          institutionName: "見本診療所",
          days: [5, 6],
          paid: 4_000,
          ...visit,
        }),
      ],
      allowanceMonths: [],
    }),
  });
  return { person, at };
}
const findings = (caseId: string) =>
  relief.as("clerk2", async (work) =>
    (await reckonBenefits(work, await getCase(work, caseId)))?.findings.map(({ code }) => code),
  );

test("救済で請求された受診の償還払いは、確かめてから決定し、救済は決定を待って受けた額を除く", async () => {
  const { person, at } = await keyed();
  const refund = await claims.claimed(person);
  expect(await claims.codes(refund.caseId)).toContain("relief-claimed");
  expect(await findings(at.caseId)).toEqual(["refund-waiting"]);
  await expect(relief.step("clerk2", "propose", at)).rejects.toThrow();

  const seen = await claims.accept("clerk2", refund, [
    { number: 1, code: "deadline-unknown", reason: "receipt-seen" },
    { number: 1, code: "relief-claimed", reason: "asked-claimant" },
  ]);
  await claims.step("supervisor1", "approve", await claims.step("clerk2", "propose", seen));
  expect(await findings(at.caseId)).toEqual(["refunded"]);
});

test("救済で支給した受診は、受けた額に含めなければ償還払いできない", async () => {
  const { person, at } = await keyed();
  await relief.step("supervisor1", "approve", await relief.step("clerk2", "propose", at));
  const refund = await claims.claimed(person);
  expect(await claims.codes(refund.caseId)).toContain("relief-paid");
  await expect(claims.step("clerk2", "propose", refund)).rejects.toThrow();
  // Another kind of care of the same month is nobody else's affair.
  const other = await claims.claimed(person, [keyedReceipt({ care: "pharmacy" })]);
  expect(await claims.codes(other.caseId)).not.toContain("relief-paid");
  const whole = await claims.claimed(person, [keyedReceipt({ day: 6, reimbursed: 3_000 })]);
  expect(await claims.codes(whole.caseId)).toEqual(
    expect.not.arrayContaining(["relief-paid", "relief-claimed"]),
  );
});
