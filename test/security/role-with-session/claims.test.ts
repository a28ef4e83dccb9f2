import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { moveCase } from "#test/support/case-sql.ts";
import { claimsOf, keyedReceipt } from "#test/support/claims.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { claimFaults } from "#workflows/claims/faults.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const claims = claimsOf(city);
const notWhole = { code: "MD019" };
const run = <T>(who: TestStaff, of: (sql: TransactionSql) => Promise<T>) =>
  as(who, of, { "app.purpose": "case" });

const zero = "00000000-0000-0000-0000-000000000000";
/** Says in the step that proposes it what is proposed of the first receipt. */
async function stated(
  sql: TransactionSql,
  caseId: string,
  { amount, total = amount, lines = amount }: { amount: number; total?: number; lines?: number },
) {
  await sql`insert into claims.proposal (approval_id, case_id, total) values (${zero}, ${caseId}, ${total})`;
  await sql`insert into claims.proposed_row (approval_id, case_id, number, outcome, amount) values (${zero}, ${caseId}, 1, 'granted', ${amount})`;
  await sql`insert into claims.proposed_line (approval_id, case_id, number, position, label, amount) values (${zero}, ${caseId}, 1, 1, '領収額', ${lines})`;
}

test("領収書・起案・支給の行は、その段階のほかでは書けず、変えられず、消せない", async () => {
  const { caseId } = await claims.proposed(await claims.recipient());
  for (const statement of [
    "update claims.bill set paid = 1",
    "delete from claims.bill",
    "update claims.proposed_row set amount = amount + 1",
    "update claims.proposal set total = 1",
    "delete from claims.acceptance",
    `insert into claims.benefit (approval_id) values ('${zero}')`,
    `insert into claims.proposal (approval_id, case_id, total) values ('${zero}', '${caseId}', 5)`,
    `insert into claims.claim (case_id, payee_number, channel) values ('${caseId}', '1000000011', 'window')`,
    `insert into claims.acceptance (case_id, number, code, reason) values ('${caseId}', 1, 'amount-differs', 'receipt-seen')`,
    `select claims.carry_out('${caseId}')`,
    `select claims.take_back('${caseId}')`,
    `select claims.lock_person('child-medical', '1000000011')`,
  ])
    for (const who of ["clerk1", "supervisor1", "cashier1"] as const)
      await expect(
        run(who, (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
});

test("払った額を超える起案、行と合わない合計や説明は、データベースが断る", async () => {
  const at = await claims.examined(await claims.recipient());
  const attempt = (given: Parameters<typeof stated>[2]) =>
    run("clerk2", async (sql) => {
      await moveCase(sql, at, "propose", "approval");
      await stated(sql, at.caseId, given);
    });
  await expect(attempt({ amount: 3_001 })).rejects.toMatchObject(denied);
  await expect(attempt({ amount: 2_500, total: 9_999 })).rejects.toMatchObject(notWhole);
  await expect(attempt({ amount: 2_500, lines: 1 })).rejects.toMatchObject(notWhole);
  await expect(
    run("clerk2", (sql) => moveCase(sql, at, "propose", "approval")),
  ).rejects.toMatchObject(notWhole);
  await attempt({ amount: 2_500 });
});

test("資格のない月や先の月の領収書は、画面を通らない起案でも支給にならない", async () => {
  const at = await claims.claimed(await claims.recipient(), [keyedReceipt({ month: "2026-03" })]);
  await expect(
    run("clerk2", async (sql) => {
      await moveCase(sql, at, "propose", "approval");
      await stated(sql, at.caseId, { amount: 2_500 });
    }),
  ).rejects.toMatchObject(notWhole);
});

test("決裁は、起案した額ちょうどの支払を一つ残さなければ成り立たない", async () => {
  const person = await claims.recipient();
  const other = await claims.recipient();
  const waiting = await claims.proposed(person);
  const { caseId } = waiting;
  const approve = (
    then: (sql: TransactionSql) => Promise<unknown>,
    who: TestStaff = "supervisor1",
  ) =>
    run(who, async (sql) => {
      await moveCase(sql, waiting, "approve", "granted");
      await then(sql);
    });
  const owe = (sql: TransactionSql, to: string, yen: number, source = caseId) =>
    sql`select payments.owe('child-medical', 'refund', ${source}, ${caseId}, ${to}, ${yen}, 'transfer')`;
  const carryOut = (sql: TransactionSql) => sql`select claims.carry_out(${caseId})`;
  // Nothing carried out, another sum, twice, to somebody else, in cash.
  await expect(approve(async () => {})).rejects.toMatchObject(notWhole);
  await expect(
    approve(async (sql) => {
      await carryOut(sql);
      await owe(sql, person, 2_501);
    }),
  ).rejects.toMatchObject(notWhole);
  await expect(
    approve(async (sql) => {
      await carryOut(sql);
      await owe(sql, person, 2_500);
      await owe(
        sql,
        person,
        2_500,
        other === person ? zero : "11111111-1111-4111-8111-111111111111",
      );
    }),
  ).rejects.toMatchObject(notWhole);
  await expect(approve((sql) => owe(sql, other, 2_500))).rejects.toMatchObject(denied);
  await expect(approve((sql) => owe(sql, person, 2_500))).rejects.toMatchObject(notWhole);
  // Neither who keyed it nor who prepared it.
  for (const who of ["clerk1", "clerk2"] as const)
    await expect(approve(async () => {}, who)).rejects.toThrow();
  await approve(async (sql) => {
    await carryOut(sql);
    await owe(sql, person, 2_500);
  });
  expect(await claims.payables(caseId)).toHaveLength(1);
});

test("ほかの区の職員には、領収書も、月の給付も見えない", async () => {
  const { caseId } = await claims.granted(await claims.recipient());
  expect(
    await run("east1", (sql) => sql`select from claims.bill where case_id = ${caseId}`),
  ).toHaveLength(0);
  await expect(
    run("east1", (sql) => sql`select * from claims.settled(${caseId}, '{2026-10}')`),
  ).rejects.toMatchObject(denied);
  await expect(
    run("east1", (sql) => sql`select * from claims.found_against(${caseId})`),
  ).rejects.toMatchObject(denied);
});

test("データベースが知る確認事項の重さは、規則と同じ", async () => {
  for (const [code, { level }] of Object.entries(claimFaults)) {
    const [row] = await city.admin<
      { level: string }[]
    >`select claims.fault_level(${code}) as level`;
    expect(row?.level, code).toBe(level);
  }
});
