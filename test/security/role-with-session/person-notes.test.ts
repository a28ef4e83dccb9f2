import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import type { TestStaff } from "#test/support/database.ts";
import { cityWithCases } from "./case-support.ts";
import { denied } from "./support.ts";

const { city, admin, as, counter, personOf } = await cityWithCases();
const { family, toExamination } = counter;

const at = { "app.purpose": "counter" };

/** Seals something of no matter for a person, of no case. */
async function seal(
  sql: TransactionSql,
  person: string,
  kind: string,
  { program = "child-medical", caseId = null as string | null } = {},
): Promise<string> {
  const id = randomUUID();
  await sql`select vault.put_sealed(array[${id}]::uuid[], ${[person]}::text[], ${program}, ${kind}, ${caseId}, array['\\x00'::bytea])`;
  return id;
}
const addNote = (
  who: TestStaff,
  person: string | null,
  program: string | null,
  sealed: string | null,
) => as(who, (sql) => sql`select intake.add_note_to_person(${person}, ${program}, ${sealed})`, at);

/** While number1 holds the rights of a clerk in one 事務 alone. */
async function ofProgram(program: string, run: () => Promise<unknown>): Promise<void> {
  const only = (value: string | null) =>
    admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant set program = ${value}
        where staff_id = (select id from access.staff where login_name = 'number1')`;
    });
  await only(program);
  try {
    await run();
  } finally {
    await only(null);
  }
}

test("住民のメモは、その区の職員が、自分の名で、今の時刻で、その方のその事務に封じたものだけを加えられる", async () => {
  const [person, other] = [await family(), await family()];
  const { caseId } = await toExamination(await family());
  const own = (kind = "note", of = person, program = "child-medical", by: TestStaff = "clerk1") =>
    as(by, (sql) => seal(sql, of, kind, { program }), at);
  const sealed = await own();
  const ofCase = await as("clerk1", async (sql) =>
    seal(sql, await personOf(caseId), "note", { caseId }),
  );
  const refused: [string, Parameters<typeof addNote>][] = [
    ["ほかの区", ["east1", person, "child-medical", sealed]],
    ["監査担当", ["auditor1", person, "child-medical", sealed]],
    ["権限のない人", ["nobody", person, "child-medical", sealed]],
    ["ほかの職員が封じたもの", ["clerk2", person, "child-medical", sealed]],
    ["ほかの方", ["clerk1", other, "child-medical", sealed]],
    ["ほかの事務", ["clerk1", person, "vaccination", sealed]],
    ["ほかの種類", ["clerk1", person, "child-medical", await own("attachment")]],
    ["申請に封じたもの", ["clerk1", await personOf(caseId), "child-medical", ofCase]],
    ["いない方", ["clerk1", "9999999999", "child-medical", sealed]],
    ["なし", ["clerk1", person, "child-medical", null]],
    ["方なし", ["clerk1", null, "child-medical", sealed]],
    ["事務なし", ["clerk1", person, null, sealed]],
  ];
  for (const [what, given] of refused)
    await expect(addNote(...given), what).rejects.toMatchObject(denied);
  // Of another office nothing can be sealed for the person in the first place.
  await expect(own("note", person, "child-medical", "east1")).rejects.toMatchObject(denied);
  await addNote("clerk1", person, "child-medical", sealed);
  const rows = await admin`
    select written_by, case_id, written_at > now() - interval '1 minute' as now from intake.note where person_number = ${person}`;
  expect(rows).toEqual([
    { written_by: (await city.actor("clerk1")).staffId, case_id: null, now: true },
  ]);
});

test("住民のメモと添付は、直に書けず、直に読めず、直せず、消せない", async () => {
  const person = await family();
  const sealed = await as("clerk1", (sql) => seal(sql, person, "note"), at);
  await addNote("clerk1", person, "child-medical", sealed);
  for (const statement of [
    `insert into intake.note (person_number, program, sealed_id) values ('${person}', 'child-medical', '${sealed}')`,
    `insert into intake.attachment (person_number, program, media_type, bytes, sha256, sealed_id)
       values ('${person}', 'child-medical', 'image/png', 1, 'x', '${sealed}')`,
    `update intake.note set program = 'vaccination' where person_number = '${person}'`,
    `delete from intake.note where person_number = '${person}'`,
  ])
    await expect(
      as("clerk1", (sql) => sql.unsafe(statement), at),
      statement,
    ).rejects.toMatchObject(denied);
  const read = await as(
    "clerk1",
    (sql) => sql`select from intake.note where person_number = ${person}`,
    at,
  );
  expect(read).toHaveLength(0);
  await expect(
    admin`update intake.note set case_id = gen_random_uuid() where person_number = ${person}`,
  ).rejects.toMatchObject({ code: "23514" });
});

test("ほかの区・ほかの事務の職員は、住民のメモも添付も、見えず、開けず、取り下げられない", async () => {
  const person = await family();
  const [note, scan] = await as(
    "clerk1",
    async (sql) => [await seal(sql, person, "note"), await seal(sql, person, "attachment")],
    at,
  );
  await addNote("clerk1", person, "child-medical", note ?? "");
  await as(
    "clerk1",
    (sql) =>
      sql`select intake.add_attachment_to_person(${person}, 'child-medical', null, 'image/png', 1, 'x', ${scan ?? ""})`,
    at,
  );
  const [attachment] =
    await admin`select id from intake.attachment where person_number = ${person}`;
  const withdraw = (who: TestStaff) =>
    as(who, (sql) => sql`select intake.withdraw_attachment(${attachment?.id})`, at);
  const seen = (who: TestStaff) =>
    as(
      who,
      async (sql) =>
        (await sql`select from intake.notes_of_person(${person})`).length +
        (await sql`select from intake.attachments_of_person(${person})`).length,
      at,
    );
  const open = (who: TestStaff) =>
    as(who, (sql) => sql`select id from vault.get_sealed(${[note ?? "", scan ?? ""]}::uuid[])`, at);
  const closedTo = async (who: TestStaff) => {
    expect(await seen(who), who).toBe(0);
    await expect(open(who), who).rejects.toMatchObject(denied);
    await expect(withdraw(who), who).rejects.toMatchObject(denied);
  };
  await closedTo("east1");
  await closedTo("auditor1");
  await closedTo("nobody");
  await ofProgram("vaccination", () => closedTo("number1"));
  expect(await seen("clerk2")).toBe(2);
  expect(await open("clerk2")).toHaveLength(2);

  // Who moves to another 区 takes them along.
  await admin`update vault.person set office_code = '431028' where person_number = ${person}`;
  expect(await seen("east1")).toBe(2);
  await withdraw("east1");
  await expect(withdraw("east1")).rejects.toMatchObject(denied);
});

test("支援措置の方の写しは、住所を見てよい職員だけが開ける", async () => {
  const person = await family({ protection: { from: "2026-06-01" } });
  const scan = await as("clerk1", (sql) => seal(sql, person, "attachment"), at);
  const open = (who: TestStaff) =>
    as(who, (sql) => sql`select id from vault.get_sealed(${[scan]}::uuid[])`, at);
  await expect(open("clerk1")).rejects.toMatchObject(denied);
  expect(await open("supervisor1")).toHaveLength(1);
});
