import { index, integer, pgSchema, text, uuid } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";

export const jobs = pgSchema("jobs");

/**
 * Work done in the background: what, for whom, how it went. The queue (pg-boss, schema `pgboss`)
 * carries the id of this row and nothing else.
 */
export const task = jobs.table(
  "task",
  {
    id: uuid().primaryKey().defaultRandom(),
    queue: text().notNull(),
    program: text().notNull(),
    /** What it works on, such as the id of a mailing run. */
    subjectId: uuid("subject_id").notNull(),
    /** Stands as the reason in the access log, such as 「一括発送 M000012 の抽出」. */
    reason: text().notNull(),
    requestedBy: integer("requested_by").notNull(),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    attempts: integer().notNull().default(0),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
    /** Why the last attempt failed; holds no personal data. */
    error: text(),
  },
  (table) => [index("task_subject").on(table.subjectId)],
);
