import { expect, test } from "vitest";
import {
  countDunningDue,
  dunningDue,
  moveRepayment,
  planRepayment,
  proposeRepayment,
  readPayable,
  readRepayment,
  receiveRepayment,
  recordDunning,
  setOffPayable,
} from "#src/platform/payments/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { equalInstalments } from "#workflows/payments/instalments.ts";

const city = await openTestPlatform();
const payments = paymentsOf(city);
const { as } = payments;
const { mother } = await householdsOf(city).household();
const read = (id: string) => as("clerk1", (work) => readRepayment(work, id));
const at = async (id: string) => ({ id, seen: (await read(id)).repayment.revision });

async function open(amount: number): Promise<string> {
  const source = await payments.owed(mother, amount);
  const id = await as("clerk1", (work) =>
    proposeRepayment(work, {
      program: payments.program,
      sourceKind: "payable",
      sourceId: source,
      personNumber: mother,
      cause: "after-loss",
      amount,
      dueOn: "2026-12-25",
      comment: "資格喪失後に受診したため",
    }),
  );
  const own = as("clerk1", async (work) =>
    moveRepayment(work, { ...(await at(id)), type: "approve" }),
  );
  await expect(own).rejects.toMatchObject({ status: 403 });
  await as("supervisor1", async (work) =>
    moveRepayment(work, { ...(await at(id)), type: "approve" }),
  );
  return id;
}

test("返還は二人で決め、分納の合計は未納額と同じで、納期限を過ぎると督促の仕事になり、全額が納まると終わる", async () => {
  const id = await open(10_000);
  await expect(
    as("clerk1", async (work) =>
      planRepayment(work, { ...(await at(id)), plan: [{ dueOn: "2026-12-10", amount: 9_999 }] }),
    ),
  ).rejects.toMatchObject({ status: 422 });
  await as("clerk1", async (work) =>
    planRepayment(work, { ...(await at(id)), plan: equalInstalments(10_000, 3, "2026-12-10") }),
  );
  const receive = (amount: number, reference: string) =>
    as("cashier1", async (work) =>
      receiveRepayment(work, {
        ...(await at(id)),
        manner: "slip",
        amount,
        receivedOn: "2026-11-20",
        reference,
      }),
    );
  await receive(3_334, "N-1");
  await expect(receive(1, "N-1")).rejects.toMatchObject({ status: 409 });
  expect((await read(id)).unpaid.map(({ dueOn, amount }) => [dueOn, amount])).toEqual([
    ["2027-01-10", 3_333],
    ["2027-02-10", 3_333],
  ]);
  expect((await as("clerk1", countDunningDue)).count).toBe(0);
  city.platform.clock.moveTo("2027-01-11");
  expect(
    (await as("clerk1", (work) => dunningDue(work, { from: 0, size: 5 }))).map((row) => row.id),
  ).toEqual([id]);
  await as("clerk1", (work) => recordDunning(work, id, "電話で納付を求めた"));
  expect((await as("clerk1", countDunningDue)).count).toBe(0);
  await expect(
    as("clerk1", (work) => recordDunning(work, id, "もう一度電話した")),
  ).rejects.toMatchObject({ status: 409 });
  city.platform.clock.moveTo("2026-11-20");
  await as("clerk1", async (work) =>
    moveRepayment(work, {
      ...(await at(id)),
      type: "ask-reduction",
      amount: 3_333,
      comment: "生活の事情による",
    }),
  );
  await as("supervisor1", async (work) =>
    moveRepayment(work, { ...(await at(id)), type: "reduce" }),
  );
  await receive(3_333, "N-2");
  expect((await read(id)).repayment).toMatchObject({
    state: "closed",
    received: 6_667,
    reducedBy: 3_333,
  });
});

test("充当は、支給を決裁した人とは別の人が行い、差し引いた残りだけが支払われる", async () => {
  await payments.setUp();
  await payments.account(mother);
  const id = await open(700);
  const owed = await payments.owed(mother, 1_000);
  const setOff = (who: "supervisor1" | "supervisor2", amount: number) =>
    as(who, async (work) =>
      setOffPayable(work, {
        payable: { id: owed, seen: (await readPayable(work, owed)).revision },
        repayment: await at(id),
        amount,
      }),
    );
  // supervisor2 decided what is owed.
  await expect(setOff("supervisor2", 700)).rejects.toMatchObject({ status: 409 });
  await expect(setOff("supervisor1", 701)).rejects.toMatchObject({ code: "22023" });
  await setOff("supervisor1", 700);
  expect((await read(id)).repayment.state).toBe("closed");
  const run = await payments.gather();
  const [line] =
    await city.admin`select amount::integer from payments.run_line where run_id = ${run} and payable_id = ${owed}`;
  expect(line?.amount).toBe(300);
});

test("取消しも二人で決め、未納額がなくなる", async () => {
  const id = await open(500);
  await as("clerk1", async (work) =>
    moveRepayment(work, {
      ...(await at(id)),
      type: "ask-cancellation",
      comment: "決定を取り消したため",
    }),
  );
  await as("supervisor2", async (work) =>
    moveRepayment(work, { ...(await at(id)), type: "cancel" }),
  );
  expect((await read(id)).repayment).toMatchObject({
    state: "cancelled",
    reducedBy: 500,
    changeAsked: null,
  });
});
