import { expect, test } from "vitest";
import {
  countDemandsDue,
  countDunningDue,
  dunningDue,
  issueMoneyReceipt,
  issueRepaymentPaper,
  moveRepayment,
  type PaperStep,
  papersOfDay,
  planRepayment,
  printRepaymentPapers,
  proposeRepayment,
  readPayable,
  readRepayment,
  receiveRepayment,
  recordDunning,
  setOffPayable,
} from "#src/platform/payments/index.ts";
import { getSealed } from "#src/platform/vault/index.ts";
import { childMedical } from "#src/programs/child-medical/index.ts";
import { textOfPages } from "#test/documents/render.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { setRepaymentTerms } from "#test/support/repayment-terms.ts";
import { repaymentLetters } from "#workflows/child-medical/city-parameters.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";
import { equalInstalments } from "#workflows/payments/instalments.ts";

const city = await openTestPlatform();
const payments = paymentsOf(city, "child-medical");
const { as } = payments;
const papers = { letters: childMedical.letters, terms: repaymentLetters };
const { mother } = await householdsOf(city).household();
const read = (id: string) => as("clerk1", (work) => readRepayment(work, id));
const at = async (id: string) => ({ id, seen: (await read(id)).repayment.revision });

const issue = async (
  id: string,
  type: PaperStep,
  entry: { due?: IsoDate; payBy?: IsoDate; reason?: string } = {},
) =>
  as("clerk1", async (work) =>
    issueRepaymentPaper(work, papers, { ...(await at(id)), type, ...entry }),
  );

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
  city.platform.clock.moveTo("2027-01-09");
  // Nothing is late before the person was told; nothing is told before the city has set by what.
  await expect(issue(id, "demand", { reason: "市外に転出した後の受診" })).rejects.toMatchObject({
    status: 503,
  });
  await setRepaymentTerms(city, "child-medical");
  expect((await as("clerk1", countDemandsDue)).count).toBe(1);
  await issue(id, "demand", { reason: "市外に転出した後の受診" });
  expect((await as("clerk1", countDemandsDue)).count).toBe(0);
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

test("通知書は発行した日から納期限が始まり、督促状、催告書、納付書、領収書は発行したとおりに刷り直せる", async () => {
  const id = await open(320_000);
  await expect(issue(id, "dun", { payBy: "2026-12-10" })).rejects.toMatchObject({ status: 403 });
  await expect(issue(id, "demand", { reason: "過払い" })).rejects.toMatchObject({ field: "due" });
  await expect(issue(id, "demand", { due: "2026-11-20", reason: "過払い" })).rejects.toMatchObject({
    field: "due",
  });
  await expect(issue(id, "demand", { due: "2026-12-31" })).rejects.toMatchObject({
    field: "reason",
  });
  await issue(id, "demand", { due: "2026-12-31", reason: "資格がなくなった後の受診のため" });
  expect((await read(id)).repayment).toMatchObject({
    dueOn: "2026-12-31",
    demandedOn: "2026-11-20",
  });
  await expect(
    issue(id, "demand", { due: "2027-01-31", reason: "もう一度" }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(issue(id, "tell-change", { reason: "なし" })).rejects.toMatchObject({ status: 403 });
  city.platform.clock.moveTo("2027-01-05");
  await expect(issue(id, "remind", { payBy: "2027-01-20" })).rejects.toMatchObject({ status: 403 });
  await issue(id, "dun", { payBy: "2027-01-15" });
  await expect(issue(id, "dun", { payBy: "2027-01-16" })).rejects.toMatchObject({ status: 403 });
  await issue(id, "remind", { payBy: "2027-01-20" });
  await as("cashier1", async (work) =>
    receiveRepayment(work, {
      ...(await at(id)),
      manner: "cash",
      amount: 20_000,
      receivedOn: "2027-01-05",
      reference: "R-77",
    }),
  );
  const { receipts } = await read(id);
  const receipt = { id, receipt: receipts[0]?.id ?? "" };
  const paper = await as("cashier1", (work) => issueMoneyReceipt(work, papers, receipt));
  await expect(
    as("cashier1", (work) => issueMoneyReceipt(work, papers, receipt)),
  ).rejects.toMatchObject({ status: 409 });
  await as("clerk1", async (work) =>
    planRepayment(work, { ...(await at(id)), plan: equalInstalments(300_000, 3, "2027-02-01") }),
  );
  await issue(id, "tell-change", { reason: "申出により3回に分けます" });
  await issue(id, "slip", { payBy: "2027-01-31" });
  const { notices } = await read(id);
  expect(notices.map(({ kind, amount, payBy }) => [kind, amount, payBy])).toEqual([
    ["demand", 320_000, null],
    ["dunning", 320_000, "2027-01-15"],
    ["reminder", 320_000, "2027-01-20"],
    ["receipt", 20_000, null],
    ["change", 300_000, null],
    ["slip", 300_000, "2027-01-31"],
  ]);
  const day = await as("clerk1", (work) => papersOfDay(work, "2027-01-05", { from: 0, size: 50 }));
  expect(day.total).toBe(5);
  const first = await as("cashier1", (work) => printRepaymentPapers(work, [paper]));
  const again = await as("clerk1", (work) => printRepaymentPapers(work, [paper]));
  expect(Buffer.compare(first.pdf, again.pdf)).toBe(0);
  const all = await as("clerk1", (work) =>
    printRepaymentPapers(
      work,
      day.rows.map(({ notice }) => notice.id),
    ),
  );
  expect((await textOfPages(all.pdf)).join("")).toMatch(/督促状.*催告書.*領収書.*分納のお知らせ/s);
  await expect(
    as("operator1", (work) => printRepaymentPapers(work, [paper])),
  ).rejects.toMatchObject({ code: "42501" });
  // Since the address stands on them, papers of somebody under 支援措置 open for who may see it alone.
  await city.admin`update vault.person set protected_from = '2026-06-01' where person_number = ${mother}`;
  await expect(as("clerk1", (work) => printRepaymentPapers(work, [paper]))).rejects.toMatchObject({
    status: 403,
  });
  await expect(issue(id, "slip", { payBy: "2027-01-31" })).rejects.toMatchObject({ status: 403 });
  const [kept] = await city.admin<{ id: string }[]>`
    select sealed_id as id from repayments.notice where id = ${paper}`;
  await expect(as("clerk1", (work) => getSealed(work, [kept?.id ?? ""]))).rejects.toMatchObject({
    code: "42501",
  });
  await city.admin`update vault.person set protected_from = null where person_number = ${mother}`;
  city.platform.clock.moveTo("2026-11-20");
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
