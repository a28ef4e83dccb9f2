import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { runWork } from "#src/platform/work.ts";
import { bareCase } from "#test/support/bare-case.ts";
import { openTestPlatform } from "#test/support/database.ts";
import { invented } from "#test/support/people.ts";
import { writePeople } from "#test/support/register.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const { admin, platform } = city;
const as = staffSql(city);
const birthDate = "2026-05-10";
const [east = "", central = "", sibling = "", stranger = ""] = await runWork(
  platform,
  await city.system(),
  { purpose: "feed" },
  (work) =>
    writePeople(work, [
      { record: invented({ officeCode: "431028", birthDate }) },
      { record: invented({ officeCode: "431010", householdNumber: "H-CENTRAL", birthDate }) },
      { record: invented({ officeCode: "431010", householdNumber: "H-CENTRAL", birthDate }) },
      { record: invented({ officeCode: "431010", birthDate }) },
    ]),
);
const everybody = [east, central, sibling, stranger];

const look = (sql: TransactionSql) =>
  sql<
    { n: string }[]
  >`select person_number as n from vault.look(${everybody}::text[], '{name,address}')`;
const find = (sql: TransactionSql) =>
  sql<
    { n: string }[]
  >`select person_number as n from vault.find(null, ${birthDate}, null, null, null, null, null, null, null)`;
const seenBy = async (who: "clerk1" | "east1", by: typeof look) =>
  (await as(who, by, { "app.program": "child-medical" })).map(({ n }) => n).toSorted();

/** Whom the records say that somebody looked at. */
const recorded = async (who: "east1") =>
  (
    await admin<
      { n: string }[]
    >`select distinct r.person_number as n from audit.record r join access.staff s on s.id = r.staff_id
       where s.login_name = ${who} and r.action = 'person.look'`
  ).map(({ n }) => n);

describe("一つの区の職員", () => {
  test("は、その区の住民だけを見て探せ、見られなかった人の閲覧は記録されない", async () => {
    for (const by of [look, find]) {
      expect(await seenBy("clerk1", by)).toEqual(everybody.toSorted());
      expect(await seenBy("east1", by)).toEqual([east]);
    }
    for (const program of ["", "single-parent-medical", "nothing"])
      expect((await as("east1", look, { "app.program": program })).map(({ n }) => n)).toEqual([
        east,
      ]);
    expect(await recorded("east1")).toEqual([east]);
  });

  test("は、番号や世帯から、ほかの区の人にたどり着けない", async () => {
    for (const attack of [
      (sql: TransactionSql) => sql`select * from vault.household_of(${central})`,
      (sql: TransactionSql) =>
        sql`select * from vault.find(null, null, null, null, null, ${central}, null, null, null)`,
      (sql: TransactionSql) =>
        sql`select * from vault.find(null, null, null, null, null, null, null, null, 'H-CENTRAL')`,
    ])
      expect(await as("east1", attack)).toEqual([]);
    for (const attack of [
      (sql: TransactionSql) => sql`select * from vault.register_days(${central})`,
      (sql: TransactionSql) => sql`select * from vault.look_at_register_changes(${central}, '{1}')`,
    ])
      await expect(as("east1", attack)).rejects.toMatchObject(denied);
  });

  test("は、その区の申請の人とその世帯なら、ほかの区に移った後も見られる", async () => {
    await bareCase(admin, central, "431028").then(
      (caseId) =>
        admin`insert into cases.member (case_id, person_number, role, from_revision) values (${caseId}, ${central}, 'subject', 1)`,
    );
    for (const by of [look, find])
      expect(await seenBy("east1", by)).toEqual([east, central, sibling].toSorted());
    await admin`update cases.member set to_revision = 2`;
    expect(await seenBy("east1", look)).toEqual([east]);
  });
});

describe("支援措置", () => {
  const address = async (on: string) =>
    (
      await as(
        "clerk1",
        (sql) =>
          sql`select sealed_address, is_protected from vault.look(${[stranger]}::text[], '{address}')`,
        { "app.business_date": on },
      )
    )[0];

  test("が今日始まれば、どの業務日を名乗っても住所は出ない", async () => {
    const [{ today = "", yesterday = "" } = {}] = await admin<
      { today: string; yesterday: string }[]
    >`
      select to_char(now() at time zone 'Asia/Tokyo', 'YYYY-MM-DD') as today,
             to_char((now() at time zone 'Asia/Tokyo') - interval '1 day', 'YYYY-MM-DD') as yesterday`;
    await admin`update vault.person set protected_from = ${today} where person_number = ${stranger}`;
    expect(await address(yesterday)).toMatchObject({ is_protected: false });
    const days = (on: string) =>
      admin.begin(async (sql) => {
        await sql`delete from access.played_clock`;
        await sql`select set_config('app.business_date', ${on}, true)`;
        const [row] =
          await sql`select vault.is_protected(p) as held from vault.person p where p.person_number = ${stranger}`;
        await sql`insert into access.played_clock default values`;
        return row?.held;
      });
    for (const on of [yesterday, today, "2020-01-01"]) expect(await days(on), on).toBe(true);
    await admin`update vault.person set protected_from = null where person_number = ${stranger}`;
    expect(await days(today)).toBe(false);
  });
});
