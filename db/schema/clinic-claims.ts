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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { isMonth, moment, oneOf, yen } from "../columns.ts";

/** 委託料の請求: what clinics claim month by month for vaccinations. Written by the functions of 92-clinic-claims.sql alone. */
export const clinicClaims = pgSchema("clinic_claims");

/** By which contract it is claimed, as `contractKinds` of workflows/vaccination/contract-prices.ts. */
const contractKind = ["individual", "mutual", "regional", "mass"] as const;
const isClinic = (column: string) => sql.raw(`${column} ~ '^[0-9]{10}$'`);

/** A claim of one claimant (a clinic, or an association for its clinics) for one month by one contract. */
export const claim = clinicClaims.table(
  "claim",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    /** Who claims and is paid: 医療機関コード, or the code of an association (取りまとめ団体) that claims for its clinics. */
    claimantCode: text("claimant_code").notNull(),
    /** `2026-11`. */
    month: text().notNull(),
    kind: text({ enum: contractKind }).notNull(),
    channel: text({ enum: ["keyboard", "file"] }).notNull(),
    /** Of the file it was read from. */
    fileDigest: text("file_digest"),
    receivedOn: date("received_on").notNull(),
    /** Until when it had to be here, by the terms that held as it was entered. */
    dueOn: date("due_on").notNull(),
    /** Why one that came later is paid all the same, and who said so. */
    lateReason: text("late_reason", { enum: ["clinic", "city", "post", "other"] }),
    lateBy: integer("late_by"),
    state: text({
      enum: ["received", "examining", "proposed", "approved", "paid", "withdrawn"],
    }).notNull(),
    revision: integer().notNull().default(1),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    /** Who reckoned or judged it last. */
    examinedBy: integer("examined_by"),
    /** When it was reckoned last; none before. */
    reckonedAt: moment("reckoned_at"),
    proposedBy: integer("proposed_by"),
    proposedAt: moment("proposed_at"),
    /** What it stood at as it was proposed: slips and yen to be paid for them, tax within, corrections and what is carried in. */
    slips: integer(),
    amount: yen("amount"),
    tax: yen("tax"),
    setOff: yen("set_off"),
    /** What is paid, and what is left to be set off next (0 or less). */
    pay: yen("pay"),
    carry: yen("carry"),
    /** Of everything that was proposed: nothing else is approved. */
    mark: text(),
    approvedBy: integer("approved_by"),
    approvedAt: moment("approved_at"),
    /** What is owed from the decision; nothing where nothing is left to pay. */
    decisionId: uuid("decision_id"),
    payableId: uuid("payable_id"),
    /** The claim of the same claimant by which what is carried was set off. */
    carriedTo: uuid("carried_to"),
  },
  (table) => [
    uniqueIndex("claim_once")
      .on(table.claimantCode, table.month, table.kind)
      .where(sql`state <> 'withdrawn'`),
    index("claim_month").on(table.month, table.state),
    index("claim_state").on(table.state, table.enteredAt),
    index("claim_carries").on(table.claimantCode).where(sql`carry < 0 and carried_to is null`),
    oneOf("claim_kind", table.kind),
    oneOf("claim_channel", table.channel),
    oneOf("claim_late_reason", table.lateReason),
    check("claim_late", sql`(late_reason is null) = (late_by is null)`),
    oneOf("claim_state_is", table.state),
    check("claim_claimant", sql`claimant_code ~ '^([0-9]{10}|D[0-9]{4})$'`),
    check("claim_month_is", isMonth("month")),
    check("claim_file", sql`(channel = 'file') = (file_digest is not null)`),
    check("claim_two_people", sql`approved_by <> proposed_by and approved_by <> entered_by`),
    check(
      "claim_proposed",
      sql`num_nulls(proposed_by, proposed_at, slips, amount, tax, set_off, pay, carry, mark) in (0, 9)
        and (state not in ('proposed', 'approved', 'paid') or mark is not null)`,
    ),
    check(
      "claim_approved",
      sql`(state in ('approved', 'paid')) = (approved_by is not null) and num_nulls(approved_by, approved_at, decision_id) in (0, 3)`,
    ),
    check(
      "claim_sum",
      sql`amount >= 0 and tax between 0 and amount and pay >= 0 and carry <= 0 and pay + carry = amount + set_off and (pay = 0 or carry = 0)`,
    ),
    check("claim_payable", sql`payable_id is null or pay > 0`),
  ],
);

