import { sql } from "drizzle-orm";
import {
  boolean,
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
import { moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { attachment } from "./intake.ts";

/**
 * 健康被害救済: damages to health by a vaccination, the claims that are made of one (cases of the kind `vaccination/relief`), what
 * goes to the prefecture and what the Minister answers; the committee is a panel (review-panels.ts). Outside the vault stand codes,
 * days and numbers; symptoms and institutions are sealed.
 */
export const relief = pgSchema("relief");

const caseId = () =>
  uuid("case_id")
    .notNull()
    .references(() => caseRow.id);

/** 健康被害: one of a person, by one shot; several claims may be made of it, one after the other or beside each other. */
export const harm = relief.table(
  "harm",
  {
    id: uuid().primaryKey().defaultRandom(),
    personNumber: text("person_number").notNull(),
    /** The first case of it, with which what is known of it is sealed. */
    caseId: caseId(),
    openedBy: integer("opened_by").notNull().default(0),
    openedAt: moment("opened_at").notNull().defaultNow(),
  },
  (table) => [
    index("harm_person").on(table.personNumber),
    uniqueIndex("harm_case").on(table.caseId),
  ],
);

/** Of which damage a case claims, and after which earlier claim (再請求). */
export const reliefClaim = relief.table(
  "claim",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => caseRow.id),
    harmId: uuid("harm_id")
      .notNull()
      .references(() => harm.id),
    follows: uuid("follows").references(() => caseRow.id),
  },
  (table) => [
    index("claim_harm").on(table.harmId),
    check("claim_follows_another", sql`follows <> case_id`),
  ],
);

/** What an entry says of the damage and the claim; the newest revision of a case counts, earlier ones stay. Symptoms are sealed with it. */
export const claimFacts = relief.table(
  "claim_facts",
  {
    caseId: caseId(),
    /** Of the entry; set by the database. */
    revision: integer().notNull().default(0),
    class: text({ enum: ["A", "B", "temporary", "city"] }).notNull(),
    /** A vaccine of the schedule, or what was written on the paper where it is none. */
    vaccine: text().notNull(),
    shotOn: date("shot_on").notNull(),
    /** 接種記録, where the city has it; a record may be cancelled, so nothing refers to it. */
    shotId: uuid("shot_id"),
    /** 全国地方公共団体コード of where the person lived on the day of the shot: that municipality is competent. */
    residenceCode: text("residence_code").notNull(),
    diedOn: date("died_on"),
    benefits: text().array().notNull(),
    claimantNumber: text("claimant_number").notNull(),
    relation: text({
      enum: [
        "self",
        "guardian",
        "representative",
        "carer",
        "spouse",
        "child",
        "parent",
        "grandchild",
        "grandparent",
        "sibling",
        "funeral",
      ],
    }).notNull(),
    /** 請求日: the day on which the claim came, where it is one already. */
    claimedOn: date("claimed_on").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    index("claim_facts_claimant").on(table.claimantNumber),
    oneOf("claim_facts_class", table.class),
    oneOf("claim_facts_relation", table.relation),
    check("claim_facts_residence", sql`residence_code ~ '^[0-9]{6}$'`),
    check("claim_facts_days", sql`shot_on <= claimed_on and died_on >= shot_on`),
    check("claim_facts_vaccine", sql`length(vaccine) between 1 and 60`),
  ],
);

/** What is blacked out on a page of a scan before it goes to the prefecture, in thousandths of its width and height. */
export const blackout = relief.table(
  "blackout",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    caseId: caseId(),
    attachmentId: uuid("attachment_id")
      .notNull()
      .references(() => attachment.id),
    /** From 1. */
    page: integer().notNull(),
    left: integer("left_at").notNull(),
    top: integer("top_at").notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    markedBy: integer("marked_by").notNull(),
    markedAt: moment("marked_at").notNull(),
    takenBackBy: integer("taken_back_by"),
    takenBackAt: moment("taken_back_at"),
  },
  (table) => [
    index("blackout_page").on(table.caseId, table.attachmentId, table.page),
    check(
      "blackout_within",
      sql`page between 1 and 500 and left_at >= 0 and top_at >= 0 and width > 0 and height > 0 and left_at + width <= 1000 and top_at + height <= 1000`,
    ),
    check("blackout_taken_back_whole", sql`num_nulls(taken_back_by, taken_back_at) in (0, 2)`),
  ],
);

