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
import { caseRow } from "./cases.ts";
import { entitlement } from "./entitlements.ts";
import { batchRun } from "./mailings.ts";

/** 更新の期: the yearly renewal of a 事務. Written by the functions of 77-renewals.sql alone. */
export const renewals = pgSchema("renewals");

/** A season (期): who has to answer by when, and what follows for whoever does not; planned by one person, opened by another. */
export const season = renewals.table(
  "season",
  {
    id: uuid().primaryKey().defaultRandom(),
    program: text().notNull(),
    /** 年度 that stands on the forms. */
    year: integer().notNull(),
    /** Who is entitled on this day has to answer. */
    entitledOn: date("entitled_on").notNull(),
    /** First day of the new benefit year. */
    startsOn: date("starts_on").notNull(),
    /** 提出期限. */
    dueOn: date("due_on").notNull(),
    /** Days on which 督促 and 差止予告 are due to be sent. */
    remindOn: date("remind_on").notNull(),
    warnOn: date("warn_on").notNull(),
    /** The last day that the warning gives. */
    warnedUntil: date("warned_until").notNull(),
    /** The year whose income is held against the limits; null where none is. */
    incomeYear: integer("income_year"),
    /** What an income over the limit leads to, and no answer. */
    overLimit: text("over_limit", { enum: ["lost", "suspended"] }).notNull(),
    noAnswer: text("no_answer", { enum: ["lost", "suspended"] }).notNull(),
    state: text().notNull().default("planned"),
    revision: integer().notNull().default(1),
    plannedBy: integer("planned_by").notNull(),
    plannedAt: moment("planned_at").notNull(),
    openedBy: integer("opened_by"),
    openedAt: moment("opened_at"),
    closedOn: date("closed_on"),
  },
  (table) => [
    uniqueIndex("season_once").on(table.program, table.startsOn).where(sql`state <> 'refused'`),
    oneOf("season_over_limit", table.overLimit),
    oneOf("season_no_answer", table.noAnswer),
    check("season_two_people", sql`opened_by <> planned_by`),
    check("season_opened", sql`(opened_by is null) = (opened_at is null)`),
    check("season_open_only_by_two", sql`opened_by is not null or state in ('planned', 'refused')`),
    check(
      "season_days",
      sql`due_on < remind_on and remind_on < warn_on and warn_on < warned_until`,
    ),
  ],
);

/**
 * What is asked of one household (現況届) in a season, and how it went: one for each application that granted something. Moves along
 * the ways of workflows/renewals (flows.way).
 */
export const answer = renewals.table(
  "answer",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** 整理番号, printed with a check digit and as a barcode. */
    serial: bigint({ mode: "number" }).notNull().generatedAlwaysAsIdentity().unique(),
    seasonId: uuid("season_id")
      .notNull()
      .references(() => season.id),
    program: text().notNull(),
    /** The application that granted what is renewed. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Who has to answer. */
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    state: text().notNull().default("awaiting"),
    revision: integer().notNull().default(1),
    receivedOn: date("received_on"),
    /** By whom it was keyed. */
    receivedBy: integer("received_by"),
    via: text({ enum: ["window", "post", "electronic"] }),
    /** Whether it reports changes; `handled` once they were taken up as reports of change. */
    changes: text({ enum: ["none", "reported", "handled"] }),
    /** Documents that are missing, and the day until which they are asked for (補正). */
    missing: text().array().notNull().default(sql`'{}'`),
    completeBy: date("complete_by"),
    /** What the last judgement found that a person has to look at, as codes. */
    findings: text().array().notNull().default(sql`'{}'`),
    judgedOn: date("judged_on"),
    /** What was proposed, and why where it ends. */
    outcome: text({ enum: ["renew", "lost", "suspended"] }),
    reason: text(),
    proposedBy: integer("proposed_by"),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    decidedOn: date("decided_on"),
    /** The day on which it ended for want of an answer; stays when an answer comes late. */
    lapsedOn: date("lapsed_on"),
  },
  (table) => [
    uniqueIndex("answer_once").on(table.seasonId, table.caseId),
    index("answer_case").on(table.caseId),
    index("answer_person").on(table.personNumber),
    index("answer_state").on(table.seasonId, table.state, table.officeCode, table.serial),
    oneOf("answer_via", table.via),
    oneOf("answer_changes", table.changes),
    oneOf("answer_outcome", table.outcome),
    check("answer_two_people", sql`decided_by <> proposed_by`),
    check("answer_decided", sql`num_nulls(decided_by, decided_at, decided_on) in (0, 3)`),
    check("answer_received", sql`num_nulls(received_on, received_by, via, changes) in (0, 4)`),
    check(
      "answer_ends_only_when_decided",
      sql`decided_by is not null or state not in ('renewed', 'ended', 'lapsed')`,
    ),
    check("answer_renewed_only_with_answer", sql`state <> 'renewed' or received_on is not null`),
  ],
);

/** What happened to it. Insert only. */
export const answerEvent = renewals.table(
  "answer_event",
  {
    answerId: uuid("answer_id")
      .notNull()
      .references(() => answer.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
    /** Sealed record `renewal-comment`. */
    commentId: uuid("comment_id"),
  },
  (table) => [
    primaryKey({ columns: [table.answerId, table.revision] }),
    index("answer_event_on").on(table.on),
  ],
);

/** A letter of the season that a run of mailings made: 現況届, 督促, 差止予告, 通知. */
export const letter = renewals.table(
  "letter",
  {
    answerId: uuid("answer_id")
      .notNull()
      .references(() => answer.id),
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    kind: text({ enum: ["form", "reminder", "warning", "notice"] }).notNull(),
    madeOn: date("made_on").notNull(),
    /** The day that it names. */
    dueOn: date("due_on"),
    /** The run was cancelled or withdrawn: it never went out. */
    withdrawnOn: date("withdrawn_on"),
  },
  (table) => [
    primaryKey({ columns: [table.answerId, table.runId] }),
    index("letter_run").on(table.runId),
    oneOf("letter_kind", table.kind),
  ],
);

/** Income of the year that the season looks at, sealed with the key of its person: told by the tax office, or keyed and confirmed by another. The newest of a person holds. */
export const income = renewals.table(
  "income",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    answerId: uuid("answer_id")
      .notNull()
      .references(() => answer.id),
    personNumber: text("person_number").notNull(),
    incomeYear: integer("income_year").notNull(),
    source: text({ enum: ["tax-feed", "keyed"] }).notNull(),
    sealedId: uuid("sealed_id").notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull(),
    confirmedBy: integer("confirmed_by"),
    confirmedAt: moment("confirmed_at"),
  },
  (table) => [
    index("income_answer").on(table.answerId, table.personNumber),
    oneOf("income_source", table.source),
    check("income_two_people", sql`confirmed_by <> recorded_by`),
    check("income_confirmation_whole", sql`(confirmed_by is null) = (confirmed_at is null)`),
  ],
);

/** What a decision did to an entitlement, so that a late answer puts back what stood before it. Insert only. */
export const carriedOut = renewals.table(
  "carried_out",
  {
    answerId: uuid("answer_id")
      .notNull()
      .references(() => answer.id),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** The revision of the answer that did it. */
    revision: integer().notNull(),
    /** The last day as it was before. */
    validTo: date("valid_to").notNull(),
    wasSuspended: boolean("was_suspended").notNull(),
  },
  (table) => [primaryKey({ columns: [table.answerId, table.entitlementId, table.revision] })],
);
