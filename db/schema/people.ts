import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
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

export const people = pgSchema("people");

/**
 * Whose data of another office a 事務 needs (ACQ-5), for which case, and until when. Feeds of the kind take
 * nobody else, and nobody else's data can be looked at. Written by functions of the database alone.
 */
export const needed = people.table(
  "needed",
  {
    id: bigint({ mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    personNumber: text("person_number").notNull(),
    program: text().notNull(),
    /** Kind of the feed: `tax`, `welfare`. */
    kind: text().notNull(),
    /** The case for which they are needed; none where the office itself needs them by schedule. */
    caseId: uuid("case_id"),
    since: date().notNull(),
    announcedBy: integer("announced_by").notNull(),
    announcedAt: moment("announced_at").notNull().defaultNow(),
    endedOn: date("ended_on"),
    endedBy: integer("ended_by"),
  },
  (table) => [
    uniqueIndex("needed_once")
      .on(table.personNumber, table.program, table.kind, sql`coalesce(case_id::text, '')`)
      .where(sql`ended_on is null`),
    index("needed_kind").on(table.kind, table.personNumber),
    check("needed_person_number", sql`person_number ~ '^[0-9]{10}$'`),
    check("needed_ended_by_somebody", sql`(ended_on is null) = (ended_by is null)`),
  ],
);

/** Whom the office that sends a feed was last told to send: a 照会対象者リスト tells what changed since. */
export const requested = people.table(
  "requested",
  {
    personNumber: text("person_number").notNull(),
    kind: text().notNull(),
    since: date().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.personNumber] })],
);

/**
 * Two numbers of one person (番号の統合): whoever asks for `merged` gets the person of `canonical`. Nothing else is rewritten, so
 * that the end of it (分離) brings back what was. Proposed by one, decided by another, both ways; where the 個人番号 are equal the
 * register decides. Written by 89-merges.sql alone.
 */
export const merge = people.table(
  "merge",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    merged: text().notNull(),
    canonical: text().notNull(),
    /** `same-person`: two numbers by mistake; `registered`: who was outside the register is in it; `individual-number`: found equal. */
    ground: text({ enum: ["same-person", "registered", "individual-number"] }).notNull(),
    state: text({ enum: ["waiting", "merged", "refused", "withdrawn", "unmerging", "unmerged"] })
      .notNull()
      .default("waiting"),
    revision: integer().notNull().default(1),
    /** What there was of both when it was proposed: counts by 事務 and kind, and what stands twice. */
    preview: jsonb().notNull(),
    /** Source and reason, sealed with the key of the canonical number; none where the register decided. */
    sealedReason: bytea("sealed_reason"),
    proposedBy: integer("proposed_by"),
    proposedAt: moment("proposed_at").notNull().defaultNow(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    sealedUnmergeReason: bytea("sealed_unmerge_reason"),
    unmergeProposedBy: integer("unmerge_proposed_by"),
    unmergeProposedAt: moment("unmerge_proposed_at"),
    unmergeDecidedBy: integer("unmerge_decided_by"),
    unmergeDecidedAt: moment("unmerge_decided_at"),
  },
  (table) => [
    uniqueIndex("merge_once")
      .on(table.merged)
      .where(sql`state in ('waiting', 'merged', 'unmerging')`),
    index("merge_canonical")
      .on(table.canonical)
      .where(sql`state in ('waiting', 'merged', 'unmerging')`),
    index("merge_waiting").on(table.proposedAt).where(sql`state in ('waiting', 'unmerging')`),
    oneOf("merge_ground", table.ground),
    oneOf("merge_state", table.state),
    check("merge_two_numbers", sql`merged <> canonical`),
    check("merge_two_people", sql`decided_by <> proposed_by or state = 'withdrawn'`),
    check("merge_unmerged_by_two", sql`unmerge_decided_by <> unmerge_proposed_by`),
    check("merge_proposed", sql`(ground = 'individual-number') = (proposed_by is null)`),
  ],
);

/** Who outside the register may have become a resident: found as a file of the register brings somebody new; a person decides. */
export const outsiderMatch = people.table(
  "outsider_match",
  {
    outsider: text().notNull(),
    resident: text().notNull(),
    foundAt: moment("found_at").notNull().defaultNow(),
    /** Said to be another person. */
    dismissedBy: integer("dismissed_by"),
    dismissedAt: moment("dismissed_at"),
    /** Why, sealed with the key of the resident. */
    sealedReason: bytea("sealed_reason"),
  },
  (table) => [
    primaryKey({ columns: [table.outsider, table.resident] }),
    check(
      "outsider_match_dismissed",
      sql`num_nulls(dismissed_by, dismissed_at, sealed_reason) in (0, 3)`,
    ),
  ],
);

/** To whom belongs what came after a merge that is undone, line by line as a person said; what stands under the other number is work until set right. */
export const unmergeLine = people.table(
  "unmerge_line",
  {
    mergeId: integer("merge_id")
      .notNull()
      .references(() => merge.id, { onDelete: "cascade" }),
    program: text().notNull(),
    /** Such as `case`, `shot`. */
    what: text().notNull(),
    /** Of the thing: an id, a number. */
    key: text().notNull(),
    standsUnder: text("stands_under").notNull(),
    belongsTo: text("belongs_to").notNull(),
    settled: boolean().notNull().default(false),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.mergeId, table.what, table.key] }),
    index("unmerge_line_open").on(table.mergeId).where(sql`not settled`),
    check("unmerge_line_settled", sql`settled or settled_by is null`),
  ],
);
