import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgSchema,
  primaryKey,
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

/**
 * Many proposals decided at once (一括決裁) by one person: chosen, looked through one by one, then confirmed and decided
 * each by a full step of its own. Written by the functions `approvals.*_bulk` alone.
 */
export const bulk = approvals.table("bulk", {
  id: uuid().primaryKey().defaultRandom(),
  program: text().notNull(),
  kind: text().notNull(),
  /** What all of them propose; see {@link approval}. */
  subject: text().notNull(),
  startedBy: integer("started_by").notNull(),
  startedAt: moment("started_at").notNull(),
  /** Form and setting of the letter that was looked at, as `paperMark` writes them; set when it is confirmed. */
  paper: text(),
  confirmedAt: moment("confirmed_at"),
});

/** One case of a {@link bulk}: what the look through found, and what became of it. */
export const bulkItem = approvals.table(
  "bulk_item",
  {
    bulkId: uuid("bulk_id")
      .notNull()
      .references(() => bulk.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    position: integer().notNull(),
    /** The revision of the case that was looked at; null before. */
    revision: integer(),
    /** What the decision will do, in dates and codes: never anything of a person. */
    summary: text(),
    /** Why the case has to be decided on its own; such a case is left out. */
    exception: text(),
    outcome: text({ enum: ["done", "refused", "conflict", "failed"] }),
    /** Why it was not decided; holds no personal data. */
    reason: text(),
    settledAt: moment("settled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.bulkId, table.caseId] }),
    index("bulk_item_case").on(table.caseId),
    oneOf("bulk_item_outcome", table.outcome),
    check("bulk_item_settled_whole", sql`(outcome is null) = (settled_at is null)`),
  ],
);
