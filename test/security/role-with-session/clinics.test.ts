import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { enterClinicAccount } from "#src/programs/vaccination/clinics/accounts.ts";
import { proposeClosure, proposeContract } from "#src/programs/vaccination/clinics/entries.ts";
import { addDoctor } from "#src/programs/vaccination/clinics/register.ts";
import { clinicAccount, clinicsOf, typedContract } from "#test/support/clinics.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

// 医療機関台帳と口座を、画面を通らずSQLで直に書こうとする。

const city = await openTestPlatform();
const as = staffSql(city);
const { as: work, clinic, contract, account } = clinicsOf(city);
const today = "2026-11-20";

test("表には直に書けず、権限のない人には一行も見えない", async () => {
  const code = await clinic();
  for (const statement of [
    "update clinics.contract set state = 'confirmed'",
    "update clinics.account set state = 'confirmed', decided_by = 1",
    "insert into clinics.change (payee, what, staff_id, staff_name, at, \"on\") values ('1', 'x', 1, 'x', now(), now())",
    "delete from clinics.closure",
    "update clinics.clinic set phone = '0'",
  ])
    await expect(as("supervisor1", (sql) => sql.unsafe(statement))).rejects.toMatchObject(denied);
  for (const who of ["nobody", "auditor1"] as const)
    expect(
      await as(who, (sql) => sql`select from clinics.clinic where code = ${code}`),
    ).toHaveLength(0);
});

test("自分が入力した契約、休止、口座を、状態を言い換えても自分では有効にできない", async () => {
  const code = await clinic();
  const made = await work("supervisor1", (unit) => proposeContract(unit, code, typedContract()));
  const closed = await work("supervisor1", (unit) =>
    proposeClosure(unit, code, { kind: "closed", from: today, to: undefined, reason: "abolished" }),
  );
  const paid = await work("supervisor1", (unit) =>
    enterClinicAccount(unit, code, { account: clinicAccount(), from: today }),
  );
  const tries = [
    ["contract", made, "confirm", "confirmed"],
    ["contract", made, "withdraw", "confirmed"],
    ["contract", made, "replace", "replaced"],
    ["closure", closed, "confirm", "confirmed"],
    ["closure", closed, "refuse", "refused"],
  ] as const;
  for (const [which, id, event, target] of tries)
    await expect(
      as("supervisor1", (sql) =>
        sql.unsafe(`select clinics.move_${which}($1, $2, $3, null)`, [id, event, target]),
      ),
    ).rejects.toMatchObject({ code: event === "withdraw" ? "MD011" : "42501" });
  await expect(
    as(
      "supervisor1",
      (sql) => sql`select clinics.move_account(${paid}, 'confirm', 'confirmed', 'passbook', null)`,
    ),
  ).rejects.toMatchObject(denied);
  // 決裁の権限のない人も、書類を見たと言うだけでは有効にできない。
  await expect(
    as("clerk1", (sql) => sql`select clinics.move_contract(${made}, 'confirm', 'confirmed', null)`),
  ).rejects.toMatchObject(denied);
  await expect(
    as(
      "clerk1",
      (sql) => sql`select clinics.move_account(${paid}, 'confirm', 'confirmed', null, null)`,
    ),
  ).rejects.toMatchObject({ code: "MD019" });
});

test("区に限られた人は、市全体の口座を有効にも終わりにもできない", async () => {
  const code = await clinic();
  const paid = await work("clerk1", (unit) =>
    enterClinicAccount(unit, code, { account: clinicAccount(), from: today }),
  );
  for (const [event, target] of [
    ["confirm", "confirmed"],
    ["refuse", "refused"],
  ] as const)
    await expect(
      as(
        "east1",
        (sql) => sql`select clinics.move_account(${paid}, ${event}, ${target}, 'passbook', null)`,
      ),
    ).rejects.toMatchObject(denied);
  const used = await account(await clinic());
  await expect(
    as(
      "east1",
      (sql) => sql`select clinics.move_account(${used}, 'close', 'closed', null, 'wrong')`,
    ),
  ).rejects.toMatchObject(denied);
});

test("確認した契約は、同じ期間に二つ有効にならず、差し替えの相手は一度しか差し替わらない", async () => {
  const code = await clinic();
  const first = await contract(code, { to: undefined });
  const propose = (what: string, of: string | null, from: string) =>
    as(
      "clerk1",
      (
        sql,
      ) => sql`select clinics.propose_contract(${code}, ${what}, ${of}, 'individual', '', ${from}, null, null, '', 'clinic',
      ${of ? "corrected" : null}, null)`,
    );
  await expect(propose("new", null, "2026-06-01")).rejects.toMatchObject({ code: "23P01" });
  await expect(propose("change", randomUUID(), "2026-06-01")).rejects.toMatchObject({
    code: "MD014",
  });
  await propose("change", first, "2026-06-01");
  await expect(propose("change", first, "2026-07-01")).rejects.toMatchObject({ code: "23505" });
});

