import type { TestPlatform, TestStaff } from "./database.ts";

/**
 * A finding as the analysis would have left it: looks by night of somebody at some people on a day, in the log and found.
 *
 * @returns its number
 */
export async function findingOf(
  city: TestPlatform,
  who: TestStaff,
  { people, day = "2026-11-18" }: { people: readonly string[]; day?: string },
): Promise<number> {
  const { staffId } = await city.actor(who);
  const [row] = await city.admin<{ id: number }[]>`
    with looks as (
      insert into audit.record (at, business_date, kind, action, staff_id, purpose, person_number, items)
      select (${day} || 'T23:10:00+09:00')::timestamptz + make_interval(mins => n::integer), ${day}::date, 'look', 'person.look',
             ${staffId}, 'counter', p, '{name,address}' from unnest(${people}::text[]) with ordinality x(p, n)
      returning id),
    made as (
      insert into oversight.finding (kind, day, staff_id, records, people)
      values ('night', ${day}, ${staffId}, ${people.length}, ${new Set(people).size}) returning id),
    kept as (
      insert into oversight.finding_record (kind, record_id, finding_id) select 'night', looks.id, made.id from looks, made)
    select id from made`;
  return row?.id ?? 0;
}
