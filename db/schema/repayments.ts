import { sql } from "drizzle-orm";
import {
  bigint,
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
import { payable } from "./payments.ts";
import { formSetting } from "./printing.ts";

/** 返還金: what people owe back. Written by the functions of 63-repayments.sql alone. */
export const repayments = pgSchema("repayments");

/** What somebody has to pay back (返還), proposed by one person and decided by another. Amounts are whole yen. */
export const repayment = repayments.table(
  "repayment",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number: `H000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** What it comes from, in the words of the 事務: nothing is asked back twice for the same. */
    sourceKind: text("source_kind").notNull(),
    sourceId: uuid("source_id").notNull(),
    caseId: uuid("case_id").references(() => caseRow.id),
    /** 過払い, 資格喪失後の受診, 高額療養費の支給, その他. */
    cause: text({ enum: ["overpaid", "after-loss", "high-cost", "other"] }).notNull(),
    amount: bigint({ mode: "number" }).notNull(),
    /** What of it is not asked for any more (減額), decided by two. */
    reducedBy: bigint("reduced_by", { mode: "number" }).notNull().default(0),
    /** What came in or was set off. */
    received: bigint({ mode: "number" }).notNull().default(0),
    state: text().notNull().default("waiting"),
    revision: integer().notNull().default(1),
    /** 納期限 of the whole, where it is not paid in instalments. */
    dueOn: date("due_on").notNull(),
    proposedBy: integer("proposed_by").notNull(),
    proposedAt: moment("proposed_at").notNull(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    /** Business date of the decision. */
    decidedOn: date("decided_on"),
    /** Business date of its 返還決定通知書: from it the time for payment runs, and nothing is late before. */
    demandedOn: date("demanded_on"),
    /** A reduction or cancellation that waits for another person: how much less, or all. */
    changeAsked: bigint("change_asked", { mode: "number" }),
    changeAskedBy: integer("change_asked_by"),
    closedOn: date("closed_on"),
  },
  (table) => [
    uniqueIndex("repayment_once")
      .on(table.program, table.sourceKind, table.sourceId)
      .where(sql`state <> 'refused'`),
    index("repayment_person").on(table.personNumber),
    index("repayment_case").on(table.caseId),
    index("repayment_state").on(table.program, table.state, table.dueOn),
    oneOf("repayment_cause", table.cause),
    check("repayment_two_people", sql`decided_by <> proposed_by`),
    check("repayment_decided", sql`num_nulls(decided_by, decided_at, decided_on) in (0, 3)`),
    check(
      "repayment_sums",
      sql`amount > 0 and reduced_by >= 0 and received >= 0 and reduced_by + received <= amount`,
    ),
    check("repayment_change", sql`num_nulls(change_asked, change_asked_by) in (0, 2)`),
    check(
      "repayment_open_only_when_decided",
      sql`decided_by is not null or state not in ('open', 'closed', 'cancelled')`,
    ),
    check(
      "repayment_closed",
      sql`(closed_on is not null) = (state in ('closed', 'cancelled')) and (state <> 'closed' or reduced_by + received = amount)`,
    ),
  ],
);

/** What happened to it. Insert only. */
export const repaymentEvent = repayments.table(
  "repayment_event",
  {
    repaymentId: uuid("repayment_id")
      .notNull()
      .references(() => repayment.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull().defaultNow(),
    on: date("on").notNull(),
    amount: bigint({ mode: "number" }),
    commentId: uuid("comment_id"),
  },
  (table) => [primaryKey({ columns: [table.repaymentId, table.revision] })],
);

/** 分納: the plan in force; a later one takes the place of the one before. They add up to what was left when it was made. */
export const instalment = repayments.table(
  "instalment",
  {
    repaymentId: uuid("repayment_id")
      .notNull()
      .references(() => repayment.id),
    /** The revision that made the plan. */
    plan: integer().notNull(),
    number: integer().notNull(),
    dueOn: date("due_on").notNull(),
    amount: bigint({ mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.repaymentId, table.plan, table.number] }),
    check("instalment_amount", sql`amount > 0`),
  ],
);

/** Money that came in, or a payable that was set off against it. Insert only. */
export const receipt = repayments.table(
  "receipt",
  {
    id: uuid().primaryKey().defaultRandom(),
    repaymentId: uuid("repayment_id")
      .notNull()
      .references(() => repayment.id),
    manner: text({ enum: ["slip", "cash", "set-off"] }).notNull(),
    amount: bigint({ mode: "number" }).notNull(),
    receivedOn: date("received_on").notNull(),
    /** 領収書番号 or the number of the 済通知; the same one is not entered twice. */
    reference: text(),
    payableId: uuid("payable_id").references(() => payable.id),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull().defaultNow(),
  },
  (table) => [
    index("receipt_repayment").on(table.repaymentId),
    uniqueIndex("receipt_payable").on(table.payableId).where(sql`payable_id is not null`),
    uniqueIndex("receipt_reference")
      .on(table.repaymentId, table.reference)
      .where(sql`reference is not null`),
    oneOf("receipt_manner", table.manner),
    check("receipt_amount", sql`amount > 0`),
    check("receipt_set_off", sql`(manner = 'set-off') = (payable_id is not null)`),
    check("receipt_reference_needed", sql`manner = 'set-off' or reference is not null`),
  ],
);

/** A paper of a repayment, sealed as it was printed; a 督促 that was told otherwise has words and no template. */
export const notice = repayments.table(
  "notice",
  {
    id: uuid().primaryKey().defaultRandom(),
    repaymentId: uuid("repayment_id")
      .notNull()
      .references(() => repayment.id),
    /** 返還決定通知書, 変更の通知, 納付書, 督促, 催告書, 領収書. */
    kind: text({ enum: ["demand", "change", "slip", "dunning", "reminder", "receipt"] }).notNull(),
    /** 納期限 that it names, or that is past; of a receipt the day on which the money came in. */
    dueOn: date("due_on").notNull(),
    /** Until when a 督促 or 催告 asks to pay. */
    payBy: date("pay_by"),
    amount: bigint({ mode: "number" }).notNull(),
    number: text().notNull(),
    /** The form with its version, and the 帳票の設定 it was printed with; none of what was told otherwise. */
    templateVersion: text("template_version"),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    /** Of the bytes that were issued. */
    sha256: text(),
    /** The money that a 領収書 is for. */
    receiptId: uuid("receipt_id").references(() => receipt.id),
    /** Sealed record `repayment-paper`, or `repayment-notice` of what was told otherwise. */
    sealedId: uuid("sealed_id").notNull(),
    madeBy: integer("made_by").notNull(),
    madeOn: date("made_on").notNull(),
    madeAt: moment("made_at").notNull().defaultNow(),
  },
  (table) => [
    index("notice_repayment").on(table.repaymentId),
    index("notice_made").on(table.madeOn),
    uniqueIndex("notice_once_due")
      .on(table.repaymentId, table.kind, table.dueOn)
      .where(sql`kind in ('demand', 'dunning')`),
    uniqueIndex("notice_receipt").on(table.receiptId).where(sql`receipt_id is not null`),
    oneOf("notice_kind", table.kind),
    check("notice_of_receipt", sql`(kind = 'receipt') = (receipt_id is not null)`),
    check(
      "notice_paper",
      sql`(template_version is null) = (sha256 is null) and (kind = 'dunning' or template_version is not null)`,
    ),
  ],
);
