import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { handOverPackage, withdrawPackage } from "#src/platform/mailings/index.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { mailingsOf, oneYearOlds } from "#test/support/mailings.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const as = staffSql(city);
const mail = await mailingsOf(city);
await mail.enter([...oneYearOlds(3), ...oneYearOlds(1, { protection: { from: "2026-06-01" } })]);
const made = await mail.make(await mail.approved(await mail.extracted()));
const complete = made.run;
const staffId = async (who: Parameters<typeof as>[0]) =>
  who === "system" ? (await city.system()).staffId : (await city.actor(who)).staffId;

describe("取下げ", () => {
  const move =
    (state: string, more = "") =>
    (sql: TransactionSql) =>
      sql.unsafe(
        `update mailings.batch_run set state = $2, revision = revision + 1${more} where id = $1`,
        [complete.id, state],
      );
  const step = (event: string, state: string) => async (sql: TransactionSql) =>
    sql`select mailings.move(${complete.id}, (select revision from mailings.batch_run where id = ${complete.id}), ${event}, ${state}, null, null, null, null)`;

  test("は、求められていないのに、一足飛びにはできない", async () => {
    const me = await staffId("supervisor1");
    await expect(
      as("supervisor1", move("withdrawn", `, withdrawn_by = ${me}, withdrawn_at = now()`)),
    ).rejects.toMatchObject(denied);
  });

  test("は、人の名では求められず、求めた人の名も消せない", async () => {
    const other = await staffId("operator2");
    await expect(
      as("operator1", move("withdrawal-asked", `, withdrawal_asked_by = ${other}`)),
    ).rejects.toMatchObject(denied);
    await expect(as("operator1", move("withdrawal-asked"))).rejects.toMatchObject(denied);
  });

  test("は、求めた人も、決裁の権限のない人も承認できず、取り下げたものは戻らない", async () => {
    const asked = await mail.step("operator1", complete, "ask-withdrawal", "誤り");
    for (const who of ["operator1", "operator2"] as const) {
      const me = await staffId(who);
      await expect(
        as(who, move("withdrawn", `, withdrawn_by = ${me}, withdrawn_at = now()`)),
        who,
      ).rejects.toMatchObject(denied);
    }
    const me = await staffId("supervisor1");
    await expect(
      as(
        "supervisor1",
        move(
          "withdrawn",
          `, withdrawal_asked_by = null, withdrawn_by = ${me}, withdrawn_at = now()`,
        ),
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      as(
        "supervisor1",
        (sql) => sql`
        insert into mailings.hand_over (run_id, contractor_id, package_name, pieces, sha256, withdrawn_on, withdrawn_by)
        values (${complete.id}, ${complete.contractorId}, 'M000001.tar.age', 3, 'x', '2026-11-20', ${me})`,
      ),
    ).rejects.toMatchObject(denied);
    await expect(as("operator1", step("withdraw", "withdrawn"))).rejects.toMatchObject(denied);
    await mail.as("supervisor1", (work) =>
      withdrawPackage(work, { runId: asked.id, expectedRevision: asked.revision }),
    );
    for (const state of ["complete", "handed-over", "withdrawal-asked"]) {
      await expect(as("supervisor2", move(state)), state).rejects.toMatchObject(denied);
      for (const event of [
        "refuse-withdrawal",
        "retract-withdrawal",
        "hand-over",
        "ask-withdrawal",
      ])
        await expect(as("supervisor2", step(event, state)), event).rejects.toMatchObject({
          code: "MD011",
        });
    }
  });
});

describe("返戻と見合わせた郵便物", () => {
  test("の表は、直接には書けず、関数は権限と段階を確かめる", async () => {
    const { run } = await mail.make(await mail.approved(await mail.extracted()));
    const [piece] = await city.admin<{ n: string; p: string }[]>`
      select piece_number as n, person_number as p from mailings.batch_item where run_id = ${run.id} and state = 'made' limit 1`;
    const number = piece?.n ?? "";
    const enter = (sql: TransactionSql) =>
      sql`select mailings.enter_return('vaccination', '{vaccination-coupon}', ${number}, 'moved') as id`;
    expect((await as("clerk1", enter))[0]?.id).toBeNull();
    await mail.as("operator1", (work) =>
      handOverPackage(work, { runId: run.id, expectedRevision: run.revision, manner: "transfer" }),
    );
    for (const who of ["auditor1", "scheme1", "nobody", "admin1"] as const)
      await expect(as(who, enter), who).rejects.toMatchObject(denied);
    const [entered] = await as("clerk1", enter);
    const id = Number(entered?.id);
    for (const attack of [
      (sql: TransactionSql) => sql`update mailings.returned_piece set outcome = 'handed-out'`,
      (sql: TransactionSql) => sql`delete from mailings.returned_piece`,
      (sql: TransactionSql) =>
        sql`insert into mailings.returned_piece (program, kind, run_id, person_number, subject, piece_number, reason, entered_on, entered_by)
            values ('vaccination', 'vaccination-coupon', ${run.id}, ${piece?.p ?? ""}, 'mr1:1', 'x', 'moved', '2020-01-01', 1)`,
    ])
      await expect(as("clerk1", attack)).rejects.toMatchObject(denied);
    for (const call of [
      "correct_return('vaccination', $1, 'other', true)",
      "settle_return('vaccination', $1, 'handed-out')",
    ])
      await expect(
        as("auditor1", (sql) => sql.unsafe(`select mailings.${call}`, [id])),
        call,
      ).rejects.toMatchObject(denied);
    await expect(
      as("clerk1", (sql) => sql`select mailings.settle_return('vaccination', ${id}, null)`),
    ).rejects.toMatchObject(denied);
    await expect(
      as("clerk1", (sql) => sql`select mailings.settle_return('vaccination', ${id}, 'eaten')`),
    ).rejects.toMatchObject({ code: "23514" });
    // Of another 事務 nothing is found.
    const [other] = await as(
      "clerk1",
      (sql) => sql`select mailings.settle_return('child-medical', ${id}, 'handed-out') as done`,
    );
    expect(other?.done).toBe(false);
    expect(await as("auditor1", (sql) => sql`select * from mailings.returned_piece`)).toEqual([]);
    expect(await as("clerk1", (sql) => sql`select * from mailings.returned_piece`)).toHaveLength(1);
  });

  test("を済みにできるのは、準備の権限のある人が自分の名で一度だけ", async () => {
    const [held] = await city.admin<{ run: string; p: string }[]>`
      select i.run_id as run, i.person_number as p from mailings.batch_item i join mailings.batch_run r on r.id = i.run_id
       where i.state = 'held' and r.state = 'handed-over' limit 1`;
    const settle = async (sql: TransactionSql) => {
      const [reason] = await sql<{ id: string }[]>`
        with x as (select gen_random_uuid() as id)
        select id, vault.put_sealed(array[id], ${[held?.p ?? ""]}::text[], 'vaccination', 'settle-reason', null, array['x'::bytea]) from x`;
      return settleWith(reason?.id ?? "")(sql);
    };
    const settleWith = (reason: string) => (sql: TransactionSql) =>
      sql`select mailings.settle_piece(${held?.run ?? ""}, ${held?.p ?? ""}, (select subject from mailings.batch_item
           where run_id = ${held?.run ?? ""} and person_number = ${held?.p ?? ""}), ${reason})`;
    await expect(as("supervisor1", settle)).rejects.toMatchObject(denied);
    await expect(as("operator1", settleWith(complete.id))).rejects.toMatchObject({ code: "MD016" });
    await as("operator1", settle);
    await expect(as("operator1", settle)).rejects.toMatchObject(denied);
    const [row] = await city.admin`
      select settled_by from mailings.batch_item where run_id = ${held?.run ?? ""} and person_number = ${held?.p ?? ""}`;
    expect(row?.settled_by).toBe(await staffId("operator1"));
  });

  test("小さな一括発送は、ほかの種類の回の続きにはできない", async () => {
    const begin =
      (kind: string, contractor = mail.contractorId, sendOn: string | null = null) =>
      (sql: TransactionSql) =>
        sql`select mailings.begin('vaccination', ${kind}, 'x', '{}', ${contractor}, null, ${sendOn}, 'none', ${complete.id}, null)`;
    await as("operator1", begin("vaccination-coupon"));
    for (const attack of [
      begin("vaccination-reprint"),
      begin("vaccination-coupon", 0),
      begin("vaccination-coupon", mail.contractorId, "2020-01-01"),
    ])
      await expect(as("operator1", attack)).rejects.toMatchObject(denied);
    await expect(as("clerk1", begin("vaccination-coupon"))).rejects.toMatchObject(denied);
  });
});
