import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, moment } from "../columns.ts";

export const printing = pgSchema("printing");

/** What a 事務 sets for its papers beside the images, as it stands in a {@link formSetting}. */
export interface FormSettingContent {
  readonly issuer: { readonly title: string; readonly name: string };
  /** The city's own words (and colours) for standing texts: by id of the form, by key of the text. */
  readonly wording: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where 縮退 is allowed: by id of the form, for which purposes. */
  readonly reduceFor: Readonly<Record<string, readonly ("name" | "address" | "text")[]>>;
  /** What a character is reduced to, where that is not its plain character. */
  readonly reduceTo: Readonly<Record<string, string>>;
}

/**
 * 帳票の設定 of a 事務: who issues its papers, with which seal, logo and words. A row is one proposal; the newest approved
 * one whose day has come holds. What was decided is never changed, so that a paper can be printed again as it was.
 */
export const formSetting = printing.table(
  "form_setting",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    validFrom: date("valid_from").notNull(),
    content: jsonb().$type<FormSettingContent>().notNull(),
    /** 公印 as PNG; without one 公印省略 is printed. */
    seal: bytea(),
    /** The city's logo as PNG. */
    logo: bytea(),
    preparedBy: integer("prepared_by").notNull().default(0),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "remanded", "retracted"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    /** Why it was remanded, for the person who prepared it; holds no personal data. */
    reason: text(),
  },
  (table) => [
    index("form_setting_in_force").on(table.program, table.validFrom),
    uniqueIndex("form_setting_one_open").on(table.program).where(sql`decision is null`),
    check("form_setting_two_people", sql`decision = 'retracted' or prepared_by <> decided_by`),
    check(
      "form_setting_decision_whole",
      sql`num_nulls(decision, decided_by, decided_at) in (0, 3)`,
    ),
    check(
      "form_setting_remanded_for_a_reason",
      sql`(decision is not distinct from 'remanded') = (reason is not null)`,
    ),
  ],
);

/**
 * 外字一覧: a character that stopped a paper, with the person and the field it stands in. Of the name or address only this
 * one code point is kept here; the text itself stays in the vault.
 */
export const unprintable = printing.table(
  "unprintable",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** Id of the form, such as `vaccination/coupon`. */
    form: text().notNull(),
    /** The field as the form names it: 氏名, 宛名, 住所 … */
    field: text().notNull(),
    codePoint: integer("code_point").notNull(),
    /** Variation selector, where the variation is what no font honours. */
    ivs: integer(),
    /** The case or the mailing run whose paper was stopped. */
    caseId: uuid("case_id"),
    runId: uuid("run_id"),
    foundBy: integer("found_by").notNull().default(0),
    foundAt: moment("found_at").notNull().defaultNow(),
    settlement: text({ enum: ["font-supplied", "reduced", "corrected", "by-hand"] }),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    // Of each finder: a conflict with what somebody else found would tell of an address that is withheld.
    uniqueIndex("unprintable_once")
      .on(
        table.personNumber,
        table.form,
        table.field,
        table.codePoint,
        sql`coalesce(ivs, 0)`,
        table.foundBy,
      )
      .where(sql`settlement is null`),
    index("unprintable_character").on(table.codePoint, table.ivs),
    check("unprintable_code_point", sql`code_point between 0 and 1114111`),
    check(
      "unprintable_settlement_whole",
      sql`num_nulls(settlement, settled_by, settled_at) in (0, 3)`,
    ),
  ],
);
