import { beforeAll, describe, expect, test } from "vitest";
import { CaseRefusal } from "#src/platform/cases/index.ts";
import { Problem } from "#src/platform/problem.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { keyedDose, lettersOf } from "#test/support/request-letters.ts";

const city = await openTestPlatform();
const letters = lettersOf(city);
const { step, family } = letters;
const own = (applicantNumber: string) => ({ applicantNumber: applicantNumber as never });

beforeAll(() => letters.setUp());

/** A child with a letter in force, and an account of the father that was confirmed. */
async function entitled(given: Parameters<typeof letters.valid>[1] = {}) {
  const { child, father } = await family();
  const letter = await letters.valid(child, { ...own(father), ...given });
  await letters.payments.account(father);
  return { child, father, letter };
}
const judged = async (caseId: string) =>
  (await letters.reckoned(caseId)).doses.map(({ amount, refusal }) => refusal ?? amount);

describe("予防接種費用の払戻し", () => {
  test("支払った額と契約単価の少ない方を、申請した保護者に一度だけ支払う", async () => {
    const { child, father } = await entitled();
    const claim = await letters.claimed(child);
    expect(await judged(claim.caseId)).toEqual([6600]);
    const proposed = await step("clerk2", "propose", claim);
    const done = await step("supervisor1", "approve", proposed);
    expect(done.state).toBe("paid");
    const payables = await city.admin`
      select amount::int as amount, person_number as person, state from payments.payable where case_id = ${claim.caseId}`;
    expect(payables).toEqual([{ amount: 6600, person: father, state: "owed" }]);
    expect((await letters.papers(claim.caseId)).map(({ kind }) => kind)).toEqual([
      "refund-decision",
    ]);
    // The same receipt, claimed again or keyed as another dose.
    const again = await letters.claimed(child, [keyedDose()]);
    expect(await judged(again.caseId)).toEqual(["paid-already"]);
    await expect(step("clerk2", "propose", again)).rejects.toBeInstanceOf(CaseRefusal);
  });

  test("依頼書より前の接種、期限の後の接種、滞在先が負担した接種は、払い戻さない", async () => {
    const { child } = await entitled();
    const early = await letters.claimed(child, [
      keyedDose({ givenOn: letters.inDays(-1), paidOn: letters.today() }),
      keyedDose({ dose: 2 }),
    ]);
    expect(await judged(early.caseId)).toEqual(["no-letter", "no-letter"]);
    const refusal = await step("clerk2", "proposeRefusal", early, {
      input: { reason: "no-letter" },
    });
    const done = await step("supervisor1", "approve", refusal);
    expect(done.state).toBe("refused");
    expect((await letters.papers(early.caseId)).map(({ kind }) => kind)).toEqual([
      "refund-decision",
    ]);
    const { child: other } = await entitled({ payment: "host" });
    const host = await letters.claimed(other);
    expect(await judged(host.caseId)).toEqual(["host-paid"]);
  });

  test("取扱いや単価の登録がない日の領収書の請求も、受け付けた後に開ける", async () => {
    const { child } = await entitled();
    const on = { givenOn: "2026-03-20", paidOn: "2026-03-20" } as const;
    const { caseId } = await letters.claimed(child, [keyedDose(on)]);
    await expect(letters.reckoned(caseId)).rejects.toMatchObject({ status: 503 });
    expect(await letters.offered(caseId)).toContain("proposeRefusal");
    expect(await letters.offered(caseId)).not.toContain("propose");
  });

  test("医療機関にすでに支払った接種は、払い戻さない", async () => {
    const { child } = await entitled();
    await city.admin`
      insert into vaccination.paid_dose (person_number, vaccine, dose, outcome, given_on, route, source_id, amount, decided_on)
      values (${child}, 'hepb', 1, 'given', ${letters.today()}, 'clinic', gen_random_uuid(), 6600, ${letters.today()})`;
    const claim = await letters.claimed(child);
    expect(await judged(claim.caseId)).toEqual(["paid-already"]);
  });

  test("同じ領収書を二つの請求に付けると、後の請求に知らせ、先に決めた方だけが支払われる", async () => {
    const { child } = await entitled();
    const [one, two] = [await letters.claimed(child), await letters.claimed(child)];
    const [row] = (await letters.reckoned(two.caseId)).doses;
    expect(row?.other).toMatch(/^R8-/);
    const waiting = [await step("clerk2", "propose", one), await step("clerk2", "propose", two)];
    const outcomes = await Promise.allSettled(
      waiting.map((at) => step("supervisor1", "approve", at)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = outcomes.find(({ status }) => status === "rejected");
    expect(refused).toMatchObject({ reason: expect.any(Problem) });
    const [paid] = await city.admin`
      select count(*)::int as n from vaccination.paid_dose where person_number = ${child}`;
    expect(paid).toEqual({ n: 1 });
  });

  test("一部支給も、支払の前なら二人で取り消せ、同じ領収書をあらためて請求できる", async () => {
    const { child } = await entitled();
    const claim = await letters.claimed(child, [
      keyedDose(),
      keyedDose({ vaccine: "pcv", clinic: "別の診療所" }),
    ]);
    const proposed = await step("clerk2", "propose", claim);
    const done = await step("supervisor1", "approve", proposed);
    expect(done.state).toBe("partly");
    const asked = await step("clerk2", "proposeCancellation", done, {
      input: { reason: "host-paid" },
    });
    const cancelled = await step("supervisor1", "cancel", asked);
    expect(cancelled.state).toBe("cancelled");
    const again = await letters.claimed(child);
    expect(await judged(again.caseId)).toEqual([6600]);
  });

  test("口座が確認されるまで、また入力した本人は、決められない", async () => {
    const { child, father } = await family();
    await letters.valid(child, own(father));
    const claim = await letters.claimed(child);
    await expect(step("clerk2", "propose", claim)).rejects.toBeInstanceOf(CaseRefusal);
    await letters.payments.account(father);
    const proposed = await step("clerk2", "propose", claim);
    await expect(step("clerk2", "approve", proposed)).rejects.toBeInstanceOf(CaseRefusal);
  });
});

test("有効期限の翌日に時計が失効させ、期間内の接種の結果はその後も記録できる", async () => {
  const { child } = await family();
  const at = await letters.valid(child);
  const { fireDeadlines } = await import("#src/platform/cases/index.ts");
  const system = await city.system();
  const given = letters.today();
  city.platform.clock.moveTo("2027-02-19");
  await fireDeadlines(city.platform, system);
  expect((await letters.lines(at.caseId)).map(({ state }) => state)).toEqual(["open"]);
  city.platform.clock.moveTo("2027-02-20");
  await fireDeadlines(city.platform, system);
  expect((await letters.lines(at.caseId)).map(({ state }) => state)).toEqual(["expired"]);
  const [row] = await city.admin<{ revision: number; state: string }[]>`
    select revision, state from cases.case where id = ${at.caseId}`;
  expect(row?.state).toBe("expired");
  const seen = { caseId: at.caseId, revision: row?.revision ?? 0 };
  const input = { line: 1, outcome: "given", on: given, doctor: "例示 医師" };
  await step("clerk1", "recordResult", seen, { input });
  expect(await letters.lines(at.caseId)).toEqual([{ number: 1, state: "given", given }]);
  city.platform.clock.moveTo("2026-11-20");
});
