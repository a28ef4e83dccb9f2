import { randomInt } from "node:crypto";
import type { Sql } from "postgres";
import { writePeople as writePeopleOf } from "#src/platform/people/index.ts";
import type { Platform } from "#src/platform/platform.ts";
import type { Work } from "#src/platform/work.ts";

type People = Parameters<typeof writePeopleOf>[2];

const administrators = new WeakMap<Platform["database"], Sql>();

/** Lets people enter a test database without a file: see {@link writePeople}. */
export const knowAdministrator = ({ database }: Pick<Platform, "database">, admin: Sql) =>
  administrators.set(database, admin);

/**
 * Writes people as a file of residents would that two others took in and approved: the administrator arranges the file,
 * which is gone afterwards. For tests that are not about files.
 *
 * @returns 統合宛名番号 in the order given
 */
export async function writePeople(work: Work, people: People): Promise<string[]> {
  const admin = administrators.get(work.platform.database);
  if (!admin) throw new Error("no administrator is known of this database");
  const importId = await fileInCommit(
    admin,
    people.map(({ personNumber }) => personNumber ?? null),
  );
  try {
    return await writePeopleOf(work, { importId, lot: 1 }, people);
  } finally {
    await admin`delete from feeds.row where import_id = ${importId}`;
    await admin`delete from feeds.lot where import_id = ${importId}`;
    await admin`delete from feeds.import where id = ${importId}`;
  }
}

/** A file of residents that is being committed, with a row for each of some people: `null` for somebody new. */
export async function fileInCommit(
  admin: Sql,
  people: readonly (string | null)[],
): Promise<string> {
  const [made] = await admin<{ id: string }[]>`
    insert into feeds.import (kind, layout, file_name, file_date, extent, sequence, digest, state, prepared_by, reviewed_at, committed_by, row_count, lot_count)
    values ('residents', 'standard', 'arranged.csv', '2026-04-01', 'diff', ${randomInt(1, 2 ** 31)}, gen_random_uuid()::text, 'committing', -1, now(), -2, ${people.length}, 1)
    returning id`;
  const importId = made?.id ?? "";
  await admin`insert into feeds.lot (import_id, number, first_row, row_count, sealed_id, reviewed_at)
    values (${importId}, 1, 1, ${Math.max(1, people.length)}, gen_random_uuid(), now())`;
  await admin`insert into feeds.row (import_id, row, lot, subject, verdict, person_number)
    select ${importId}, n, 1, n, case when p is null then 'new' else 'changed' end, p
      from unnest(${[...people]}::text[]) with ordinality x(p, n)`;
  return importId;
}
