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
import { moment } from "../columns.ts";
import { formSetting } from "./printing.ts";

export const vaccination = pgSchema("vaccination");

/** 接種券. One at a time that counts for a person, vaccine and dose. */
export const coupon = vaccination.table(
  "coupon",
  {
    /** 券番号: ten digits, the last a check digit (M10W21). */
    number: text().primaryKey(),
    personNumber: text("person_number").notNull(),
    /** Vaccine id as in the rules, such as `mr1`. */
    vaccine: text().notNull(),
    /** 1, 2, 3 …, boosters included. */
    dose: integer().notNull(),
    /** Name of the dose in the person's own course, such as `1期初回2回目`. */
    label: text().notNull(),
    /** The dates between which it may be given, inclusive. */
    usableFrom: date("usable_from").notNull(),
    usableTo: date("usable_to").notNull(),
    issuedOn: date("issued_on").notNull(),
    state: text({ enum: ["issued", "cancelled"] })
      .notNull()
      .default("issued"),
    /** The mailing run that made it; none when printed in the office. */
    runId: uuid("run_id"),
    printCount: integer("print_count").notNull().default(1),
    /** The form and the 帳票の設定 it was issued with; printed again, it looks the same. */
    templateVersion: text("template_version").notNull().default("vaccination/coupon v1"),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
  },
  (table) => [
    uniqueIndex("coupon_once")
      .on(table.personNumber, table.vaccine, table.dose)
      .where(sql`state = 'issued'`),
    index("coupon_person").on(table.personNumber),
    index("coupon_run").on(table.runId),
    check("coupon_number", sql`number ~ '^[0-9]{10}$'`),
    check("coupon_period", sql`usable_from <= usable_to`),
    check("coupon_dose", sql`dose > 0`),
  ],
);

/** Issue history (発行履歴): issued, printed again or not after all, cancelled. Rows are only added. */
export const couponEvent = vaccination.table(
  "coupon_event",
  {
    number: text()
      .notNull()
      .references(() => coupon.number),
    sequence: integer().notNull(),
    event: text({ enum: ["issued", "reprinted", "reprint-withdrawn", "cancelled"] }).notNull(),
    /** A code of `reprintReasons` or `cancelReasons`. */
    reason: text(),
    staffId: integer("staff_id").notNull(),
    on: date("on").notNull(),
    at: moment("at").notNull().defaultNow(),
    runId: uuid("run_id"),
  },
  (table) => [
    primaryKey({ columns: [table.number, table.sequence] }),
    check("coupon_event_reason", sql`event = 'issued' or length(reason) > 0`),
  ],
);

/** Where the numbering of coupons stands: the next nine digits to give. */
export const couponCounter = vaccination.table(
  "coupon_counter",
  { id: integer().primaryKey(), next: integer().notNull() },
  () => [
    check("coupon_counter_one", sql`id = 1`),
    check("coupon_counter_range", sql`next between 1 and 1000000000`),
  ],
);

/** 接種記録: what was given to whom and when, as feeds and entry bring it. */
export const shot = vaccination.table(
  "shot",
  {
    id: uuid().primaryKey().defaultRandom(),
    personNumber: text("person_number").notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    givenOn: date("given_on").notNull(),
    /** Product (製品) and lot (ロット). */
    product: text(),
    lot: text(),
    /** Where the record comes from: `feed`, `paper`, `mother-child-handbook`, `other-city`. */
    source: text().notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
    enteredBy: integer("entered_by").notNull(),
  },
  (table) => [
    uniqueIndex("shot_once").on(table.personNumber, table.vaccine, table.dose),
    check("shot_dose", sql`dose > 0`),
  ],
);
