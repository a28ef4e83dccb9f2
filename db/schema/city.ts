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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { staff } from "./access.ts";
import { caseRow } from "./cases.ts";

/** The city that runs the program. */
export const city = pgSchema("city");

/**
 * Name, code and standing words of the city. Of the rows whose day has come the one with the latest day holds; of two for
 * the same day the later one, which corrects the other. No row is ever changed, so that it can be told what held.
 */
export const profile = city.table(
  "profile",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    validFrom: date("valid_from").notNull(),
    name: text().notNull(),
    /** 全国地方公共団体コード with its check digit. */
    code: text().notNull(),
    prefecture: text().notNull(),
    /** Who issues papers for which no 帳票の設定 says otherwise. */
    mayorTitle: text("mayor_title").notNull(),
    mayorName: text("mayor_name").notNull(),
    /** 教示: to whom a request for review goes, against whom a suit is brought, and who represents that one. */
    reviewAuthority: text("review_authority").notNull(),
    defendant: text().notNull(),
    representative: text().notNull(),
    /** Before the sign of the 事務 in a number of a document: 熊 of 熊こ医第1号. */
    numberPrefix: text("number_prefix").notNull(),
    /** When the offices answer. */
    hours: text().notNull(),
    registeredAt: moment("registered_at").notNull().defaultNow(),
  },
  () => [check("profile_code", sql`code ~ '^[0-9]{6}$'`)],
);

/** Which preset the city follows in a matter; what holds is found as for {@link profile}. */
export const preset = city.table(
  "preset",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The matter, such as `child-medical.period`. */
    area: text().notNull(),
    preset: text().notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day; without one until another is registered. */
    validTo: date("valid_to"),
    registeredAt: moment("registered_at").notNull().defaultNow(),
  },
  () => [check("preset_period", sql`valid_to is null or valid_from <= valid_to`)],
);

/** Towns of the city as they stand in addresses; a town may have several postal codes, and a postal code several towns. */
export const town = city.table(
  "town",
  {
    postalCode: text("postal_code").notNull(),
    /** The office in charge, by its 全国地方公共団体コード. */
    officeCode: text("office_code").notNull(),
    /** 市区 as it stands before the town. */
    locality: text().notNull(),
    name: text().notNull(),
    /** 町字コード, as the resident register has it. */
    townCode: text("town_code").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.postalCode, table.officeCode, table.townCode] }),
    check("town_postal_code", sql`postal_code ~ '^[0-9]{7}$'`),
  ],
);

/**
 * A figure or table that the city sets for itself (制度の数値), from a day on: proposed by one person, approved by another, never
 * changed afterwards. Of the approved rows of a parameter each holds until the next one begins, or to its last day.
 */
export const parameter = city.table(
  "parameter",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The matter, such as `child-medical.copay-plan`. */
    key: text().notNull(),
    value: jsonb().notNull(),
    validFrom: date("valid_from").notNull(),
    /** The last day; without one until the next row begins. */
    validTo: date("valid_to"),
    /** Ordinance, rule or notice in which it is written. */
    source: text().notNull(),
    /** Whether the text was seen, or is to be confirmed yet. */
    certainty: text({ enum: ["established", "probable"] }).notNull(),
    proposedBy: integer("proposed_by")
      .notNull()
      .references(() => staff.id),
    proposedAt: moment("proposed_at").notNull().defaultNow(),
    /** Cases that were reckoned anew with it, and when that was done; nothing before. */
    triedCases: integer("tried_cases"),
    triedAt: moment("tried_at"),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by").references(() => staff.id),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    index("parameter_key").on(table.key, table.validFrom),
    uniqueIndex("parameter_one_a_day")
      .on(table.key, table.validFrom)
      .where(sql`decision = 'approved'`),
    uniqueIndex("parameter_one_waiting").on(table.key).where(sql`decision is null`),
    oneOf("parameter_certainty", table.certainty),
    oneOf("parameter_decision", table.decision),
    check("parameter_key_written", sql`key ~ '^[a-z-]+[.][a-z-]+$'`),
    check("parameter_period", sql`valid_to is null or valid_from <= valid_to`),
    check("parameter_tried", sql`num_nulls(tried_cases, tried_at) in (0, 2)`),
    check("parameter_two_people", sql`decided_by <> proposed_by`),
    check("parameter_decision_whole", sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`),
  ],
);

/** A case whose result a proposed parameter would change. Which result stands with the case; here only that it differs. */
export const parameterDifference = city.table(
  "parameter_difference",
  {
    parameterId: integer("parameter_id")
      .notNull()
      .references(() => parameter.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id, { onDelete: "cascade" }),
    /** Names of the parts of the result that differ. */
    parts: text().array().notNull(),
    /** Whether the case was decided already. */
    decided: boolean().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.parameterId, table.caseId] }),
    index("parameter_difference_case").on(table.caseId),
    check("parameter_difference_parts", sql`cardinality(parts) > 0`),
  ],
);
