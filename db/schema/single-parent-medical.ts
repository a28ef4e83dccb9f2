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
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { entitlement } from "./entitlements.ts";

export const singleParent = pgSchema("single_parent");

/** What is set of a benefit, of a kind: the same columns as they are reported and as they hold. */
const benefit = {
  kind: text({ enum: ["benefit-class", "severe-disability", "remote-certificate"] }).notNull(),
  /** 該当, or 非該当 from the day on. */
  applies: boolean().notNull(),
  /** 給付区分, a code of the city's. */
  benefitClass: text("benefit_class"),
  /** 遠隔地証 該当期限, the last day. */
  until: date(),
  /** 事由, a code. */
  reason: text().notNull(),
};
const classWhole = sql`(benefit_class is not null) = (kind = 'benefit-class' and applies)`;

/**
 * What a report of change says of a benefit, in codes, beside the sealed entry of the same step: what is put into
 * force is this, and nothing that whoever does so brings along. Insert only; the newest entry counts.
 */
export const reportedFeature = singleParent.table(
  "reported_feature",
  {
    /** The report of change. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Of the entry with which it was said; set by the database. */
    revision: integer().notNull().default(0),
    ...benefit,
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("reported_feature_kind", table.kind),
    check("reported_feature_class", classWhole),
    check(
      "reported_feature_until",
      sql`until is null or (kind = 'remote-certificate' and applies)`,
    ),
  ],
);

/**
 * 給付区分, 児童重度障害医療 and 遠隔地証 of an entitlement, as reports of change set them: the newest of a kind holds,
 * earlier ones are its history. Insert only; the days are those of the report.
 */
export const feature = singleParent.table(
  "feature",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** The report of change. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    ...benefit,
    /** 該当日 or 非該当日. */
    occursOn: date("occurs_on").notNull(),
    /** 届出日. */
    reportedOn: date("reported_on").notNull(),
    recordedBy: integer("recorded_by").notNull().default(0),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    oneOf("feature_kind", table.kind),
    index("feature_entitlement").on(table.entitlementId),
    check("feature_class", classWhole),
    check(
      "feature_until",
      sql`until is null or (kind = 'remote-certificate' and applies and until >= occurs_on)`,
    ),
  ],
);
