import type { ISql } from "postgres";

/** A connection or a transaction of the administrator. */
export type Admin = ISql<Record<never, never>>;

/** A table as a backup takes it: its columns, without the one that holds a wrapped key. */
export interface BackupTable {
  /** `cases."case"`, quoted where that is needed. */
  name: string;
  /** Quoted. */
  columns: string[];
}

/** A table in which wrapped keys stand: they go into the copy of the keys and into no backup. */
export interface KeyPlace {
  place: "holder" | "individual-number" | "draft" | "mailing" | "one-time-code";
  table: string;
  id: string;
  key: string;
  /** Whether a row without a key stays. */
  optional?: boolean;
}

export const keyPlaces: readonly KeyPlace[] = [
  { place: "holder", table: "vault.holder_key", id: "holder", key: "wrapped_key" },
  {
    place: "individual-number",
    table: "vault.individual_number",
    id: "person_number",
    key: "wrapped_key",
  },
  { place: "draft", table: "vault.draft", id: "id", key: "wrapped_key" },
  { place: "mailing", table: "mailings.batch_run", id: "id", key: "working_key", optional: true },
  { place: "one-time-code", table: "access.credential", id: "staff_id", key: "totp_sealed" },
];

export const keyPlaceOf = (table: string): KeyPlace | undefined =>
  keyPlaces.find((place) => place.table === table);

/** The queue holds nothing that is kept; what says which version a database is of comes with its version. */
const notTaken = [
  "pg_catalog",
  "information_schema",
  "pg_toast",
  "pgboss",
  "drizzle",
  "meta.applied_sql",
  "meta.granted_by_version",
];

/** Every table of ours, those that others refer to first. */
export async function backupTables(sql: Admin): Promise<BackupTable[]> {
  const tables = await sql<{ name: string; columns: string[] }[]>`
    select format('%I.%I', n.nspname, c.relname) as name,
           (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
             where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence = 'p' and not n.nspname = any(${notTaken})
       and not n.nspname || '.' || c.relname = any(${notTaken}) and n.nspname not like 'pg_%' order by 1`;
  const references = await sql<{ from: string; to: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as from, format('%I.%I', m.nspname, d.relname) as to
      from pg_constraint f
      join pg_class c on c.oid = f.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class d on d.oid = f.confrelid join pg_namespace m on m.oid = d.relnamespace
     where f.contype = 'f' and f.conrelid <> f.confrelid`;
  const left = new Map(
    tables.map(({ name, columns }) => {
      const key = keyPlaceOf(name)?.key;
      return [name, { name, columns: columns.filter((column) => column !== key) }];
    }),
  );
  const inOrder: BackupTable[] = [];
  while (left.size > 0) {
    const free = [...left.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && left.has(to)),
    );
    if (free.length === 0) throw new Error("tables refer to each other in a circle");
    for (const table of free) {
      inOrder.push(table);
      left.delete(table.name);
    }
  }
  return inOrder;
}

/** How many rows a table has, and a hash of them all, in whatever order they lie. */
export async function contentOf(
  sql: Admin,
  { name, columns }: BackupTable,
): Promise<{ rows: number; content: string }> {
  const [found] = await sql.unsafe<{ rows: string; content: string }[]>(`
    select count(*) as rows, coalesce(sum(hashtextextended(row(${columns.join(", ")})::text, 0)::numeric), 0)::text as content
      from ${name}`);
  return { rows: Number(found?.rows), content: found?.content ?? "" };
}

/** The rows of a table as COPY sends them. */
export async function* copyOut(
  sql: Admin,
  { name, columns }: BackupTable,
): AsyncGenerator<Uint8Array> {
  const rows = await sql
    .unsafe(`copy (select ${columns.join(", ")} from ${name}) to stdout`)
    .readable();
  yield* rows;
  // The driver pauses the connection when rows come faster than they are taken, and leaves it so where the last of them came
  // together with the end (postgres.js 3.4.9): to read once more resumes it.
  rows._read(0);
}

/** Values are written the same way on both sides. */
export const plainValues = (sql: Admin) =>
  sql.unsafe(
    "set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local bytea_output = 'hex'; set local extra_float_digits = 1; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0",
  );
