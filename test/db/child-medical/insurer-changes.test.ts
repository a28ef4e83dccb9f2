import { expect, test } from "vitest";
import { openChange, viewChange } from "#src/platform/applications/index.ts";
import { childMedicalChanges } from "#src/programs/child-medical/index.ts";
import type { At } from "#test/support/casework.ts";
import { counterOf, inventedApplication, numberCard } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { childPayer, receiptsOf } from "#test/support/receipts.ts";
import type { IsoDate } from "#workflows/dates/iso-date.ts";

// さかのぼる健康保険の変更: 月の保険者が異なるレセプトの返戻・過誤を開く。

const city = await openTestPlatform();
const { admin } = city;
const { as, family, step, toIssued, view } = counterOf(city);
const { ukeFor, committed, judged } = receiptsOf(city);
let keys = 0;
let seeds = 51;

async function entitled() {
  const person = await family();
  const { caseId } = await toIssued(person);
  await admin`update entitlements.entitlement set valid_from = '2026-05-10' where case_id = ${caseId}`;
  await admin`update entitlements.recipient set valid_from = '2026-05-10' where person_number = ${person}`;
  const [one] = (await view(caseId)).entitlements;
  if (!one) throw new Error("nothing was granted");
  return { person, caseId, one };
}
type Of = Awaited<ReturnType<typeof entitled>>;
const receiptsFor = (of: Of) => [
  {
    person: of.person,
    payer: childPayer,
    recipientNumber: of.one.recipientNumber,
    birth: "2026-05-10" as IsoDate,
    entitlementId: of.one.id,
  },
];

/** A report of another insurance from a day on, confirmed by another person. */
async function reported(of: Of, insurerNumber: string, occursOn: IsoDate): Promise<At> {
  const { found } = await as("clerk1", (work) =>
    openChange(work, childMedicalChanges, {
      grantingCaseId: of.caseId,
      subject: "insurance",
      occursOn,
      origin: "report",
      idempotencyKey: `insurance-${keys++}`,
    }),
  );
  let at: At = { caseId: found.id, revision: 1 };
  at = await step("clerk1", "recordIdentity", at, { input: numberCard });
  const insurance = { ...inventedApplication.insurance, insurerNumber };
  at = await step("clerk1", "enter", at, { input: { insurance } });
  at = await step("clerk1", "submit", at);
  return step("clerk2", "confirm", at);
}
const applied = async (...given: Parameters<typeof reported>) =>
  step("clerk2", "apply", await reported(...given));
const followUps = (of: Of) => admin<
  { kind: string; month: string; partly: boolean; state: string; reason: string | null }[]
>`
  select kind, treatment_month as month, partly, state, reason from entitlements.follow_up where entitlement_id = ${of.one.id} order by opened_at, kind`;

/** A receipt of a month and an insurer in the ledger, and one that still waits in a file. */
async function receiptsOfMonth(of: Of, month: string, insurer: string) {
  const paid = await committed(ukeFor(receiptsFor(of), { seed: seeds++ }));
  const waits = await judged(ukeFor(receiptsFor(of), { seed: seeds++ }));
  await admin`alter table receipts.benefit disable trigger user`;
  await admin`update receipts.benefit set treatment_month = ${month}, insurer_number = ${insurer},
      subsidy = subsidy + patient_pays, patient_pays = 0 where file_id = ${paid}`;
  await admin`alter table receipts.benefit enable trigger user`;
  await admin`update receipts.receipt set treatment_month = ${month}, insurer_number = ${insurer} where file_id = any(${[paid, waits]}::uuid[])`;
}
const [national, kyokai, union] = ["431007", "01430016", "433011"] as const;

test("前の保険者のレセプトは、届出に影響が示され、反映すると過誤と返戻の処理待ちになり、決裁まで何も変わらない", async () => {
  const of = await entitled();
  await receiptsOfMonth(of, "2026-08", national);
  const waiting = await reported(of, kyokai, "2026-08-15");
  const seen = await as("clerk2", (work) => viewChange(work, childMedicalChanges, waiting.caseId));
  // 月の途中の異動は、どちらの保険かを診療日で確かめる。
  expect(seen.consequences.map(({ kind, partly }) => [kind, partly])).toEqual([
    ["recover", true],
    ["send-back", true],
  ]);
  expect(await followUps(of)).toEqual([]);
  await step("clerk2", "apply", waiting);
  expect((await followUps(of)).map((row) => ({ ...row }))).toEqual([
    { kind: "recover", month: "2026-08", partly: true, state: "open", reason: null },
    { kind: "send-back", month: "2026-08", partly: true, state: "open", reason: null },
  ]);
  // What is in force shows nothing to come any more.
  expect(
    (await as("clerk2", (work) => viewChange(work, childMedicalChanges, waiting.caseId)))
      .consequences,
  ).toEqual([]);
});

test("保険者の同じ月と異動より前の月には何も開かず、後の変更より先の月にも開かない", async () => {
  const of = await entitled();
  await receiptsOfMonth(of, "2026-07", national);
  await receiptsOfMonth(of, "2026-09", kyokai);
  await applied(of, kyokai, "2026-08-01");
  expect(await followUps(of)).toEqual([]);
  // In October it became another one; what is told of September later ends before.
  await receiptsOfMonth(of, "2026-10", union);
  await applied(of, union, "2026-10-01");
  expect(await followUps(of)).toEqual([]);
  await applied(of, national, "2026-09-01");
  expect((await followUps(of)).map(({ month }) => month)).toEqual(["2026-09", "2026-09"]);
});

test("保険の届出を直すと、一致した処理待ちはなくなる。資格の訂正では、なくならない", async () => {
  const of = await entitled();
  await receiptsOfMonth(of, "2026-08", national);
  await applied(of, kyokai, "2026-08-01");
  const [entitlement] = await admin<{ days: string }[]>`
    select entitlements.coverage(${of.one.id})::text as days`;
  await admin
    .begin(async (sql) => {
      await sql`create or replace function access.staff_id() returns integer language sql stable as $$ select 0 $$`;
      await sql`create or replace function access.business_date() returns date language sql stable as $$ select '2026-11-20'::date $$`;
      await sql`set local role madoguchi_owner`;
      await sql`select entitlements.open_follow_ups(${of.one.id}, ${of.caseId}, ${entitlement?.days ?? ""}::datemultirange, false)`;
      const [kept] = await sql`
      select count(*)::integer as n from entitlements.follow_up where entitlement_id = ${of.one.id} and settled_on is null`;
      expect(kept?.n).toBe(2);
      throw new Error("undone");
    })
    .catch((error: Error) => expect(error.message).toBe("undone"));
  await applied(of, national, "2026-08-01");
  expect((await followUps(of)).map(({ state, reason }) => [state, reason])).toEqual([
    ["dropped", "insurer-agrees"],
    ["dropped", "insurer-agrees"],
  ]);
});
