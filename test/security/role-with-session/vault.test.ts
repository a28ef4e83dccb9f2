import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithPeople, denied } from "./support.ts";

const { city, as, openNumber } = await cityWithPeople();
const { admin, platform } = city;

describe("別の区の申請に封じたもの", () => {
  test("は、その区の権限がなければ、番号を知っていても読めず、加えることもできない", async () => {
    const caseId = await bareCase(admin, openNumber);
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

describe("申請にも郵便物にもファイルにも属さないもの", () => {
  const put =
    (kind: string, holder: string, program: string, caseId: string | null = null) =>
    (sql: TransactionSql) =>
      sql`select vault.put_sealed(array[gen_random_uuid()], ${[holder]}::text[], ${program}, ${kind}, ${caseId}, array['x'::bytea])`;

  test("は、どの種類としても封じられない", async () => {
    for (const kind of ["comment", "application", "document", "income"])
      await expect(
        as("clerk1", put(kind, openNumber, "child-medical")),
        kind,
      ).rejects.toMatchObject(denied);
    for (const kind of ["mailing-comment", "release-reason", "settle-reason"])
      await expect(
        as("supervisor1", put(kind, openNumber, "vaccination")),
        kind,
      ).rejects.toMatchObject(denied);
    // Notes and scans belong to a person, for whoever works on the cases of the office.
    await as("clerk1", put("note", openNumber, "child-medical"));
    for (const kind of ["note", "attachment"])
      for (const who of ["east1", "auditor1", "operator1"] as const)
        await expect(
          as(who, put(kind, openNumber, "child-medical")),
          `${who} ${kind}`,
        ).rejects.toMatchObject(denied);
    await expect(as("number1", put("records", "feed:x", "feeds"))).rejects.toMatchObject(denied);
  });

  test("は、ほかの事務の申請の名でも、住民でない人の名でも封じられない", async () => {
    const caseId = await bareCase(admin, openNumber);
    await as("clerk1", put("note", openNumber, "child-medical", caseId));
    for (const attack of [
      put("note", openNumber, "single-parent-medical", caseId),
      put("note", "9999999999", "child-medical", caseId),
      put("note", "feed:x", "child-medical", caseId),
    ])
      await expect(as("clerk1", attack)).rejects.toMatchObject(denied);
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
