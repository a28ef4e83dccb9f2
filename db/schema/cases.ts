import {
  bigint,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";

export const cases = pgSchema("cases");

/** A case (申請・届出): where it stands. Moves only together with a row of `event`; a trigger sees to it. */
export const caseRow = cases.table(
  "case",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number, such as `R8-001234`. */
    number: text().notNull().unique(),
    program: text().notNull(),
    /** Kind and version of the machine that the case keeps for its life. */
    kind: text().notNull(),
    machineVersion: integer("machine_version").notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    state: text().notNull(),
    stateSince: moment("state_since").notNull().defaultNow(),
    revision: integer().notNull().default(1),
    receivedOn: date("received_on").notNull(),
    openedBy: integer("opened_by").notNull(),
    /** So that a form sent twice opens one case. */
    openingKey: text("opening_key").notNull().unique(),
  },
  (table) => [
    index("case_state").on(table.program, table.kind, table.state),
    index("case_person").on(table.personNumber),
  ],
);

/** What happened to a case; insert only. The staff member is set by the database from the session. */
export const event = cases.table(
  "event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    revision: integer().notNull(),
    type: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull().default(0),
    at: moment("at").notNull().defaultNow(),
    businessDate: date("business_date").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    /** Sealed record with the comment; what people write stays in the vault. */
    commentId: uuid("comment_id"),
    /** Codes, ids and dates of what was done. */
    detail: jsonb().notNull().default({}),
  },
  (table) => [
    uniqueIndex("event_revision").on(table.caseId, table.revision),
    uniqueIndex("event_idempotency").on(table.caseId, table.idempotencyKey),
  ],
);

/** What is to be done because a case moved (outbox), once. */
export const effect = cases.table(
  "effect",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    revision: integer().notNull(),
    type: text().notNull(),
    params: jsonb().$type<Record<string, string | number | null>>().notNull(),
    doneAt: moment("done_at"),
    attempts: integer().notNull().default(0),
    /** Code of the last failure; never its text. */
    failure: text(),
  },
  (table) => [index("effect_case").on(table.caseId)],
);

/** A date on which an event is fired through the same door. */
export const deadline = cases.table(
  "deadline",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    kind: text().notNull(),
    dueOn: date("due_on").notNull(),
    event: text().notNull(),
    closedAt: moment("closed_at"),
  },
  (table) => [index("deadline_due").on(table.dueOn), index("deadline_case").on(table.caseId)],
);

/** Running numbers without gaps: cases, documents, recipients; by fiscal year, 0 where years don't count. */
export const counter = cases.table(
  "counter",
  {
    series: text().notNull(),
    fiscalYear: integer("fiscal_year").notNull(),
    last: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.series, table.fiscalYear] })],
);
