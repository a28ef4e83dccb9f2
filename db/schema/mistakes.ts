import { sql } from "drizzle-orm";
import {
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
import { moment, oneOf } from "../columns.ts";

/** 間違い接種 and 副反応疑い報告 of 予防接種. Written by the functions of 88-mistakes.sql alone. */
export const mistakes = pgSchema("mistakes");

/** The yearly report of a fiscal year to the prefecture. */
export const yearReport = mistakes.table(
  "year_report",
  {
    fiscalYear: integer("fiscal_year").primaryKey(),
    state: text({ enum: ["prepared", "approved", "sent"] }).notNull(),
    revision: integer().notNull().default(1),
    /** How many incidents it holds, as it was approved. */
    incidents: integer().notNull().default(0),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull(),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    sentOn: date("sent_on"),
  },
  (table) => [
    oneOf("year_report_state", table.state),
    check("year_report_year", sql`fiscal_year between 2013 and 2200`),
    check("year_report_two", sql`approved_by <> prepared_by`),
    check("year_report_approved", sql`(approved_by is null) = (state = 'prepared')`),
    check("year_report_sent", sql`(sent_on is null) = (state <> 'sent')`),
  ],
);

/** 間違い接種: a shot that was not given as it has to be. */
export const incident = mistakes.table(
  "incident",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** The record and the slip it was found by; the record may have been cancelled since. */
    shotId: uuid("shot_id"),
    slipId: uuid("slip_id"),
    foundBy: text("found_by", { enum: ["entry", "clinic", "person", "other"] }).notNull(),
    knownOn: date("known_on").notNull(),
    vaccine: text().notNull(),
    dose: integer(),
    givenOn: date("given_on").notNull(),
    clinicCode: text("clinic_code"),
    clinicName: text("clinic_name"),
    /** What the checks at entry found: codes of workflows/vaccination/records/doubts.ts. */
    problems: text().array().notNull().default([]),
    /** 態様, 1 to 11; none until somebody has judged it. */
    category: integer(),
    /** Reported at once or with the year. */
    report: text({ enum: ["at-once", "yearly"] }),
    /** 健康への影響. */
    harm: text({ enum: ["none", "watched", "harmed"] }),
    /** Sealed for the person: what happened and what was done. */
    measuresId: uuid("measures_id"),
    payable: text({ enum: ["undecided", "paid", "not-paid"] })
      .notNull()
      .default("undecided"),
    payableReason: text("payable_reason", { enum: ["contract", "clinic", "city", "other"] }),
    /** A claim of a clinic or of a person, a case of 健康被害救済: linked by their ids. */
    claimId: uuid("claim_id"),
    reliefCaseId: uuid("relief_case_id"),
    state: text({
      enum: [
        "found",
        "awaiting-report",
        "to-report",
        "reported",
        "awaiting-close",
        "awaiting-dismissal",
        "closed",
        "dismissed",
      ],
    })
      .notNull()
      .default("found"),
    revision: integer().notNull().default(1),
    /** Who judged it last, and who asked for what waits. */
    judgedBy: integer("judged_by"),
    askedBy: integer("asked_by"),
    reportedOn: date("reported_on"),
    /** The yearly report that it stands in. */
    reportYear: integer("report_year").references(() => yearReport.fiscalYear),
    openedBy: integer("opened_by").notNull(),
    openedAt: moment("opened_at").notNull(),
  },
  (table) => [
    index("mistake_state").on(table.state, table.knownOn),
    index("mistake_person").on(table.personNumber),
    index("mistake_shot").on(table.shotId),
    index("mistake_relief").on(table.reliefCaseId),
    index("mistake_year").on(table.reportYear),
    uniqueIndex("mistake_slip").on(table.slipId).where(sql`slip_id is not null`),
    oneOf("mistake_found_by", table.foundBy),
    oneOf("mistake_state_known", table.state),
    oneOf("mistake_payable", table.payable),
    check("mistake_category", sql`category between 1 and 11`),
    check("mistake_report", sql`report in ('at-once', 'yearly')`),
    check("mistake_harm", sql`harm in ('none', 'watched', 'harmed')`),
    check(
      "mistake_payable_reason",
      sql`payable_reason in ('contract', 'clinic', 'city', 'other') and payable <> 'undecided' or payable_reason is null and payable = 'undecided'`,
    ),
    check("mistake_known", sql`known_on >= given_on`),
    check(
      "mistake_reported",
      sql`state not in ('reported', 'awaiting-close', 'closed') or reported_on is not null`,
    ),
    check(
      "mistake_asked",
      sql`(asked_by is not null) = (state in ('awaiting-report', 'awaiting-close', 'awaiting-dismissal'))`,
    ),
  ],
);

/** History of an incident. Rows are only added. */
export const incidentEvent = mistakes.table(
  "incident_event",
  {
    incidentId: uuid("incident_id")
      .notNull()
      .references(() => incident.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    reason: text(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
  },
  (table) => [primaryKey({ columns: [table.incidentId, table.revision] })],
);

/** Who was told of an incident, when and how. Rows are only added. */
export const told = mistakes.table(
  "told",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    incidentId: uuid("incident_id")
      .notNull()
      .references(() => incident.id),
    party: text({
      enum: ["person", "clinic", "prefecture", "medical-association", "other"],
    }).notNull(),
    way: text({ enum: ["letter", "in-person", "telephone", "file"] }).notNull(),
    toldOn: date("told_on").notNull(),
    toldBy: integer("told_by").notNull(),
    toldAt: moment("told_at").notNull(),
  },
  (table) => [
    index("told_incident").on(table.incidentId),
    oneOf("told_party", table.party),
    oneOf("told_way", table.way),
  ],
);

/** 副反応疑い報告 of which the city got a copy; the city sends none itself. */
export const adverseReport = mistakes.table(
  "adverse_report",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    /** 識別番号 of the report, as the copy bears it. */
    number: text().notNull(),
    receivedOn: date("received_on").notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    vaccine: text().notNull(),
    dose: integer(),
    lot: text(),
    givenOn: date("given_on").notNull(),
    /** Day on which the symptom began. */
    symptomOn: date("symptom_on").notNull(),
    /** Sealed for the person. */
    symptomId: uuid("symptom_id").notNull(),
    shotId: uuid("shot_id"),
    incidentId: uuid("incident_id").references(() => incident.id),
    reliefCaseId: uuid("relief_case_id"),
    state: text({ enum: ["entered", "withdrawn"] })
      .notNull()
      .default("entered"),
    /** Why it does not count: it was entered twice, or of somebody else. */
    withdrawReason: text("withdraw_reason", { enum: ["entered-twice", "other-person", "other"] }),
    revision: integer().notNull().default(1),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    changedBy: integer("changed_by"),
    changedAt: moment("changed_at"),
  },
  (table) => [
    uniqueIndex("adverse_report_number").on(table.number).where(sql`state = 'entered'`),
    index("adverse_report_person").on(table.personNumber),
    index("adverse_report_relief").on(table.reliefCaseId),
    oneOf("adverse_report_state", table.state),
    check("adverse_report_days", sql`given_on <= symptom_on and symptom_on <= received_on`),
    check("adverse_report_number_said", sql`length(number) between 1 and 40`),
    check("adverse_report_withdrawn", sql`(withdraw_reason is not null) = (state = 'withdrawn')`),
  ],
);
