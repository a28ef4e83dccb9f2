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
import { formSetting } from "./printing.ts";

/** 自己負担減免 of 予防接種 and its 無料(減免)対象者確認証. Written by the functions of 48-exemptions.sql alone. */
export const exemptions = pgSchema("exemptions");

const grounds = ["welfare", "tax-exempt", "returnee", "disaster", "other"] as const;

/** 減免の申請, along workflows/vaccination/exemptions/machine.ts. */
export const exemptionApplication = exemptions.table(
  "application",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    receivedOn: date("received_on").notNull(),
    applicant: text({ enum: ["self", "guardian", "agent"] }).notNull(),
    ground: text({ enum: grounds }).notNull(),
    vaccines: text().array().notNull(),
    /** What was seen of the ground, on which day and by whom; `none` before anything was. */
    evidence: text().notNull(),
    evidenceOn: date("evidence_on"),
    evidenceBy: integer("evidence_by"),
    /** Sealed for the person: the agent, remarks. */
    wordsId: uuid("words_id"),
    /** As proposed and decided. */
    outcome: text({ enum: ["grant", "refuse"] }),
    validFrom: date("valid_from"),
    validUntil: date("valid_until"),
    refusal: text(),
    state: text({
      enum: [
        "received",
        "examined",
        "proposed",
        "granted",
        "issued",
        "revoking",
        "revoked",
        "refused",
        "told",
        "lapsed",
        "withdrawn",
      ],
    })
      .notNull()
      .default("received"),
    revision: integer().notNull().default(1),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    /** Who examined it, who proposed what waits or was decided, who decided. */
    examinedBy: integer("examined_by"),
    proposedBy: integer("proposed_by"),
    decidedBy: integer("decided_by"),
    decidedOn: date("decided_on"),
    /** From when a revocation or a lapse holds, and why. */
    endedFrom: date("ended_from"),
    endReason: text("end_reason"),
  },
  (table) => [
    index("exemption_person").on(table.personNumber),
    index("exemption_state").on(table.state, table.enteredAt),
    oneOf("exemption_applicant", table.applicant),
    oneOf("exemption_ground", table.ground),
    oneOf("exemption_state_known", table.state),
    check("exemption_vaccines", sql`cardinality(vaccines) > 0`),
    check("exemption_outcome", sql`outcome in ('grant', 'refuse')`),
    check("exemption_days", sql`valid_until >= valid_from`),
    check("exemption_two", sql`decided_by <> proposed_by`),
    check(
      "exemption_seen",
      sql`(evidence = 'none') = (evidence_on is null) and (evidence_on is null) = (evidence_by is null)`,
    ),
    check("exemption_refused", sql`(refusal is not null) = (coalesce(outcome, '') = 'refuse')`),
    check(
      "exemption_granted",
      sql`(valid_from is not null) = (coalesce(outcome, '') = 'grant') and (valid_from is null) = (valid_until is null)`,
    ),
  ],
);

/** History of an application. Rows are only added. */
export const exemptionEvent = exemptions.table(
  "application_event",
  {
    applicationId: uuid("application_id")
      .notNull()
      .references(() => exemptionApplication.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    why: text(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
  },
  (table) => [primaryKey({ columns: [table.applicationId, table.revision] })],
);

/** A list of people that the office of a ground handed over, as of a day. */
export const exemptionList = exemptions.table(
  "list",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    ground: text({ enum: grounds }).notNull(),
    /** The day as of which the list was made, told by whoever handed it over. */
    asOf: date("as_of").notNull(),
    people: integer().notNull(),
    /** Numbers of the file that are nobody's. */
    unknown: integer().notNull(),
    /** SHA-256 of the file in hexadecimal. */
    digest: text().notNull(),
    state: text({ enum: ["open", "withdrawn"] })
      .notNull()
      .default("open"),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
  },
  (table) => [
    uniqueIndex("exemption_list_file")
      .on(table.digest, table.ground, table.asOf)
      .where(sql`state = 'open'`),
    oneOf("exemption_list_ground", table.ground),
    oneOf("exemption_list_state", table.state),
    check("exemption_list_people", sql`people > 0 and unknown >= 0`),
  ],
);

/** Who stands on a list. */
export const exemptionListPerson = exemptions.table(
  "list_person",
  {
    listId: uuid("list_id")
      .notNull()
      .references(() => exemptionList.id),
    personNumber: text("person_number").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.listId, table.personNumber] }),
    index("exemption_list_person").on(table.personNumber),
  ],
);

/** 無料(減免)対象者確認証: by an application, or by a run from a list. */
export const exemptionCertificate = exemptions.table(
  "certificate",
  {
    id: uuid().primaryKey(),
    /** Nine digits and a check digit (M10W21). */
    number: text().notNull().unique(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    applicationId: uuid("application_id").references(() => exemptionApplication.id),
    listId: uuid("list_id").references(() => exemptionList.id),
    runId: uuid("run_id"),
    ground: text({ enum: grounds }).notNull(),
    vaccines: text().array().notNull(),
    /** As printed. */
    validFrom: date("valid_from").notNull(),
    validUntil: date("valid_until").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedBy: integer("issued_by").notNull(),
    state: text({ enum: ["issued", "replaced", "ended"] })
      .notNull()
      .default("issued"),
    /** The first day on which it holds no longer, where it ended before its time. */
    endedFrom: date("ended_from"),
    endReason: text("end_reason"),
    printCount: integer("print_count").notNull().default(1),
    templateVersion: text("template_version").notNull(),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    /** The PDF as it was issued, sealed for the person; a run keeps none. */
    sealedId: uuid("sealed_id"),
  },
  (table) => [
    index("exemption_certificate_person").on(table.personNumber),
    index("exemption_certificate_run").on(table.runId),
    uniqueIndex("exemption_certificate_once")
      .on(table.applicationId)
      .where(sql`state = 'issued' and application_id is not null`),
    oneOf("exemption_certificate_ground", table.ground),
    oneOf("exemption_certificate_state", table.state),
    check("exemption_certificate_number", sql`number ~ '^[0-9]{10}$'`),
    check("exemption_certificate_days", sql`valid_until >= valid_from`),
    check(
      "exemption_certificate_source",
      sql`(application_id is null) <> (list_id is null) and (list_id is null) = (run_id is null)`,
    ),
    check("exemption_certificate_ended", sql`(ended_from is not null) = (state = 'ended')`),
  ],
);

/** 却下・取消通知書 as they were issued. Rows are only added. */
export const exemptionNotice = exemptions.table(
  "notice",
  {
    id: uuid().primaryKey(),
    applicationId: uuid("application_id")
      .notNull()
      .references(() => exemptionApplication.id),
    personNumber: text("person_number").notNull(),
    kind: text({ enum: ["refusal", "revocation"] }).notNull(),
    documentNumber: text("document_number").notNull().unique(),
    template: text().notNull(),
    sealedId: uuid("sealed_id").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedBy: integer("issued_by").notNull(),
  },
  (table) => [
    index("exemption_notice_application").on(table.applicationId),
    index("exemption_notice_person").on(table.personNumber),
    oneOf("exemption_notice_kind", table.kind),
  ],
);

/** Where the numbering of certificates stands: the next nine digits to give. */
export const exemptionCounter = exemptions.table(
  "counter",
  { id: integer().primaryKey(), next: integer().notNull() },
  () => [
    check("exemption_counter_one", sql`id = 1`),
    check("exemption_counter_range", sql`next between 1 and 1000000000`),
  ],
);
