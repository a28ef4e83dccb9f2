import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { staff } from "./access.ts";

/** 提供・移転 (PRV). Written by the functions of 84-provision.sql alone. */
export const provision = pgSchema("provision");

/** To whom what may be provided on which legal basis, from day to day: proposed by one person, approved by another. */
export const rule = provision.table(
  "rule",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    recipient: text().notNull(),
    legalBasis: text("legal_basis").notNull(),
    /** 事務 of the recipient for which it is used. */
    work: text().notNull(),
    items: text().array().notNull(),
    /** `network`: 情報提供ネットワークシステム, of one person at a time. */
    way: text({ enum: ["file", "paper", "network"] }).notNull(),
    /** `age1…` of the recipient, for a file. */
    publicKey: text("public_key"),
    validFrom: date("valid_from").notNull(),
    /** Last day; none until told otherwise. */
    validTo: date("valid_to"),
    /** Of which 事務 the 資格情報 are among the items; none where the items are those of the resident register alone. */
    program: text(),
    /** Whom a file holds: of whom the recipient asked, or whose household applied in this 事務 within the period. */
    applicantsOf: text("applicants_of"),
    /** 時期・頻度, such as 随時 or 毎月. */
    timing: text({ enum: ["as-needed", "monthly", "yearly"] })
      .notNull()
      .default("as-needed"),
    /** Where it is written that this is so, such as 評価書 or a notice. */
    source: text().notNull(),
    proposedBy: integer("proposed_by")
      .notNull()
      .references(() => staff.id),
    proposedAt: moment("proposed_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    index("rule_recipient").on(table.recipient, table.legalBasis),
    oneOf("rule_way", table.way),
    oneOf("rule_decision", table.decision),
    oneOf("rule_timing", table.timing),
    check("rule_applicants", sql`applicants_of is null or program is not null`),
    check("rule_period", sql`valid_to is null or valid_to >= valid_from`),
    check("rule_items", sql`cardinality(items) > 0`),
    check("rule_key", sql`(way = 'file') = (public_key is not null)`),
    check("rule_two_people", sql`decided_by <> proposed_by`),
    check("rule_decision_whole", sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`),
  ],
);

/** A person of whom nothing is answered without somebody's release (自動応答不可), until a second person lifts it. */
export const flag = provision.table(
  "flag",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    reason: text({ enum: ["own-request", "safety", "dispute", "other"] }).notNull(),
    setBy: integer("set_by")
      .notNull()
      .references(() => staff.id),
    setAt: moment("set_at").notNull().defaultNow(),
    /** Why it is to be lifted, and who proposed that. */
    liftReason: text("lift_reason", { enum: ["own-request", "ended", "mistake"] }),
    liftAskedBy: integer("lift_asked_by").references(() => staff.id),
    liftAskedAt: moment("lift_asked_at"),
    liftedBy: integer("lifted_by").references(() => staff.id),
    liftedAt: moment("lifted_at"),
  },
  (table) => [
    uniqueIndex("flag_in_force").on(table.personNumber).where(sql`lifted_at is null`),
    oneOf("flag_reason", table.reason),
    oneOf("flag_lift_reason", table.liftReason),
    check("flag_two_people", sql`lifted_by <> lift_asked_by`),
    check("flag_lift_asked", sql`num_nulls(lift_reason, lift_asked_by, lift_asked_at) in (0, 3)`),
    check("flag_lifted", sql`num_nulls(lifted_by, lifted_at) in (0, 2)`),
  ],
);

/** Each request for somebody's data, with what became of it; refusals too. */
export const request = provision.table(
  "request",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** What was asked, as it was asked. */
    recipient: text().notNull(),
    legalBasis: text("legal_basis").notNull(),
    items: text().array().notNull(),
    personNumber: text("person_number").notNull(),
    /** The rule that allows it. */
    ruleId: integer("rule_id").references(() => rule.id),
    askedBy: integer("asked_by")
      .notNull()
      .references(() => staff.id),
    askedAt: moment("asked_at").notNull().defaultNow(),
    /** Business date, from which the period of keeping is counted. */
    askedOn: date("asked_on").notNull(),
    state: text({ enum: ["provided", "waiting", "released", "refused"] }).notNull(),
    /** Why not: who, on which basis or what was not listed, nobody of that number, or somebody decided so. */
    refusal: text({ enum: ["recipient", "basis", "items", "person", "decided"] }),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
    decisionReason: text("decision_reason"),
    /** Who took it, and when: at once, or after the release. */
    takenBy: integer("taken_by").references(() => staff.id),
    takenAt: moment("taken_at"),
  },
  (table) => [
    index("request_asked_on").on(table.askedOn),
    index("request_person").on(table.personNumber),
    index("request_waiting").on(table.id).where(sql`state in ('waiting', 'released')`),
    oneOf("request_state", table.state),
    oneOf("request_refusal", table.refusal),
    check("request_refused", sql`(state = 'refused') = (refusal is not null)`),
    check("request_listed", sql`rule_id is not null or state = 'refused'`),
    check("request_taken", sql`(state = 'provided') = (taken_by is not null)`),
    check("request_two_people", sql`decided_by <> asked_by`),
    check("request_decided", sql`num_nulls(decided_by, decided_at, decision_reason) in (0, 3)`),
  ],
);

/**
 * A file (or list) of 資格情報 by period for a listed recipient: prepared by one person, approved by another, taken once.
 * Refusals stand here too.
 */
export const file = provision.table(
  "file",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The rule that it was asked by, as it was asked. */
    ruleId: integer("rule_id")
      .notNull()
      .references(() => rule.id),
    recipient: text().notNull(),
    legalBasis: text("legal_basis").notNull(),
    items: text().array().notNull(),
    periodFrom: date("period_from").notNull(),
    periodTo: date("period_to").notNull(),
    /** How many numbers were asked about; none where the database finds the applicants. */
    asked: integer(),
    askedBy: integer("asked_by")
      .notNull()
      .references(() => staff.id),
    askedAt: moment("asked_at").notNull().defaultNow(),
    /** Business date, from which the period of keeping is counted. */
    askedOn: date("asked_on").notNull(),
    state: text({ enum: ["waiting", "approved", "refused", "provided"] }).notNull(),
    /** Why not: the rule is not in force or is for no file, an item is not listed, nobody is found, or somebody decided so. */
    refusal: text({ enum: ["rule", "items", "nobody", "decided"] }),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
    decisionReason: text("decision_reason"),
    takenBy: integer("taken_by").references(() => staff.id),
    takenAt: moment("taken_at"),
    /** Lines of what was provided, and the SHA-256 of its bytes before they are encrypted. */
    lines: integer(),
    sha256: text(),
  },
  (table) => [
    index("file_asked_on").on(table.askedOn),
    index("file_waiting").on(table.id).where(sql`state in ('waiting', 'approved')`),
    oneOf("file_state", table.state),
    oneOf("file_refusal", table.refusal),
    check("file_period", sql`period_to >= period_from`),
    check("file_refused", sql`(state = 'refused') = (refusal is not null)`),
    check("file_two_people", sql`decided_by <> asked_by`),
    check("file_decided", sql`num_nulls(decided_by, decided_at) in (0, 2)`),
    check("file_approved", sql`state not in ('approved', 'provided') or decided_by is not null`),
    check(
      "file_taken",
      sql`num_nulls(taken_by, taken_at, lines, sha256) = case when state = 'provided' then 0 else 4 end`,
    ),
  ],
);

/** Of whom a file tells, and of whom it is silent: who is flagged or protected is withheld until somebody releases them. */
export const filePerson = provision.table(
  "file_person",
  {
    fileId: integer("file_id")
      .notNull()
      .references(() => file.id),
    personNumber: text("person_number").notNull(),
    outcome: text({ enum: ["given", "withheld"] }).notNull(),
    releasedBy: integer("released_by").references(() => staff.id),
    releasedAt: moment("released_at"),
    releaseReason: text("release_reason"),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.personNumber] }),
    index("file_person_person").on(table.personNumber),
    oneOf("file_person_outcome", table.outcome),
    check(
      "file_person_released",
      sql`num_nulls(released_by, released_at, release_reason) in (0, 3) and (released_by is null or outcome = 'given')`,
    ),
  ],
);
