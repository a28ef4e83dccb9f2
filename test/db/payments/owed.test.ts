import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  accountsOf,
  confirmedAccount,
  enterAccount,
  moveAccount,
  owe,
  payableOf,
  payablesOfCase,
  payablesOfPerson,
  readAccount,
} from "#src/platform/payments/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { sampleCounterOf } from "#test/support/sample-counter.ts";

const platform = await openTestPlatform();
const counter = await sampleCounterOf(platform);
const program = "sample-allowance";
const someAccount = {
  bankCode: "0001",
  branchCode: "001",
  kind: "ordinary",
  number: "1234567",
  holderKana: "シケン　ハハコ",
} as const;

test("支給を決裁すると、支払うものが一人ずつ、申請した人へ一度だけできる", async () => {
  const family = await counter.family();
  const at = await counter.toApproval(family);
  await counter.step("supervisor1", "approve", at);
  const rows = await counter.as("clerk1", (work) => payablesOfCase(work, at.caseId));
  expect(rows.map(({ amount, state, personNumber }) => ({ amount, state, personNumber }))).toEqual(
    family.children.map(() => ({ amount: 12_000, state: "owed", personNumber: family.mother })),
  );
  const [first] = rows;
  const found = await counter.as("clerk2", (work) =>
    payableOf(work, { program, sourceKind: "allowance", sourceId: first?.sourceId ?? "" }),
  );
  expect(found?.id).toBe(first?.id);
  const ofPerson = await counter.as("cashier1", (work) =>
    payablesOfPerson(work, family.mother, { from: 0, size: 10 }),
  );
  expect(ofPerson.total).toBe(2);
  // Outside of a decision nothing is owed, whoever asks.
  const again = counter.as("supervisor1", (work) =>
    owe(work, {
      program,
      sourceKind: "allowance",
      sourceId: randomUUID(),
      caseId: at.caseId,
      personNumber: family.mother,
      amount: 1,
    }),
  );
  await expect(again).rejects.toMatchObject({ code: "42501" });
});

test("口座は、入力した人とは別の人が確認してから使い、新しい口座が確認されると前の口座は終わる", async () => {
  const { mother } = await counter.family();
  const payee = { program, personNumber: mother };
  const enter = (number: string) =>
    counter.as("clerk1", (work) =>
      enterAccount(work, { ...payee, source: "counter", account: { ...someAccount, number } }),
    );
  const first = await enter("1234567");
  expect(await counter.as("clerk1", (work) => confirmedAccount(work, payee))).toBeUndefined();
  const confirm = (who: "clerk1" | "clerk2", id: string) =>
    counter.as(who, (work) => moveAccount(work, id, "confirm", { evidence: "passbook" }));
  await expect(confirm("clerk1", first)).rejects.toMatchObject({ status: 403 });
  await confirm("clerk2", first);
  const read = await counter.as("clerk2", (work) => readAccount(work, first));
  expect(read.account).toEqual(someAccount);

  // The same account again is no new version.
  expect(await enter("1234567")).toBe(first);
  const second = await enter("7654321");
  const third = await enter("7654322");
  await confirm("clerk2", third);
  const rows = await counter.as("clerk2", (work) => accountsOf(work, mother, program));
  expect(rows.map(({ id, state, closedFor }) => [id, state, closedFor])).toEqual([
    [third, "confirmed", null],
    [second, "replaced", null],
    [first, "closed", "changed"],
  ]);
});
