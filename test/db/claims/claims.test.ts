import { expect, test } from "vitest";
import { decidedClaim } from "#src/platform/claims/decided.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform } from "#test/support/database.ts";

const city = await openTestPlatform();
const claims = claimsOf(city);
const { claimed, step, accept, examined, proposed, granted, codes, payables, recipient } = claims;

test("受付から支給決定まで: 起案した額のまま、一度だけ支払うものになる", async () => {
  const child = await recipient();
  const at = await claimed(child);
  expect(await codes(at.caseId)).toEqual(["deadline-unknown"]);
  await expect(step("clerk2", "propose", at)).rejects.toThrow("確かめる必要のある領収書");
  const seen = await accept("clerk2", at, [
    { number: 1, code: "deadline-unknown", reason: "receipt-seen" },
  ]);
  const waiting = await step("clerk2", "propose", seen);
  expect(waiting.state).toBe("approval");
  await expect(step("clerk1", "approve", waiting)).rejects.toThrow();
  const decided = await step("supervisor1", "approve", waiting);
  expect(decided.state).toBe("granted");
  expect(await payables(at.caseId)).toEqual([
    { amount: 2_500, state: "owed", person_number: child },
  ]);
});

test("一部の領収書を不支給とすると一部支給、すべてなら不支給となる", async () => {
  const child = await recipient();
  const receipts = [
    keyedReceipt(),
    keyedReceipt({ day: 6, exclusion: "school-accident" }),
    keyedReceipt({ day: 7, documents: [] }),
  ];
  const at = await examined(child, receipts);
  expect(await codes(at.caseId)).toEqual(["excluded", "no-receipt"]);
  await expect(step("clerk2", "propose", at)).rejects.toThrow("不支給とする理由");
  const aside = await accept("clerk2", at, [
    { number: 2, code: "excluded", reason: "excluded" },
    { number: 3, code: "no-receipt", reason: "documents" },
  ]);
  const partly = await step("supervisor1", "approve", await step("clerk2", "propose", aside));
  expect(partly.state).toBe("partly");
  expect(await payables(at.caseId)).toMatchObject([{ amount: 2_500 }]);

  const other = await examined(child, [keyedReceipt({ day: 9 })]);
  const refusal = await step("clerk2", "proposeRefusal", other, { input: { reason: "late" } });
  expect((await step("supervisor1", "approve", refusal)).state).toBe("refused");
  expect(await payables(other.caseId)).toEqual([]);
});

test("同じ月の領収書を分けて出しても、支給額の合計は同じ", async () => {
  const [once, twice] = [await recipient(), await recipient()];
  const receipts = [1, 2, 3].map((day) => keyedReceipt({ day, cost: 8_000, paid: 2_400 }));
  const whole = await granted(once, receipts);
  let sum = 0;
  for (const one of receipts) {
    const part = await granted(twice, [one]);
    sum += (await payables(part.caseId))[0]?.amount ?? 0;
  }
  // Two copays of 500 yen in the month, whatever the order.
  expect(sum).toBe(7_200 - 1_000);
  expect(await payables(whole.caseId)).toMatchObject([{ amount: sum }]);
});

test("同じ領収書は二度は支給されない。日の分からないものは、確かめてから支給される", async () => {
  const child = await recipient();
  const [first, second] = [
    await proposed(child),
    await proposed(child, [keyedReceipt({ day: 8 })]),
  ];
  const again = await claimed(child);
  expect(await codes(again.caseId)).toContain("claimed-twice");
  await step("supervisor1", "approve", first);
  expect(await codes(again.caseId)).toContain("claimed-twice");
  // What was decided meanwhile does not change what was proposed of another day.
  expect((await step("supervisor1", "approve", second)).state).toBe("granted");
  const unknown = await claimed(child, [keyedReceipt({ day: undefined })]);
  expect(await codes(unknown.caseId)).toContain("maybe-claimed-twice");
});

