import type { Sql } from "postgres";
import type { Enforcement } from "./promises.ts";

/** What stands in the database at this moment, as its own catalogue tells. */
export interface LiveSchema {
  /** `schema.table.column`, of all tables but PostgreSQL's own. */
  columns: ReadonlySet<string>;
  /** `function schema.name`, `policy schema.table name` … as in {@link Enforcement}. */
  objects: ReadonlySet<string>;
  /** Tables that the program's role could read past a policy; empty where row security is forced on all. */
  unguarded: readonly string[];
}

/** Schemas of PostgreSQL and of the libraries, which hold nothing of a 事務. */
const foreign = [
  "pg_catalog",
  "information_schema",
  "pg_toast",
  "drizzle",
  "pgboss",
  "meta",
  "public",
];

/**
 * Reads the catalogue. A trigger counts only while it is enabled, a policy only on a table whose row security is forced,
 * a constraint only once it is validated.
 */
export async function readLiveSchema(admin: Sql): Promise<LiveSchema> {
  const columns = await admin<{ name: string }[]>`
    select n.nspname || '.' || c.relname || '.' || a.attname as name
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped and n.nspname <> all(${foreign})`;
  const objects = await admin<{ name: string }[]>`
    select 'function ' || n.nspname || '.' || p.proname as name
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname <> all(${foreign})
    union all
    select 'policy ' || n.nspname || '.' || c.relname || ' ' || p.polname
      from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relrowsecurity and c.relforcerowsecurity
    union all
    select 'trigger ' || n.nspname || '.' || c.relname || ' ' || t.tgname
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgenabled in ('O', 'A')
    union all
    select 'constraint ' || n.nspname || '.' || c.relname || ' ' || k.conname
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.convalidated`;
  const unguarded = await admin<{ name: string }[]>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and n.nspname <> all(${foreign}) and not (c.relrowsecurity and c.relforcerowsecurity)
     order by 1`;
  return {
    columns: new Set(columns.map(({ name }) => name)),
    objects: new Set(objects.map(({ name }) => name)),
    unguarded: unguarded.map(({ name }) => name),
  };
}

/** Whether what enforces a promise stands; modules are files of the program, asked of `isFile`. */
export const stands = (
  { objects }: LiveSchema,
  enforcement: Enforcement,
  isFile: (path: string) => boolean,
): boolean =>
  enforcement.startsWith("module ")
    ? isFile(enforcement.slice("module ".length))
    : objects.has(enforcement);
