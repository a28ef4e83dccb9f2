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
import { certificate, entitlement } from "./entitlements.ts";
import { batchRun } from "./mailings.ts";

export const singleParent = pgSchema("single_parent");

/** What is set of a benefit, of a kind: the same columns as they are reported and as they hold. */
const benefit = {
  kind: text({
    enum: [
      "benefit-class",
      "severe-disability",
      "remote-certificate",
      "category",
      "office",
      "household",
      "income",
      "pension",
      "allowance",
      "disaster",
      "unregistered",
    ],
  }).notNull(),
  /** 該当, or 非該当 from the day on. */
  applies: boolean().notNull(),
  /** 給付区分, a code of the city's. */
  benefitClass: text("benefit_class"),
  /** What it is now, a code: the 制度該当区分, the office, who joined or left the household, the result of the income test. */
  value: text(),
  /** 遠隔地証 該当期限, or until when somebody counts as 被災者; the last day. */
  until: date(),
  /** 事由, a code. */
  reason: text().notNull(),
};
const classWhole = sql`(benefit_class is not null) = (kind = 'benefit-class' and applies)`;
const valueWhole = sql`(value is not null) = (kind in ('category', 'office', 'household', 'income'))`;

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
    check("reported_feature_value", valueWhole),
    check(
      "reported_feature_until",
      sql`until is null or (kind in ('remote-certificate', 'disaster') and applies)`,
    ),
  ],
);

/**
 * 給付区分, 児童重度障害医療, 遠隔地証 and the other 異動 of an entitlement, as reports of change set them: the newest of a
 * kind holds, earlier ones are its history. Insert only; the days are those of the report, or of the clock where a period
 * has run out.
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
    check("feature_value", valueWhole),
    check(
      "feature_until",
      sql`until is null or (kind in ('remote-certificate', 'disaster') and applies and until >= occurs_on)`,
    ),
    index("feature_until_of_kind").on(table.kind, table.until).where(sql`until is not null`),
  ],
);

/** A household was reminded that its 遠隔地証 runs out. Insert only. */
export const remoteReminder = singleParent.table("remote_reminder", {
  /** The row that says until when. */
  featureId: bigint("feature_id", { mode: "number" })
    .primaryKey()
    .references(() => feature.id),
  remindedOn: date("reminded_on").notNull(),
  remindedBy: integer("reminded_by").notNull(),
  remindedAt: moment("reminded_at").notNull().defaultNow(),
});

/** How a certificate that a step of a case issued reached its household: at the counter, or with a monthly run. */
export const delivery = singleParent.table(
  "delivery",
  {
    certificateId: uuid("certificate_id")
      .primaryKey()
      .references(() => certificate.id),
    way: text({ enum: ["counter", "run"] }).notNull(),
    runId: uuid("run_id").references(() => batchRun.id),
    onDay: date("on_day").notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    index("delivery_run").on(table.runId),
    oneOf("delivery_way", table.way),
    check("delivery_by_run", sql`(way = 'run') = (run_id is not null)`),
  ],
);
