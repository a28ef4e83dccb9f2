import { randomBytes } from "node:crypto";
import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { putSealed } from "#src/platform/vault/index.ts";
import { runWork } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";

// Somebody who can send any SQL as the program's role, but holds no session, or one without rights.

const city = await openTestPlatform();
const { admin, platform } = city;
const { sql } = platform.database;

interface OpenFunction {
  name: string;
  types: string[];
}

/** Answers that tell nothing of persons or staff, and what each is for. */
const harmless = new Set([
  "statistics.bucket", // the first day of the period of a date
  "access.terminal_registered", // the gate asks before anything else
  "access.password_salt", // a salt proves nothing
  "access.business_date", // what was just set
  "statistics.bucket", // the first day of a month or a year
  "vault.rights_for", // the list of rights as the source has it
  "documents.copy_right",
  "cases.rights",
  "cases.working_rights",
  "mistakes.year_of", // the fiscal year of a date
]);
/** What somebody who is signed in may ask of themselves, rights or none. */
const ownAffairs = new Set([
  "access.whoami",
  "access.staff_id",
  "access.own_password_salts",
  "access.own_words",
  "access.prove_own_password",
  "access.change_password",
  "audit.present_session",
]);
let values: Record<string, string[]>;

beforeAll(async () => {
  const system = await city.system();
  const [person = ""] = await runWork(platform, system, { purpose: "feed" }, (work) =>
    writePeople(work, [{ record: invented() }]),
  );
  const caseId = await bareCase(admin, person);
  const sealedId = await runWork(
    platform,
    system,
    { purpose: "scheduled", program: "child-medical" },
    (work) =>
      putSealed(work, {
        holder: person,
        program: "child-medical",
        kind: "comment",
        caseId,
        data: "x",
      }),
  );
  const [source] = await admin<
    { token: string }[]
  >`select source_token::text as token from vault.person`;
  const [staff] = await admin<
    { id: number }[]
  >`select id from access.staff where login_name = 'clerk1'`;
  await city.actor("clerk1");
  values = {
    text: ["clerk1", person, "person.read", "child-medical", "employee"],
    "text[]": [`{${person}}`, "{facts,name,address,individual-number}"],
    integer: [String(staff?.id), "1"],
    bigint: [source?.token ?? "1"],
    "bigint[]": [`{${source?.token}}`, "{1}"],
    "uuid[]": [`{${sealedId}}`],
    uuid: [sealedId],
    date: ["2020-05-10"],
    "date[]": ["{2020-05-10}"],
    inet: ["127.0.0.1"],
    jsonb: ['{"a":1}'],
    bytea: [`\\x${randomBytes(32).toString("hex")}`],
    "bytea[]": [`{"\\\\x${randomBytes(32).toString("hex")}"}`],
    "boolean[]": ["{true}"],
    boolean: ["true"],
  };
});

async function openFunctions(): Promise<OpenFunction[]> {
  return admin<OpenFunction[]>`
    select n.nspname || '.' || p.proname as name,
           array(select format_type(t, null) from unnest(p.proargtypes) with ordinality a(t, n) order by n) as types
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname not in ('pg_catalog', 'information_schema', 'public', 'pgboss') and p.prorettype <> 'trigger'::regtype
       and has_schema_privilege('madoguchi_app', n.oid, 'usage') and has_function_privilege('madoguchi_app', p.oid, 'execute')
     order by 1`;
}

