import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { counterOf } from "#test/support/counter.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const counter = counterOf(city);
const as = staffSql(city);
const { caseId } = await counter.toExamination(await counter.family());

const keep =
  (page: string, days = 7) =>
  (sql: TransactionSql) =>
    sql`select vault.keep_draft(${caseId}, ${page}, 1, 'x'::bytea, 'y'::bytea, ${days})`;
const look = (sql: TransactionSql) => sql`select * from vault.look_at_draft(${caseId}, 'entry')`;
const mark = (sql: TransactionSql) => sql`select * from vault.draft_mark(${caseId}, 'entry')`;
const marks = (sql: TransactionSql) => sql`select * from vault.draft_marks(${caseId})`;

test("下書きは、書いた本人のほかには、あることも知られず、読めず、消せない", async () => {
  await as("clerk1", keep("entry"));
  expect(await as("clerk1", look)).toHaveLength(1);
  expect(await as("clerk1", marks)).toHaveLength(1);
  for (const who of ["clerk2", "supervisor1", "system"] as const) {
    await expect(
      as(who, async (sql) => [
        ...(await look(sql)),
        ...(await mark(sql)),
        ...(await marks(sql)),
      ]).catch((error: { code: string }) =>
        error.code === denied.code ? [] : Promise.reject(error),
      ),
    ).resolves.toEqual([]);
  }
  const [dropped] = await as(
    "clerk2",
    (sql) => sql`select vault.drop_draft(${caseId}, 'entry') as done`,
  );
  expect(dropped?.done).toBe(false);
  expect(await as("clerk1", look)).toHaveLength(1);
});

test("表には、誰も、どの文でも、じかに触れられない", async () => {
  for (const statement of [
    "select * from vault.draft",
    "insert into vault.draft select * from vault.draft",
    "update vault.draft set staff_id = access.staff_id()",
    "delete from vault.draft",
    "truncate vault.draft",
    "select * from vault.own_draft(gen_random_uuid(), 'entry')",
    "select vault.require_draft(gen_random_uuid(), 'entry')",
    "select intake.drop_drafts_about('1')",
    "select vault.withholds_address_in(gen_random_uuid())",
  ])
    await expect(
      as("clerk1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});

test("その申請を扱わない職員は、下書きを残せず、長く残すことも、大きなものもできない", async () => {
  for (const who of ["nobody", "auditor1", "admin1", "operator1"] as const)
    await expect(as(who, keep("entry")), who).rejects.toMatchObject(denied);
  await expect(as("clerk1", keep("entry", 400))).rejects.toMatchObject({ code: "22023" });
  await expect(as("clerk1", keep("x".repeat(61)))).rejects.toMatchObject({ code: "22023" });
  await expect(
    as(
      "clerk1",
      (sql) =>
        sql`select vault.keep_draft(${caseId}, 'entry', 1, ${Buffer.alloc(300_001)}, 'y'::bytea, 7)`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
  await expect(as("clerk1", keep("entry"), { "app.purpose": "" })).rejects.toMatchObject(denied);
  await expect(as("clerk1", (sql) => sql`select intake.erase_drafts()`)).rejects.toMatchObject(
    denied,
  );
});

test("申請の前の下書きも、書いた本人だけのもので、扱わない職員は残せない", async () => {
  const person = await counter.family();
  const keepOf =
    (program = "child-medical", days = 7) =>
    (sql: TransactionSql) =>
      sql`select vault.keep_person_draft(${program}, ${person}, 'claim', 'x'::bytea, 'y'::bytea, ${days})`;
  const lookOf = (sql: TransactionSql) =>
    sql`select * from vault.look_at_person_draft('child-medical', ${person}, 'claim')`;
  await as("clerk1", keepOf());
  expect(await as("clerk1", lookOf)).toHaveLength(1);
  for (const who of ["clerk2", "supervisor1"] as const)
    expect(await as(who, lookOf)).toHaveLength(0);
  expect(
    await as(
      "clerk2",
      (sql) => sql`select * from vault.person_draft_mark('child-medical', ${person}, 'claim')`,
    ),
  ).toHaveLength(0);
  await as(
    "clerk2",
    (sql) => sql`select vault.drop_person_draft('child-medical', ${person}, 'claim')`,
  );
  expect(await as("clerk1", lookOf)).toHaveLength(1);
  for (const who of ["nobody", "auditor1", "operator1", "east1"] as const)
    await expect(as(who, keepOf()), who).rejects.toMatchObject(denied);
  await expect(as("clerk1", keepOf("child-medical", 400))).rejects.toMatchObject({ code: "22023" });
  for (const statement of [
    `select * from vault.own_person_draft('child-medical', '${person}', 'claim')`,
    `select vault.require_person_draft('child-medical', '${person}')`,
    `select vault.hides_address_of('${person}')`,
  ])
    await expect(
      as("clerk1", (sql) => sql.unsafe(statement)),
      statement,
    ).rejects.toMatchObject(denied);
});

test("終わった申請には、メモと届出の下書きだけを残せる", async () => {
  const ended = await counter.toExamination(await counter.family());
  const keepThere = (page: string) => (sql: TransactionSql) =>
    sql`select vault.keep_draft(${ended.caseId}, ${page}, 1, 'x'::bytea, 'y'::bytea, 7)`;
  const pages = ["entry", "form-hold", "form-note", "form-change"];
  for (const page of pages) await as("clerk1", keepThere(page));
  await counter.step("clerk1", "withdraw", ended, { comment: "申請者の申出による" });
  const left = await as(
    "clerk1",
    (sql) => sql`select page from vault.draft_marks(${ended.caseId}) order by page`,
  );
  expect(left.map(({ page }) => page)).toEqual(["form-change", "form-note"]);
  for (const page of pages.slice(0, 2))
    await expect(as("clerk1", keepThere(page)), page).rejects.toMatchObject(denied);
  await as("clerk1", keepThere("form-note"));
});

test("金庫の関数の持ち主でも、別の人の下書きは、方針により見えない", async () => {
  await as("clerk1", keep("entry"));
  const { sessionToken } = await city.actor("clerk2");
  const rows = await city.admin.begin(async (sql) => {
    await sql`select set_config('app.session_token', ${sessionToken}, true), set_config('app.business_date', '2026-11-20', true)`;
    await sql`set local role madoguchi_vault`;
    return sql`select * from vault.draft`;
  });
  expect(rows).toEqual([]);
});
