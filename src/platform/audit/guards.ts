import { coveredColumns } from "./covered.ts";
import type { Reader } from "./reading.ts";

/** What guards the tables of the log, as the catalogue of the server says it: what is off now was perhaps used. */
export async function* faultsOfTables(sql: Reader): AsyncGenerator<string> {
  const columns = await sql<{ name: string }[]>`
    select a.attname as name from pg_catalog.pg_attribute a
     where a.attrelid = 'audit.record'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`;
  if (columns.map(({ name }) => name).join() !== coveredColumns.join())
    yield "アクセス記録の表に、封印が覆わない列があります";
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_catalog.pg_class c
     where c.oid in ('audit.record'::regclass, 'audit.seal'::regclass, 'audit.unsealed'::regclass)
       and (c.relkind <> 'r' or c.relhassubclass)`;
  for (const { name } of tables) yield `表 ${name} が別のものに置き換えられています`;
  const triggers = await sql<{ name: string }[]>`
    select e.name from (values ('audit.record'::regclass, 'record_is_final', 'A'), ('audit.seal'::regclass, 'seal_is_final', 'A'),
                               ('audit.record'::regclass, 'record_waits_for_seal', 'O')) as e(of_table, name, enabled)
     where not exists (select from pg_catalog.pg_trigger t
                        where t.tgrelid = e.of_table and t.tgname = e.name and t.tgenabled::text in (e.enabled, 'A'))`;
  for (const { name } of triggers) yield `記録を守る仕組み ${name} が切られています`;
}
