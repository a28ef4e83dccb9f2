import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment, oneOf } from "../columns.ts";
import { formSetting } from "./printing.ts";

export const mailings = pgSchema("mailings");

/** Contractors (委託先) that print and post. The public key is what packages are encrypted for. */
export const contractor = mailings.table(
  "contractor",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    contractFrom: date("contract_from").notNull(),
    contractTo: date("contract_to").notNull(),
    /** An age recipient, `age1…`. */
    publicKey: text("public_key").notNull(),
    /** How the sheets of a bundle are marked for its enveloping machine: a layout of `forms/mailing/bundle-marks.ts`. */
    bundleMark: text("bundle_mark").notNull().default("words"),
    registeredBy: integer("registered_by").notNull(),
    registeredAt: moment("registered_at").notNull().defaultNow(),
    endedAt: moment("ended_at"),
  },
  () => [
    check("contractor_period", sql`contract_from <= contract_to`),
    check("contractor_key", sql`public_key ~ '^age1[0-9a-z]{20,}$'`),
  ],
);

/** One run of a mailing (一括発送の一回). */
export const batchRun = mailings.table(
  "batch_run",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number, shown as `M000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    /** Which letters: id of a `MailingKind`. */
    kind: text().notNull(),
    title: text().notNull(),
    /** What was ordered: dates, codes and numbers of things only. */
    parameters: jsonb().notNull(),
    /** Version of the machine under which it was begun, and by which it goes on. */
    machineVersion: integer("machine_version").notNull().default(1),
    state: text().notNull().default("preparing"),
    revision: integer().notNull().default(1),
    /** 印刷期限: by when the contractor is to have printed. */
    printBy: date("print_by"),
    /** 発送予定日 */
    sendOn: date("send_on"),
    /** What goes into one envelope: each piece alone, those of one person, those of one household. */
    bundling: text({ enum: ["none", "person", "household"] })
      .notNull()
      .default("none"),
    /** The run whose pieces that did not go are sent with this one. */
    followsRunId: uuid("follows_run_id").references((): AnyPgColumn => batchRun.id),
    contractorId: integer("contractor_id")
      .notNull()
      .references(() => contractor.id),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    submittedBy: integer("submitted_by"),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    /** The revision that the approver looked at. */
    approvedRevision: integer("approved_revision"),
    /** The business date of the approval: date of the letters and of the files. */
    datedOn: date("dated_on"),
    /** The form and the 帳票の設定 that were approved: all files of the run are printed so, whatever comes meanwhile. */
    templateVersion: text("template_version"),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    madeCount: integer("made_count").notNull().default(0),
    fileCount: integer("file_count").notNull().default(0),
    /** Wrapped key of the working files; taken away when the run is over, which makes them unreadable. */
    workingKey: bytea("working_key"),
    /** Who asked last that the package be withdrawn (取下げ), and who approved it. */
    withdrawalAskedBy: integer("withdrawal_asked_by"),
    withdrawnBy: integer("withdrawn_by"),
    withdrawnAt: moment("withdrawn_at"),
    /** Until when the package can be taken out. */
    downloadUntil: date("download_until"),
    /** What went wrong, without personal data. */
    problem: text(),
  },
  (table) => [
    index("batch_run_program").on(table.program, table.state),
    check(
      "batch_run_two_people",
      sql`approved_by is null or (approved_by <> prepared_by and approved_by <> submitted_by)`,
    ),
    check(
      "batch_run_made_only_when_approved",
      sql`approved_by is not null or state not in ('approved', 'making', 'complete', 'handed-over', 'received', 'closed', 'failed', 'withdrawal-asked', 'withdrawn')`,
    ),
    check(
      "batch_run_withdrawn_by_another",
      sql`(withdrawn_by is null) = (state <> 'withdrawn') and (withdrawn_by is null) = (withdrawn_at is null)
        and (withdrawn_by is null or withdrawn_by <> withdrawal_asked_by)`,
    ),
    check(
      "batch_run_withdrawal_by_version",
      sql`machine_version >= 2 or state not in ('withdrawal-asked', 'withdrawn')`,
    ),
    check(
      "batch_run_printed_before_sent",
      sql`print_by is null or send_on is null or print_by <= send_on`,
    ),
    check(
      "batch_run_approval_whole",
      sql`(approved_by is null) = (approved_revision is null) and (approved_by is null) = (dated_on is null)`,
    ),
  ],
);

/** What happened to a run: who, when, with which comment. 差戻し comments stay. */
export const batchEvent = mailings.table(
  "batch_event",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    /** Revision of the run after the event. */
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull().defaultNow(),
    /** Sealed record that holds the comment. */
    commentId: uuid("comment_id"),
  },
  (table) => [primaryKey({ columns: [table.runId, table.revision] })],
);

/**
 * One piece of a run, or one that is left out. `place` is the postal order among the pieces to be
 * sent; the address itself stays in the vault.
 */
export const batchItem = mailings.table(
  "batch_item",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id, { onDelete: "cascade" }),
    personNumber: text("person_number").notNull(),
    /** What the piece is about within the kind, such as `mr1:1`. */
    subject: text().notNull(),
    state: text({ enum: ["ready", "held", "left-out", "made"] }).notNull(),
    /** Why held or left out: a code of the common reasons or of those of the kind. */
    reason: text(),
    /** 1, 2, 3 … in postal order; pieces left out have none. */
    place: integer(),
    /** Printed number of the piece, given when the making begins unless it had one before. */
    pieceNumber: text("piece_number"),
    /** Pieces with the same number go into one envelope; none where each goes alone. */
    bundle: integer(),
    /** Which file of the package holds it. */
    file: integer(),
    releasedBy: integer("released_by"),
    releasedAt: moment("released_at"),
    /** Sealed record that holds the reason of the release. */
    releaseReasonId: uuid("release_reason_id"),
    /** Who settled otherwise what did not go with the run, and the sealed record of the reason. */
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
    settleReasonId: uuid("settle_reason_id"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.personNumber, table.subject] }),
    uniqueIndex("batch_item_place").on(table.runId, table.place),
    uniqueIndex("batch_item_number").on(table.runId, table.pieceNumber),
    index("batch_item_piece_number").on(table.pieceNumber),
    index("batch_item_state").on(table.runId, table.state, table.reason),
    index("batch_item_file").on(table.runId, table.file),
    index("batch_item_person").on(table.personNumber),
    index("batch_item_unsent")
      .on(table.runId, table.reason)
      .where(sql`settled_by is null and state in ('held', 'left-out')`),
    check("batch_item_reason", sql`(state in ('held', 'left-out')) = (reason is not null)`),
    check("batch_item_release", sql`(released_by is null) = (release_reason_id is null)`),
    check(
      "batch_item_settled",
      sql`(settled_by is null) = (settle_reason_id is null) and (settled_by is null or state in ('held', 'left-out'))`,
    ),
  ],
);

/** Files of a run as they went into the package, and the package itself. */
export const packageFile = mailings.table(
  "package_file",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    name: text().notNull(),
    kind: text({ enum: ["pdf", "index", "manifest", "package"] }).notNull(),
    /** Number of the PDF file in the run, from 1. */
    file: integer(),
    pieces: integer().notNull(),
    /** Pages of the PDF, or of all of them: a piece may have several. */
    pages: integer().notNull(),
    /** How many envelopes they fill; unknown of files made before pieces were bundled. */
    envelopes: integer(),
    firstNumber: text("first_number"),
    lastNumber: text("last_number"),
    bytes: bigint({ mode: "number" }).notNull(),
    sha256: text().notNull(),
    madeAt: moment("made_at").notNull().defaultNow(),
    erasedAt: moment("erased_at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.name] }),
    uniqueIndex("package_file_number").on(table.runId, table.file),
  ],
);

/** 授受簿 (OUT-1): what, how many, when, to whom, receipt, return, erasure report; or that a package was withdrawn. */
export const handOver = mailings.table(
  "hand_over",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    contractorId: integer("contractor_id")
      .notNull()
      .references(() => contractor.id),
    packageName: text("package_name").notNull(),
    pieces: integer().notNull(),
    sha256: text().notNull(),
    /** None where the package was withdrawn instead. */
    handedOn: date("handed_on"),
    handedBy: integer("handed_by"),
    /** How: `transfer` (ファイル転送), `medium` (媒体). */
    manner: text({ enum: ["transfer", "medium"] }),
    /** 取下げ: the package was never handed over. */
    withdrawnOn: date("withdrawn_on"),
    withdrawnBy: integer("withdrawn_by"),
    receivedOn: date("received_on"),
    /** Number of the receipt (受領書番号). */
    receiptNumber: text("receipt_number"),
    mediumReturnedOn: date("medium_returned_on"),
    erasedOn: date("erased_on"),
    /** Number of the erasure report (消去報告書番号). */
    erasureReport: text("erasure_report"),
  },
  (table) => [
    foreignKey({
      columns: [table.runId, table.packageName],
      foreignColumns: [packageFile.runId, packageFile.name],
    }),
    uniqueIndex("hand_over_once").on(table.runId),
    check(
      "hand_over_or_withdrawal",
      sql`(handed_on is null) = (handed_by is null) and (handed_on is null) = (manner is null)
        and (withdrawn_on is null) = (withdrawn_by is null) and (handed_on is null) <> (withdrawn_on is null)
        and (withdrawn_on is null or (received_on is null and erased_on is null and medium_returned_on is null))`,
    ),
    check("hand_over_receipt", sql`(received_on is null) = (receipt_number is null)`),
    check("hand_over_erasure", sql`(erased_on is null) = (erasure_report is null)`),
    check(
      "hand_over_medium_comes_back",
      sql`erased_on is null or manner = 'transfer' or medium_returned_on is not null`,
    ),
  ],
);

/**
 * 封入封緘: who puts the printed sheets of a run into envelopes, where another contractor than the printer does, and what
 * both told of it: made, spoilt, posted. Counts and days alone; nothing of the pieces goes to this contractor as data.
 */
export const enclosing = mailings.table(
  "enclosing",
  {
    runId: uuid("run_id")
      .primaryKey()
      .references(() => batchRun.id),
    contractorId: integer("contractor_id")
      .notNull()
      .references(() => contractor.id),
    namedBy: integer("named_by").notNull(),
    namedAt: moment("named_at").notNull().defaultNow(),
    /** 封入封緘指示書: SHA-256 of it, when it was handed over, and by whom. */
    sha256: text(),
    handedOn: date("handed_on"),
    handedBy: integer("handed_by"),
    /** The printer's result: good pieces, and those that it spoilt and printed again. */
    printedOn: date("printed_on"),
    printed: integer(),
    misprinted: integer(),
    printedBy: integer("printed_by"),
    /** The sheets came from the printer: how many pieces, and the number of the receipt. */
    deliveredOn: date("delivered_on"),
    delivered: integer(),
    deliveryNumber: text("delivery_number"),
    deliveredBy: integer("delivered_by"),
    /** 発送: pieces that went to the post, and those that were spoilt while they were enclosed. */
    postedOn: date("posted_on"),
    posted: integer(),
    spoilt: integer(),
    postedBy: integer("posted_by"),
    /** Why the counts differ; a code. */
    difference: text({ enum: ["spoilt", "withdrawn", "missing", "other"] }),
  },
  (table) => [
    index("enclosing_contractor").on(table.contractorId),
    oneOf("enclosing_difference", table.difference),
    check("enclosing_handed", sql`num_nulls(sha256, handed_on, handed_by) in (0, 3)`),
    check(
      "enclosing_printed",
      sql`num_nulls(printed_on, printed, misprinted, printed_by) in (0, 4) and printed >= 0 and misprinted >= 0`,
    ),
    check(
      "enclosing_delivered",
      sql`num_nulls(delivered_on, delivered, delivery_number, delivered_by) in (0, 4) and delivered >= 0
        and (delivered_on is null or printed_on is not null and handed_on is not null)`,
    ),
    check(
      "enclosing_posted",
      sql`num_nulls(posted_on, posted, spoilt, posted_by) in (0, 4) and posted >= 0 and spoilt >= 0
        and (posted_on is null or delivered_on is not null)`,
    ),
  ],
);

/** 返戻: a piece that the post brought back. Entered, corrected and settled through functions of the database alone. */
export const returnedPiece = mailings.table(
  "returned_piece",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    /** Of which mailing kind. */
    kind: text().notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    personNumber: text("person_number").notNull(),
    subject: text().notNull(),
    pieceNumber: text("piece_number").notNull(),
    reason: text({
      enum: ["unknown-address", "moved", "not-collected", "refused", "other"],
    }).notNull(),
    enteredOn: date("entered_on").notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
    /** Somebody corrected the reason, or took the entry back: it was read by mistake. */
    correctedBy: integer("corrected_by"),
    correctedAt: moment("corrected_at"),
    takenBack: boolean("taken_back").notNull().default(false),
    /** What came of looking into the address. */
    outcome: text({ enum: ["sent-again", "handed-out", "moved-away", "not-found"] }),
    settledOn: date("settled_on"),
    settledBy: integer("settled_by"),
  },
  (table) => [
    foreignKey({
      columns: [table.runId, table.personNumber, table.subject],
      foreignColumns: [batchItem.runId, batchItem.personNumber, batchItem.subject],
      name: "returned_piece_item",
    }),
    uniqueIndex("returned_piece_once")
      .on(table.runId, table.pieceNumber)
      .where(sql`not taken_back`),
    index("returned_piece_person").on(table.personNumber),
    index("returned_piece_day").on(table.program, table.enteredBy, table.enteredOn),
    index("returned_piece_open")
      .on(table.program, table.id)
      .where(sql`outcome is null and not taken_back`),
    check(
      "returned_piece_settled",
      sql`(outcome is null) = (settled_on is null) and (outcome is null) = (settled_by is null)
        and (outcome is null or not taken_back)`,
    ),
    check(
      "returned_piece_codes",
      sql`reason in ('unknown-address', 'moved', 'not-collected', 'refused', 'other')
        and (outcome is null or outcome in ('sent-again', 'handed-out', 'moved-away', 'not-found'))`,
    ),
    check("returned_piece_corrected", sql`(corrected_by is null) = (corrected_at is null)`),
  ],
);
