/*
 * What the program's role may do to the database beyond reading, and why: reviewed one by one. The start refuses when it
 * writes more tables or was granted anything since (src/platform/self-check.ts); a test holds the whole list. Whoever grants
 * something adds it here with its reason. The queue (pgboss) has a list of its own in db/sql/99-self-check.sql.
 */

import { functionGrants } from "./functions.ts";
import { tableGrants } from "./tables.ts";

export { functionGrants, tableGrants };

/** One line for each, as `meta.grants_of_the_program` says it. */
export const reviewedGrants: ReadonlySet<string> = new Set([
  ...Object.entries(tableGrants).flatMap(([table, { may }]) => may.map((one) => `${one} ${table}`)),
  ...Object.entries(functionGrants).flatMap(([schema, { may }]) =>
    may.map((name) => `EXECUTE ${schema}.${name}`),
  ),
]);
