import { sql } from "drizzle-orm";
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, oneOf, yen } from "../columns.ts";
import { approval } from "./approvals.ts";
import { caseRow } from "./cases.ts";

/**
 * 予防接種実施依頼書 and the refunds of what was paid on one. Both are cases (`vaccination/request-letter`, `vaccination/refund`).
 * Names, addresses, places of stay, clinics and doctors are sealed; here stand codes, doses, days and amounts.
 */
export const requestLetters = pgSchema("request_letters");

const channels = ["window", "post", "electronic"] as const;
const outcomes = ["given", "screened"] as const;

/** What an application says besides what is sealed; the newest revision counts, earlier ones stay. */
export const letterRequest = requestLetters.table(
  "request",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Of the entry that keyed it; set by the database. */
    revision: integer().notNull().default(0),
    channel: text({ enum: channels }).notNull(),
    /** A code of `requestReasons`. */
    reason: text().notNull(),
    addressee: text({ enum: ["municipality", "clinic"] }).notNull(),
    payment: text({ enum: ["self", "host"] }).notNull(),
    /** When they stay there; inclusive. */
    stayFrom: date("stay_from").notNull(),
    stayTo: date("stay_to").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("request_channel", table.channel),
    oneOf("request_addressee", table.addressee),
    oneOf("request_payment", table.payment),
    check("request_stay", sql`stay_from <= stay_to`),
  ],
);

/** A dose that an application asks for. */
export const letterRequestLine = requestLetters.table(
  "request_line",
  {
    caseId: uuid("case_id").notNull(),
    revision: integer().notNull().default(0),
    /** From 1, in the order in which they were keyed. */
    number: integer().notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    plannedOn: date("planned_on").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.number] }),
    foreignKey({
      columns: [table.caseId, table.revision],
      foreignColumns: [letterRequest.caseId, letterRequest.revision],
    }),
    check("request_line_number", sql`number between 1 and 20`),
    check("request_line_dose", sql`dose between 1 and 9`),
  ],
);

/** That somebody looked at what is doubtful of a dose and accepted it, with a reason. Insert only. */
export const letterAcceptance = requestLetters.table(
  "acceptance",
  {
    caseId: uuid("case_id").notNull(),
    /** The request whose line it is about; set by the database. */
    entryRevision: integer("entry_revision").notNull().default(0),
    number: integer().notNull(),
    /** A code of workflows/vaccination/request-letters/findings.ts. */
    code: text().notNull(),
    /** A code of `acceptanceReasons`. */
    reason: text().notNull(),
    acceptedBy: integer("accepted_by").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.entryRevision, table.number, table.code] }),
    foreignKey({
      columns: [table.caseId, table.entryRevision, table.number],
      foreignColumns: [
        letterRequestLine.caseId,
        letterRequestLine.revision,
        letterRequestLine.number,
      ],
    }),
  ],
);

/** What is proposed of a letter besides its lines: how long it holds. Carried out as it stands, and by nothing else. */
export const letterProposal = requestLetters.table(
  "proposal",
  {
    approvalId: uuid("approval_id")
      .primaryKey()
      .references(() => approval.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** The request whose lines it is about; set by the database. */
    entryRevision: integer("entry_revision").notNull().default(0),
    /** 有効期間 in months from the day of the issue. */
    months: integer().notNull(),
  },
  (table) => [
    index("proposal_case").on(table.caseId),
    check("proposal_months", sql`months between 1 and 24`),
  ],
);

/** A dose of a letter that was decided on, and its end. One that waits is the only one of its dose. */
export const letterLine = requestLetters.table(
  "line",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    number: integer().notNull(),
    personNumber: text("person_number").notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    plannedOn: date("planned_on").notNull(),
    state: text({ enum: ["open", "given", "not-given", "expired", "cancelled"] })
      .notNull()
      .default("open"),
    endedOn: date("ended_on"),
    /** When the shot was given. */
    givenOn: date("given_on"),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.number] }),
    uniqueIndex("line_once")
      .on(table.personNumber, table.vaccine, table.dose)
      .where(sql`state = 'open'`),
    index("line_person").on(table.personNumber),
    oneOf("line_state", table.state),
    check(
      "line_whole",
      sql`(state = 'open') = (ended_on is null) and (state = 'given') = (given_on is not null)`,
    ),
  ],
);

