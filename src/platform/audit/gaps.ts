import { IdSet } from "./id-set.ts";
import type { Reader, Reading } from "./reading.ts";

/** Numbers that were taken and stand nowhere: what was recorded there was undone. */
export interface Gap {
  from: number;
  to: number;
  /** Time of the record before it; null at the very beginning. */
  after: string | null;
  /** Who else was working around it. */
  staff: string[];
}

export interface Gaps {
  /** Numbers of which the program said that the work was undone. */
  undone: number;
  /** Numbers of which nobody said anything. */
  unexplained: number;
  /** The first of those without a word. */
  first: Gap[];
}

const most = 50;

/**
 * Looks for record numbers that are missing. A number that was taken never comes back: a look that was undone leaves its
 * gap. What the program undid itself it has said.
 *
 * @param known all records that are there
 * @param from the first number of which the release keeps account
 */
export async function findGaps(reading: Reading, known: IdSet, from: number): Promise<Gaps> {
  const to = await reading(settled);
  const told = await reading(undoneNumbers);
  const gaps: Gaps = { undone: 0, unexplained: 0, first: [] };
  for (const range of known.missing(from, to)) {
    const untold: number[] = [];
    for (let id = range.from; id <= range.to; id++)
      if (told.has(id)) gaps.undone += 1;
      else untold.push(id);
    const [first, last] = [untold[0], untold.at(-1)];
    if (first === undefined || last === undefined) continue;
    gaps.unexplained += untold.length;
    if (gaps.first.length < most) gaps.first.push(await reading((sql) => around(sql, first, last)));
  }
  return gaps;
}

/** The last number that no open transaction can still bring; the newest one where none is open. */
async function settled(sql: Reader): Promise<number> {
  const [last] = await sql<
    { n: string }[]
  >`select s.last_value::text as n from audit.record_id_seq s`;
  const [open] = await sql<{ n: string | null; since: string | null }[]>`
    with open as (select min(a.xact_start) as since from pg_catalog.pg_stat_activity a
                   where a.backend_xid is not null and a.pid <> pg_catalog.pg_backend_pid()
                     and a.datname = pg_catalog.current_database())
    select o.since::text, (select max(r.id)::text from audit.record r where r.at < o.since) as n from open o`;
  return Number((open?.since ? open.n : last?.n) ?? 0);
}

async function undoneNumbers(sql: Reader): Promise<IdSet> {
  const told = new IdSet();
  const rows = await sql<{ from: string; to: string }[]>`
    select r.detail ->> 'from' as "from", r.detail ->> 'to' as "to" from only audit.record r
     where r.kind = 'log' and r.action = 'work.undone'`;
  for (const { from, to } of rows) for (let id = Number(from); id <= Number(to); id++) told.add(id);
  return told;
}

async function around(sql: Reader, from: number, to: number): Promise<Gap> {
  const [before] = await sql<{ at: string }[]>`
    select r.at::text from only audit.record r where r.id < ${from} order by r.id desc limit 1`;
  const staff = await sql<{ name: string }[]>`
    select distinct r.staff_name as name from only audit.record r
     where r.id between ${from - 20} and ${to + 20} and r.staff_name is not null order by 1 limit 20`;
  const after = before ? new Date(before.at).toISOString() : null;
  return { from, to, after, staff: staff.map(({ name }) => name) };
}
