import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  time,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { formSetting } from "./printing.ts";

/** 対象者抽出 of 予防接種: who is asked for, who was found, what they were sent. Written by the functions of 46-targets.sql alone. */
export const targets = pgSchema("targets");

/** What is made of an extraction; the codes of workflows/vaccination/targets/outputs.ts. */
export const targetOutputs = [
  "coupon",
  "booklet",
  "interview",
  "letter",
  "postcard",
  "session",
] as const;

const asked = () => ({
  title: text().notNull(),
  /** What is asked for, as workflows/vaccination/targets/criteria.ts reads it; nothing of any person. */
  criteria: jsonb().notNull(),
  output: text({ enum: targetOutputs }).notNull(),
});

/** A definition that is kept to be run again (抽出条件), some of them each month. */
export const definition = targets.table(
  "definition",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    ...asked(),
    monthly: boolean().notNull(),
    revision: integer().notNull().default(1),
    changedBy: integer("changed_by").notNull(),
    changedAt: moment("changed_at").notNull(),
    endedAt: moment("ended_at"),
  },
  (table) => [
    oneOf("definition_output", table.output),
    check("definition_title", sql`length(title) between 1 and 60`),
  ],
);

/** A list of people that was handed in as numbers (統合宛名番号). */
export const personList = targets.table(
  "person_list",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    title: text().notNull(),
    people: integer().notNull(),
    madeBy: integer("made_by").notNull(),
    madeAt: moment("made_at").notNull(),
  },
  () => [check("person_list_title", sql`length(title) between 1 and 60`)],
);
export const listed = targets.table(
  "listed",
  {
    listId: integer("list_id")
      .notNull()
      .references(() => personList.id, { onDelete: "cascade" }),
    personNumber: text("person_number").notNull(),
  },
  (table) => [primaryKey({ columns: [table.listId, table.personNumber] })],
);

/** Who was found on a day, and who was not and why. */
export const extraction = targets.table(
  "extraction",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    definitionId: integer("definition_id").references(() => definition.id),
    ...asked(),
    asOf: date("as_of").notNull(),
    /** How many of them, by outcome. */
    counts: jsonb().$type<Readonly<Record<string, number>>>().notNull(),
    state: text({ enum: ["made", "used", "discarded"] }).notNull(),
    madeBy: integer("made_by").notNull(),
    madeAt: moment("made_at").notNull(),
    madeOn: date("made_on").notNull(),
  },
  (table) => [
    oneOf("extraction_output", table.output),
    oneOf("extraction_state", table.state),
    index("extraction_definition").on(table.definitionId, table.madeOn),
  ],
);
export const found = targets.table(
  "found",
  {
    extractionId: uuid("extraction_id")
      .notNull()
      .references(() => extraction.id, { onDelete: "cascade" }),
    personNumber: text("person_number").notNull(),
    /** Vaccine, dose and occasion: `mr1:1`, `flu:1:2026`; the vaccine alone where no dose is next. */
    subject: text().notNull(),
    /** `included`, or why not: workflows/vaccination/targets/outcomes.ts. */
    outcome: text().notNull(),
    label: text(),
    usableFrom: date("usable_from"),
    usableTo: date("usable_to"),
  },
  (table) => [
    primaryKey({ columns: [table.extractionId, table.personNumber, table.subject] }),
    index("found_outcome").on(table.extractionId, table.outcome, table.personNumber),
  ],
);

/** Letters and reminders that were sent (個別通知・勧奨の発行履歴); coupons stand in vaccination.coupon. */
export const notice = targets.table(
  "notice",
  {
    number: text().primaryKey(),
    personNumber: text("person_number").notNull(),
    subject: text().notNull(),
    output: text({ enum: ["letter", "postcard"] }).notNull(),
    state: text({ enum: ["sent", "withdrawn"] }).notNull(),
    issuedOn: date("issued_on").notNull(),
    /** What stood on it and with what it was printed, by which it is printed again. Unknown of those that the office printed before this was kept. */
    label: text(),
    usableFrom: date("usable_from"),
    usableTo: date("usable_to"),
    templateVersion: text("template_version"),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    /** The run that made it; none where it was printed in the office. */
    runId: uuid("run_id"),
    staffId: integer("staff_id").notNull(),
    at: moment("at").notNull(),
  },
  (table) => [
    check(
      "notice_whole",
      sql`num_nonnulls(label, usable_from, usable_to, template_version) in (0, 4) and (usable_from is null or usable_from <= usable_to)`,
    ),
    oneOf("notice_output", table.output),
    oneOf("notice_state", table.state),
    check("notice_number", sql`number ~ '^[0-9]{10}$'`),
    index("notice_person").on(table.personNumber, table.output, table.subject),
    index("notice_run").on(table.runId),
    uniqueIndex("notice_once")
      .on(table.personNumber, table.subject, table.output, table.issuedOn)
      .where(sql`state = 'sent'`),
  ],
);

