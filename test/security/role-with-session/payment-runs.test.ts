import { createHash, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { moveAccount, readAccount, readPaymentRun } from "#src/platform/payments/index.ts";
import { runWork } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { householdsOf } from "#test/support/households.ts";
import { paymentsOf } from "#test/support/payments.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);
const program = "child-medical";
const payments = paymentsOf(city, program);
const { household } = householdsOf(city);
await payments.setUp();
const run = (who: TestStaff, statement: string, settings: Record<string, string> = {}) =>
  as(who, (sql) => sql.unsafe(statement), {
    "app.purpose": "payment",
    "app.program": program,
    ...settings,
  });

/** A run of payments to some people, each of so many yen. */
async function aRun(...amounts: number[]) {
  const owed = [];
  for (const amount of amounts) {
    const { mother } = await household();
    await payments.account(mother);
    owed.push(await payments.owed(mother, amount));
  }
  return { id: await payments.gather(), owed };
}

/** Somebody's duties, for one 区 or one 事務 alone while `work` goes on. */
async function limited(
  who: TestStaff,
  to: { office?: string; program?: string },
  work: () => Promise<void>,
) {
  const set = (office: string | null, ofProgram: string | null) =>
    admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      await sql`update access.duty_grant g set office_code = ${office}, program = ${ofProgram} from access.staff s
        where s.id = g.staff_id and s.login_name = ${who}`;
    });
  await set(to.office ?? null, to.program ?? null);
  await work().finally(() => set(null, null));
}

test("支払の回から支払を外した人も、その回を承認できない", async () => {
  const { id, owed } = await aRun(100, 200);
  await admin`insert into access.duty_right (duty, "right") values ('supervisor', 'payment.prepare')`;
  await run("supervisor1", `select payments.hold_line('${id}', 1, '${owed[0]}')`);
  await payments.step("operator1", id, "submit");
  const approve = `select payments.move_run('${id}', 3, 'approve', 'approved', null)`;
  await expect(run("supervisor1", approve)).rejects.toMatchObject({ code: "MD011" });
  await expect(payments.step("supervisor1", id, "approve")).rejects.toMatchObject({ status: 403 });
  await run("supervisor2", approve);
  await admin`delete from access.duty_right where duty = 'supervisor' and "right" = 'payment.prepare'`;
});

describe("振込の結果の一覧は", () => {
  test("欠けた行や長さの違う列があれば、何も動かさない", async () => {
    const { id, owed } = await aRun(300, 400);
    await payments.handedOver(id);
    const [line] =
      await admin`select p.serial, r.revision from payments.payable p, payments.run r where p.id = ${owed[0] ?? ""} and r.id = ${id}`;
    const answers = (rest: string) =>
      run(
        "operator1",
        `select * from payments.read_answers('${id}', ${line?.revision}, '${"c".repeat(64)}', ${rest})`,
        { "app.business_date": "2026-12-01" },
      );
    const s = line?.serial;
    for (const broken of [
      `false, '{2}', '{${s}}', '{null}', '{paid}', '{null}', '{}', '{}'`,
      `false, '{2}', '{${s}}', '{}', '{paid}', '{null}', '{}', '{}'`,
      `false, '{null}', '{${s}}', '{300}', '{paid}', '{null}', '{}', '{}'`,
      `false, '{2,2}', '{${s},9999}', '{300,1}', '{paid,paid}', '{null,null}', '{}', '{}'`,
      `false, '{2}', '{${s}}', '{300}', '{}', '{}', '{}', '{}'`,
      `false, '{2}', '{${s}}', '{300}', '{failed}', '{null}', '{}', '{}'`,
      `false, '{2}', '{${s}}', '{300}', '{paid}', null, '{}', '{}'`,
      `null, '{2}', '{${s}}', '{300}', '{paid}', '{null}', '{}', '{}'`,
      `false, '{2}', '{${s}}', '{300}', '{paid}', '{null}', '{3}', '{}'`,
      `false, '{2}', '{${s}}', '{300}', '{paid}', '{null}', '{3}', '{山田太郎 0001-1234567}'`,
    ])
      await expect(answers(broken), broken).rejects.toMatchObject({ code: "22023" });
    expect((await payments.read(id)).answers).toEqual([]);
    const [wrong] = await answers(`true, '{2}', '{${s}}', '{301}', '{paid}', '{null}', '{}', '{}'`);
    expect(wrong).toMatchObject({ paid: 0, failed: 0, faults: 1 });
  });
});

describe("振込データは", () => {
  test("別の区や別の事務の取出しの権限では、記録を通さずにも開けない", async () => {
    const { id } = await aRun(500);
    await payments.written(id);
    const [file] = await admin`select sealed_id from payments.run_file where run_id = ${id}`;
    const open = `select id from vault.get_sealed(array['${file?.sealed_id}']::uuid[])`;
    for (const to of [{ office: "431028" }, { program: "vaccination" }])
      await limited("cashier1", to, async () => {
        for (const settings of [{}, { "app.program": to.program ?? "" }])
          for (const attack of [open, `select payments.take_file('${id}')`])
            await expect(run("cashier1", attack, settings)).rejects.toMatchObject(denied);
      });
    expect(await run("cashier1", open)).toHaveLength(1);
    await payments.step("operator1", id, "ask-withdrawal", "金額の誤り");
    await expect(run("cashier1", open)).rejects.toMatchObject(denied);
  });
});

