import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { dropRow, heldOfClaims } from "#src/platform/claims/index.ts";
import { runWork } from "#src/platform/work.ts";
import { moveCase } from "#test/support/case-sql.ts";
import { claimFilesOf, row } from "#test/support/claim-files.ts";
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

test("ファイルの行は、その事務を受け付ける職員の関数からしか書けず、よその申請を結び付けられない", async () => {
  const files = claimFilesOf(claims);
  const person = await claims.recipient();
  const { caseId } = await claims.claimed(person);
  const fileId = await files.receive(await files.bytesOf([row("9999999", "2020-01-01")]));
  const settle = (target: string, of: string | null, reason: string | null = null) =>
    `select claims.settle_row('${fileId}', 2, '${target}', '{}', ${reason ? `'${reason}'` : "null"}, ${of ? `'${of}'` : "null"}, null)`;
  for (const statement of [
    "update claims.file set state = 'taken'",
    "update claims.file_row set state = 'claimed'",
    "delete from claims.file_row",
    `insert into claims.file_row (file_id, line, program, state, sealed_id, place, mark) values ('${fileId}', 9, 'child-medical', 'waiting', '${zero}', 0, 'x')`,
    // A claim that this transaction did not open for the row.
    settle("claimed", caseId),
    settle("incomplete", caseId),
    settle("taken-back", caseId),
    settle("waiting", null),
    settle("faulty", null),
    `select claims.add_rows('${fileId}', '{3}', '${zero}', '{00}')`,
    `select claims.correct_row('${fileId}', 2, '${zero}', '00')`,
    `select claims.row_withdrawn('${fileId}', 2)`,
    `select claims.next_to_withdraw('${fileId}')`,
    `select claims.hold_file('${fileId}', '{taking}')`,
    `select claims.end_taking_back('${fileId}')`,
    `select claims.takes_rows('claims:${fileId}', 'child-medical')`,
    `select claims.open_file('vaccination', 'x', 'claims-1', '${"0".repeat(64)}', 1, 1, '2026-11-20')`,
    `select vault.erase_file_records()`,
  ])
    await expect(
      run("clerk1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toBeTruthy();
  // Rows name people of every office: east1 receives claims of one alone.
  for (const who of ["operator1", "cashier1", "nobody", "auditor1", "east1"] as const) {
    expect(await run(who, (sql) => sql`select from claims.file`), who).toHaveLength(0);
    expect(await run(who, (sql) => sql`select from claims.file_row`), who).toHaveLength(0);
    for (const statement of [
      settle("dropped", null, "not-ours"),
      `select * from claims.next_row('${fileId}')`,
      `select claims.take_file_back('${fileId}')`,
      `select claims.open_file('child-medical', 'x', 'claims-1', '${"1".repeat(64)}', 1, 1, '2026-11-20')`,
    ])
      await expect(
        run(who, (sql) => sql.unsafe(statement)),
        `${who} ${statement}`,
      ).rejects.toMatchObject(denied);
  }
  expect((await files.file(fileId)).counts).toMatchObject({ waiting: 1 });
  const [row1] = await city.admin<{ id: string }[]>`
    select sealed_id as id from claims.file_row where file_id = ${fileId} limit 1`;
  const open = (sql: TransactionSql) =>
    sql`select from vault.get_sealed(array[${row1?.id ?? zero}]::uuid[])`;
  await expect(run("east1", open)).rejects.toMatchObject(denied);
  expect(await run("clerk1", open)).toHaveLength(1);
  // Under the address of another 事務 the row is not there, though the person receives its claims too.
  await city.admin`
    update claims.file_row set state = 'faulty', faults = '{row:refused}' where file_id = ${fileId}`;
  const drop = async (program: string) =>
    runWork(city.platform, await city.actor("clerk1"), { purpose: "counter", program }, (work) =>
      dropRow(work, { fileId, line: 2, reason: "not-ours" }),
    );
  await expect(drop("single-parent-medical")).rejects.toMatchObject({ status: 404 });
  await drop("child-medical");
});

test("補正・照会・通知の記録は、その段階や発行のほかでは書けない", async () => {
  const { caseId } = await claims.granted(await claims.recipient());
  for (const statement of [
    `insert into claims.request (case_id, kind, asked, items, receipts, due_on, sealed_id) values ('${caseId}', 'supplement', 'claimant', '{receipt}', '{}', '2026-12-24', '${zero}')`,
    "update claims.request set due_on = '2027-01-01'",
    `insert into claims.notice (approval_id, case_id, document_id, sealed_id) values ('${zero}', '${caseId}', '${zero}', '${zero}')`,
    "update claims.notice set account_id = null",
    `insert into claims.postcard (run_id, approval_id, case_id, issued_on) values ('${zero}', '${zero}', '${caseId}', '2026-11-20')`,
    `select claims.record_postcards('${zero}', '{R8-000001}')`,
    `select claims.withdraw_postcards('${zero}')`,
  ])
    for (const who of ["clerk1", "supervisor1", "operator1"] as const)
      await expect(
        run(who, (sql) => sql.unsafe(statement)),
        `${who} ${statement}`,
      ).rejects.toMatchObject(denied);
  for (const who of ["clerk1", "cashier1", "nobody"] as const)
    await expect(
      run(who, (sql) => sql`select * from claims.postcards_due('child-medical', null, null, null)`),
      who,
    ).rejects.toMatchObject(denied);
});

test("開示請求の方の申請は、調査中の請求の番号からだけ、担当に読める", async () => {
  const person = await claims.recipient();
  await claims.granted(person);
  const [{ birth } = { birth: "" }] = await city.admin<{ birth: string }[]>`
    select birth_date::text as birth from vault.person where person_number = ${person}`;
  const [opened] = await as(
    "privacy1",
    (sql) =>
      sql`select oversight.open_subject_request('disclosure', ${person}, ${birth}, 'self', 'number-card', '{}', false, '2026-11-18', null, '2026-12-18') as id`,
  );
  const id = Number(opened?.id);
  const held = (sql: TransactionSql) => sql`select claims.held_of('child-medical', ${id}) as held`;
  await expect(as("privacy1", held)).rejects.toMatchObject(denied);
  await city.admin`update oversight.subject_request set state = 'investigating' where id = ${id}`;
  for (const who of ["clerk1", "supervisor1", "auditor1"] as const)
    await expect(as(who, held), who).rejects.toMatchObject(denied);
  const lines = await runWork(
    city.platform,
    await city.actor("privacy1"),
    { purpose: "inquiry" },
    (work) => heldOfClaims(work, id, claims.kind),
  );
  expect(lines.join("\n")).toMatch(
    /支給申請 R8-\d+　受付 .+（窓口）　支給決定　支給決定額 2,500円/,
  );
  expect(lines.join("\n")).toContain("領収額 3,000円　支給額 2,500円");
});
