import { sql } from "drizzle-orm";
import { check, date, integer, pgSchema, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.ts";

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
