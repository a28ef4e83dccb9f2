import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";

export const approvals = pgSchema("approvals");

/** What somebody entered: provisional until somebody else confirms it (ACQ-2). A correction is a new row. */
export const entry = approvals.table(
  "entry",
  {
    id: uuid().primaryKey().defaultRandom(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Whose part of the application it is; sealed with that person's key. */
    personNumber: text("person_number").notNull(),
    /** The case's revision that this entry made; the parts of one form share it. */
    revision: integer().notNull(),
    /** Sealed record in the vault with what was entered. */
    sealedId: uuid("sealed_id").notNull(),
    enteredBy: integer("entered_by").notNull().default(0),
    enteredAt: moment("entered_at").notNull().defaultNow(),
    confirmedBy: integer("confirmed_by"),
    confirmedAt: moment("confirmed_at"),
  },
  (table) => [
    uniqueIndex("entry_person").on(table.caseId, table.revision, table.personNumber),
    check("entry_two_people", sql`confirmed_by <> entered_by`),
    check("entry_confirmation_whole", sql`(confirmed_by is null) = (confirmed_at is null)`),
  ],
);

/** A proposal (起案) and the decision on it (決裁): two people, and the revision that was seen. */
export const approval = approvals.table(
  "approval",
  {
    id: uuid().primaryKey().defaultRandom(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    subject: text().notNull(),
    /** Of the proposal's own event. */
    preparedRevision: integer("prepared_revision").notNull(),
    preparedBy: integer("prepared_by").notNull().default(0),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    /** Who entered what the proposal rests on; set by the database, null where nothing was entered. */
    enteredBy: integer("entered_by"),
    /** What it would grant stands in `entitlements.proposed_period`; not of proposals made before that was kept. */
    statesPeriods: boolean("states_periods").notNull().default(true),
    decision: text({ enum: ["approved", "remanded", "retracted"] }),
    /** The revision of the case that the person who decided had on the screen. */
    seenRevision: integer("seen_revision"),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    index("approval_case").on(table.caseId, table.preparedRevision),
    oneOf("approval_decision", table.decision),
    uniqueIndex("approval_one_open").on(table.caseId).where(sql`decision is null`),
    check("approval_two_people", sql`decision = 'retracted' or prepared_by <> decided_by`),
    check(
      "approval_not_by_enterer",
      sql`decision <> 'approved' or entered_by is null or entered_by <> decided_by`,
    ),
    check(
      "approval_decision_whole",
      sql`num_nulls(decision, seen_revision, decided_by, decided_at) in (0, 4)`,
    ),
  ],
);
