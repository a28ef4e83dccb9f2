import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { isFirstOfMonth, moment, oneOf, yen } from "../columns.ts";
import { caseRow } from "./cases.ts";
import { formSetting } from "./printing.ts";
import { proposedBenefit, reliefBenefits } from "./relief-benefits.ts";

// Pensions of the relief for damage to health: what was granted and became of it, 現況届, what is paid and the papers.

const pensions = ["child-care-pension", "disability-pension", "survivor-pension"] as const;

/** A pension as it was granted. Those of one case and benefit share (遺族年金), in the order of their numbers. */
export const pension = reliefBenefits.table(
  "pension",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Printed number: `K000012`. */
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    approvalId: uuid("approval_id").notNull(),
    number: integer().notNull(),
    class: text({ enum: ["A", "B", "temporary", "city"] }).notNull(),
    benefit: text({ enum: pensions }).notNull(),
    /** Who was vaccinated, and who is paid. */
    personNumber: text("person_number").notNull(),
    payeeNumber: text("payee_number").notNull(),
    officeCode: text("office_code").notNull(),
    fromMonth: date("from_month").notNull(),
    /** By its term, or since it ended. */
    lastMonth: date("last_month"),
    state: text().notNull().default("paying"),
    revision: integer().notNull().default(1),
    /** Who asked for what waits. */
    askedBy: integer("asked_by"),
    /** Why it ended; 死亡 lets what was not paid be claimed. */
    endReason: text("end_reason", {
      enum: ["death", "recovery", "age", "care-ended", "family", "term", "other"],
    }),
    endedOn: date("ended_on"),
    /** What waits of an end, or of who gets what was not paid. */
    askedEndReason: text("asked_end_reason"),
    askedEndedOn: date("asked_ended_on"),
    askedPayee: text("asked_payee"),
    /** Who gets what was not paid (未支給), decided by two. */
    arrearsPayee: text("arrears_payee"),
    grantedOn: date("granted_on").notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.approvalId, table.number],
      foreignColumns: [proposedBenefit.approvalId, proposedBenefit.number],
    }),
    uniqueIndex("pension_once").on(table.approvalId, table.number),
    uniqueIndex("pension_of_person")
      .on(table.personNumber, table.benefit, table.payeeNumber)
      .where(sql`state <> 'ended'`),
    index("pension_payee").on(table.payeeNumber),
    index("pension_case").on(table.caseId),
    index("pension_state").on(table.state),
    oneOf("pension_class", table.class),
    oneOf("pension_benefit", table.benefit),
    oneOf("pension_end_reason", table.endReason),
    check("pension_from", isFirstOfMonth("from_month")),
    check("pension_last", isFirstOfMonth("last_month")),
    check("pension_ended", sql`(ended_on is null) = (end_reason is null)`),
  ],
);

/** Grade, 介護加算 and what others pay, from a month on; proposed by one and decided by another. The newest decided one of a month holds. */
export const pensionTerm = reliefBenefits.table(
  "pension_term",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    pensionId: uuid("pension_id")
      .notNull()
      .references(() => pension.id),
    fromMonth: date("from_month").notNull(),
    grade: integer().notNull(),
    homeCare: boolean("home_care").notNull(),
    otherBenefits: yen("other_benefits").notNull(),
    proposedBy: integer("proposed_by").notNull(),
    decidedBy: integer("decided_by"),
    decidedOn: date("decided_on"),
    decision: text({ enum: ["approved", "refused"] }),
  },
  (table) => [
    index("pension_term_of").on(table.pensionId, table.fromMonth),
    uniqueIndex("pension_term_waiting").on(table.pensionId).where(sql`decision is null`),
    oneOf("pension_term_decision", table.decision),
    check("pension_term_two_people", sql`decision = 'refused' or decided_by <> proposed_by`),
    check("pension_term_decided", sql`num_nulls(decided_by, decided_on, decision) in (0, 3)`),
    check("pension_term_from", isFirstOfMonth("from_month")),
    check(
      "pension_term_amounts",
      sql`grade between 1 and 3 and other_benefits between 0 and 100000000`,
    ),
  ],
);