test("承認した件数と額のままで口座を差し替えた振込データは、取り出すときに見つかり、渡されない", async () => {
  const { id } = await aRun(1000, 2000);
  await payments.written(id);
  const { bytes } = await payments.takeOut(id);
  const other = (await aRun(1000, 2000)).id;
  await payments.approved(other);
  const { putSealed } = await import("#src/platform/vault/index.ts");
  await payments.as("operator1", async (work) => {
    const forged = Buffer.from(bytes);
    const sealed = await putSealed(work, {
      holder: `payment:${other}`,
      program,
      kind: "transfer-file",
      data: new Uint8Array(forged),
    });
    const digest = createHash("sha256").update(forged).digest("hex");
    await work.sql`select payments.write_file(${other}, 3, ${sealed}, ${digest}, ${forged.length}, 2, 3000)`;
  });
  await expect(payments.takeOut(other)).rejects.toMatchObject({
    status: 409,
    details: ["2行目が違います。"],
  });
  // The whole one can be taken out again, also after it was answered.
  await payments.handedOver((await aRun(500)).id);
  await expect(payments.takeOut(id)).resolves.toMatchObject({ bytes });
});

test("一つの区だけの担当者は、全市の支払の設定を起案も承認もできない", async () => {
  const propose = `select payments.propose_setting('${program}', '2027-04-01', '1234567890', 'ｸﾏﾓﾄｼ', '0001', '001', '1', '7654321',
    'zeros', '7', true, 31, 1, 15, 'after', 2, '試験の協定') as id`;
  await limited("operator1", { office: "431028" }, () =>
    expect(run("operator1", propose)).rejects.toMatchObject(denied),
  );
  await limited("operator1", { program: "vaccination" }, () =>
    expect(run("operator1", propose)).rejects.toMatchObject(denied),
  );
  const [made] = await run("operator1", propose);
  const decide = `select payments.decide_setting(${made?.id}, 'approved') as done`;
  await limited("supervisor1", { office: "431028" }, () =>
    expect(run("supervisor1", decide)).rejects.toMatchObject(denied),
  );
  expect(await run("supervisor1", decide)).toEqual([{ done: true }]);
});

test("申請を入力した人は、後で別の人が直していても、その口座を確認できない", async () => {
  const { mother } = await household();
  const caseId = await bareCase(admin, mother);
  const [account] = await admin`
    insert into payments.account (program, person_number, office_code, source, case_id, sealed_id, fingerprint, valid_from, entered_by, recorded_by)
    select ${program}, ${mother}, '431010', 'application', ${caseId}, ${randomUUID()}::uuid, '\\x0011223344556677', '2026-11-01', c.id, s.id
      from access.staff c, access.staff s where c.login_name = 'clerk2' and s.login_name = 'supervisor1' returning id`;
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`insert into approvals.entry (case_id, revision, person_number, entered_by, sealed_id)
      select ${caseId}, n, ${mother}, s.id, gen_random_uuid() from access.staff s, (values ('clerk1', 90), ('clerk2', 91)) x(who, n) where s.login_name = x.who`;
  });
  const confirm = `select payments.move_account('${account?.id}', 'confirm', 'confirmed', 'passbook', null)`;
  for (const who of ["clerk1", "clerk2", "supervisor1"] as const)
    await expect(run(who, confirm), who).rejects.toMatchObject({ code: "MD011" });
  await expect(
    payments.as("clerk1", (work) =>
      moveAccount(work, account?.id, "confirm", { evidence: "passbook" }),
    ),
  ).rejects.toMatchObject({ status: 403 });
  await run("supervisor2", confirm);
});

test("別の事務のアドレスでは、支払の回も口座も見つからない", async () => {
  const { id } = await aRun(600);
  const [account] =
    await admin`select account_id as id from payments.run_line where run_id = ${id}`;
  const elsewhere = async <T>(read: (work: Parameters<typeof readPaymentRun>[0]) => Promise<T>) =>
    runWork(
      city.platform,
      await city.actor("clerk1"),
      { purpose: "payment", program: "vaccination" },
      read,
    );
  await expect(elsewhere((work) => readPaymentRun(work, id))).rejects.toMatchObject({
    status: 404,
  });
  await expect(elsewhere((work) => readAccount(work, account?.id))).rejects.toMatchObject({
    status: 404,
  });
});

test("支払を見る権限のない人の統計では、一人の支払額は分からない", async () => {
  const { mother } = await household();
  await payments.owed(mother, 43_000, { on: "2026-08-20" });
  const count = `select decided, decided_yen::integer as yen from statistics.payments_by_month('${program}', null, '2026-08-01', '2026-08-31', false)`;
  for (const row of await run("scheme1", count)) expect(row).toEqual({ decided: 0, yen: 0 });
  expect(await run("clerk1", count)).toContainEqual({ decided: 1, yen: 43_000 });
});
