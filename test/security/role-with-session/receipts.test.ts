import { describe, expect, test } from "vitest";
import { getFile, patientOf } from "#src/platform/receipts/index.ts";
import { patientsPerRecord } from "#src/platform/receipts/patient.ts";
import { getSealedOne } from "#src/platform/vault/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { receiptsOf } from "#test/support/receipts.ts";
import { denied, staffSql } from "./support.ts";

const home = await openTestPlatform();
const { admin } = home;
const as = staffSql(home);
const inReceipts = { "app.program": "receipts", "app.purpose": "feed" };
const { entitled, ukeFor, receive, judged, committed, ledger, outcomes, ...files } =
  receiptsOf(home);
const people = await entitled(10);
const given = { faultEvery: 5, institutions: 1 };
const waiting = await judged(ukeFor(people, { ...given, seed: 21 }));
const posted = await committed(ukeFor(people, { ...given, seed: 22 }));

const revisionOf = (fileId: string) =>
  files.inReceipts("operator1", async (work) => (await getFile(work, fileId)).revision);

describe("レセプトの職員は、SQLでも", () => {
  test.each([
    "institution",
    "file",
    "lot",
    "receipt",
    "fault",
    "decision",
    "adjustment",
    "adjustment_reason",
    "benefit",
    "statement",
  ])("%s の行を自分では書けない", async (table) => {
    for (const who of ["supervisor1", "operator1", "clerk1", "system"] as const)
      for (const statement of [
        `insert into receipts.${table} default values`,
        `delete from receipts.${table}`,
        `update receipts.${table} set ${table === "institution" ? "name" : table === "file" ? "state" : table === "lot" ? "posted_at" : table === "receipt" ? "subsidy" : table === "fault" ? "code" : table === "benefit" ? "subsidy" : "decision"} = null`,
      ])
        await expect(as(who, (sql) => sql.unsafe(statement), inReceipts)).rejects.toMatchObject(
          denied,
        );
  });

  test("受け取った本人は反映を承認できず、権限のない人は進められない", async () => {
    const revision = await revisionOf(waiting);
    const approve = `select receipts.move('${waiting}', ${revision}, 'approve', 'committing', null)`;
    await expect(as("operator1", (sql) => sql.unsafe(approve), inReceipts)).rejects.toMatchObject(
      denied,
    );
    await expect(as("clerk1", (sql) => sql.unsafe(approve), inReceipts)).rejects.toMatchObject(
      denied,
    );
    await admin`update receipts.file set prepared_by = (select id from access.staff where login_name = 'supervisor1') where id = ${waiting}`;
    await expect(as("supervisor1", (sql) => sql.unsafe(approve), inReceipts)).rejects.toMatchObject(
      { code: "MD011" },
    );
    await admin`update receipts.file set prepared_by = (select id from access.staff where login_name = 'operator1') where id = ${waiting}`;
  });

  test("承認されていないファイルは台帳に載せられず、載せたファイルは変えられない", async () => {
    for (const fileId of [waiting, posted])
      await expect(
        as("supervisor1", (sql) => sql`select receipts.post_lot(${fileId}, 1)`, inReceipts),
      ).rejects.toMatchObject(denied);
    const revision = await revisionOf(posted);
    for (const [event, target] of [
      ["cancel", "cancelled"],
      ["received", "judging"],
      ["judged", "judged"],
      ["committed", "committed"],
    ])
      await expect(
        as(
          "operator1",
          (sql) =>
            sql`select receipts.move(${posted}, ${revision}, ${event ?? ""}, ${target ?? ""}, 'x')`,
          inReceipts,
        ),
      ).rejects.toMatchObject({ code: "MD011" });
    await expect(
      as(
        "operator1",
        (sql) => sql`select receipts.keep_lot(${posted}, 1, '[]'::jsonb, '[]'::jsonb)`,
        inReceipts,
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      as(
        "operator1",
        (sql) =>
          sql`select receipts.add_lot(${posted}, 2, 11, 1, gen_random_uuid(), array[gen_random_uuid()])`,
        inReceipts,
      ),
    ).rejects.toMatchObject(denied);
    expect(await ledger(posted)).toMatchObject({ count: 8 });
  });

  test("ほかのレセプトと比べ終わるまで、点検が済んだとはできない", async () => {
    const before = await revisionOf(waiting);
    await admin`update receipts.lot set compared_at = null where file_id = ${waiting}`;
    await admin`update receipts.file set state = 'judging' where id = ${waiting}`;
    const judged = () =>
      as(
        "operator1",
        (sql) => sql`select receipts.move(${waiting}, ${before}, 'judged', 'judged', null)`,
        inReceipts,
      );
    await expect(judged()).rejects.toMatchObject({ code: "MD011" });
    await as("operator1", (sql) => sql`select receipts.compare_lot(${waiting}, 1)`, inReceipts);
    await judged();
  });

  test("支払えないものを支払うとは決められず、自分が決めたものを自分では承認できない", async () => {
    const decide = (who: "clerk1" | "operator1" | "auditor1", row: number, what = "accept") =>
      as(
        who,
        (sql) =>
          sql`select receipts.decide(${posted}, array[${row}]::integer[], ${what}, 'within-ordinance')`,
      );
    await expect(decide("clerk1", 5)).rejects.toMatchObject(denied);
    await expect(decide("operator1", 10)).rejects.toMatchObject(denied);
    await expect(decide("auditor1", 10, "return")).rejects.toMatchObject(denied);
    await expect(decide("clerk1", 1, "return")).rejects.toMatchObject(denied);
    await decide("clerk1", 10);
    const [open] = await admin<
      { id: number }[]
    >`select id from receipts.decision where decision is null`;
    const settle = (who: "clerk1" | "supervisor1" | "operator1") =>
      as(who, (sql) => sql`select receipts.settle(array[${open?.id ?? 0}]::integer[], true)`);
    await expect(settle("clerk1")).rejects.toMatchObject(denied);
    await expect(settle("operator1")).rejects.toMatchObject(denied);
    await admin`update receipts.decision set asked_by = (select id from access.staff where login_name = 'supervisor1') where id = ${open?.id ?? 0}`;
    await expect(settle("supervisor1")).rejects.toMatchObject(denied);
    expect((await outcomes(posted))[9]).toMatchObject({ decided: "asked", posted: false });
  });

  test("取戻しは、申し出た本人では承認できない", async () => {
    const fileId = await committed(ukeFor(await entitled(2), { seed: 23 }));
    const revision = await revisionOf(fileId);
    await as(
      "operator1",
      (sql) =>
        sql`select receipts.move(${fileId}, ${revision}, 'askWithdrawal', 'withdrawing', null)`,
      inReceipts,
    );
    await admin`update receipts.file set withdrawal_asked_by = (select id from access.staff where login_name = 'supervisor1') where id = ${fileId}`;
    await expect(
      as(
        "supervisor1",
        (sql) =>
          sql`select receipts.move(${fileId}, ${revision + 1}, 'withdraw', 'withdrawn', null)`,
        inReceipts,
      ),
    ).rejects.toMatchObject({ code: "MD011" });
  });

  test("ほかの区の職員には、その区の人のレセプトも給付も見えない", async () => {
    const seen = (who: "east1" | "clerk1" | "auditor1", table: "receipt" | "benefit") =>
      as(
        who,
        (sql) =>
          sql<
            { n: number }[]
          >`select count(*)::integer as n from ${sql(`receipts.${table}`)} where office_code = '431010'`,
      );
    for (const table of ["receipt", "benefit"] as const) {
      expect(await seen("east1", table)).toEqual([{ n: 0 }]);
      expect(await seen("auditor1", table)).toEqual([{ n: 0 }]);
      expect((await seen("clerk1", table))[0]?.n).toBeGreaterThan(0);
    }
  });

  test("封印した氏名は、取込の権限のない人には開けない", async () => {
    const [lot] = await admin<
      { sealed_id: string }[]
    >`select sealed_id from receipts.lot where file_id = ${waiting}`;
    for (const who of ["clerk1", "auditor1"] as const)
      await expect(
        as(
          who,
          (sql) => sql`select from vault.get_sealed(array[${lot?.sealed_id ?? ""}]::uuid[])`,
          inReceipts,
        ),
      ).rejects.toMatchObject(denied);
    await expect(
      as(
        "operator1",
        (sql) =>
          sql`select vault.put_sealed(array[gen_random_uuid()], array[${`receipts:${waiting}`}]::text[], 'receipts', 'receipt-records', null, array['\\x00'::bytea])`,
        inReceipts,
      ),
    ).rejects.toMatchObject(denied);
  });

  test("一件のレセプトを見るために、その近くの数件の氏名しか開かれない", async () => {
    const [lot] = await admin<{ row_count: number; patient_ids: string[]; sealed_id: string }[]>`
      select row_count, patient_ids, sealed_id from receipts.lot where file_id = ${waiting}`;
    expect(lot?.patient_ids).toHaveLength(Math.ceil((lot?.row_count ?? 0) / patientsPerRecord));
    await files.inReceipts("operator1", async (work) => {
      const opened = await patientOf(work, await getFile(work, waiting), 1);
      expect(opened?.name).toBeTruthy();
      const judged = await getSealedOne<object[]>(work, lot?.sealed_id ?? "");
      expect(judged.some((one) => "patient" in one)).toBe(false);
    });
    const looked =
      await admin`select items from audit.record where action = 'sealed.look' order by id desc limit 2`;
    expect(looked[1]?.["items"]).toEqual(["receipt-patients"]);
  });
});
