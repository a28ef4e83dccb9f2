import { customType, timestamp } from "drizzle-orm/pg-core";

/** Bytes: ciphertext, hashes, keys. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** An instant, with time zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
