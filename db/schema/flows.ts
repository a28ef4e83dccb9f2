import { boolean, integer, pgSchema, primaryKey, text } from "drizzle-orm/pg-core";

export const flows = pgSchema("flows");

/**
 * The ways from state to state of every released machine that is no case: runs and pieces of mailings, files taken in.
 * Written by the administrator at start; rows move along them and no other way.
 */
export const flowWay = flows.table(
  "way",
  {
    kind: text().notNull(),
    version: integer().notNull(),
    fromState: text("from_state").notNull(),
    event: text().notNull(),
    toState: text("to_state").notNull(),
    /** One of them is needed. */
    rights: text().array().notNull(),
    commentRequired: boolean("comment_required").notNull(),
    /** Names of the checks of the way. */
    checks: text().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.version, table.fromState, table.event] })],
);