/** What happened to a pension. Insert only. */
export const pensionEvent = reliefBenefits.table(
  "pension_event",
  {
    pensionId: uuid("pension_id")
      .notNull()
      .references(() => pension.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull().defaultNow(),
    on: date("on").notNull(),
    commentId: uuid("comment_id"),
  },
  (table) => [primaryKey({ columns: [table.pensionId, table.revision] })],
);

/** 現況届 of a year: asked for, warned of, answered. */
export const pensionReport = reliefBenefits.table(
  "pension_report",
  {
    pensionId: uuid("pension_id")
      .notNull()
      .references(() => pension.id),
    year: integer().notNull(),
    dueOn: date("due_on").notNull(),
    askedBy: integer("asked_by").notNull(),
    askedOn: date("asked_on").notNull(),
    warnedOn: date("warned_on"),
    warnedUntil: date("warned_until"),
    answeredOn: date("answered_on"),
    /** Whether it says that something has changed: whoever examines asks for a change or an end. */
    changed: boolean(),
    answeredBy: integer("answered_by"),
  },
  (table) => [
    primaryKey({ columns: [table.pensionId, table.year] }),
    index("pension_report_open").on(table.dueOn).where(sql`answered_on is null`),
    check("pension_report_warned", sql`num_nulls(warned_on, warned_until) in (0, 2)`),
    check("pension_report_warned_later", sql`warned_on >= due_on and warned_until > warned_on`),
    check("pension_report_answered", sql`num_nulls(answered_on, changed, answered_by) in (0, 3)`),
  ],
);

/** 定期支払: a payment of pensions, up to a month; prepared by one, approved by another. */
export const pensionRun = reliefBenefits.table(
  "pension_run",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    /** The month of the payment, and the last month that is paid; first days. */
    payMonth: date("pay_month").notNull(),
    upTo: date("up_to").notNull(),
    state: text().notNull().default("prepared"),
    revision: integer().notNull().default(1),
    preparedBy: integer("prepared_by").notNull(),
    preparedOn: date("prepared_on").notNull(),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    decidedBy: integer("decided_by"),
    decidedOn: date("decided_on"),
  },
  (table) => [
    uniqueIndex("pension_run_waiting").on(table.state).where(sql`state = 'prepared'`),
    check("pension_run_two_people", sql`state <> 'approved' or decided_by <> prepared_by`),
    check(
      "pension_run_months",
      sql`${isFirstOfMonth("pay_month")} and ${isFirstOfMonth("up_to")} and up_to < pay_month`,
    ),
  ],
);

/** Yearly amounts that a run reckons with, by class, pension and grade, from a month to a month: those of the law or of the city. */
export const pensionRate = reliefBenefits.table(
  "pension_rate",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => pensionRun.id),
    class: text({ enum: ["A", "B", "city"] }).notNull(),
    benefit: text({ enum: pensions }).notNull(),
    grade: integer().notNull(),
    fromMonth: date("from_month").notNull(),
    toMonth: date("to_month").notNull(),
    yearly: yen("yearly").notNull(),
    /** 介護加算; 0 where there is none. */
    care: yen("care").notNull(),
    basis: text().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.runId, table.class, table.benefit, table.grade, table.fromMonth],
    }),
    oneOf("pension_rate_class", table.class),
    oneOf("pension_rate_benefit", table.benefit),
    check("pension_rate_amounts", sql`yearly > 0 and care >= 0`),
  ],
);

/** What a run pays of a pension. */
export const pensionLine = reliefBenefits.table(
  "pension_line",
  {
    id: uuid().primaryKey().defaultRandom(),
    runId: uuid("run_id")
      .notNull()
      .references(() => pensionRun.id),
    pensionId: uuid("pension_id")
      .notNull()
      .references(() => pension.id),
    payeeNumber: text("payee_number").notNull(),
    officeCode: text("office_code").notNull(),
    /** Revision of the pension as it was reckoned. */
    pensionRevision: integer("pension_revision").notNull(),
    amount: yen("amount").notNull(),
    /** Why it is not paid: 過払い, 額の登録なし, 口座なし, 差止め中, 死亡 (未支給). */
    held: text({
      enum: ["overpaid", "amount-missing", "no-account", "stopped", "payee-died"],
    }),
  },
  (table) => [
    uniqueIndex("pension_line_once").on(table.runId, table.pensionId),
    index("pension_line_pension").on(table.pensionId),
    oneOf("pension_line_held", table.held),
    check("pension_line_paid", sql`held is not null or amount > 0`),
  ],
);

/** Of a line, what each month comes to beside what was paid of it before. Those of approved runs are what was paid. */
export const pensionMonth = reliefBenefits.table(
  "pension_month",
  {
    lineId: uuid("line_id")
      .notNull()
      .references(() => pensionLine.id),
    pensionId: uuid("pension_id").notNull(),
    month: date("month").notNull(),
    amount: yen("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.lineId, table.month] }),
    index("pension_month_of").on(table.pensionId, table.month),
    check("pension_month_first", isFirstOfMonth("month")),
  ],
);

/** A paper of a pension, sealed as it was printed. */
export const pensionPaper = reliefBenefits.table(
  "pension_paper",
  {
    id: uuid().primaryKey().defaultRandom(),
    pensionId: uuid("pension_id")
      .notNull()
      .references(() => pension.id),
    /** 年金証書, 額改定通知書, 支払差止通知書, 差止解除通知書, 失権通知書, 現況届, 催告. */
    kind: text({
      enum: ["certificate", "change", "stop", "resumption", "end", "report", "warning"],
    }).notNull(),
    /** Revision of the pension of which it tells. */
    revision: integer().notNull(),
    documentNumber: text("document_number").notNull(),
    templateVersion: text("template_version").notNull(),
    formSettingId: integer("form_setting_id").references(() => formSetting.id),
    sha256: text().notNull(),
    sealedId: uuid("sealed_id").notNull(),
    madeBy: integer("made_by").notNull(),
    madeOn: date("made_on").notNull(),
    madeAt: moment("made_at").notNull().defaultNow(),
  },
  (table) => [
    index("pension_paper_of").on(table.pensionId),
    oneOf("pension_paper_kind", table.kind),
  ],
);