/** Every table with how many rows it has and a sum over them, as the administrator of the database sees them. */
async function stateOfTables(): Promise<Record<string, string>> {
  const tables = await admin<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'drizzle', 'meta')`;
  const state: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await admin.unsafe(
      `select count(*) || ' ' || coalesce(sum(hashtext(t::text)::bigint), 0) as s from ${name} t`,
    );
    state[name] = String(row?.s);
  }
  return state;
}

/** A call with values of the right types that exist in this city, in a transaction of its own. */
async function call(
  { name, types }: OpenFunction,
  turn: number,
  prepare: (sql: TransactionSql) => Promise<unknown>,
): Promise<unknown[]> {
  const given = types.map((type, n) => {
    const known = values[type];
    return known ? `'${known[(turn + n) % known.length]}'::${type}` : `null::${type}`;
  });
  try {
    return await sql.begin(async (tx) => {
      await prepare(tx);
      return tx.unsafe(`select * from ${name}(${given.join(", ")})`);
    });
  } catch (error) {
    expect(
      ["42501", "MD001", "MD003", "MD005", "22023", "42704", "22007", "22004", "22003", "23502"],
      name,
    ).toContain((error as { code?: string }).code);
    return [];
  }
}

const tellsSomething = (row: unknown) =>
  Object.values(row as object).some(
    (value) =>
      value !== null &&
      value !== "" &&
      value !== false &&
      value !== "wrong" &&
      !(Array.isArray(value) && value.length === 0),
  );

describe.each([
  ["セッションなし", async () => ""],
  ["誰にも渡していないトークン", async () => "made-up"],
  ["権限のない職員のセッション", async () => (await city.actor("nobody")).sessionToken],
])("プログラムのロール（%s）", (_, tokenOf) => {
  test("は、どの関数からも何も得られず、何も変えられない", { timeout: 180_000 }, async () => {
    const token = await tokenOf();
    const functions = await openFunctions();
    expect(functions.length).toBeGreaterThan(30);
    const before = await stateOfTables();
    for (const open of functions) {
      for (let turn = 0; turn < 5; turn++) {
        const rows = await call(open, turn, async (tx) => {
          await tx`select set_config('app.session_token', ${token}, true), set_config('app.purpose', 'counter', true),
            set_config('app.business_date', '2026-11-20', true), set_config('app.program', '', true)`;
        });
        if (harmless.has(open.name) || (token && ownAffairs.has(open.name))) continue;
        expect(rows.filter(tellsSomething), open.name).toEqual([]);
      }
    }
    const after = await stateOfTables();
    const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
    // A signed-in person may write records in the own name, and count wrong tries against themselves.
    const tolerated = ["audit.record", "audit.unsealed", ...(token ? ["access.failed_try"] : [])];
    expect(changed.filter((name) => !tolerated.includes(name))).toEqual([]);
  });
});

describe("プログラムのロール", () => {
  test("は、ほかの誰にもなれない", async () => {
    for (const statement of [
      "set role madoguchi_owner",
      "set role madoguchi_vault",
      "set role postgres",
      "set session authorization postgres",
      "alter role madoguchi_app superuser",
      "create table access.x (y integer)",
      "create temporary table x (y integer)",
      "create function public.x() returns integer language sql as 'select 1'",
      "alter table vault.person disable row level security",
      "drop policy in_a_session on vault.person",
      "create extension pgcrypto",
      "copy (select 1) to program 'true'",
      "select pg_read_file('/etc/hostname')",
      "select lo_import('/etc/hostname')",
      "insert into access.played_clock default values",
      "delete from access.duty_right",
      "select * from pg_authid",
    ]) {
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({
        code: /^42501|^0LP01/,
      });
    }
  });

  test("は、行の保護を切ると何も読めない", async () => {
    const tables = await admin<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'drizzle', 'meta', 'pgboss')`;
    for (const { name } of tables)
      await expect(
        sql.begin(async (tx) => {
          await tx`set local row_security = off`;
          return tx.unsafe(`select * from ${name}`);
        }),
        name,
      ).rejects.toMatchObject({ code: "42501" });
  });

  test("は、証拠がなければ、誰としてもサインインできず、ロックを外せず、定時処理のセッションを開けない", async () => {
    const nonsense = [Buffer.alloc(0), Buffer.alloc(32), randomBytes(32)];
    const [stored] = await admin<{ hash: string }[]>`
      select c.password_hash as hash from access.credential c join access.staff p on p.id = c.staff_id where p.login_name = 'supervisor1'`;
    // Nor with what stands in the database itself.
    const kept = Buffer.from(stored?.hash.split("$")[1] ?? "", "hex");
    const { sessionToken } = await city.actor("operator1");
    await sql`select access.lock_session(${sessionToken})`;
    for (const proof of [...nonsense, kept]) {
      await expect(
        sql`select access.open_system_session(${proof}, ${randomBytes(32)})`,
      ).rejects.toMatchObject({ code: "42501" });
      expect(
        await sql`select access.unlock_session(${sessionToken}, ${proof}, '127.0.0.1') as outcome`,
      ).toEqual([{ outcome: "wrong" }]);
    }
    const [system] = await admin<{ hash: string }[]>`
      select c.password_hash as hash from access.credential c join access.staff p on p.id = c.staff_id where p.kind = 'system'`;
    await expect(
      sql`select access.open_system_session(${Buffer.from(system?.hash ?? "", "hex")}, ${randomBytes(32)})`,
    ).rejects.toMatchObject({ code: "42501" });
  });
});