const priced = () => ({
  vaccine: text().notNull(),
  dose: integer().notNull(),
  /** Where prices differ by it; empty for all. */
  product: text().notNull().default(""),
  outcome: text({ enum: ["given", "screened"] }).notNull(),
});

/** A line of a claim as the clinic wrote it: how many and how much. */
export const claimLine = clinicClaims.table(
  "claim_line",
  {
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    place: integer().notNull(),
    ...priced(),
    count: integer().notNull(),
    amount: yen("amount").notNull(),
    /** Why a line that differs from what was reckoned is paid as reckoned: a code, and who said so. */
    accepted: text({ enum: ["as-reckoned", "slips-returned", "asked-clinic", "other"] }),
    acceptedBy: integer("accepted_by"),
  },
  (table) => [
    primaryKey({ columns: [table.claimId, table.place] }),
    uniqueIndex("claim_line_once").on(
      table.claimId,
      table.vaccine,
      table.dose,
      table.product,
      table.outcome,
    ),
    oneOf("claim_line_outcome", table.outcome),
    oneOf("claim_line_accepted", table.accepted),
    check("claim_line_dose", sql`dose between 1 and 99 and place between 1 and 500`),
    check(
      "claim_line_figures",
      sql`count between 0 and 100000 and amount between 0 and 100000000000`,
    ),
    check("claim_line_product", sql`length(product) <= 60`),
    check("claim_line_judged", sql`(accepted is null) = (accepted_by is null)`),
  ],
);

/** What a row of a claim comes to: see `dispositions` of workflows/vaccination/clinic-claims. */
const dispositions = ["open", "pay", "same", "return", "query", "refuse", "later"] as const;

/**
 * A slip or a record of a claim with what was reckoned for it. It stands in one claim alone, unless it was returned, left for
 * later, or the claim was withdrawn.
 */
