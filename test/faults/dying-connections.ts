import type { Sql } from "postgres";
import type { Database } from "#src/platform/database.ts";

/**
 * Ends backends of the program in the present database one after another, picked at random, as long as `goesOn`, which is
 * told how many were ended; gives their number.
 */
export async function killBackends(
  admin: Sql,
  { goesOn, everyMilliseconds }: { goesOn: (killed: number) => boolean; everyMilliseconds: number },
): Promise<number> {
  let killed = 0;
  while (goesOn(killed)) {
    const rows = await admin`
      select pg_terminate_backend(pid) from pg_stat_activity
       where usename = 'madoguchi_app' and datname = current_database()
       order by random() limit 1`;
    killed += rows.length;
    await new Promise((resolve) => setTimeout(resolve, everyMilliseconds));
  }
  return killed;
}

/** What writers were told; `slowest` in milliseconds. */
interface Written {
  confirmed: number[];
  refused: number;
  slowest: number;
}

/**
 * Several writers put numbers into `public.kept`, each in two statements of a transaction with a reader beside it, as
 * long as `goesOn`, which is told what they were told so far. All of that stands in the answer.
 */
export async function writeWhile(
  database: Database,
  { writers, goesOn }: { writers: number; goesOn: (soFar: Written) => boolean },
): Promise<Written> {
  const written: Written = { confirmed: [], refused: 0, slowest: 0 };
  let last = 0;
  const writer = async () => {
    while (goesOn(written)) {
      const n = ++last;
      const begun = Date.now();
      try {
        await database.transaction(async ({ sql }) => {
          await sql`insert into public.kept values (${n})`;
          await Promise.all([sql`select pg_sleep(0.005)`, sql`select count(*) from public.kept`]);
        });
        written.confirmed.push(n);
      } catch {
        written.refused++;
      }
      written.slowest = Math.max(written.slowest, Date.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return written;
}
