import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { staff } from "./access.ts";
import { contractor } from "./mailings.ts";

export const oversight = pgSchema("oversight");

/** Limits of the nightly analysis, dated; filled from `workflows/oversight/limits.ts` at each migration. */
export const limit = oversight.table(
  "limit",
  {
    name: text().notNull(),
    validFrom: date("valid_from").notNull(),
    value: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.validFrom] })],
);

/** 統合宛名番号 of a member of staff, as declared (本人の届出): what own household and colleagues are told by. */
export const ownNumber = oversight.table("own_number", {
  staffId: integer("staff_id")
    .primaryKey()
    .references(() => staff.id),
  personNumber: text("person_number").notNull(),
  enteredBy: integer("entered_by")
    .notNull()
    .references(() => staff.id),
  enteredAt: moment("entered_at").notNull().defaultNow(),
});

/** Days of the log that were analysed (USE-7), each once. */
export const analysedDay = oversight.table("analysed_day", {
  day: date().primaryKey(),
  /** Saturday, Sunday, holiday or the days around the new year. */
  dayOff: boolean("day_off").notNull(),
  /** Looks that were gone through. */
  looks: integer().notNull(),
  findings: integer().notNull(),
  analysedAt: moment("analysed_at").notNull().defaultNow(),
});

export const findingKinds = [
  "bulk",
  "night",
  "own-household",
  "same-surname",
  "colleague",
  "without-case",
  "protected",
] as const;

/** What the analysis found of one person on one day; written by the functions of `oversight` alone. */
export const finding = oversight.table(
  "finding",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    kind: text({ enum: findingKinds }).notNull(),
    day: date().notNull(),
    /** Whose looks they are. */
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    /** Who was looked at, where the finding is about one person. */
    personNumber: text("person_number"),
    /** How many records, of how many people. */
    records: integer().notNull(),
    people: integer().notNull(),
    state: text({ enum: ["open", "asked", "explained", "justified", "incident"] })
      .notNull()
      .default("open"),
    /** Who was asked to explain it last. */
    askedOf: integer("asked_of").references(() => staff.id),
    stateSince: moment("state_since").notNull().defaultNow(),
  },
  (table) => [
    index("finding_state").on(table.state, table.day),
    index("finding_asked_of").on(table.askedOf).where(sql`state = 'asked'`),
    oneOf("finding_kind", table.kind),
    oneOf("finding_state_known", table.state),
  ],
);

/** The records that a finding rests on. One record is never found twice for the same. */
export const findingRecord = oversight.table(
  "finding_record",
  {
    kind: text({ enum: findingKinds }).notNull(),
    recordId: bigint("record_id", { mode: "bigint" }).notNull(),
    findingId: integer("finding_id")
      .notNull()
      .references(() => finding.id),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.recordId] }),
    index("finding_record_finding").on(table.findingId, table.recordId),
  ],
);

/** Who did what with a finding; what was said stands sealed in the vault. Insert only. */
export const findingStep = oversight.table(
  "finding_step",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    findingId: integer("finding_id")
      .notNull()
      .references(() => finding.id),
    event: text({ enum: ["ask", "explain", "justify", "incident"] }).notNull(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    /** Who was asked. */
    askedOf: integer("asked_of").references(() => staff.id),
    statementId: uuid("statement_id"),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [
    index("finding_step_finding").on(table.findingId),
    oneOf("finding_step_event", table.event),
    check("finding_step_asked", sql`(event = 'ask') = (asked_of is not null)`),
    check("finding_step_said", sql`event = 'ask' or statement_id is not null`),
  ],
);

/** A case of 漏えい等 (AUD-3): where it stands and by when its reports are due. Written by the functions of `oversight` alone. */
export const incident = oversight.table(
  "incident",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** 知った日: the reports are counted from it. */
    knownOn: date("known_on").notNull(),
    kind: text({ enum: ["leak", "loss", "damage", "suspected"] }).notNull(),
    /** Perhaps done with a wrongful purpose (不正の目的): the final report has sixty days. */
    malicious: boolean().notNull(),
    /** Holds 個人番号: 番号法第29条の4 beside 個人情報保護法第68条. */
    withNumber: boolean("with_number").notNull(),
    preliminaryDue: date("preliminary_due").notNull(),
    finalDue: date("final_due").notNull(),
    state: text({
      enum: ["found", "investigating", "reported", "told", "prevented", "dismissed", "closed"],
    })
      .notNull()
      .default("found"),
    stateSince: moment("state_since").notNull().defaultNow(),
    /** The finding that it came from. */
    findingId: integer("finding_id")
      .unique()
      .references(() => finding.id),
    /** The words of the report, in their newest version. */
    reportId: uuid("report_id"),
    /** How many of its headings are still empty. */
    missingItems: integer("missing_items").notNull().default(9),
    openedBy: integer("opened_by")
      .notNull()
      .references(() => staff.id),
    openedAt: moment("opened_at").notNull().defaultNow(),
  },
  (table) => [
    index("incident_state").on(table.state, table.finalDue),
    oneOf("incident_kind", table.kind),
    oneOf("incident_state_known", table.state),
    check("incident_due", sql`preliminary_due >= known_on and final_due > preliminary_due`),
  ],
);

/** Whom an incident concerns, and that they were told. */
export const incidentPerson = oversight.table(
  "incident_person",
  {
    incidentId: integer("incident_id")
      .notNull()
      .references(() => incident.id),
    personNumber: text("person_number").notNull(),
    addedBy: integer("added_by")
      .notNull()
      .references(() => staff.id),
    /** `substitute`: they cannot be reached, and something else was done in its place (代替措置). */
    told: text({ enum: ["letter", "in-person", "telephone", "substitute"] }),
    toldOn: date("told_on"),
    toldBy: integer("told_by").references(() => staff.id),
  },
  (table) => [
    primaryKey({ columns: [table.incidentId, table.personNumber] }),
    oneOf("incident_person_told", table.told),
    check("incident_person_told_whole", sql`num_nulls(told, told_on, told_by) in (0, 3)`),
  ],
);

/** The steps of an incident. Insert only. */
export const incidentStep = oversight.table(
  "incident_step",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    incidentId: integer("incident_id")
      .notNull()
      .references(() => incident.id),
    event: text().notNull(),
    /** The day on which it was done, such as that of the report. */
    doneOn: date("done_on").notNull(),
    staffId: integer("staff_id")
      .notNull()
      .references(() => staff.id),
    statementId: uuid("statement_id").notNull(),
    at: moment("at").notNull().defaultNow(),
  },
  (table) => [index("incident_step_incident").on(table.incidentId)],
);

/** What a contractor gives on to another (再委託, OUT-2), and who allowed it. Written by the functions of `oversight` alone. */
export const reEntrustment = oversight.table(
  "re_entrustment",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    contractorId: integer("contractor_id")
      .notNull()
      .references(() => contractor.id),
    /** To whom. */
    name: text().notNull(),
    /** What they do, and why it is needed. */
    work: text().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to").notNull(),
    requestedBy: integer("requested_by")
      .notNull()
      .references(() => staff.id),
    requestedAt: moment("requested_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    oneOf("re_entrustment_decision", table.decision),
    check("re_entrustment_period", sql`valid_from <= valid_to`),
    check("re_entrustment_two_people", sql`decided_by <> requested_by`),
    check(
      "re_entrustment_decision_whole",
      sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`,
    ),
  ],
);
