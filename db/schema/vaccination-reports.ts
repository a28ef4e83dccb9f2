import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgSchema,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { isFirstOfMonth, moment, oneOf } from "../columns.ts";

export const vaccinationReports = pgSchema("vaccination_reports");

/**
 * 締め of a month: what is counted of it, and what is corrected of the months before. Prepared by one person, closed by another;
 * what is closed keeps its figures. Written by 94-vaccination-reports.sql alone.
 */
export const reportClosing = vaccinationReports.table(
  "closing",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The first day of the month. */
    month: date().notNull(),
    state: text({ enum: ["prepared", "closed", "discarded"] }).notNull(),
    revision: integer().notNull().default(1),
    /** Of the month itself; of months closed before: told late or told otherwise, and taken back. */
    counted: integer().notNull().default(0),
    late: integer().notNull().default(0),
    taken: integer().notNull().default(0),
    preparedBy: integer("prepared_by").notNull(),
    /** When it was counted: what was recorded later belongs to the next one. */
    preparedAt: moment("prepared_at").notNull(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    uniqueIndex("closing_month").on(table.month).where(sql`state <> 'discarded'`),
    uniqueIndex("closing_one_prepared").on(table.state).where(sql`state = 'prepared'`),
    oneOf("closing_state", table.state),
    check("closing_first_of_month", isFirstOfMonth("month")),
    check("closing_decided", sql`(decided_by is null) = (state = 'prepared')`),
    check("closing_two_people", sql`state <> 'closed' or decided_by <> prepared_by`),
  ],
);

/** A cell of the cube of a closing. What is not known stands as `unknown`, 0 (dose) or -1 (age), so that cells can be compared. */
export const reportFigure = vaccinationReports.table(
  "figure",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    closingId: integer("closing_id")
      .notNull()
      .references(() => reportClosing.id),
    /** First days of the month of the shot and of that in which it was told. */
    givenMonth: date("given_month").notNull(),
    enteredMonth: date("entered_month").notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    /** Completed months of age on the day of the shot. */
    age: smallint().notNull(),
    sex: text().notNull(),
    route: text().notNull(),
    contract: text().notNull(),
    source: text().notNull(),
    outcome: text().notNull(),
    officeCode: text("office_code").notNull(),
    added: integer().notNull(),
    /** Counted by an earlier closing, and not so any more. */
    taken: integer().notNull(),
  },
  (table) => [
    index("figure_closing").on(table.closingId),
    check("figure_counts", sql`added >= 0 and taken >= 0 and added + taken > 0`),
  ],
);

/** Which record, or slip without a shot, stands behind a cell; no person. */
export const reportEntry = vaccinationReports.table(
  "entry",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    figureId: bigint("figure_id", { mode: "number" })
      .notNull()
      .references(() => reportFigure.id),
    sourceId: uuid("source_id").notNull(),
    /** The entry of an earlier closing that this one takes back. */
    takes: bigint({ mode: "number" }),
  },
  (table) => [
    index("entry_figure").on(table.figureId),
    index("entry_source").on(table.sourceId),
    uniqueIndex("entry_taken_once").on(table.takes),
  ],
);
