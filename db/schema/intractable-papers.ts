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
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { entitlement } from "./entitlements.ts";
import { batchRun } from "./mailings.ts";

/** 更新の期 of 指定難病医療給付 and its letters. Written by the functions of 98-intractable-papers.sql alone. */
export const intractablePapers = pgSchema("intractable_papers");

/** 更新の期: whose 支給認定 ends on a day, and from when to when they apply for its renewal; planned by one person, opened by another. */
export const renewalSeason = intractablePapers.table(
  "season",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The last day of the 有効期間, and the last day on which an application is a renewal. */
    endsOn: date("ends_on").notNull(),
    /** First day on which an application for renewal is received. */
    opensOn: date("opens_on").notNull(),
    /** Who applies by then is promised the new certificate in time. */
    recommendedUntil: date("recommended_until").notNull(),
    state: text().notNull().default("planned"),
    revision: integer().notNull().default(1),
    plannedBy: integer("planned_by").notNull(),
    plannedAt: moment("planned_at").notNull(),
    openedBy: integer("opened_by"),
    openedAt: moment("opened_at"),
    closedOn: date("closed_on"),
  },
  (table) => [
    uniqueIndex("season_once").on(table.endsOn).where(sql`state <> 'refused'`),
    check("season_days", sql`opens_on <= recommended_until and recommended_until <= ends_on`),
    check("season_two_people", sql`opened_by <> planned_by`),
    check("season_opened", sql`(opened_by is null) = (opened_at is null)`),
    check("season_open_only_by_two", sql`opened_by is not null or state in ('planned', 'refused')`),
  ],
);

/** Whose 支給認定 ends with the season. Insert only; how they stand follows from their applications. */
export const invited = intractablePapers.table(
  "invited",
  {
    seasonId: uuid("season_id")
      .notNull()
      .references(() => renewalSeason.id),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** The application that granted it. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    personNumber: text("person_number").notNull(),
    recipientNumber: text("recipient_number").notNull(),
    officeCode: text("office_code").notNull(),
    enteredOn: date("entered_on").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.seasonId, table.entitlementId] }),
    index("invited_person").on(table.personNumber),
    index("invited_recipient").on(table.recipientNumber),
  ],
);

/** 勧奨通知 that a run of mailings made, the reminder of it, or the new certificate of whoever was renewed. */
export const renewalLetter = intractablePapers.table(
  "letter",
  {
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    seasonId: uuid("season_id")
      .notNull()
      .references(() => renewalSeason.id),
    /** 勧奨通知区分; `certificate` is of the entitlement that follows. */
    kind: text({ enum: ["invitation", "reminder", "certificate"] }).notNull(),
    /** 勧奨通知日. */
    madeOn: date("made_on").notNull(),
    /** The run was cancelled or withdrawn: it never went out. */
    withdrawnOn: date("withdrawn_on"),
  },
  (table) => [
    primaryKey({ columns: [table.entitlementId, table.runId] }),
    index("letter_run").on(table.runId),
    index("letter_season").on(table.seasonId),
    oneOf("letter_kind", table.kind),
  ],
);

/** 医療機関通知: what of an entitlement a 指定医療機関 was told. Insert only. */
export const institutionTold = intractablePapers.table(
  "institution_told",
  {
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** 医療機関コード, ten digits. */
    institutionCode: text("institution_code").notNull(),
    /** 医療機関通知区分. */
    what: text({ enum: ["granted", "changed", "ended"] }).notNull(),
    /** The day from which it holds. */
    aboutOn: date("about_on").notNull(),
    /** 医療機関通知日. */
    toldOn: date("told_on").notNull(),
    toldBy: integer("told_by").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.entitlementId, table.institutionCode, table.what, table.aboutOn],
    }),
    oneOf("institution_told_what", table.what),
    check("institution_told_code", sql`institution_code ~ '^[0-9]{10}$'`),
  ],
);
