import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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

/**
 * The states of every released machine, as `statesOf` reads them off it. Written by the administrator at
 * start; a released version is never changed.
 */
export const machineState = cases.table(
  "machine_state",
  {
    kind: text().notNull(),
    version: integer().notNull(),
    state: text().notNull(),
    /** Place in the order of the machine, from 0; a case begins in the first. */
    position: integer().notNull(),
    title: text().notNull(),
    /** What waits there, such as 審査待ち, and who may do it; null where nothing does. */
    waitsTitle: text("waits_title"),
    waitsRight: text("waits_right"),
    tone: text().notNull(),
    /** Counts as under way: no second case of the kind is opened beside it. */
    open: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.version, table.state] })],
);

/** The ways from state to state of every released machine: a case moves along them and no other way. */
export const machineTransition = cases.table(
  "machine_transition",
  {
    kind: text().notNull(),
    version: integer().notNull(),
    fromState: text("from_state").notNull(),
    event: text().notNull(),
    /** Ways of one event, in the order in which the machine tries them. */
    way: integer().notNull(),
    toState: text("to_state").notNull(),
    /** One of them is needed. */
    rights: text().array().notNull(),
    commentRequired: boolean("comment_required").notNull(),
    /** Fired by the clock, never by a person. */
    scheduled: boolean().notNull(),
    /** What the step does to the tables that all cases share, such as `enter` or `approve`. */
    act: text(),
    /** What is proposed by the act `propose`. */
    subject: text(),
    /** Names of the checks of the way. */
    checks: text().array().notNull(),
    /** What the step leaves to be done, in order; see `WayEffect` of workflows/cases/table.ts. */
    effects: jsonb().notNull().default([]),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.version, table.fromState, table.event, table.way] }),
  ],
);

/** How many days ahead the limit dates of a kind of case may lie, from a day on; written by the administrator at start. */
export const limitDays = cases.table(
  "limit_days",
  {
    kind: text().notNull(),
    validFrom: date("valid_from").notNull(),
    longestDays: integer("longest_days").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.validFrom] })],
);

/** A case (申請・届出): where it stands. Written by `cases.open` and `cases.move` alone. */
export const caseRow = cases.table(
  "case",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number, such as `R8-001234`. */
    number: text().notNull().unique(),
    program: text().notNull(),
    /** Kind and version of the machine that the case keeps for its life, such as `child-medical/application`. */
    kind: text().notNull(),
    machineVersion: integer("machine_version").notNull(),
    /** Who applies or is applied for; the other persons of the case are its members. */
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    state: text().notNull(),
    stateSince: moment("state_since").notNull().defaultNow(),
    revision: integer().notNull().default(1),
    receivedOn: date("received_on").notNull(),
    openedBy: integer("opened_by").notNull(),
    /** 担当: who sees to the case; null where nobody has it yet. Set by `cases.assign` alone. */
    assignedTo: integer("assigned_to"),
    /** So that a form sent twice opens one case; of whoever sent it, so that nobody takes a key before another. */
    openingKey: text("opening_key").notNull(),
  },
  (table) => [
    uniqueIndex("case_opening").on(table.openedBy, table.openingKey),
    index("case_state").on(table.kind, table.state),
    index("case_person").on(table.personNumber),
    index("case_received").on(table.receivedOn, table.number),
    index("case_assigned").on(table.assignedTo).where(sql`assigned_to is not null`),
  ],
);

/** Who got a case into their hands, and from whom; insert only, by `cases.assign`. Beside the events: it moves nothing. */
export const assignment = cases.table(
  "assignment",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Who had it before; null where nobody did. */
    fromStaff: integer("from_staff"),
    /** Who has it now; null where it was taken from somebody and given to nobody. */
    toStaff: integer("to_staff"),
    assignedBy: integer("assigned_by").notNull(),
    at: moment("at").notNull(),
  },
  (table) => [index("assignment_case").on(table.caseId)],
);

/** The persons of a case (世帯の申請), each with a role; who was taken out by a correction stays with the revision of it. */
export const member = cases.table(
  "member",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    personNumber: text("person_number").notNull(),
    /** `applicant`, `beneficiary`, `spouse`, `supporter` (扶養義務者), `subject` of a report. */
    role: text().notNull(),
    fromRevision: integer("from_revision").notNull(),
    /** The revision by which the person left the case; null while they belong to it. */
    toRevision: integer("to_revision"),
  },
  (table) => [index("member_case").on(table.caseId), index("member_person").on(table.personNumber)],
);

/** What happened to a case; insert only. The staff member and the moment are set by the database. */
export const event = cases.table(
  "event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    revision: integer().notNull(),
    type: text().notNull(),
    /** See {@link machineTransition}; `open` for the first event. */
    act: text(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull().default(0),
    /** The moment on the business date. */
    at: moment("at").notNull().defaultNow(),
    /** Start of the transaction that wrote it: what belongs to the step is written in no other. */
    recordedAt: moment("recorded_at").notNull().defaultNow(),
    businessDate: date("business_date").notNull(),
    idempotencyKey: text("idempotency_key").notNull(),
    /** Sealed record with the comment; what people write stays in the vault. */
    commentId: uuid("comment_id"),
    /** Codes, ids and dates of what was done. */
    detail: jsonb().notNull().default({}),
  },
  (table) => [
    uniqueIndex("event_revision").on(table.caseId, table.revision),
    uniqueIndex("event_idempotency").on(table.staffId, table.caseId, table.idempotencyKey),
    index("event_approved").on(table.businessDate).where(sql`act = 'approve'`),
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
    /** Who found that it had lost its cause before it was done; it fell away then. */
    lapsedBy: integer("lapsed_by"),
  },
  (table) => [
    index("effect_case").on(table.caseId),
    index("effect_open").on(table.id).where(sql`done_at is null`),
  ],
);

/** A date on which an event is fired by the clock. */
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
  (table) => [
    index("deadline_due").on(table.dueOn).where(sql`closed_at is null`),
    index("deadline_case").on(table.caseId),
  ],
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
