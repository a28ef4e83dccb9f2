import type { TransactionSql } from "postgres";
import { type SeenCase, seal } from "./case-sql.ts";

/**
 * Which of the ways, each an event and a state, `cases.move` alone goes, each try undone. Tried by one statement: there are
 * thousands of them.
 */
export async function movesOf(
  sql: TransactionSql,
  { caseId, revision }: SeenCase,
  ways: readonly { event: string; to: string }[],
): Promise<string[]> {
  const [found] = await sql<{ person: string; program: string }[]>`
    select person_number as person, program from cases.case where id = ${caseId}`;
  const comment =
    found &&
    (await sql
      .savepoint((inner) => seal(inner, { caseId, kind: "comment", ...found }))
      .catch(() => undefined));
  const tried = [...new Set(ways.map(({ event, to }) => `('${event}', '${to}')`))].join(", ");
  await sql.unsafe(`do $$
    declare one text; goal text; done text[] := '{}';
    begin
      for one, goal in select * from (values ${tried}) as way loop
        begin
          perform cases.move('${caseId}', ${revision}, one, goal, 'matrix', ${comment ? `'${comment}'` : "null"}, '2026-12-31');
          raise exception 'undone' using errcode = 'UNDON';
        exception
          when sqlstate 'UNDON' then done := done || (one || ' > ' || goal);
          when sqlstate 'MD011' or sqlstate 'MD012' or sqlstate 'MD016' or sqlstate 'MD017' or insufficient_privilege then null;
        end;
      end loop;
      perform set_config('app.done', array_to_string(done, ','), true);
    end $$`);
  const [row] = await sql<{ done: string }[]>`select current_setting('app.done') as done`;
  return row?.done ? row.done.split(",").toSorted() : [];
}