test("二人が同時に、同じ領収書の二つの申請を決裁しても、支給は一度だけ", async () => {
  const child = await recipient();
  const both = [];
  for (const _ of [1, 2]) both.push(await examined(child, [keyedReceipt({ day: undefined })]));
  const waiting = [];
  for (const at of both) {
    const doubts = (await claims.reckoned(at.caseId)).receipts.flatMap(({ open }) => open);
    const seen =
      doubts.length === 0
        ? at
        : await accept(
            "clerk2",
            at,
            doubts.map(({ code }) => ({ number: 1, code, reason: "other-receipt" })),
          );
    waiting.push(await step("clerk2", "propose", seen));
  }
  const results = await Promise.allSettled(
    waiting.map((at, index) => step(index ? "supervisor1" : "supervisor2", "approve", at)),
  );
  // The second one sees the first, and is told that the amount moved, or is decided as another receipt.
  const paid = await city.admin<{ sum: number }[]>`
    select coalesce(sum(amount), 0)::integer as sum from payments.payable
     where case_id = any(${waiting.map(({ caseId }) => caseId)}::uuid[])`;
  const done = results.filter(({ status }) => status === "fulfilled").length;
  expect(paid[0]?.sum).toBeLessThanOrEqual(5_000);
  expect(done).toBeGreaterThanOrEqual(1);
  const ordinals = await city.admin<{ ordinal: number }[]>`
    select ordinal from claims.benefit where person_number = ${child} order by 1`;
  expect(ordinals.map(({ ordinal }) => ordinal)).toEqual([1, 2].slice(0, done));
});

test("一つの申請を二人が同時に決裁しても、支払は一つ", async () => {
  const waiting = await proposed(await recipient());
  const results = await Promise.allSettled([
    step("supervisor1", "approve", waiting),
    step("supervisor2", "approve", waiting),
  ]);
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await payables(waiting.caseId)).toHaveLength(1);
});

test("支払の前なら、二人で取り消せる。取り消した領収書は、もう一度申請できる", async () => {
  const child = await recipient();
  const decided = await granted(child);
  const asked = await step("clerk2", "proposeCancellation", decided, {
    input: { reason: "insurer-paid" },
  });
  await expect(step("clerk2", "cancel", asked)).rejects.toThrow();
  expect((await step("supervisor1", "cancel", asked)).state).toBe("cancelled");
  expect(await payables(decided.caseId)).toMatchObject([{ state: "withdrawn" }]);
  expect((await granted(child)).state).toBe("granted");
});

test("口座が別の職員によって確認されるまで、起案できない", async () => {
  const at = await examined(await recipient({ account: false }));
  await expect(step("clerk2", "propose", at)).rejects.toThrow("振込先口座");
});

test("資格のない月、先の月、保険者の決定のない装具は、その領収書に理由が立つ", async () => {
  const at = await claimed(await recipient(), [
    keyedReceipt({ month: "2026-03" }),
    keyedReceipt({ month: "2026-12" }),
    keyedReceipt({ care: "appliance", cost: 32_455, paid: 32_455 }),
    keyedReceipt({ day: 31, month: "2026-09" }),
    keyedReceipt({ day: 12, paid: 9_000 }),
  ]);
  const found = await claims.reckoned(at.caseId);
  const of = (number: number) =>
    found.receipts[number - 1]?.open
      .map(({ code }) => code)
      .filter((code) => code !== "deadline-unknown");
  expect(of(1)).toEqual(["not-entitled"]);
  expect(of(2)).toEqual(["future-month"]);
  expect(of(3)).toEqual(["no-insurer-decision", "no-doctor", "amount-differs"]);
  expect(of(4)).toEqual(["day-impossible"]);
  expect(of(5)).toEqual(["no-insurer-decision", "amount-differs"]);
});

test("通知書のための形は、決まったとおりの行を持つ", async () => {
  const decided = await granted(await recipient());
  const shape = await claims
    .as("clerk1", (work) => decidedClaim(work, claims.kind, decided.caseId))
    .catch((error: Error) => error.message);
  // The person of this test was entitled without an application, so that there is no address.
  expect(typeof shape === "string" || shape.total).toBeTruthy();
});