/** That a letter or a reminder was printed once more (再印刷), and that such a run was given up; as of coupons in vaccination.coupon_event. */
export const noticeEvent = targets.table(
  "notice_event",
  {
    number: text()
      .notNull()
      .references(() => notice.number),
    sequence: integer().notNull(),
    event: text({ enum: ["reprinted", "reprint-withdrawn"] }).notNull(),
    /** Of a reprint: a code of `reprintReasons`. */
    reason: text({ enum: ["spoilt", "lost", "undelivered", "name-changed"] }),
    staffId: integer("staff_id").notNull(),
    on: date("on").notNull(),
    at: moment("at").notNull(),
    /** The run that printed it; none where it was printed in the office. */
    runId: uuid("run_id"),
  },
  (table) => [
    primaryKey({ columns: [table.number, table.sequence] }),
    oneOf("notice_event_event", table.event),
    oneOf("notice_event_reason", table.reason),
    check(
      "notice_event_whole",
      sql`(event = 'reprinted') = (reason is not null) and (event = 'reprinted' or run_id is not null)`,
    ),
    // A run prints a piece once, and is given up once.
    uniqueIndex("notice_event_once")
      .on(table.number, table.runId, table.event)
      .where(sql`run_id is not null`),
    index("notice_event_run").on(table.runId),
  ],
);

/** 集団接種の一回: the people of an extraction in the order of the session. */
export const session = targets.table(
  "session",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    extractionId: uuid("extraction_id")
      .notNull()
      .references(() => extraction.id),
    place: text().notNull(),
    heldOn: date("held_on").notNull(),
    /** When the first come, how many come together, and after how many minutes the next. */
    opensAt: time("opens_at").notNull(),
    together: integer().notNull(),
    minutes: integer().notNull(),
    madeBy: integer("made_by").notNull(),
    madeAt: moment("made_at").notNull(),
  },
  () => [
    check("session_place", sql`length(place) between 1 and 60`),
    check("session_together", sql`together between 1 and 200`),
    check("session_minutes", sql`minutes between 1 and 240`),
  ],
);
export const seat = targets.table(
  "seat",
  {
    sessionId: integer("session_id")
      .notNull()
      .references(() => session.id, { onDelete: "cascade" }),
    seat: integer().notNull(),
    personNumber: text("person_number").notNull(),
    subject: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.seat] }),
    uniqueIndex("seat_once").on(table.sessionId, table.personNumber, table.subject),
  ],
);

/** What the contractor told of a piece that was handed over: made well, spoilt, posted. The last word counts. */
export const pieceResult = targets.table(
  "piece_result",
  {
    runId: uuid("run_id").notNull(),
    pieceNumber: text("piece_number").notNull(),
    result: text({ enum: ["made", "spoilt", "posted"] }).notNull(),
    toldOn: date("told_on").notNull(),
    staffId: integer("staff_id").notNull(),
    at: moment("at").notNull(),
    /** Spoilt: what was done about it. */
    settled: text({ enum: ["printed-again", "withdrawn"] }),
    settledBy: integer("settled_by"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.pieceNumber] }),
    index("piece_result_spoilt").on(table.runId).where(sql`result = 'spoilt' and settled is null`),
    oneOf("piece_result_result", table.result),
    check(
      "piece_result_settled",
      sql`(settled is null) = (settled_by is null) and (settled is null or (result = 'spoilt' and settled in ('printed-again', 'withdrawn')))`,
    ),
  ],
);
