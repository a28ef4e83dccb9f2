import type { TransactionSql } from "postgres";
import { type SeenCase, seal } from "./case-sql.ts";

/**
 * Which of the events lead to which of the states by `cases.move` alone, each try undone. Tried by one statement: there
 * are thousands of them.
 */
export async function movesOf(
  sql: TransactionSql,
  { caseId, revision }: SeenCase,
  { events, states }: { events: readonly string[]; states: readonly string[] },
): Promise<string[]> {
  const [found] = await sql<{ person: string; program: string }[]>`
    select person_number as person, program from cases.case where id = ${caseId}`;
  const comment =
    found &&
    (await sql
      .savepoint((inner) => seal(inner, { caseId, kind: "comment", ...found }))
      .catch(() => undefined));
  const list = (values: readonly string[]) => `'{${values.join(",")}}'::text[]`;
  await sql.unsafe(`do $$
    declare one text; goal text; done text[] := '{}';
    begin
      foreach one in array ${list(events)} loop
        foreach goal in array ${list(states)} loop
          begin
            perform cases.move('${caseId}', ${revision}, one, goal, 'matrix', ${comment ? `'${comment}'` : "null"}, '2026-12-31');
            raise exception 'undone' using errcode = 'UNDON';
          exception
            when sqlstate 'UNDON' then done := done || (one || ' > ' || goal);
            when sqlstate 'MD011' or sqlstate 'MD012' or sqlstate 'MD016' or sqlstate 'MD017' or insufficient_privilege then null;
          end;
        end loop;
      end loop;
      perform set_config('app.done', array_to_string(done, ','), true);
    end $$`);
  const [row] = await sql<{ done: string }[]>`select current_setting('app.done') as done`;
  return row?.done ? row.done.split(",").toSorted() : [];
}
