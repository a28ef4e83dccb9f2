import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { account, payable, payments, setting } from "./payments.ts";

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
