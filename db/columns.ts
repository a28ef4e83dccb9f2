import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, check, customType, timestamp } from "drizzle-orm/pg-core";

/** Bytes: ciphertext, hashes, keys. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** An instant, with time zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** An amount of money. */
export const yen = (name: string) => bigint(name, { mode: "number" });

/** Condition of a check: the text of a column is a month, `2026-11`. */
export const isMonth = (column: string) => sql.raw(`${column} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`);

/** Condition of a check: the date of a column stands for its month. */
export const isFirstOfMonth = (column: string) => sql.raw(`extract(day from ${column}) = 1`);

/** Holds a `text({ enum })` column to its values in the database too; drizzle by itself leaves that to TypeScript. */
export function oneOf(name: string, column: AnyPgColumn) {
  // What a table's constraints are given of a column has its values in its configuration alone.
  const { config } = column as unknown as { config: { enumValues?: readonly string[] } };
  if (!config.enumValues) throw new Error(`${name} has no list of values.`);
  const values = config.enumValues.map((value) => `'${value}'`).join(", ");
  return check(name, sql.raw(`${column.name} in (${values})`));
}
