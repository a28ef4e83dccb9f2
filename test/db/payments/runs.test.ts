import { expect, test } from "vitest";
import { readTransfers } from "#src/formats/zengin/transfers.ts";
import {
  answerFaultsOf,
  hasTransferBook,
  linesOfRun,
  moveReturn,
  payableNumber,
  readPayable,
} from "#src/platform/payments/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { sampleCounterOf } from "#test/support/sample-counter.ts";

const platform = await openTestPlatform();
const counter = await sampleCounterOf(platform);
const payments = paymentsOf(platform);
const { as } = payments;
const stand = (id: string) => as("clerk2", (work) => readPayable(work, id));
const numberOf = async (id: string) => payableNumber(await stand(id));

test("支払の回は、準備した人と別の人が承認し、振込、不能、口座の訂正、次の回での振込まで進む", async () => {
  await expect(payments.gather()).rejects.toMatchObject({ status: 503 });
  await payments.setUp();
  const [paid, failing, without] = await Promise.all(
    ["a", "b", "c"].map(async () => (await counter.family()).mother),
  );
  if (!paid || !failing || !without) throw new Error("three people");
  await expect(payments.gather()).rejects.toMatchObject({ status: 409 });
  await payments.account(paid, { number: "1111111" });
  await payments.account(failing, { number: "2222222" });
  const first = await payments.owed(paid, 12_345);
  const second = await payments.owed(failing, 6_789);
  const third = await payments.owed(without, 1);
  const later = await payments.owed(paid, 999, { on: "2026-11-02" });

  const run = await payments.gather();
  const lines = await as("operator1", (work) =>
    linesOfRun(work, run, { states: ["ready", "held"], from: 0, size: 10 }),
  );
  expect(lines.rows.map(({ line, payable }) => [payable.id, line.state, line.reason])).toEqual([
    [first, "ready", null],
    [second, "ready", null],
    [third, "held", "no-account"],
  ]);
  expect((await stand(later)).state).toBe("owed");
  // Nothing is gathered twice.
  expect((await stand(first)).state).toBe("gathered");

  await payments.step("operator1", run, "submit");
  await expect(payments.step("operator1", run, "approve")).rejects.toMatchObject({ status: 403 });
  await payments.step("supervisor1", run, "return", "件数を確かめてください");
  await payments.approved(run);
  const approved = (await payments.read(run)).run;
  expect([approved.approvedCount, approved.approvedSum]).toEqual([2, 19_134]);

  const revision = await payments.seen(run);
  const { writeRunFile, handOverFile } = await import("#src/platform/payments/index.ts");
  await as("operator1", (work) => writeRunFile(work, run, revision));
  const bookOf = (year: number) =>
    as("cashier1", (work) =>
      hasTransferBook(work, { program: payments.program, fiscalYear: year }),
    );
  expect(await bookOf(2026)).toBe(false);
  const taken = await payments.takeOut(run);
  expect(taken.bytes.length).toBe(5 * 122);
  const file = readTransfers(taken.bytes);
  expect(file.faults).toEqual([]);
  expect(file.header).toMatchObject({ originatorCode: "1234567890", date: "1130" });
  const serials = await Promise.all([first, second].map(async (id) => (await stand(id)).serial));
  expect(file.rows.map(({ values }) => values)).toMatchObject([
    {
      accountNumber: "1111111",
      amount: "0000012345",
      newCode: "1",
      customerCodes: `${String(approved.serial).padStart(10, "0")}${String(serials[0]).padStart(10, "0")}`,
      name: "ｼｹﾝ ﾊﾊｺ",
    },
    { accountNumber: "2222222", amount: "0000006789", newCode: "1" },
  ]);
  await expect(payments.takeOut(run, "operator1")).rejects.toMatchObject({ code: "42501" });

  await as("cashier1", async (work) =>
    handOverFile(work, run, revision + 1, {
      receiver: "見本銀行 本店",
      receivedBy: "銀行　太郎",
      manner: "medium",
    }),
  );
  expect([await bookOf(2026), await bookOf(2025)]).toEqual([true, false]);
  const good = [
    `${await numberOf(first)},12345,振込済,`,
    `${await numberOf(second)},"6,789",不能,名義相違`,
  ];
  await expect(payments.answers(run, good)).rejects.toMatchObject({ status: 422 });
  platform.platform.clock.moveTo("2026-12-01");
  const bad = await payments.answers(run, [
    `${await numberOf(first)},12346,振込済,`,
    `${await numberOf(later)},999,振込済,`,
    "P0999999,5,振込済,",
    "P0000001,x,振込済,",
  ]);
  expect(bad).toMatchObject({ paid: 0, failed: 0, faults: 4 });
  const faults = await as("operator1", (work) => answerFaultsOf(work, bad.answerId));
  expect(faults.map(({ line, reason }) => [line, reason])).toEqual([
    [2, "wrong-sum"],
    [3, "other-run"],
    [4, "unknown"],
    [5, "unreadable"],
  ]);
  expect((await stand(first)).state).toBe("gathered");

  expect(await payments.answers(run, good)).toMatchObject({ paid: 1, failed: 1, faults: 0 });
  await expect(payments.answers(run, good)).rejects.toMatchObject({ status: 409 });
  expect(await stand(first)).toMatchObject({ state: "paid", paidOn: "2026-11-30" });
  expect((await stand(second)).state).toBe("awaiting-correction");
  await payments.step("operator1", run, "close");
  await expect(payments.takeOut(run)).rejects.toMatchObject({ status: 409 });

  // The account that failed is not used again until another one is confirmed.
  const next = await payments.gather("operator1", "2026-11-30", "2026-12-15");
  const held = await as("operator1", (work) =>
    linesOfRun(work, next, { states: ["held"], from: 0, size: 10 }),
  );
  expect(held.rows.map(({ payable, line }) => [payable.id, line.reason])).toEqual([
    [second, "closed-account"],
    [third, "no-account"],
  ]);
  await payments.step("operator1", next, "cancel", "口座の訂正を待つため");
  expect((await stand(later)).state).toBe("owed");
  await payments.account(failing, { number: "2222223" });
  const last = await payments.gather("operator2", "2026-11-30", "2026-12-15");
  await payments.step("operator2", last, "submit");
  await payments.step("supervisor1", last, "approve");
  const seen = await payments.seen(last);
  await as("operator2", (work) => writeRunFile(work, last, seen));
  const again = readTransfers((await payments.takeOut(last)).bytes);
  expect(again.rows.map(({ values }) => [values.accountNumber, values.newCode])).toEqual([
    ["2222223", "1"],
    ["1111111", "0"],
  ]);
  await as("cashier2", (work) =>
    handOverFile(work, last, seen + 1, {
      receiver: "見本銀行 本店",
      receivedBy: "銀行　太郎",
      manner: "transfer",
    }),
  );
  platform.platform.clock.moveTo("2026-12-16");
  expect(await payments.answers(last, [], true)).toMatchObject({ paid: 2, faults: 0 });

  // 組戻し: asked for by one, approved by another.
  const back = await stand(second);
  const at = { id: second, seen: back.revision };
  await as("operator1", (work) =>
    moveReturn(work, { ...at, type: "ask-return", comment: "受取人の申出による" }),
  );
  await as("supervisor1", (work) =>
    moveReturn(work, { id: second, seen: at.seen + 1, type: "return" }),
  );
  expect(await stand(second)).toMatchObject({ state: "awaiting-correction", paidOn: null });
});
