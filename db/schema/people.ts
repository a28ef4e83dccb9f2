import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";

export const people = pgSchema("people");

/**
 * Whose data of another office a 事務 needs (ACQ-5), for which case, and until when. Feeds of the kind take
 * nobody else, and nobody else's data can be looked at. Written by functions of the database alone.
 */
export const needed = people.table(
  "needed",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    program: text().notNull(),
    /** Kind of the feed: `tax`, `welfare`. */
    kind: text().notNull(),
    /** The case for which they are needed; none where the office itself needs them by schedule. */
    caseId: uuid("case_id"),
    since: date().notNull(),
    announcedBy: integer("announced_by").notNull(),
    announcedAt: moment("announced_at").notNull().defaultNow(),
    endedOn: date("ended_on"),
    endedBy: integer("ended_by"),
  },
  (table) => [
    uniqueIndex("needed_once")
      .on(table.personNumber, table.program, table.kind, sql`coalesce(case_id::text, '')`)
      .where(sql`ended_on is null`),
    index("needed_kind").on(table.kind, table.personNumber),
    check("needed_person_number", sql`person_number ~ '^[0-9]{10}$'`),
    check("needed_ended_by_somebody", sql`(ended_on is null) = (ended_by is null)`),
  ],
);

/** Whom the office that sends a feed was last told to send: a 照会対象者リスト tells what changed since. */
export const requested = people.table(
  "requested",
  {
    personNumber: text("person_number").notNull(),
    kind: text().notNull(),
    since: date().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.personNumber] })],
);
