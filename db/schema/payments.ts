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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";

/** 支払: accounts and what is owed to people; the runs that pay it stand in payment-runs.ts. Written by the functions of 62-payments.sql and 63-payment-runs.sql alone. */
export const payments = pgSchema("payments");

/**
 * How a 事務 pays from a day on: whose account is drawn upon, what its bank wants in a file, and when what was decided is
 * paid. Proposed by one person, approved by another; the newest approved row whose day has come holds.
 */
export const setting = payments.table(
  "setting",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    validFrom: date("valid_from").notNull(),
    /** 委託者コード, ten digits the bank gave, and 委託者名 in kana. */
    originatorCode: text("originator_code").notNull(),
    originatorName: text("originator_name").notNull(),
    /** The city's own account that is drawn upon. */
    bankCode: text("bank_code").notNull(),
    branchCode: text("branch_code").notNull(),
    accountType: text("account_type", { enum: ["1", "2", "9"] }).notNull(),
    accountNumber: text("account_number").notNull(),
    /** 手形交換所番号: zeros or spaces; 振込指定区分; whether CR and LF stand behind each record. */
    clearingHouse: text("clearing_house", { enum: ["zeros", "spaces"] }).notNull(),
    category: text({ enum: ["7", "8", "0", "space"] }).notNull(),
    lineEnds: boolean("line_ends").notNull(),
    /** 締日: a day of the month; 31 is the last one. */
    closingDay: integer("closing_day").notNull(),
    /** 支払日: so many months after the month of the closing day, on this day; 31 is the last one. */
    payMonths: integer("pay_months").notNull(),
    payDay: integer("pay_day").notNull(),
    /** Where that is no day of banks: the one before or the one after. */
    whenClosed: text("when_closed", { enum: ["before", "after"] }).notNull(),
    /** How many days of banks before the transfer the file has to be there. */
    leadDays: integer("lead_days").notNull(),
    /** On what it rests (根拠): the agreement with the bank, a rule of the city. Of a setting of an earlier version unknown. */
    source: text(),
    proposedBy: integer("proposed_by").notNull(),
    proposedAt: moment("proposed_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    index("setting_program").on(table.program, table.validFrom),
    oneOf("setting_account_type", table.accountType),
    oneOf("setting_clearing_house", table.clearingHouse),
    oneOf("setting_category", table.category),
    oneOf("setting_when_closed", table.whenClosed),
    oneOf("setting_decision", table.decision),
    check(
      "setting_codes",
      sql`originator_code ~ '^[0-9]{10}$' and bank_code ~ '^[0-9]{4}$' and branch_code ~ '^[0-9]{3}$' and account_number ~ '^[0-9]{7}$'`,
    ),
    check(
      "setting_days",
      sql`closing_day between 1 and 31 and pay_months between 0 and 6 and pay_day between 1 and 31 and lead_days between 0 and 20`,
    ),
    check("setting_two_people", sql`decided_by <> proposed_by`),
    check("setting_decision_whole", sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`),
  ],
);

/** A person of an office or an organisation without one, never both. */
const ofOneHolder = sql`num_nonnulls(person_number, party_code) = 1 and (office_code is null) = (party_code is not null) and party_code ~ '^[0-9A-Za-z-]{1,20}$' is not false`;

/**
 * A version of somebody's account for a 事務 (振込先口座): provisional until another person than who typed and who recorded
 * it has compared it with the evidence. Bank, number and name are sealed with the person's key.
 */
export const account = payments.table(
  "account",
  {
    id: uuid().primaryKey().defaultRandom(),
    program: text().notNull(),
    /** Whose it is: a person of an office, or an organisation (医療機関) by its code in the register of the 事務. */
    personNumber: text("person_number"),
    partyCode: text("party_code"),
    officeCode: text("office_code"),
    /** `register`: of the register in which the 事務 keeps its organisations, confirmed there by two. */
    source: text({ enum: ["application", "change", "counter", "public", "register"] }).notNull(),
    /** 公金受取口座, registered with the state. */
    publicAccount: boolean("public_account").notNull().default(false),
    /** The application or report it came with. */
    caseId: uuid("case_id").references(() => caseRow.id),
    /** Sealed record `payment-account`. */
    sealedId: uuid("sealed_id").notNull(),
    /** Keyed hash of bank, branch, kind, number and name: to see that two versions are the same account. */
    fingerprint: bytea().notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day; none while it is in force. */
    validTo: date("valid_to"),
    state: text({ enum: ["provisional", "confirmed", "refused", "replaced", "closed"] })
      .notNull()
      .default("provisional"),
    /** Who typed it, and who made it an account here: by a decision it may be another person. */
    enteredBy: integer("entered_by").notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
    /** With what it was compared: 通帳, キャッシュカード, 口座証明, 公金受取口座の照会結果; of a register it stands there. */
    evidence: text({ enum: ["passbook", "card", "certificate", "registry"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    /** Why it is not used any more. */
    closedFor: text("closed_for", {
      enum: ["changed", "bank-closed", "failed", "own-request", "mistake"],
    }),
    closedBy: integer("closed_by"),
    closedAt: moment("closed_at"),
  },
  (table) => [
    index("account_person").on(table.personNumber, table.program),
    index("account_waiting").on(table.program, table.recordedAt).where(sql`state = 'provisional'`),
    uniqueIndex("account_in_force")
      .on(table.program, table.personNumber)
      .where(sql`state = 'confirmed'`),
    uniqueIndex("account_provisional")
      .on(table.program, table.personNumber)
      .where(sql`state = 'provisional'`),
    uniqueIndex("account_of_party_in_force")
      .on(table.program, table.partyCode)
      .where(sql`state = 'confirmed'`),
    check("account_holder", ofOneHolder),
    check("account_of_register", sql`(source = 'register') = (party_code is not null)`),
    oneOf("account_source", table.source),
    oneOf("account_state", table.state),
    oneOf("account_evidence", table.evidence),
    oneOf("account_closed_for", table.closedFor),
    check("account_two_people", sql`decided_by <> entered_by and decided_by <> recorded_by`),
    check("account_decided", sql`(decided_by is null) = (decided_at is null)`),
    check(
      "account_confirmed",
      sql`state not in ('confirmed', 'closed') or (decided_by is not null and (evidence is not null or source = 'register'))`,
    ),
    check(
      "account_closed",
      sql`(state = 'closed') = (closed_for is not null) and num_nulls(closed_for, closed_by, closed_at) in (0, 3)
        and (state <> 'closed' or valid_to is not null)`,
    ),
  ],
);

/** What is owed to somebody from a decision (支払). Amounts are whole yen. */
export const payable = payments.table(
  "payable",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number, and 顧客コード in the bank's file: `P0000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    /** To whom: a person of an office, or an organisation (医療機関) by its code in the register of the 事務. */
    personNumber: text("person_number"),
    partyCode: text("party_code"),
    officeCode: text("office_code"),
    /** What it is for, in the words of the 事務, and which one: nothing is owed twice for the same. */
    sourceKind: text("source_kind").notNull(),
    sourceId: uuid("source_id").notNull(),
    caseId: uuid("case_id").references(() => caseRow.id),
    amount: bigint({ mode: "number" }).notNull(),
    /** What of it was set off against what the person owes back: the rest is paid. */
    setOff: bigint("set_off", { mode: "number" }).notNull().default(0),
    kind: text({ enum: ["transfer", "cash", "set-off"] }).notNull(),
    state: text().notNull().default("owed"),
    revision: integer().notNull().default(1),
    /** Business date of the decision: counted towards the closing date. */
    owedOn: date("owed_on").notNull(),
    decidedBy: integer("decided_by").notNull(),
    decidedAt: moment("decided_at").notNull().defaultNow(),
    /** The version of the account that the last run used. */
    accountId: uuid("account_id").references(() => account.id),
    paidOn: date("paid_on"),
  },
  (table) => [
    uniqueIndex("payable_once").on(table.program, table.sourceKind, table.sourceId),
    index("payable_person").on(table.personNumber),
    index("payable_case").on(table.caseId),
    index("payable_due")
      .on(table.program, table.owedOn)
      .where(sql`state in ('owed', 'awaiting-correction')`),
    index("payable_state").on(table.program, table.state),
    index("payable_party").on(table.program, table.partyCode).where(sql`party_code is not null`),
    oneOf("payable_kind", table.kind),
    check("payable_holder", ofOneHolder),
    check("payable_party_by_transfer", sql`party_code is null or kind = 'transfer'`),
    check("payable_amount", sql`amount > 0 and amount < 10000000000`),
    check(
      "payable_set_off",
      sql`set_off between 0 and amount and (state = 'set-off') = (set_off = amount)`,
    ),
    check("payable_paid", sql`paid_on is null or state in ('paid', 'return-asked', 'set-off')`),
  ],
);

/** What happened to a payable. Insert only. */
export const payableEvent = payments.table(
  "payable_event",
  {
    payableId: uuid("payable_id")
      .notNull()
      .references(() => payable.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull().defaultNow(),
    on: date("on").notNull(),
    /** The run by which it was moved. */
    runId: uuid("run_id"),
    /** A code: why a transfer failed, why it was returned. */
    reason: text(),
    /** Sealed record `payment-comment` with what was said of it. */
    commentId: uuid("comment_id"),
  },
  (table) => [
    primaryKey({ columns: [table.payableId, table.revision] }),
    index("payable_event_run").on(table.runId),
    index("payable_event_day").on(table.on, table.event),
  ],
);

/** 窓口払い: who asked who it was and by what, and another who handed over the money against a receipt. */
export const cashPayment = payments.table(
  "cash_payment",
  {
    payableId: uuid("payable_id")
      .primaryKey()
      .references(() => payable.id),
    /** How whoever came was identified, a code of the identity checks. */
    identity: text().notNull(),
    /** Whether somebody came for them with a 委任状. */
    byAgent: boolean("by_agent").notNull(),
    preparedBy: integer("prepared_by").notNull(),
    preparedOn: date("prepared_on").notNull(),
    /** 領収書番号. */
    receiptNumber: text("receipt_number"),
    paidBy: integer("paid_by"),
    paidOn: date("paid_on"),
  },
  () => [
    check("cash_payment_two_people", sql`paid_by <> prepared_by`),
    check("cash_payment_paid", sql`num_nulls(receipt_number, paid_by, paid_on) in (0, 3)`),
  ],
);
