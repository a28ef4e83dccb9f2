import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { moment, oneOf } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { certificate, entitlement, entitlements } from "./entitlements.ts";

/**
 * 回収: a certificate that is to come back, since when and by when, and what became of it. One a certificate; opened as it
 * becomes invalid, by the functions of 60-entitlements.sql alone.
 */
export const certificateReturn = entitlements.table(
  "certificate_return",
  {
    certificateId: uuid("certificate_id")
      .primaryKey()
      .references(() => certificate.id),
    program: text().notNull(),
    officeCode: text("office_code").notNull(),
    personNumber: text("person_number").notNull(),
    cause: text({
      enum: ["lost", "revoked", "suspended", "replaced", "cancelled", "expired", "corrected"],
    }).notNull(),
    /** Since when it is to come back. */
    sinceOn: date("since_on").notNull(),
    state: text({ enum: ["outstanding", "returned", "lost", "destroyed", "kept"] })
      .notNull()
      .default("outstanding"),
    revision: integer().notNull().default(1),
    /** The last letter that asked for it, and how many did. */
    remindedOn: date("reminded_on"),
    reminders: integer().notNull().default(0),
    /** The run of that letter: taken back with it where it never went out. */
    remindedBy: uuid("reminded_by"),
    settledBy: integer("settled_by"),
    settledOn: date("settled_on"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    index("certificate_return_open")
      .on(table.program, table.sinceOn, table.certificateId)
      .where(sql`state = 'outstanding'`),
    index("certificate_return_state").on(table.program, table.state, table.sinceOn),
    index("certificate_return_person").on(table.personNumber),
    oneOf("certificate_return_cause", table.cause),
    oneOf("certificate_return_state_is", table.state),
    check(
      "certificate_return_settled",
      sql`num_nulls(settled_by, settled_on, settled_at) in (0, 3) and (state = 'outstanding') = (settled_on is null)`,
    ),
  ],
);

/**
 * 遡及に伴う処理: what a movement of an entitlement back in time leaves to be done with what was issued or paid on the old
 * basis. Opened by the step that carries the movement out, one a thing; moves along `follow-up` (flows.way). Amounts are yen.
 */
export const followUp = entitlements.table(
  "follow_up",
  {
    id: uuid().primaryKey().defaultRandom(),
    program: text().notNull(),
    officeCode: text("office_code").notNull(),
    personNumber: text("person_number").notNull(),
    entitlementId: uuid("entitlement_id")
      .notNull()
      .references(() => entitlement.id),
    /** The case whose decision made it necessary. */
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /**
     * `send-back`: a receipt that is not yet in the ledger. `recover`: a benefit in the ledger, by 過誤 or 返還. `check-payment`:
     * paid to the person. `reissue`: a certificate says other days. `judge-again`: a receipt that was refused for a month
     * that counts now. `pay-more`: one that was sent back for it.
     */
    kind: text({
      enum: ["send-back", "recover", "check-payment", "reissue", "judge-again", "pay-more"],
    }).notNull(),
    treatmentMonth: text("treatment_month"),
    /** Some days of the month count and others do not: somebody has to look at the days of treatment. */
    partly: boolean().notNull().default(false),
    amount: bigint({ mode: "number" }),
    certificateId: uuid("certificate_id").references(() => certificate.id),
    receiptFile: uuid("receipt_file"),
    receiptRow: integer("receipt_row"),
    benefitId: bigint("benefit_id", { mode: "number" }),
    payableId: uuid("payable_id"),
    state: text().notNull().default("open"),
    revision: integer().notNull().default(1),
    openedOn: date("opened_on").notNull(),
    openedAt: moment("opened_at").notNull(),
    /** Why nothing is to be done, asked for by one person and granted by another where money is given up. */
    reason: text(),
    askedBy: integer("asked_by"),
    settledBy: integer("settled_by"),
    settledOn: date("settled_on"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    unique("follow_up_once")
      .on(
        table.caseId,
        table.kind,
        table.certificateId,
        table.receiptFile,
        table.receiptRow,
        table.benefitId,
        table.payableId,
      )
      .nullsNotDistinct(),
    index("follow_up_open")
      .on(table.program, table.openedOn, table.id)
      .where(sql`settled_on is null`),
    index("follow_up_state").on(table.program, table.state, table.openedOn),
    index("follow_up_case").on(table.caseId),
    index("follow_up_person").on(table.personNumber),
    index("follow_up_benefit").on(table.benefitId),
    oneOf("follow_up_kind", table.kind),
    check(
      "follow_up_two_people",
      sql`asked_by is null or settled_by is null or settled_by <> asked_by`,
    ),
    check(
      "follow_up_settled",
      sql`num_nulls(settled_by, settled_on, settled_at) in (0, 3) and (settled_on is not null) = (state in ('done', 'dropped'))`,
    ),
  ],
);
