import { describe, expect, test } from "vitest";
import { openTestPlatform, type TestStaff } from "#test/support/database.ts";
import { denied, staffSql } from "./support.ts";

const city = await openTestPlatform();
const { admin } = city;
const as = staffSql(city);

const attacks = [
  `insert into city.profile (valid_from, name, code, prefecture, mayor_title, mayor_name, review_authority, defendant,
     representative, number_prefix, hours)
   select valid_from, name, code, prefecture, mayor_title, 'x', review_authority, defendant, representative, number_prefix, hours
     from city.profile`,
  "update city.profile set mayor_name = 'x'",
  "delete from city.profile",
  "insert into city.preset (area, preset, valid_from) values ('child-medical.period', 'first-of-month', '2026-04-01')",
  "update city.preset set valid_to = '2026-04-01'",
  "delete from city.preset",
  "insert into city.town values ('8600004', '431010', 'x', 'x', '0000000')",
  "update city.town set name = 'x'",
  "delete from city.town",
  "truncate city.profile, city.preset, city.town",
  "select nextval(pg_get_serial_sequence('city.profile', 'id'))",
  "alter table city.town disable row level security",
  "drop trigger profile_is_final on city.profile",
];

const people = ["admin1", "scheme1", "supervisor1", "clerk1", "system"] as const;

describe("市の設定", () => {
  test.each(people)("%s のセッションでも、プログラムのロールでは書けない", async (who) => {
    const state = () => admin`
      select (select jsonb_agg(p) from city.profile p) as city, (select jsonb_agg(p) from city.preset p) as presets,
             (select jsonb_agg(t) from city.town t) as towns`;
    const before = await state();
    for (const attack of attacks)
      await expect(
        as(who, (sql) => sql.unsafe(attack)),
        attack,
      ).rejects.toMatchObject(denied);
    expect(await state()).toEqual(before);
  });

  const seen = (who: TestStaff, settings = {}) =>
    as(
      who,
      (sql) => sql`
        select (select count(*) from city.profile) > 0 as city, (select count(*) from city.preset) > 0 as presets,
               (select count(*) from city.town) > 0 as towns`,
      settings,
    );

  test("サインインしていれば権限がなくても読め、していなければ一行も見えない", async () => {
    expect(await seen("nobody")).toEqual([{ city: true, presets: true, towns: true }]);
    for (const token of ["", "made-up"])
      expect(await seen("nobody", { "app.session_token": token })).toEqual([
        { city: false, presets: false, towns: false },
      ]);
  });

  test.each(["profile", "preset"])(
    "登録した %s は、表の持ち主でも書き換えも取り消しもできない",
    async (table) => {
      for (const statement of [
        `update city.${table} set valid_from = '2020-01-01'`,
        `delete from city.${table}`,
        `truncate city.${table}`,
      ])
        await expect(
          admin.begin(async (sql) => {
            await sql`set local role madoguchi_owner`;
            await sql.unsafe(statement);
          }),
        ).rejects.toMatchObject(denied);
    },
  );
});
