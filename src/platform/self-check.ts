import type { Sql } from "postgres";
import { verifySchema } from "#db/migrate.ts";

/** The program would have more power over the data than it may, or the database is not what it was made for. */
export class NotFitToServe extends Error {}

/**
 * Run at every start: the program's role is no superuser, bypasses nothing, owns nothing and cannot
 * read the vault, and every table has its policy. Otherwise nothing is served.
 */
export async function selfCheck(sql: Sql): Promise<void> {
  await verifySchema(sql);
  const powers = await sql<{ power: string }[]>`select power from meta.powers_of_the_program`;
  const tables = await sql<{ name: string }[]>`select name from meta.tables_without_policy`;
  const faults = [
    ...powers.map(({ power }) => `the program's role ${power}`),
    ...tables.map(({ name }) => `table ${name} has no policy`),
  ];
  if (faults.length > 0) throw new NotFitToServe(`Not fit to serve: ${faults.join("; ")}.`);
}
