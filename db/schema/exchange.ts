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
import { request, rule } from "./provision.ts";

/**
 * 情報連携 of 予防接種 in readiness: 副本 of records, inquiries to other municipalities and answers to theirs. Written by the functions
 * of 95-vaccination-exchange.sql alone; holds no name and no address of a person.
 */
export const exchange = pgSchema("exchange");

/** 副本登録の回. One is under way at a time. */
export const copyRun = exchange.table(
  "copy_run",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Number as it is shown: `F000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    /** All records, or what differs from what was accepted. */
    scope: text({ enum: ["full", "difference"] }).notNull(),
    /** The city parameter by which it is made. */
    settingId: integer("setting_id")
      .notNull()
      .references(() => parameter.id),
    machineVersion: integer("machine_version").notNull(),
    state: text().notNull(),
    revision: integer().notNull().default(1),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull(),
    preparedOn: date("prepared_on").notNull(),
    /** How far it was gathered: all up to this 統合宛名番号. */
    gatheredTo: text("gathered_to").notNull().default(""),
    /** Rows numbered so far. */
    rows: integer().notNull().default(0),
    submittedBy: integer("submitted_by"),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    approvedCount: integer("approved_count"),
    /** Why work in the background stopped: a code. */
    interruption: text({ enum: ["program", "setting"] }),
    /** The sealed file: its parts, rows, bytes and SHA-256. */
    fileParts: integer("file_parts"),
    fileRows: integer("file_rows"),
    fileBytes: bigint("file_bytes", { mode: "number" }),
    fileSha256: text("file_sha256"),
    /** Day on which it was handed over, and by when an answer is expected. */
    handedOverOn: date("handed_over_on"),
    answerDueOn: date("answer_due_on"),
  },
  (table) => [
    uniqueIndex("copy_run_one")
      .on(sql`(true)`)
      .where(sql`state not in ('answered', 'ended', 'cancelled')`),
    oneOf("copy_run_scope", table.scope),
    oneOf("copy_run_interruption", table.interruption),
    check(
      "copy_run_two_people",
      sql`approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)`,
    ),
    check(
      "copy_run_made_only_when_approved",
      sql`approved_by is not null or state in ('gathering', 'prepared', 'awaiting-approval', 'cancelled')`,
    ),
    check(
      "copy_run_approval_whole",
      sql`num_nulls(approved_by, approved_at, approved_count) in (0, 3)`,
    ),
    check(
      "copy_run_file_whole",
      sql`num_nulls(file_parts, file_rows, file_bytes, file_sha256) in (0, 4)`,
    ),
    check(
      "copy_run_file_stands",
      sql`file_sha256 is not null or state not in ('made', 'awaiting-answer', 'answered', 'ended')`,
    ),
    check("copy_run_digest", sql`file_sha256 ~ '^[0-9a-f]{64}$'`),
    check("copy_run_handed_over", sql`num_nulls(handed_over_on, answer_due_on) in (0, 2)`),
  ],
);

/** What happened to a run. Rows are only added. */
export const copyRunEvent = exchange.table(
  "copy_run_event",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => copyRun.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.revision] })],
);

/** What a row of the file says of a record. */
const said = () => ({
  /** 記録キー: the record, for ever. */
  shotId: uuid("shot_id").notNull(),
  /** 統合宛名番号 under which it is registered: that under which the person stands. */
  personNumber: text("person_number").notNull(),
  /** The number that the record itself has. */
  ownNumber: text("own_number").notNull(),
  vaccine: text().notNull(),
  dose: integer().notNull(),
  givenOn: date("given_on").notNull(),
  product: text(),
  lot: text(),
  volume: text(),
  clinicCode: text("clinic_code"),
  /** 自動応答不可フラグ. */
  noAutoAnswer: boolean("no_auto_answer").notNull(),
});

/** A row of a run: a record to be registered, or registered again, or deleted. What it says is never changed once it was made. */
export const copyLine = exchange.table(
  "copy_line",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => copyRun.id),
    /** 行番号 within the run. */
    number: integer().notNull(),
    operation: text({ enum: ["register", "delete"] }).notNull(),
    /** What changed. */
    why: text({
      enum: ["new", "corrected", "number", "flag", "same", "cancelled", "withheld"],
    }).notNull(),
    ...said(),
    state: text({ enum: ["ready", "accepted", "refused", "released"] }).notNull(),
    /** Why it was not sent, or not answered. */
    reason: text({ enum: ["not-sent", "not-answered", "withheld-since", "not-accepted"] }),
    /** Code of the answer. */
    answerCode: text("answer_code"),
    answeredAt: moment("answered_at"),
    /** Of a refused one: sent again with the next run, or left until the record changes. */
    settled: text({ enum: ["again", "left"] }),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.number] }),
    uniqueIndex("copy_line_once").on(table.runId, table.shotId),
    index("copy_line_person").on(table.personNumber),
    index("copy_line_shot").on(table.shotId),
    index("copy_line_refused")
      .on(table.answeredAt)
      .where(sql`state = 'refused' and settled is null`),
    oneOf("copy_line_operation", table.operation),
    oneOf("copy_line_why", table.why),
    oneOf("copy_line_state", table.state),
    oneOf("copy_line_reason", table.reason),
    oneOf("copy_line_settled", table.settled),
    check(
      "copy_line_reason_stands",
      sql`(state in ('refused', 'released')) = (reason is not null)`,
    ),
    check(
      "copy_line_answered",
      sql`(state in ('accepted', 'refused')) = (answered_at is not null)`,
    ),
    check("copy_line_code", sql`answer_code ~ '^[A-Za-z0-9_.-]{1,30}$'`),
    check(
      "copy_line_settled_whole",
      sql`num_nulls(settled, settled_by, settled_at) in (0, 3) and (settled is null or state = 'refused')`,
    ),
  ],
);

/** What the other side holds: what it accepted last of a record and has not deleted since. */
export const copyHeld = exchange.table(
  "copy_held",
  {
    ...said(),
    runId: uuid("run_id")
      .notNull()
      .references(() => copyRun.id),
    heldSince: moment("held_since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shotId] }),
    index("copy_held_own").on(table.ownNumber),
    index("copy_held_person").on(table.personNumber),
  ],
);

const addressed = () => ({
  /** 全国地方公共団体コード with its check digit. */
  municipalityCode: text("municipality_code"),
  /** Name and office, as they stand on the letter: 例示市　健康増進課. */
  municipality: text(),
  postalCode: text("postal_code"),
  address: text(),
});

/** An inquiry (照会) to another municipality or to an insurer, about somebody who moved here or who claims. */
export const inquiry = exchange.table(
  "inquiry",
  {
    id: uuid().primaryKey(),
    /** Number as it is shown: `Q000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    kind: text({ enum: ["records", "tax", "medical", "allowance"] }).notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** The claim that needs it. */
    caseId: uuid("case_id"),
    ...addressed(),
    state: text({
      enum: ["opened", "awaiting-release", "asked", "answered", "not-known", "closed", "withdrawn"],
    }).notNull(),
    revision: integer().notNull().default(1),
    openedBy: integer("opened_by").notNull(),
    openedAt: moment("opened_at").notNull(),
    openedOn: date("opened_on").notNull(),
    /** The row of the table of provisions by which it is asked, and the record of it. */
    ruleId: integer("rule_id").references(() => rule.id),
    requestId: integer("request_id").references(() => request.id),
    askedBy: integer("asked_by"),
    askedOn: date("asked_on"),
    dueOn: date("due_on"),
    reminders: integer().notNull().default(0),
    remindedOn: date("reminded_on"),
    answeredOn: date("answered_on"),
    /** Sealed for the person: what was answered, in words. */
    answerId: uuid("answer_id"),
    /** Records that came of the answer, or were known. */
    slipIds: uuid("slip_ids").array().notNull().default([]),
  },
  (table) => [
    index("inquiry_state").on(table.state, table.openedAt),
    index("inquiry_due").on(table.dueOn).where(sql`state = 'asked'`),
    index("inquiry_person").on(table.personNumber),
    index("inquiry_case").on(table.caseId),
    uniqueIndex("inquiry_request").on(table.requestId),
    uniqueIndex("inquiry_one_open")
      .on(table.personNumber, table.kind, sql`coalesce(municipality_code, '')`)
      .where(sql`state in ('opened', 'awaiting-release', 'asked')`),
    oneOf("inquiry_kind", table.kind),
    oneOf("inquiry_state_known", table.state),
    check("inquiry_code", sql`municipality_code ~ '^[0-9]{6}$'`),
    check("inquiry_postal_code", sql`postal_code ~ '^[0-9]{7}$'`),
    check(
      "inquiry_addressed",
      sql`num_nulls(municipality, postal_code, address) in (0, 3) and (municipality_code is null or municipality is not null)
        and (municipality is null or length(municipality) between 2 and 80) and (address is null or length(address) between 4 and 120)`,
    ),
    check(
      "inquiry_asked",
      sql`num_nulls(asked_by, asked_on, due_on) in (0, 3)
        and (state not in ('asked', 'answered', 'not-known', 'closed') or asked_on is not null and request_id is not null and municipality is not null)`,
    ),
    check("inquiry_provision", sql`num_nulls(rule_id, request_id) in (0, 2)`),
    check("inquiry_reminded", sql`(reminders = 0) = (reminded_on is null)`),
  ],
);