/** That somebody looked a page through for 個人番号 since it was marked last. */
export const checkedPage = relief.table(
  "checked_page",
  {
    caseId: caseId(),
    attachmentId: uuid("attachment_id")
      .notNull()
      .references(() => attachment.id),
    page: integer().notNull(),
    checkedBy: integer("checked_by").notNull(),
    checkedAt: moment("checked_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.attachmentId, table.page] })],
);

/** The copy that goes to the prefecture: pictures of the pages alone, with what is blacked out gone. Its bytes are sealed. */
export const packageRow = relief.table(
  "package",
  {
    id: uuid().primaryKey().defaultRandom(),
    caseId: caseId(),
    sealedId: uuid("sealed_id").notNull(),
    sha256: text().notNull(),
    pages: integer().notNull(),
    blackouts: integer().notNull(),
    /** The scans that it holds, in their order. */
    scans: uuid().array().notNull(),
    /** Pages of each of them. */
    counts: integer().array().notNull(),
    /** Revision of the case as it was made. */
    revision: integer().notNull(),
    madeBy: integer("made_by").notNull(),
    madeAt: moment("made_at").notNull(),
  },
  (table) => [index("package_case").on(table.caseId), check("package_pages", sql`pages > 0`)],
);

/** 進達: which package went out by which step. */
export const forwarding = relief.table(
  "forwarding",
  {
    caseId: caseId(),
    /** Of the step; set by the database. */
    revision: integer().notNull().default(0),
    packageId: uuid("package_id")
      .notNull()
      .references(() => packageRow.id),
    forwardedOn: date("forwarded_on").notNull(),
  },
  (table) => [primaryKey({ columns: [table.caseId, table.revision] })],
);

/** What the Minister answered, by the step that recorded it. Insert only. */
export const answer = relief.table(
  "answer",
  {
    caseId: caseId(),
    /** Of the step; set by the database. */
    revision: integer().notNull().default(0),
    outcome: text({ enum: ["recognised", "denied", "deferred"] }).notNull(),
    /** Day and number of the notice (通知の日付・番号), and the day on which it came. */
    answeredOn: date("answered_on").notNull(),
    arrivedOn: date("arrived_on").notNull(),
    reference: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("answer_outcome", table.outcome),
    check("answer_days", sql`answered_on <= arrived_on`),
    check("answer_reference", sql`length(reference) between 1 and 60`),
  ],
);

/** Of each benefit claimed whether it was recognised, and for what: a grade, the days of the visits (認定 of a part). */
export const answerBenefit = relief.table(
  "answer_benefit",
  {
    caseId: uuid("case_id").notNull(),
    revision: integer().notNull().default(0),
    benefit: text().notNull(),
    recognised: boolean().notNull(),
    grade: integer(),
    from: date("from_day"),
    to: date("to_day"),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.benefit] }),
    foreignKey({
      columns: [table.caseId, table.revision],
      foreignColumns: [answer.caseId, answer.revision],
    }),
    check("answer_benefit_grade", sql`grade between 1 and 3`),
    check("answer_benefit_days", sql`from_day <= to_day`),
    check(
      "answer_benefit_recognised",
      sql`recognised or num_nonnulls(grade, from_day, to_day) = 0`,
    ),
  ],
);

/** 審査請求 to the governor and what was ruled, by the steps that recorded it. Insert only. */
export const appeal = relief.table(
  "appeal",
  {
    caseId: caseId(),
    /** Of the step; set by the database. */
    revision: integer().notNull().default(0),
    outcome: text({ enum: ["filed", "upheld", "dismissed"] }).notNull(),
    on: date("on_day").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("appeal_outcome", table.outcome),
  ],
);