test("ほかの医療機関のために封をした口座や、自分で封をしていない口座は登録できない", async () => {
  const [one, other] = [await clinic(), await clinic()];
  const paid = await account(one);
  const [row] = await city.admin<
    { sealed_id: string }[]
  >`select sealed_id from clinics.account where id = ${paid}`;
  const print = Buffer.alloc(32, 1);
  for (const [who, payee] of [
    ["clerk1", other],
    ["clerk2", one],
  ] as const)
    await expect(
      as(
        who,
        (sql) =>
          sql`select clinics.enter_account(${payee}, ${row?.sealed_id ?? ""}, ${print}, ${today})`,
      ),
    ).rejects.toMatchObject(denied);
});

test("口座は支払の権限のない人に、医師の氏名は事務の外の人に開けない", async () => {
  const code = await clinic();
  const paid = await account(code);
  const [row] = await city.admin<
    { sealed_id: string }[]
  >`select sealed_id from clinics.account where id = ${paid}`;
  for (const who of ["nobody", "scheme1", "auditor1"] as const)
    await expect(
      as(who, (sql) => sql`select * from vault.get_sealed(${[row?.sealed_id ?? ""]}::uuid[])`),
    ).rejects.toMatchObject(denied);
});

test("台帳に載せる番号は、関数を直に呼んでも検査数字が合わなければならない", async () => {
  const code = await clinic();
  const wrong = `${code.slice(0, 9)}${(Number(code[9]) + 1) % 10}`;
  await expect(
    as(
      "clerk1",
      (sql) => sql`select clinics.keep_clinic(${wrong}, null, '{"name": "x"}'::jsonb, null)`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
  await expect(
    as("cashier1", (sql) => sql`select clinics.set_handled(${code}, null, '{}', ${today}, null)`),
  ).rejects.toMatchObject(denied);
  await expect(
    as(
      "clerk1",
      (sql) =>
        sql`select clinics.keep_clinic(${code}, 1, '{"name": "x", "code": "1"}'::jsonb, null)`,
    ),
  ).rejects.toMatchObject({ code: "22023" });
});

test("一括登録のファイルは、権限のない人に読めず、取り込みの済んだファイルの名では何も書けない", async () => {
  const id = randomUUID();
  await expect(
    as(
      "cashier1",
      (sql) => sql`select clinics.receive_file(${id}, ${randomUUID()}, ${Buffer.alloc(32)}, 1)`,
    ),
  ).rejects.toMatchObject(denied);
  await expect(
    as(
      "clerk1",
      (sql) => sql`select clinics.receive_file(${id}, ${randomUUID()}, ${Buffer.alloc(32)}, 1)`,
    ),
  ).rejects.toMatchObject(denied);
  const code = await clinic();
  await expect(
    as("clerk1", (sql) => sql`select clinics.set_handled(${code}, null, '{}', ${today}, ${id})`),
  ).rejects.toMatchObject(denied);
  await expect(
    as("clerk1", (sql) => sql`select clinics.settle_file(${id}, 'loaded', '{}', '[]')`),
  ).rejects.toMatchObject({ code: "MD014" });
  await expect(
    as("clerk1", (sql) => sql`select vault.erase_clinic_file(${id})`),
  ).rejects.toMatchObject(denied);
});

test("医師の氏名は、ほかの医療機関の名では登録できず、終えた医師は二度終えられない", async () => {
  const [one, other] = [await clinic(), await clinic()];
  await work("clerk1", (unit) =>
    addDoctor(unit, one, { role: "doctor", name: "髙橋 一", from: "2026-04-01" }),
  );
  const [row] = await city.admin<{ id: string; sealed_id: string }[]>`
    select id, sealed_id from clinics.doctor where clinic_code = ${one}`;
  const [id, sealed] = [row?.id ?? "", row?.sealed_id ?? ""];
  await expect(
    as(
      "clerk1",
      (sql) =>
        sql`select clinics.add_doctor(${randomUUID()}, ${other}, 'doctor', ${sealed}, ${today}, null)`,
    ),
  ).rejects.toMatchObject(denied);
  await as("clerk1", (sql) => sql`select clinics.end_doctor(${id}, ${today})`);
  await expect(
    as("clerk1", (sql) => sql`select clinics.end_doctor(${id}, null)`),
  ).rejects.toMatchObject({ code: "MD014" });
});
