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
import { moment, oneOf } from "../columns.ts";
import { parameter } from "./city.ts";
import { entitlement } from "./entitlements.ts";

/** 医療費助成対象者情報 in the Public Medical Hub. Written by the functions of 86-pmh.sql alone; holds no personal data. */
export const pmh = pgSchema("pmh");

/** A run (PMH登録の回): what of the certificates of a 事務 differs from what the hub holds. */
export const run = pmh.table(
  "run",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Number as it is shown: `H000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    /** The city parameter by which it is sent: address, way, certificate. */
    settingId: integer("setting_id")
      .notNull()
      .references(() => parameter.id),
    /** `http` or `file`, of that parameter. */
    way: text({ enum: ["http", "file"] }).notNull(),
    machineVersion: integer("machine_version").notNull(),
    state: text().notNull(),
    revision: integer().notNull().default(1),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull(),
    submittedBy: integer("submitted_by"),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    /** Lines that were ready as it was approved. */
    approvedCount: integer("approved_count"),
    /** Why sending stopped: a code. */
    interruption: text(),
  },
  (table) => [
    index("run_program").on(table.program, table.state),
    oneOf("run_way", table.way),
    check(
      "run_two_people",
      sql`approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)`,
    ),
    check(
      "run_sent_only_when_approved",
      sql`approved_by is not null or state in ('prepared', 'awaiting-approval', 'cancelled')`,
    ),
    check("run_approval_whole", sql`num_nulls(approved_by, approved_at, approved_count) in (0, 3)`),
    check("run_interrupted", sql`(state = 'interrupted') = (interruption is not null)`),
  ],
);

/** What happened to a run. Insert only. */
export const runEvent = pmh.table(
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
  },
  (table) => [primaryKey({ columns: [table.runId, table.revision] })],
);

/**
 * One version of the certificate of an entitlement, to be registered under its own 履歴キー or deleted there. What the hub holds
 * is what was accepted and not deleted since. Once gathered, what a line says is never changed.
 */
export const line = pmh.table(
  "line",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    runId: uuid("run_id")
      .notNull()
      .references(() => run.id),
    operation: text({ enum: ["register", "delete"] }).notNull(),
    /** The id of the line that registers the version: its own, or the one that is deleted. */
    historyKey: bigint("history_key", { mode: "number" }).notNull(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    personNumber: text("person_number").notNull(),
    /** What changed. */
    why: text({
      enum: ["new", "period", "number", "person", "disclosure", "lost", "revoked", "suspended"],
    }).notNull(),
    recipientNumber: text("recipient_number").notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to").notNull(),
    /** Revision of the register's record of the person. */
    personRevision: integer("person_revision").notNull(),
    /** 不開示フラグ. */
    notDisclosed: boolean("not_disclosed").notNull(),
    /** Of a deletion: the line that has to be accepted first, so that nobody entitled is missing in between. */
    afterLine: bigint("after_line", { mode: "number" }),
    state: text({ enum: ["ready", "held", "accepted", "refused", "released"] }).notNull(),
    /** Why held, refused or released: a code of ours. */
    reason: text(),
    /** Code of the hub's answer. */
    answerCode: text("answer_code"),
    /** How often it was handed out to be sent. */
    attempts: integer().notNull().default(0),
    /** Until when the one that sends it has it to itself. */
    claimedUntil: moment("claimed_until"),
    answeredAt: moment("answered_at"),
    /** Of a refused one: sent again with the next run, or left until the certificate changes. */
    settled: text({ enum: ["again", "left"] }),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    // A version is registered once and deleted once, whatever is gathered at the same time.
    uniqueIndex("line_once")
      .on(table.historyKey, table.operation)
      .where(sql`state in ('ready', 'accepted')`),
    uniqueIndex("line_one_ready")
      .on(table.entitlementId)
      .where(sql`state = 'ready' and operation = 'register'`),
    index("line_run").on(table.runId, table.state),
    index("line_entitlement").on(table.entitlementId),
    index("line_person").on(table.personNumber),
    index("line_refused").on(table.id).where(sql`state = 'refused' and settled is null`),
    oneOf("line_operation", table.operation),
    oneOf("line_why", table.why),
    oneOf("line_state", table.state),
    oneOf("line_settled", table.settled),
    check("line_key", sql`operation = 'delete' or history_key = id`),
    check("line_dates", sql`valid_from <= valid_to`),
    check("line_reason", sql`(state in ('held', 'refused', 'released')) = (reason is not null)`),
    check("line_answer", sql`(state in ('accepted', 'refused')) = (answered_at is not null)`),
    check("line_answer_code", sql`answer_code ~ '^[A-Za-z0-9_.-]{1,30}$'`),
    check(
      "line_settled_whole",
      sql`num_nulls(settled, settled_by, settled_at) in (0, 3) and (settled is null or state = 'refused')`,
    ),
  ],
);
