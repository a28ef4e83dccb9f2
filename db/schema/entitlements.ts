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
import { moment, oneOf } from "../columns.ts";
import { approval } from "./approvals.ts";
import { caseRow } from "./cases.ts";
import { document } from "./documents.ts";
import { batchRun } from "./mailings.ts";
import { formSetting } from "./printing.ts";

export const entitlements = pgSchema("entitlements");

/** 公費受給者番号 of a person in a 事務, with its history: bills of earlier months carry the earlier number. */
export const recipient = entitlements.table(
  "recipient",
  {
    program: text().notNull(),
    recipientNumber: text("recipient_number").notNull(),
    personNumber: text("person_number").notNull(),
    validFrom: date("valid_from").notNull(),
    /** Last day; null while it is the person's number. */
    validTo: date("valid_to"),
  },
  (table) => [
    primaryKey({ columns: [table.program, table.recipientNumber] }),
    uniqueIndex("recipient_one_open")
      .on(table.program, table.personNumber)
      .where(sql`valid_to is null`),
  ],
);

/**
 * 受給資格 as it is believed now. Periods of one person in one kind never overlap (exclusion constraint in
 * 60-entitlements.sql). Written by the functions of that file alone; every change is a row of {@link movement}.
 */
export const entitlement = entitlements.table(
  "entitlement",
  {
    id: uuid().primaryKey().defaultRandom(),
    program: text().notNull(),
    /** Where a 事務 grants several side by side; `medical` for a subsidy of medical costs. */
    kind: text().notNull(),
    personNumber: text("person_number").notNull(),
    /** The application that granted it; a household's grants one for each person, and one for a child who joins later. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    recipientNumber: text("recipient_number").notNull(),
    officeCode: text("office_code").notNull(),
    validFrom: date("valid_from").notNull(),
    /** Last day; earlier than at first after a loss. */
    validTo: date("valid_to").notNull(),
    /** Last day as it was granted. */
    grantedTo: date("granted_to").notNull(),
    grantedOn: date("granted_on").notNull(),
    status: text({ enum: ["granted", "suspended", "lost", "revoked"] })
      .notNull()
      .default("granted"),
    lostOn: date("lost_on"),
    lossReason: text("loss_reason"),
  },
  (table) => [
    uniqueIndex("entitlement_case_person")
      .on(table.caseId, table.personNumber, table.kind)
      .where(sql`status in ('granted', 'suspended')`),
    index("entitlement_case").on(table.caseId),
    index("entitlement_person").on(table.personNumber),
    index("entitlement_recipient").on(table.recipientNumber),
    index("entitlement_granted_on").on(table.program, table.grantedOn),
    oneOf("entitlement_status", table.status),
    check(
      "entitlement_loss_whole",
      sql`(status in ('granted', 'suspended')) = (lost_on is null) and (lost_on is null) = (loss_reason is null)`,
    ),
    check("entitlement_within_grant", sql`valid_to <= granted_to`),
  ],
);

/**
 * What a proposal (起案) would grant, prolong or correct, said by who prepares it: the decision carries out this and
 * nothing else. Insert only.
 */
export const proposedPeriod = entitlements.table(
  "proposed_period",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** The open proposal of the case; set by the database. */
    approvalId: uuid("approval_id")
      .notNull()
      .references(() => approval.id),
    personNumber: text("person_number").notNull(),
    kind: text().notNull(),
    /** The one that is prolonged or corrected; null where a new one is granted. */
    entitlementId: uuid("entitlement_id").references(() => entitlement.id),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to").notNull(),
    reason: text().notNull(),
  },
  (table) => [
    index("proposed_period_case").on(table.caseId),
    uniqueIndex("proposed_period_person").on(table.approvalId, table.personNumber, table.kind),
    check("proposed_period_dates", sql`valid_from <= valid_to`),
  ],
);

/**
 * 資格異動: what changed an entitlement, with 異動日, 届出日 and reason, and what was believed after it. Insert
 * only, so that what was believed on any earlier day can be told.
 */
export const movement = entitlements.table(
  "movement",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    type: text({
      enum: ["acquired", "lost", "suspended", "resumed", "corrected", "revoked"],
    }).notNull(),
    /** 異動日; of a loss the first day without entitlement. */
    occursOn: date("occurs_on").notNull(),
    /** 届出日. */
    reportedOn: date("reported_on").notNull(),
    reason: text().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to").notNull(),
    status: text({ enum: ["granted", "suspended", "lost", "revoked"] }).notNull(),
    recordedBy: integer("recorded_by").notNull().default(0),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    index("movement_entitlement").on(table.entitlementId),
    index("movement_case").on(table.caseId),
    oneOf("movement_type", table.type),
    oneOf("movement_status", table.status),
  ],
);

/**
 * 停止: the days on which an entitlement does not count although its period goes on. Written as the movements 停止 and 再開 are
 * carried out; a 停止 that is lifted from its first day on leaves nothing here.
 */
