import { notFound } from "../problem.ts";
import type { Work } from "../work.ts";

/**
 * The key of somebody who has one, for what is sealed beside the records of the vault.
 *
 * @param missing said where there is none, or they are out of reach
 * @throws Problem 404
 */
export async function keyOfPerson(
  work: Work,
  personNumber: string,
  missing = "住民が見つかりません。",
): Promise<Buffer> {
  const [row] = await work.sql<{ wrapped_key: Buffer }[]>`
    select wrapped_key from vault.keys_of(${[personNumber]}::text[])`;
  if (!row) throw notFound(missing);
  return work.platform.keys.unwrap(row.wrapped_key);
}
