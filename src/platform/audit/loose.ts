import type { IdSet } from "./id-set.ts";
import type { Faults, Reader, Reading } from "./reading.ts";

const idsPerPage = 50_000;

/**
 * Looks for records that no seal names. What waits for its seal is none of them, nor what was sealed since.
 *
 * @param known numbers under a seal; those that wait are added
 * @returns how many wait
 */
export async function findStrays(
  reading: Reading,
  { known, lastSeal, faults }: { known: IdSet; lastSeal: bigint; faults: Faults },
): Promise<number> {
  let waiting = 0;
  for (let after = "-1"; ; ) {
    const ids = await reading((sql) => idsAfter(sql, after));
    if (ids.length === 0) break;
    after = ids.at(-1) ?? after;
    const loose = ids.filter((id) => !known.has(Number(id)));
    if (loose.length === 0) continue;
    const strays = new Set(await reading((sql) => straysAmong(sql, loose, lastSeal)));
    if (strays.size > 0)
      faults.add(
        `封印の外にある記録が ${strays.size} 件あります（番号 ${[...strays].slice(0, 5).join("、")}）`,
      );
    waiting += loose.length - strays.size;
    for (const id of loose) known.add(Number(id));
  }
  const [gone] = await reading(
    (sql) => sql<{ n: number }[]>`
      select count(*)::int as n from only audit.unsealed u
       where not exists (select from only audit.record r where r.id = u.record_id)`,
  );
  if (gone?.n) faults.add(`封印を待つ記録 ${gone.n} 件がありません`);
  return waiting;
}

/** In one line, which costs a tenth of as many rows. */
async function idsAfter(sql: Reader, after: string): Promise<string[]> {
  const [row] = await sql<{ ids: string | null }[]>`
    select string_agg(p.id::text, ',' order by p.id) as ids
      from (select r.id from only audit.record r where r.id > ${after} order by r.id limit ${idsPerPage}) p`;
  return row?.ids?.split(",") ?? [];
}

async function straysAmong(
  sql: Reader,
  ids: readonly string[],
  lastSeal: bigint,
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    with since as (select unnest(s.record_ids) as id from only audit.seal s where s.number > ${lastSeal.toString()})
    select l.id::text as id from unnest(${`{${ids.join(",")}}`}::bigint[]) l(id)
     where not exists (select from only audit.unsealed u where u.record_id = l.id)
       and not exists (select from since where since.id = l.id)`;
  return rows.map(({ id }) => id);
}