export const suspension = entitlements.table(
  "suspension",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    fromOn: date("from_on").notNull(),
    /** Last day; null while it is not lifted. */
    toOn: date("to_on"),
    reason: text().notNull(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    resumedBy: uuid("resumed_by").references(() => caseRow.id),
  },
  (table) => [
    uniqueIndex("suspension_one_open").on(table.entitlementId).where(sql`to_on is null`),
    index("suspension_entitlement").on(table.entitlementId),
    check("suspension_days", sql`to_on is null or from_on <= to_on`),
    check("suspension_lifted", sql`(to_on is null) = (resumed_by is null)`),
  ],
);

/**
 * Sealed data of the persons of an application (insurance, account, mailing address …) that hold from a day on.
 * The first of a person is whole, later ones hold the part that a report changed; insert only.
 */
export const record = entitlements.table(
  "record",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The application that granted the entitlements. */
    grantingCaseId: uuid("granting_case_id")
      .notNull()
      .references(() => caseRow.id),
    personNumber: text("person_number").notNull(),
    /** The application or the report of change from which they come. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    sealedId: uuid("sealed_id").notNull(),
    effectiveFrom: date("effective_from").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    index("record_granting_case").on(table.grantingCaseId),
    index("record_case").on(table.caseId),
  ],
);

/** 受給者証: every issue of it, and how it ended. One of a kind is valid at a time. */
export const certificate = entitlements.table(
  "certificate",
  {
    id: uuid().primaryKey().defaultRandom(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** `card`, or another sort of the 事務, such as `remote` (遠隔地証). */
    kind: text().notNull(),
    /** Issued by a step of this case, with this paper; or by a mailing run. */
    caseId: uuid("case_id").references(() => caseRow.id),
    documentId: uuid("document_id").references(() => document.id),
    runId: uuid("run_id").references(() => batchRun.id),
    templateVersion: text("template_version"),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    /** What a certificate of a run says, sealed, to be printed again; null for those issued before this was kept. */
    sealedId: uuid("sealed_id"),
    issue: integer().notNull(),
    reason: text({ enum: ["first", "lost", "damaged", "changed", "renewal", "other"] }).notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedBy: integer("issued_by").notNull().default(0),
    /** Last day that it says; null for those issued before this was kept. */
    validTo: date("valid_to"),
    endedOn: date("ended_on"),
    /** `expired`: the day that it says has passed, though the entitlement may go on. */
    ending: text({
      enum: [
        "replaced",
        "returned",
        "cancelled",
        "lost-entitlement",
        "revoked",
        "suspended",
        "expired",
      ],
    }),
  },
  (table) => [
    uniqueIndex("certificate_issue").on(table.entitlementId, table.kind, table.issue),
    uniqueIndex("certificate_one_valid")
      .on(table.entitlementId, table.kind)
      .where(sql`ended_on is null`),
    index("certificate_issued_on").on(table.issuedOn),
    index("certificate_case").on(table.caseId),
    index("certificate_run").on(table.runId),
    uniqueIndex("certificate_document").on(table.documentId),
    oneOf("certificate_reason", table.reason),
    oneOf("certificate_ending", table.ending),
    check("certificate_ending_whole", sql`(ended_on is null) = (ending is null)`),
    check(
      "certificate_paper",
      sql`(document_id is not null and case_id is not null) or (run_id is not null and template_version is not null)`,
    ),
  ],
);

/** What a report of change (変更届・喪失届) is about. */
export const change = entitlements.table(
  "change",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => caseRow.id),
    grantingCaseId: uuid("granting_case_id")
      .notNull()
      .references(() => caseRow.id),
    /** A subject of the 事務, such as `insurance` or `loss`. */
    subject: text().notNull(),
    /** A reason of the subject, such as `moved-out`. */
    reason: text(),
    /** What it does to the entitlements that it concerns; null where it changes their data alone. `granted`: somebody joins the household. */
    movement: text({ enum: ["lost", "suspended", "resumed", "corrected", "granted"] }),
    /** Whether it takes effect by a decision of a second person, not by confirmation alone. */
    needsDecision: boolean("needs_decision").notNull(),
    /** 異動日: the day from which the change holds; of a loss, the first day without entitlement. */
    occursOn: date("occurs_on").notNull(),
    /** 届出日. */
    reportedOn: date("reported_on").notNull(),
    /** Reported by the person, or found by the office in the register (職権). */
    origin: text({ enum: ["report", "register"] }).notNull(),
  },
  (table) => [oneOf("change_movement", table.movement), oneOf("change_origin", table.origin)],
);

/** The entitlements that a report of change concerns. */
export const changeEntitlement = entitlements.table(
  "change_entitlement",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.entitlementId] }),
    index("change_entitlement_entitlement").on(table.entitlementId),
  ],
);

/**
 * 証の回収: what was done to get back a certificate that ended with its entitlement, and what came of it. Insert only;
 * after one that settles it nothing follows.
 */
export const collection = entitlements.table(
  "collection",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    certificateId: uuid("certificate_id")
      .notNull()
      .references(() => certificate.id),
    /** `reminded` goes on; the others settle it. */
    event: text({ enum: ["reminded", "collected", "lost", "destroyed"] }).notNull(),
    onDay: date("on_day").notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    index("collection_certificate").on(table.certificateId),
    uniqueIndex("collection_settled").on(table.certificateId).where(sql`event <> 'reminded'`),
    oneOf("collection_event", table.event),
  ],
);