export const claimRow = clinicClaims.table(
  "claim_row",
  {
    id: uuid().primaryKey(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    /** The slip, or a record that no slip told. */
    slipId: uuid("slip_id"),
    shotId: uuid("shot_id"),
    /** None of a slip that is nobody's yet. */
    personNumber: text("person_number"),
    clinicCode: text("clinic_code").notNull(),
    givenOn: date("given_on").notNull(),
    ...priced(),
    /** By the table of prices of the day; none where it has none. */
    price: yen("price"),
    tax: yen("tax"),
    copay: yen("copay").notNull().default(0),
    exempt: boolean().notNull().default(false),
    /** What is paid for it where it is paid. */
    amount: yen("amount"),
    /** Codes of workflows/vaccination/clinic-claims/findings.ts. */
    findings: text().array().notNull().default([]),
    disposition: text({ enum: dispositions }).notNull(),
    /** Why, where somebody judged it. */
    reason: text(),
    judgedBy: integer("judged_by"),
    /** 照会: until when an answer is asked for, and what came. */
    queryDueOn: date("query_due_on"),
    answer: text({ enum: ["as-claimed", "corrected", "given-up", "none"] }),
    answeredOn: date("answered_on"),
    /** The row of an earlier claim that was returned and came back as this one. */
    originId: uuid("origin_id"),
    /** Whether it stands here: no other claim has it. */
    standing: boolean().notNull(),
  },
  (table) => [
    index("claim_row_claim").on(table.claimId, table.disposition),
    index("claim_row_person").on(table.personNumber),
    index("claim_row_shot").on(table.shotId),
    index("claim_row_query").on(table.queryDueOn).where(sql`disposition = 'query'`),
    uniqueIndex("claim_row_slip_once").on(table.slipId).where(sql`standing`),
    uniqueIndex("claim_row_shot_once").on(table.shotId).where(sql`standing and slip_id is null`),
    uniqueIndex("claim_row_slip_of_claim").on(table.claimId, table.slipId),
    uniqueIndex("claim_row_shot_of_claim")
      .on(table.claimId, table.shotId)
      .where(sql`slip_id is null`),
    oneOf("claim_row_outcome", table.outcome),
    oneOf("claim_row_disposition", table.disposition),
    oneOf("claim_row_answer", table.answer),
    check("claim_row_source", sql`num_nulls(slip_id, shot_id) < 2`),
    check("claim_row_clinic", isClinic("clinic_code")),
    check(
      "claim_row_money",
      sql`(price is null) = (amount is null) and (price is null) = (tax is null) and price > 0 is not false
        and copay >= 0 and amount = greatest(price - case when exempt then 0 else copay end, 0) is not false`,
    ),
    check(
      "claim_row_paid",
      sql`disposition <> 'pay' or (amount > 0 and person_number is not null)`,
    ),
    check(
      "claim_row_why",
      sql`disposition in ('open', 'pay', 'same') or (reason is not null and judged_by is not null)`,
    ),
    check("claim_row_query", sql`disposition <> 'query' or query_due_on is not null`),
    check("claim_row_answer_whole", sql`(answer is null) = (answered_on is null)`),
  ],
);

/** 過誤: what was paid by an earlier claim and is set off against the next one. Two people. */
export const correction = clinicClaims.table(
  "correction",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    rowId: uuid("row_id")
      .notNull()
      .references(() => claimRow.id),
    claimantCode: text("claimant_code").notNull(),
    /** What was paid for it until now, and what it should have been. */
    before: yen("before").notNull(),
    after: yen("after").notNull(),
    reason: text({
      enum: [
        "record-cancelled",
        "other-person",
        "price",
        "copay",
        "paid-twice",
        "not-resident",
        "invalid",
        "other",
      ],
    }).notNull(),
    state: text({ enum: ["proposed", "approved", "refused", "withdrawn"] }).notNull(),
    revision: integer().notNull().default(1),
    proposedBy: integer("proposed_by").notNull(),
    proposedAt: moment("proposed_at").notNull(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    /** The claim whose payment it changed. */
    appliedTo: uuid("applied_to").references(() => claim.id),
  },
  (table) => [
    uniqueIndex("correction_one").on(table.rowId).where(sql`state = 'proposed'`),
    index("correction_open")
      .on(table.claimantCode)
      .where(sql`state = 'approved' and applied_to is null`),
    index("correction_waiting").on(table.proposedAt).where(sql`state = 'proposed'`),
    index("correction_applied").on(table.appliedTo),
    oneOf("correction_reason", table.reason),
    oneOf("correction_state", table.state),
    check("correction_changes", sql`before >= 0 and after >= 0 and before <> after`),
    check(
      "correction_two_people",
      sql`state not in ('approved', 'refused') or decided_by <> proposed_by`,
    ),
    check("correction_decided", sql`(state = 'proposed') = (decided_by is null)`),
    check("correction_applied_when_approved", sql`applied_to is null or state = 'approved'`),
  ],
);

/** What happened to a claim. Insert only. */
export const claimEvent = clinicClaims.table(
  "claim_event",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    revision: integer().notNull(),
    event: text().notNull(),
    fromState: text("from_state").notNull(),
    toState: text("to_state").notNull(),
    reason: text(),
    staffId: integer("staff_id").notNull(),
    staffName: text("staff_name").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
  },
  (table) => [index("claim_event_claim").on(table.claimId, table.revision)],
);

/** 支払明細書, 返戻一覧, 差額通知 as they were issued. */
export const claimPaper = clinicClaims.table(
  "claim_paper",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    claimId: uuid("claim_id")
      .notNull()
      .references(() => claim.id),
    kind: text({ enum: ["statement", "returned", "difference"] }).notNull(),
    documentNumber: text("document_number").notNull(),
    template: text().notNull(),
    /** Sealed record `clinic-claim-paper`: printed again it is the same. */
    sealedId: uuid("sealed_id").notNull(),
    /** The claim as it stood. */
    claimRevision: integer("claim_revision").notNull(),
    issuedBy: integer("issued_by").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedAt: moment("issued_at").notNull(),
  },
  (table) => [index("claim_paper_claim").on(table.claimId), oneOf("claim_paper_kind", table.kind)],
);
