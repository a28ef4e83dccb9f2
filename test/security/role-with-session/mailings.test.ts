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
    await mail.as("supervisor1", (work) =>
      withdrawPackage(work, { runId: asked.id, expectedRevision: asked.revision }),
    );
    for (const state of ["complete", "handed-over", "withdrawal-asked"])
      await expect(as("supervisor2", move(state)), state).rejects.toMatchObject(denied);
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
    const settle = (who: number) => (sql: TransactionSql) =>
      sql`update mailings.batch_item set settled_by = ${who}, settled_at = now(), settle_reason_id = gen_random_uuid()
           where run_id = ${held?.run ?? ""} and person_number = ${held?.p ?? ""} returning subject`;
    const [operator, supervisor] = [await staffId("operator1"), await staffId("supervisor1")];
    await expect(as("operator2", settle(operator))).rejects.toMatchObject(denied);
    await expect(as("supervisor1", settle(supervisor))).rejects.toMatchObject(denied);
    expect(await as("operator1", settle(operator))).toHaveLength(1);
    await expect(as("operator1", settle(operator))).rejects.toMatchObject(denied);
  });

  test("小さな一括発送は、ほかの種類の回の続きにはできない", async () => {
    const me = await staffId("operator1");
    await expect(
      as(
        "operator1",
        (sql) => sql`
        insert into mailings.batch_run (program, kind, title, parameters, contractor_id, prepared_by, machine_version, follows_run_id)
        values ('vaccination', 'vaccination-reprint', 'x', '{}', ${mail.contractorId}, ${me}, 2, ${complete.id})`,
      ),
    ).rejects.toMatchObject(denied);
  });
});
