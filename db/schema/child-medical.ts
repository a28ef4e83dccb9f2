import { sql } from "drizzle-orm";
import {
  boolean,
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
import { moment } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { document } from "./documents.ts";

export const childMedical = pgSchema("child_medical");

const caseId = () =>
  uuid("case_id")
    .notNull()
    .references(() => caseRow.id);

/** Identity check at intake (ACQ-1). Kinds of documents only; their numbers are not taken down. */
export const identityCheck = childMedical.table(
  "identity_check",
  {
    id: uuid().primaryKey().defaultRandom(),
    caseId: caseId(),
    subject: text({ enum: ["applicant", "agent"] }).notNull(),
    method: text({ enum: ["number-card", "notification-card", "two-documents"] }).notNull(),
    documents: text().array().notNull(),
    mandateSeen: boolean("mandate_seen").notNull(),
    checkedOn: date("checked_on").notNull(),
    checkedBy: integer("checked_by").notNull().default(0),
    checkedAt: moment("checked_at").notNull().defaultNow(),
  },
  (table) => [
    index("identity_check_case").on(table.caseId),
    check("identity_check_mandate", sql`subject <> 'agent' or mandate_seen`),
    check(
      "identity_check_documents",
      sql`cardinality(documents) >= case method when 'two-documents' then 2 when 'notification-card' then 1 else 0 end`,
    ),
  ],
);

/** Documents that an application needs, and how it stands with them. */
export const documentCheck = childMedical.table(
  "document_check",
  {
    caseId: caseId(),
    code: text().notNull(),
    status: text({ enum: ["seen", "missing", "not-needed"] }).notNull(),
    checkedBy: integer("checked_by").notNull().default(0),
    checkedAt: moment("checked_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.code] })],
);

/** 公費受給者番号 of a child: one for life. */
export const recipient = childMedical.table("recipient", {
  personNumber: text("person_number").primaryKey(),
  recipientNumber: text("recipient_number").notNull().unique(),
});

/** 受給資格. Periods of one child never overlap (exclusion constraint in 60-child-medical.sql). */
export const entitlement = childMedical.table(
  "entitlement",
  {
    id: uuid().primaryKey().defaultRandom(),
    personNumber: text("person_number").notNull(),
    caseId: caseId().unique(),
    recipientNumber: text("recipient_number")
      .notNull()
      .references(() => recipient.recipientNumber),
    officeCode: text("office_code").notNull(),
    validFrom: date("valid_from").notNull(),
    /** Last day; earlier than at first after a loss. */
    validTo: date("valid_to").notNull(),
    /** Last day as it was granted. */
    grantedTo: date("granted_to").notNull(),
    grantedOn: date("granted_on").notNull(),
    status: text({ enum: ["granted", "lost", "revoked"] })
      .notNull()
      .default("granted"),
    lostOn: date("lost_on"),
    lossReason: text("loss_reason"),
  },
  (table) => [
    index("entitlement_person").on(table.personNumber),
    check(
      "entitlement_loss_whole",
      sql`(status = 'granted') = (lost_on is null) and (lost_on is null) = (loss_reason is null)`,
    ),
    check("entitlement_within_grant", sql`valid_to <= granted_to`),
  ],
);

/** The data (guardian, insurance, account, mailing address) that hold from a day on, sealed in the vault. */
export const entitlementRecord = childMedical.table(
  "entitlement_record",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** The application or the report of change from which they come. */
    caseId: caseId(),
    sealedId: uuid("sealed_id").notNull(),
    effectiveFrom: date("effective_from").notNull(),
  },
  (table) => [index("entitlement_record_entitlement").on(table.entitlementId)],
);

/** 受給者証: every issue of it, and how it ended. One is valid at a time. */
export const certificate = childMedical.table(
  "certificate",
  {
    id: uuid().primaryKey().defaultRandom(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    caseId: caseId(),
    issue: integer().notNull(),
    reason: text({ enum: ["first", "lost", "damaged", "changed", "other"] }).notNull(),
    documentId: uuid("document_id")
      .notNull()
      .references(() => document.id),
    issuedOn: date("issued_on").notNull(),
    issuedBy: integer("issued_by").notNull().default(0),
    endedOn: date("ended_on"),
    ending: text({ enum: ["replaced", "returned", "cancelled", "lost-entitlement", "revoked"] }),
  },
  (table) => [
    uniqueIndex("certificate_issue").on(table.entitlementId, table.issue),
    uniqueIndex("certificate_one_valid").on(table.entitlementId).where(sql`ended_on is null`),
    check("certificate_ending_whole", sql`(ended_on is null) = (ending is null)`),
  ],
);

/** What a report of change (変更届・喪失届) is about. */
export const change = childMedical.table("change", {
  caseId: caseId().primaryKey(),
  entitlementId: uuid("entitlement_id")
    .notNull()
    .references(() => entitlement.id),
  subject: text({ enum: ["mailing", "insurance", "guardian", "account", "loss"] }).notNull(),
  lossReason: text("loss_reason", { enum: ["moved-out", "died", "age", "welfare", "other"] }),
  /** The day from which the change holds; of a loss, the first day without entitlement. */
  occursOn: date("occurs_on").notNull(),
  /** Reported by the guardian, or found by the office in the register (職権). */
  origin: text({ enum: ["report", "register"] }).notNull(),
});