/** History of an inquiry. Rows are only added. */
export const inquiryEvent = exchange.table(
  "inquiry_event",
  {
    inquiryId: uuid("inquiry_id")
      .notNull()
      .references(() => inquiry.id),
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
  (table) => [primaryKey({ columns: [table.inquiryId, table.revision] })],
);

/** Letters of inquiries, reminders, and answers to others, as they were issued. Rows are only added. */
export const exchangePaper = exchange.table(
  "paper",
  {
    id: uuid().primaryKey(),
    kind: text({ enum: ["inquiry", "reminder", "answer"] }).notNull(),
    inquiryId: uuid("inquiry_id").references(() => inquiry.id),
    handOnId: uuid("hand_on_id").references(() => handOn.id),
    documentNumber: text("document_number").notNull().unique(),
    template: text().notNull(),
    /** The paper itself, sealed: printed again it is the same. */
    sealedId: uuid("sealed_id").notNull(),
    /** Of a reminder: the provision that it is, of its own. */
    requestId: integer("request_id"),
    issuedBy: integer("issued_by").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedAt: moment("issued_at").notNull(),
  },
  (table) => [
    index("exchange_paper_inquiry").on(table.inquiryId),
    index("exchange_paper_hand_on").on(table.handOnId),
    uniqueIndex("exchange_paper_request").on(table.requestId),
    oneOf("exchange_paper_kind", table.kind),
    check(
      "exchange_paper_of",
      sql`(kind = 'answer') = (hand_on_id is not null) and (kind <> 'answer') = (inquiry_id is not null)`,
    ),
  ],
);

/** An inquiry of another municipality about somebody who moved there (他市町村からの照会), and what became of it. */
export const handOn = exchange.table(
  "hand_on",
  {
    id: uuid().primaryKey(),
    /** Number as it is shown: `K000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    ...addressed(),
    /** 文書番号 of the inquiry, and the day on which it came. */
    theirNumber: text("their_number").notNull(),
    receivedOn: date("received_on").notNull(),
    ruleId: integer("rule_id")
      .notNull()
      .references(() => rule.id),
    requestId: integer("request_id").references(() => request.id),
    state: text({
      enum: ["received", "awaiting-release", "answered", "refused", "declined"],
    }).notNull(),
    revision: integer().notNull().default(1),
    /** The records that were told of. */
    shotIds: uuid("shot_ids").array().notNull().default([]),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    answeredBy: integer("answered_by"),
    answeredOn: date("answered_on"),
    declined: text({ enum: ["not-ours", "no-basis", "withdrawn", "entered-twice", "other"] }),
  },
  (table) => [
    index("hand_on_state").on(table.state, table.enteredAt),
    index("hand_on_person").on(table.personNumber),
    uniqueIndex("hand_on_request").on(table.requestId),
    oneOf("hand_on_state_known", table.state),
    oneOf("hand_on_declined", table.declined),
    check("hand_on_code", sql`municipality_code ~ '^[0-9]{6}$'`),
    check(
      "hand_on_addressed",
      sql`num_nulls(municipality, postal_code, address) = 0 and length(municipality) between 2 and 80 and length(address) between 4 and 120
        and postal_code ~ '^[0-9]{7}$'`,
    ),
    check("hand_on_number", sql`length(their_number) between 1 and 60`),
    check("hand_on_answered", sql`(state = 'answered') = (answered_on is not null)`),
    check("hand_on_provided", sql`state not in ('answered', 'refused') or request_id is not null`),
    check("hand_on_declined_stands", sql`(state = 'declined') = (declined is not null)`),
  ],
);

/** History of it. Rows are only added. */
export const handOnEvent = exchange.table(
  "hand_on_event",
  {
    handOnId: uuid("hand_on_id")
      .notNull()
      .references(() => handOn.id),
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
  (table) => [primaryKey({ columns: [table.handOnId, table.revision] })],
);
