import { beforeAll, expect, test } from "vitest";
import { CaseRefusal } from "#src/platform/cases/index.ts";
import { claimsOf } from "#test/support/claims.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { lettersOf } from "#test/support/request-letters.ts";

// 同じ人の二つの番号に、同じ領収書・同じ接種が二度支払われないこと。

const city = await openTestPlatform();
const claims = claimsOf(city);
const letters = lettersOf(city);
const reason = Buffer.alloc(40, 7);

beforeAll(() => letters.setUp());

/** Two numbers become one person's, as two people decide. */
async function merge(merged: string, canonical: string): Promise<void> {
  await city.admin`delete from vault.individual_number where person_number = ${merged}`;
  const id = await claims.as("clerk1", async ({ sql }) => {
    const [row] = await sql<{ id: number }[]>`
      select people.propose_merge(${merged}, ${canonical}, 'same-person', ${reason}) as id`;
    return row?.id ?? 0;
  });
  await claims.as(
    "supervisor2" as TestStaff,
    ({ sql }) => sql`select people.decide_merge(${id}, 1, 'merged')`,
  );
}

test("統合した番号で支給した領収書は、統合先の番号で請求しても二度は支給されない", async () => {
  const [merged, canonical] = [await claims.recipient(), await claims.recipient()];
  const waiting = await claims.proposed(canonical);
  await claims.granted(merged);
  await merge(merged, canonical);
  // What waited is found against as well as what comes.
  await expect(claims.step("supervisor1", "approve", waiting)).rejects.toThrow();
  expect(await claims.payables(waiting.caseId)).toEqual([]);
  const again = await claims.claimed(canonical);
  expect(await claims.codes(again.caseId)).toContain("claimed-twice");
});

test("統合した番号で払い戻した接種は、統合先の番号で請求しても二度は払い戻されない", async () => {
  const one = await letters.family();
  const two = await letters.family();
  for (const { child, father } of [one, two]) {
    await letters.valid(child, { applicantNumber: father as never });
    await letters.payments.account(father);
  }
  const claim = await letters.claimed(one.child);
  await letters.step("supervisor1", "approve", await letters.step("clerk2", "propose", claim));
  await merge(one.child, two.child);
  const again = await letters.claimed(two.child);
  expect((await letters.reckoned(again.caseId)).doses.map(({ refusal }) => refusal)).toEqual([
    "paid-already",
  ]);
  await expect(letters.step("clerk2", "propose", again)).rejects.toBeInstanceOf(CaseRefusal);
});
