import type { Sql } from "postgres";

/** A case that nobody opened, arranged by the administrator: for what is sealed with one. Gives its id. */
export async function bareCase(admin: Sql, person: string, office = "431010"): Promise<string> {
  const [made] = await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    return sql<{ id: string }[]>`
      insert into cases.case (number, program, kind, machine_version, person_number, office_code, state, received_on, opened_by, opening_key)
      select 'R8-999' || lpad((count(*) + 1)::text, 3, '0'), 'child-medical', 'child-medical', 1, ${person}, ${office}, 'received',
             '2026-11-20', (select min(id) from access.staff), 'bare ' || count(*) + 1 from cases.case
      returning id`;
  });
  return made?.id ?? "";
}
