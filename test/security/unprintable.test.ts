import type { TransactionSql } from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./role-with-session/support.ts";

const city = await openTestPlatform();
const as = staffSql(city);

const idOf = async (who: TestStaff) => (await city.actor(who)).staffId;
const seen = (who: TestStaff) =>
  as(who, async (sql) =>
    (await sql<{ program: string; office_code: string }[]>`select * from printing.unprintable`).map(
      (row) => `${row.program} ${row.office_code}`,
    ),
  );

let next = 1;
const enter =
  (finder: number, program = "child-medical", office = "431010") =>
  (sql: TransactionSql) =>
    sql`
    insert into printing.unprintable (program, person_number, office_code, form, field, code_point, found_by)
    values (${program}, ${String(next++).padStart(10, "0")}, ${office}, 'letters/approval', '宛名', ${0x9089}, ${finder})`;

const settleAll = (settler: number) => (sql: TransactionSql) =>
  sql`
    update printing.unprintable set settlement = 'by-hand', settled_by = ${settler}, settled_at = now()
     where settlement is null returning id`;

/** As the administrator of the database, with the triggers switched off: a duty holds for one 事務 or one office only. */
async function narrow(who: TestStaff, { program, office }: { program?: string; office?: string }) {
  const id = await idOf(who);
  await city.admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    await sql`update access.duty_grant set program = ${program ?? null}, office_code = ${office ?? null} where staff_id = ${id}`;
  });
}

describe("外字一覧", () => {
  beforeAll(async () => {
    const finder = await idOf("clerk1");
    await as("clerk1", enter(finder));
    await as("clerk1", enter(finder, "child-medical", "431028"));
    await as("clerk1", enter(finder, "vaccination"));
    await narrow("clerk2", { office: "431010" });
    await narrow("clerk3", { program: "vaccination" });
  });

  test("は、その事務と区の住民の情報か一括発送を見る職員だけに見える", async () => {
    expect(await seen("clerk1")).toHaveLength(3);
    expect(await seen("operator1")).toHaveLength(3);
    expect((await seen("clerk2")).sort()).toEqual(["child-medical 431010", "vaccination 431010"]);
    expect(await seen("clerk3")).toEqual(["vaccination 431010"]);
    for (const who of ["nobody", "scheme1", "admin1", "auditor1", "approver1"] as const)
      expect(await seen(who), who).toEqual([]);
  });

  test("の、支援措置の人の住所の文字は、住所を見る権限のある職員だけに見える", async () => {
    const people = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
      writePeople(work, [
        { record: invented({ householdNumber: "H", protection: { from: "2026-06-01" } }) },
        { record: invented({ householdNumber: "H" }) },
        { record: invented() },
      ]),
    );
    const finder = await idOf("supervisor1");
    for (const person of people)
      for (const field of ["住所", "氏名"])
        await as(
          "supervisor1",
          (sql) => sql`
            insert into printing.unprintable (program, person_number, office_code, form, field, code_point, found_by)
            values ('vaccination', ${person}, '431010', 'vaccination/coupon', ${field}, ${0x30edd}, ${finder})`,
        );
    const fieldsOf = (who: TestStaff) =>
      as(who, async (sql) => {
        const rows = await sql<{ at: number; field: string }[]>`
          select array_position(${people}::text[], person_number) as at, field from printing.unprintable
           where code_point = ${0x30edd} order by id`;
        return rows.map(({ at, field }) => `${at} ${field}`);
      });
    const all = ["1 住所", "1 氏名", "2 住所", "2 氏名", "3 住所", "3 氏名"];
    expect(await fieldsOf("supervisor1")).toEqual(all);
    for (const who of ["clerk1", "operator1"] as const)
      expect(await fieldsOf(who), who).toEqual(["1 氏名", "2 氏名", "3 住所", "3 氏名"]);
    await city.admin`delete from printing.unprintable where code_point = ${0x30edd}`;
  });

  test("には、ほかの職員の名で書けない", async () => {
    await expect(as("clerk1", enter(await idOf("clerk2")))).rejects.toMatchObject(denied);
    await expect(as("clerk1", enter(0))).rejects.toMatchObject(denied);
  });

  test("には、帳票を作らない職員も、別の事務の職員も書けない", async () => {
    for (const who of ["nobody", "scheme1", "auditor1"] as const)
      await expect(as(who, enter(await idOf(who))), who).rejects.toMatchObject(denied);
    await expect(as("clerk3", enter(await idOf("clerk3")))).rejects.toMatchObject(denied);
  });

  test("には、処理済みとして書き込むことも、書いたものを変え、消すこともできない", async () => {
    const finder = await idOf("clerk1");
    await expect(
      as(
        "clerk1",
        (sql) => sql`insert into printing.unprintable
          (program, person_number, office_code, form, field, code_point, found_by, settlement, settled_by, settled_at)
          values ('child-medical', '0000000099', '431010', 'letters/approval', '宛名', 1, ${finder}, 'by-hand', ${finder}, now())`,
      ),
    ).rejects.toMatchObject(denied);
    for (const statement of [
      "update printing.unprintable set person_number = '0000000001'",
      "update printing.unprintable set found_by = 1",
      "delete from printing.unprintable",
    ])
      await expect(
        as("clerk1", (sql) => sql.unsafe(statement)),
        statement,
      ).rejects.toMatchObject(denied);
  });

  test("の処理は、自分の名でだけ、見える範囲でだけ、一度だけできる", async () => {
    await expect(as("clerk2", settleAll(await idOf("clerk1")))).rejects.toMatchObject(denied);
    expect(await as("clerk3", settleAll(await idOf("clerk3")))).toHaveLength(1);
    expect(await as("clerk2", settleAll(await idOf("clerk2")))).toHaveLength(1);
    expect(await as("clerk2", settleAll(await idOf("clerk2")))).toHaveLength(0);
    const again = await as(
      "clerk2",
      (sql) => sql`update printing.unprintable set settlement = 'corrected' returning id`,
    );
    expect(again).toHaveLength(0);
    for (const who of ["nobody", "auditor1"] as const)
      expect(await as(who, settleAll(await idOf(who))), who).toHaveLength(0);
  });
});

