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
import { caseRow } from "./cases.ts";

export const intake = pgSchema("intake");

const caseId = () =>
  uuid("case_id")
    .notNull()
    .references(() => caseRow.id);

/** Identity check at intake (ACQ-1). Kinds of documents only; their numbers are not taken down. */
export const identityCheck = intake.table(
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
    oneOf("identity_check_subject", table.subject),
    oneOf("identity_check_method", table.method),
    check("identity_check_mandate", sql`subject <> 'agent' or mandate_seen`),
    check(
      "identity_check_documents",
      sql`cardinality(documents) >= case method when 'two-documents' then 2 when 'notification-card' then 1 else 0 end`,
    ),
  ],
);

/** Documents that an application needs, and how it stands with them. */
export const documentCheck = intake.table(
  "document_check",
  {
    caseId: caseId(),
    code: text().notNull(),
    status: text({ enum: ["seen", "missing", "not-needed"] }).notNull(),
    /** The day that stands on the document itself (発行日, 作成日). */
    datedOn: date("dated_on"),
    checkedBy: integer("checked_by").notNull().default(0),
    checkedAt: moment("checked_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.code] }),
    oneOf("document_check_status", table.status),
  ],
);

/** Whose a note or a scan is: a case's, or a person's in one 事務. Those of persons functions of the database alone write and read. */
const owner = () => ({
  caseId: uuid("case_id").references(() => caseRow.id),
  personNumber: text("person_number"),
  program: text(),
});
const ownedOnce = sql`(case_id is null) = (person_number is not null) and (person_number is null) = (program is null)`;

/** A note that staff leave on a case beside its steps, or on a person; sealed, never changed. */
export const note = intake.table(
  "note",
  {
    id: uuid().primaryKey().defaultRandom(),
    ...owner(),
    sealedId: uuid("sealed_id").notNull(),
    writtenBy: integer("written_by").notNull().default(0),
    writtenAt: moment("written_at").notNull().defaultNow(),
  },
  (table) => [
    index("note_case").on(table.caseId),
    index("note_person").on(table.personNumber),
    check("note_owned_once", ownedOnce),
  ],
);

/** A paper that was handed in with a case, or is kept of a person, as a scan; its bytes lie sealed in the vault. */
export const attachment = intake.table(
  "attachment",
  {
    id: uuid().primaryKey().defaultRandom(),
    ...owner(),
    /** The required document that it is; null for another one. */
    documentCode: text("document_code"),
    mediaType: text("media_type", {
      enum: ["application/pdf", "image/png", "image/jpeg", "image/tiff"],
    }).notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
    sealedId: uuid("sealed_id").notNull(),
    addedBy: integer("added_by").notNull().default(0),
    addedAt: moment("added_at").notNull().defaultNow(),
    /** Taken back as added by mistake; kept, and shown to nobody but the history. */
    withdrawnBy: integer("withdrawn_by"),
    withdrawnAt: moment("withdrawn_at"),
  },
  (table) => [
    index("attachment_case").on(table.caseId),
    index("attachment_person").on(table.personNumber),
    check("attachment_owned_once", ownedOnce),
    oneOf("attachment_media_type", table.mediaType),
    check("attachment_withdrawal_whole", sql`(withdrawn_by is null) = (withdrawn_at is null)`),
  ],
);

/** A question to somebody else (照会): sent, due, reminded, answered. The answer lies sealed in the vault. */
export const inquiry = intake.table(
  "inquiry",
  {
    id: uuid().primaryKey().defaultRandom(),
    caseId: caseId(),
    /** What is asked, a code of the 事務, such as `tax`. */
    subject: text().notNull(),
    /** The step by which it was sent; its letter is the one that this step left to be made. */
    revision: integer().notNull().default(0),
    /** The authority asked, such as 福岡市; no person. */
    addressee: text().notNull(),
    /** Where its letter goes; none where it is asked otherwise. */
    postalCode: text("postal_code"),
    address: text(),
    askedOn: date("asked_on").notNull(),
    askedBy: integer("asked_by").notNull().default(0),
    dueOn: date("due_on").notNull(),
    remindedOn: date("reminded_on"),
    answeredOn: date("answered_on"),
    answeredBy: integer("answered_by"),
    answerId: uuid("answer_id"),
    /** Given up without an answer (打切り). */
    closedOn: date("closed_on"),
    closedBy: integer("closed_by"),
  },
  (table) => [
    index("inquiry_case").on(table.caseId),
    check(
      "inquiry_dates",
      sql`due_on >= asked_on and answered_on >= asked_on and reminded_on >= asked_on`,
    ),
    check("inquiry_answer_whole", sql`(answered_on is null) = (answered_by is null)`),
    check("inquiry_closing_whole", sql`(closed_on is null) = (closed_by is null)`),
    check("inquiry_ended_once", sql`answered_on is null or closed_on is null`),
    check("inquiry_letter_whole", sql`(postal_code is null) = (address is null)`),
  ],
);

/** 保険者 that confirmed entries named: who has the number need not be typed again. */
export const insurer = intake.table("insurer", {
  number: text().primaryKey(),
  name: text().notNull(),
  /** The day of the newest entry that named it so. */
  namedOn: date("named_on").notNull(),
});

/**
 * Income of a year of somebody whose income counts (所得判定), sealed with that person's key. The newest of a person
 * and a year holds; insert only, but for the confirmation.
 */
export const income = intake.table(
  "income",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    caseId: caseId(),
    personNumber: text("person_number").notNull(),
    /** 所得年: the calendar year in which it arose. */
    incomeYear: integer("income_year").notNull(),
    /** As the tax office tells it, or keyed from a paper; what is keyed somebody else has to confirm. */
    source: text({ enum: ["tax-feed", "keyed"] }).notNull(),
    sealedId: uuid("sealed_id").notNull(),
    recordedBy: integer("recorded_by").notNull().default(0),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
    confirmedBy: integer("confirmed_by"),
    confirmedAt: moment("confirmed_at"),
  },
  (table) => [
    index("income_case").on(table.caseId, table.personNumber),
    oneOf("income_source", table.source),
    check("income_two_people", sql`confirmed_by <> recorded_by`),
    check("income_confirmation_whole", sql`(confirmed_by is null) = (confirmed_at is null)`),
  ],
);