/** 依頼書 as it was issued: one holds at a time; one that was issued anew ends the one before. */
export const issuedLetter = requestLetters.table(
  "letter",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** From 1. */
    sequence: integer().notNull(),
    /** Of the step that issued it. */
    revision: integer().notNull(),
    /** 発行番号, the number of the paper. */
    number: text().notNull(),
    issuedOn: date("issued_on").notNull(),
    /** The last day on which it holds. */
    validTo: date("valid_to").notNull(),
    payment: text({ enum: ["self", "host"] }).notNull(),
    /** Of one that was issued anew: why; a code of `reissueReasons`. */
    reissueReason: text("reissue_reason"),
    sentOn: date("sent_on"),
    /** A code of `sendingWays`. */
    sentHow: text("sent_how"),
    endedOn: date("ended_on"),
    endedWhy: text("ended_why", { enum: ["replaced", "cancelled"] }),
    issuedBy: integer("issued_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.sequence] }),
    uniqueIndex("letter_number").on(table.number),
    uniqueIndex("letter_one").on(table.caseId).where(sql`ended_on is null`),
    oneOf("letter_payment", table.payment),
    oneOf("letter_ended_why", table.endedWhy),
    check("letter_ended_whole", sql`(ended_on is null) = (ended_why is null)`),
    check("letter_sent_whole", sql`(sent_on is null) = (sent_how is null)`),
    check("letter_reissued", sql`(sequence = 1) = (reissue_reason is null)`),
    check("letter_validity", sql`issued_on <= valid_to`),
  ],
);

/** What came back of a dose: given, the screening alone, or not given. Insert only. */
export const letterResult = requestLetters.table(
  "result",
  {
    caseId: uuid("case_id").notNull(),
    /** Of the step that recorded it. */
    revision: integer().notNull(),
    number: integer().notNull(),
    outcome: text({ enum: ["given", "screened", "not-given"] }).notNull(),
    /** The day of the shot or the screening. */
    happenedOn: date("happened_on"),
    /** 接種量, hundredths of a millilitre. */
    amount: integer(),
    /** The record was there already, told by another way: one dose, one record. */
    alreadyKnown: text("already_known"),
    /** Sealed: clinic, doctor, remarks. */
    sealedId: uuid("sealed_id"),
    recordedBy: integer("recorded_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    foreignKey({
      columns: [table.caseId, table.number],
      foreignColumns: [letterLine.caseId, letterLine.number],
    }),
    oneOf("result_outcome", table.outcome),
    check("result_day", sql`(outcome = 'not-given') = (happened_on is null)`),
    check("result_amount", sql`amount between 1 and 1000`),
  ],
);

/** What a claim for a refund says beside its case: to whom it is paid, and how it came. Written as the case is opened. */
export const refundClaim = requestLetters.table(
  "refund",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => caseRow.id),
    payeeNumber: text("payee_number").notNull(),
    channel: text({ enum: channels }).notNull(),
  },
  (table) => [oneOf("refund_channel", table.channel)],
);

/** One dose that was paid for, as its receipt has it; those of the newest revision count, earlier ones stay. */
export const refundDose = requestLetters.table(
  "refund_dose",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => refundClaim.caseId),
    revision: integer().notNull().default(0),
    number: integer().notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    product: text(),
    outcome: text({ enum: outcomes }).notNull(),
    givenOn: date("given_on").notNull(),
    paidOn: date("paid_on").notNull(),
    paid: yen("paid").notNull(),
    /** Keyed hash of the number and issuer of the receipt, where it has one: the same for the same receipt. */
    receiptMark: bytea("receipt_mark").notNull(),
    documents: text().array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.number] }),
    index("refund_dose_given").on(table.vaccine, table.dose, table.givenOn),
    oneOf("refund_dose_outcome", table.outcome),
    check("refund_dose_number", sql`number between 1 and 50`),
    check("refund_dose_dose", sql`dose between 1 and 9`),
    check("refund_dose_paid", sql`paid between 1 and 1000000`),
  ],
);

/** What is proposed of each dose of a claim. */
export const refundRow = requestLetters.table(
  "refund_row",
  {
    approvalId: uuid("approval_id")
      .notNull()
      .references(() => approval.id),
    caseId: uuid("case_id").notNull(),
    entryRevision: integer("entry_revision").notNull().default(0),
    number: integer().notNull(),
    amount: yen("amount").notNull(),
    /** The city's price that was compared with what was paid; none where nothing is paid. */
    price: yen("price"),
    /** Why nothing is paid; a code of `refundRefusals`. */
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number] }),
    foreignKey({
      columns: [table.caseId, table.entryRevision, table.number],
      foreignColumns: [refundDose.caseId, refundDose.revision, refundDose.number],
    }),
    check(
      "refund_row_whole",
      sql`amount >= 0 and (amount = 0) = (reason is not null) and (amount = 0 or amount <= price)`,
    ),
  ],
);
