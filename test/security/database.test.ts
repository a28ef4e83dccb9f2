import { describe, expect, test } from "vitest";
import { openTestPlatform } from "#test/support/database.ts";

const { admin } = await openTestPlatform();

const ours = admin`n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'drizzle', 'pgboss', 'public') and n.nspname not like 'pg_temp%'`;

describe("データベースのすべての表と関数", () => {
  test("には、所有者にも効くポリシーがある", async () => {
    expect(await admin`select name from meta.tables_without_policy`).toEqual([]);
  });

  test("が所有者の権限で動くのは、検索パスが固定されているときだけ", async () => {
    const rows = await admin<{ name: string }[]>`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where ${ours} and p.prosecdef and not coalesce(p.proconfig @> array['search_path=""'], false)`;
    expect(rows).toEqual([]);
  });

  test("のうち vault のものは、vault のロールが所有し、プログラムには関数を通してだけ開かれている", async () => {
    const rows = await admin<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'vault' and c.relkind in ('r', 'v', 'm')
         and (c.relowner <> 'madoguchi_vault'::regrole or has_table_privilege('madoguchi_app', c.oid, 'select')
           or has_table_privilege('public', c.oid, 'select'))`;
    expect(rows).toEqual([]);
    const functions = await admin<{ name: string }[]>`
      select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname in ('vault', 'audit') and has_function_privilege('public', p.oid, 'execute')`;
    expect(functions).toEqual([]);
  });

  test("は、プログラムに監査記録を変えさせず、履歴を消させない", async () => {
    const rows = await admin<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'audit' and c.relkind = 'r'
         and has_table_privilege('madoguchi_app', c.oid, 'insert, update, delete, truncate')`;
    expect(rows).toEqual([]);
    const truncatable = await admin<{ name: string }[]>`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where ${ours} and c.relkind = 'r' and has_table_privilege('madoguchi_app', c.oid, 'truncate')`;
    expect(truncatable).toEqual([]);
  });

  test("は、vault の外のどの列にも氏名と住所を持たない", async () => {
    const suspicious = /(^|_)(kanji|kana|surname|given_name|block|building|individual)(_|$)/;
    // 医療機関 and 取りまとめ団体 are no people; names of doctors are sealed.
    const ofClinics = /^clinics\.(clinic|body)\.kana(_folded)?$/;
    const rows = await admin<{ name: string }[]>`
      select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
       where table_schema not in ('pg_catalog', 'information_schema', 'vault', 'pgboss', 'drizzle')`;
    expect(
      rows
        .map((row) => row.name)
        .filter((name) => suspicious.test(name.split(".")[2] ?? "") && !ofClinics.test(name)),
    ).toEqual([]);
  });
});