describe("外字一覧から、支援措置の人のことを", () => {
  const town = 0x30ede;
  let people: string[];
  const address = (person: string, finder: number) => (sql: TransactionSql) =>
    sql`
      insert into printing.unprintable (program, person_number, office_code, form, field, code_point, found_by)
      values ('vaccination', ${person}, '431010', 'vaccination/coupon', '住所', ${town}, ${finder})`;

  beforeAll(async () => {
    people = await runWork(city.platform, await city.system(), { purpose: "feed" }, (work) =>
      writePeople(work, [
        { record: invented({ householdNumber: "H2", protection: { from: "2026-06-01" } }) },
        { record: invented({ householdNumber: "H2" }) },
        { record: invented() },
      ]),
    );
    const [hidden = ""] = people;
    await as("supervisor1", address(hidden, await idOf("supervisor1")));
  });

  test("同じものを書き込んでみて知ることも、書き込んだものが見えるかで知ることもできない", async () => {
    const me = await idOf("clerk1");
    for (const person of people)
      expect(await as("clerk1", address(person, me)), person).toMatchObject({ count: 1 });
    const shown = await as(
      "clerk1",
      (sql) => sql`select found_by from printing.unprintable where code_point = ${town}`,
    );
    expect(shown.map(({ found_by }) => found_by)).toEqual([me, me, me]);
  });

  test("関数に尋ねて知ることはできない", async () => {
    const [hidden = ""] = people;
    await expect(
      as("clerk1", (sql) => sql`select vault.withholds_address_of(${hidden})`),
    ).rejects.toMatchObject(denied);
  });

  test("条件のない処理の件数から知ることはできない", async () => {
    const me = await idOf("clerk1");
    const settled = await as("clerk1", (sql) =>
      sql.savepoint(async (undone) => {
        const [seen] = await undone<{ count: number }[]>`
          select count(*)::integer from printing.unprintable where settlement is null`;
        const { count } = await undone`
          update printing.unprintable set settlement = 'by-hand', settled_by = ${me}, settled_at = now()`;
        return { seen: seen?.count, count };
      }),
    );
    expect(settled.count).toBe(settled.seen);
  });
});
