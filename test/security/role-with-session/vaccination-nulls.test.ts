import { expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";
import { exchangeOf } from "#test/support/vaccination-exchange.ts";
import { staffSql } from "./support.ts";

// 予防接種の人のデータを読み、動かす関数を、何も言わずに（引数をすべて空にして）呼ぶ。

const city = await openTestPlatform();
const as = staffSql(city);

/** Those that find nothing of nothing, and change nothing. */
const harmless = [
  "exchange.basis_of",
  "exchange.copies_made",
  "exchange.gather_copies",
  "exchange.interrupt_copies",
  "exchange.part_ends_at",
  "punched.next_lot",
  "punched.note_problem",
  "special.cautioned",
  "special.in_force",
  "targets.groups",
];

test("何も言わずに呼んでも、何も起きず、だれのことも分からない", async () => {
  const functions = await city.admin<{ name: string; args: string }[]>`
    select p.oid::regproc::text as name,
           (select coalesce(string_agg('null::' || t::regtype::text, ', ' order by o), '') from unnest(p.proargtypes) with ordinality x(t, o)) as args
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('special', 'targets', 'punched', 'vaccination_reports', 'exchange') and has_function_privilege('madoguchi_app', p.oid, 'execute')
       and p.pronargs > 0
     order by 1`;
  expect(functions.length).toBeGreaterThan(60);
  const answered: string[] = [];
  const told: unknown[] = [];
  for (const who of ["nobody", "clerk1", "supervisor1", "operator1", "system"] as const)
    for (const { name, args } of functions) {
      const rows = await as(who, (sql) => sql.unsafe(`select * from ${name}(${args})`)).catch(
        () => undefined,
      );
      if (rows) answered.push(name);
      told.push(...(rows ?? []).flatMap((row) => Object.values(row)).filter(Boolean));
    }
  expect([...new Set(answered)].sort()).toEqual(harmless);
  expect(told).toEqual([]);
  const [changed] = await city.admin<{ n: number }[]>`
    select count(*)::int as n from audit.record where kind = 'change' and action ~ '^(special|targets|punched|vaccination-closing|inquiry|hand-on|copy)'`;
  expect(changed?.n).toBe(0);
});

test("副本登録の設定は、だれも入っていなければ答えない", async () => {
  await exchangeOf(city).setUp();
  const asked = (settings: Record<string, string>) =>
    as("clerk1", async (sql) => sql`select s.key from exchange.copy_setting() s`, settings);
  expect(await asked({})).toMatchObject([{ key: "vaccination.copies" }]);
  expect((await asked({ "app.session_token": "" })).filter(({ key }) => key)).toEqual([]);
});
