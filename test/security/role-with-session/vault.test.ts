import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { admin, platform } = city;

describe("別の区の申請に封じたもの", () => {
  test("は、その区の権限がなければ、番号を知っていても読めず、加えることもできない", async () => {
    // Cases move by events alone; the administrator of the database switches the triggers off.
    const [made] = await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      return sql<{ id: string }[]>`
        insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
        select 'R8-999999', 'child-medical', 'child-medical', 1, ${openNumber}, '431010', 'received', '2026-11-20', min(id), 'x' from access.staff
        returning id`;
    });
    const caseId = made?.id ?? "";
    const system = await city.system();
    const options = { purpose: "scheduled", program: "child-medical", caseId } as const;
    const sealed = await runWork(platform, system, options, (work) =>
      putSealed(work, {
        holder: openNumber,
        program: "child-medical",
        kind: "comment",
        caseId,
        data: "x",
      }),
    );
    const office = (code: string | null) =>
      admin.begin(async (sql) => {
        await sql`set local session_replication_role = replica`;
        await sql`update access.duty_grant set office_code = ${code} where staff_id = (select id from access.staff where login_name = 'clerk3')`;
      });
    const read = (sql: TransactionSql) => sql`select * from vault.get_sealed(${[sealed]}::uuid[])`;
    const write = (sql: TransactionSql) =>
      sql`select vault.put_sealed(array[gen_random_uuid()], ${[openNumber]}::text[], 'child-medical', 'comment', ${caseId}::uuid, array['x'::bytea])`;
    await office("431028");
    try {
      await expect(as("clerk3", read)).rejects.toMatchObject(denied);
      await expect(as("clerk3", write)).rejects.toMatchObject(denied);
      await office("431010");
      expect(await as("clerk3", read)).toHaveLength(1);
      await as("clerk3", write);
    } finally {
      await office(null);
    }
  });
});

describe("個人番号", () => {
  test("は、その権限を持つ職務のほかには、見ることも、番号で探すこともできない", async () => {
    const [row] = await admin<
      { token: string }[]
    >`select token::text from vault.individual_number limit 1`;
    const look = (sql: TransactionSql) =>
      sql`select sealed_individual_number from vault.look(${[openNumber]}::text[], '{individual-number}')`;
    const find = (sql: TransactionSql) =>
      sql`select * from vault.find(null, null, null, null, null, null, null, ${row?.token ?? ""}, null)`;
    const all: (TestStaff | "system")[] = [
      "clerk1",
      "supervisor1",
      "operator1",
      "scheme1",
      "auditor1",
      "admin1",
      "approver1",
      "nobody",
      "system",
    ];
    for (const who of all) {
      await expect(as(who, look), who).rejects.toMatchObject(denied);
      await expect(as(who, find), who).rejects.toMatchObject(denied);
    }
    expect(await as("number1", look)).toHaveLength(1);
    expect(await as("number1", find)).toHaveLength(1);
  });
});
