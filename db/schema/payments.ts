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

/** 支払: accounts, what is owed to people, and the runs that pay it. Written by the functions of 62-payments*.sql alone. */
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

/**
 * A version of somebody's account for a 事務 (振込先口座): provisional until another person than who typed and who recorded
 * it has compared it with the evidence. Bank, number and name are sealed with the person's key.
 */
export const account = payments.table(
  "account",
  {
    id: uuid().primaryKey().defaultRandom(),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    source: text({ enum: ["application", "change", "counter", "public"] }).notNull(),
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
    /** With what it was compared: 通帳, キャッシュカード, 口座証明, 公金受取口座の照会結果. */
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
    oneOf("account_source", table.source),
    oneOf("account_state", table.state),
    oneOf("account_evidence", table.evidence),
    oneOf("account_closed_for", table.closedFor),
    check("account_two_people", sql`decided_by <> entered_by and decided_by <> recorded_by`),
    check("account_decided", sql`(decided_by is null) = (decided_at is null)`),
    check(
      "account_confirmed",
      sql`state not in ('confirmed', 'closed') or (decided_by is not null and evidence is not null)`,
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
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
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
    oneOf("payable_kind", table.kind),
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

/** A payment run (支払の回): what is payable on a closing date, by transfer. */
export const run = payments.table(
  "run",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number, and 顧客コード in the bank's file: `S000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    /** 区 whose payables it takes; none for all. */
    officeCode: text("office_code"),
    closingOn: date("closing_on").notNull(),
    /** 振込指定日. */
    payOn: date("pay_on").notNull(),
    machineVersion: integer("machine_version").notNull(),
    state: text().notNull(),
    revision: integer().notNull().default(1),
    settingId: integer("setting_id")
      .notNull()
      .references(() => setting.id),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull(),
    submittedBy: integer("submitted_by"),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    approvedRevision: integer("approved_revision"),
    /** Of the ready lines, as they were approved. */
    approvedCount: integer("approved_count"),
    approvedSum: bigint("approved_sum", { mode: "number" }),
    withdrawalAskedBy: integer("withdrawal_asked_by"),
    withdrawnBy: integer("withdrawn_by"),
  },
  (table) => [
    index("run_program").on(table.program, table.state),
    check(
      "run_two_people",
      sql`approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)`,
    ),
    check(
      "run_written_only_when_approved",
      sql`approved_by is not null or state not in ('approved', 'written', 'handed-over', 'closed', 'withdrawal-asked', 'withdrawn')`,
    ),
    check(
      "run_approval_whole",
      sql`num_nulls(approved_by, approved_at, approved_revision, approved_count, approved_sum) in (0, 5)`,
    ),
    check(
      "run_withdrawn_by_another",
      sql`(withdrawn_by is null) = (state <> 'withdrawn') and (withdrawn_by is null or withdrawn_by <> withdrawal_asked_by)`,
    ),
  ],
);

/** What happened to a run. Insert only. */
export const runEvent = payments.table(
  "run_event",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => run.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull().defaultNow(),
    commentId: uuid("comment_id"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.revision] })],
);

/**
 * One payable in a run, with the amount and the version of the account that are paid. A payable stands in one line alone that
 * is on its way or paid, in whatever run.
 */
export const runLine = payments.table(
  "run_line",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => run.id),
    payableId: uuid("payable_id")
      .notNull()
      .references(() => payable.id),
    state: text({ enum: ["ready", "held", "paid", "failed", "returned", "released"] }).notNull(),
    /** Why held, failed or returned: a code. */
    reason: text(),
    amount: bigint({ mode: "number" }).notNull(),
    accountId: uuid("account_id").references(() => account.id),
    /** 新規コード: 1 the first transfer to this person's account, 2 account changed, 0 otherwise. */
    newCode: text("new_code", { enum: ["0", "1", "2"] }),
    /** Place in the file, from 1: set as it is written. */
    place: integer(),
    /** The answer that settled it. */
    answerId: integer("answer_id"),
    answeredOn: date("answered_on"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.payableId] }),
    uniqueIndex("run_line_once").on(table.payableId).where(sql`state in ('ready', 'paid')`),
    uniqueIndex("run_line_place").on(table.runId, table.place),
    index("run_line_state").on(table.runId, table.state, table.reason),
    index("run_line_payable").on(table.payableId),
    oneOf("run_line_state_is", table.state),
    oneOf("run_line_new_code", table.newCode),
    check("run_line_reason", sql`(state in ('held', 'failed', 'returned')) = (reason is not null)`),
    check("run_line_account", sql`state = 'held' or account_id is not null`),
    check(
      "run_line_answer",
      sql`(state in ('paid', 'failed', 'returned')) = (answer_id is not null) and (answer_id is null) = (answered_on is null)`,
    ),
  ],
);

/** The bank's file of a run: where it is sealed, and what whoever receives it can compare. One a run. */
export const runFile = payments.table(
  "run_file",
  {
    runId: uuid("run_id")
      .primaryKey()
      .references(() => run.id),
    /** Sealed record `transfer-file`; none once it was erased. */
    sealedId: uuid("sealed_id"),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    count: integer().notNull(),
    sum: bigint({ mode: "number" }).notNull(),
    writtenBy: integer("written_by").notNull(),
    writtenAt: moment("written_at").notNull().defaultNow(),
    erasedAt: moment("erased_at"),
  },
  () => [
    check("run_file_digest", sql`sha256 ~ '^[0-9a-f]{64}$'`),
    check("run_file_erased", sql`(sealed_id is null) = (erased_at is not null)`),
  ],
);

/** 授受簿: which file was handed to the bank, when, by whom and to whom. */
export const handOver = payments.table("hand_over", {
  runId: uuid("run_id")
    .primaryKey()
    .references(() => runFile.runId),
  /** The bank or the office of the treasurer, and who took it there. */
  receiver: text().notNull(),
  receivedBy: text("received_by").notNull(),
  manner: text({ enum: ["transfer", "medium"] }).notNull(),
  handedOn: date("handed_on").notNull(),
  handedBy: integer("handed_by").notNull(),
});

/** A list of answers of the bank that was read, or a single one entered by hand. */
export const answer = payments.table(
  "answer",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    runId: uuid("run_id")
      .notNull()
      .references(() => run.id),
    kind: text({ enum: ["list", "returned"] }).notNull(),
    /** Of the bytes that were read, so that the same list is not read twice. */
    sha256: text(),
    /** What the list does not name was paid, as the bank says. */
    restPaid: boolean("rest_paid").notNull().default(false),
    paid: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    faults: integer().notNull().default(0),
    readBy: integer("read_by").notNull(),
    readOn: date("read_on").notNull(),
    readAt: moment("read_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("answer_once").on(table.runId, table.sha256),
    oneOf("answer_kind", table.kind),
  ],
);

/** A line of a list that could not be taken: its place and a code of why; nothing of what it says. */
export const answerFault = payments.table(
  "answer_fault",
  {
    answerId: integer("answer_id")
      .notNull()
      .references(() => answer.id),
    line: integer().notNull(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.answerId, table.line] })],
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
