import { sql } from "drizzle-orm";
import {
  bigint,
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
    /** Of a vaccine that is given again: the 年度 of the season (`2026`), the expected delivery; otherwise empty. */
    occasion: text().notNull().default(""),
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
      .on(table.personNumber, table.vaccine, table.dose, table.occasion)
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

/** Where a record comes from. `feed` writes by its file, all others through {@link slip}. */
export const recordChannels = [
  "slip",
  "punched",
  "letter",
  "certificate",
  "in-mover",
  "mother-child-handbook",
  "session",
  "national",
] as const;

/**
 * 接種記録: what was given to whom and when, as feeds and entry bring it. One that is cancelled leaves the table; what it said
 * stays in {@link shotChange}.
 */
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
    /** 接種量 in ml, such as `0.5`. */
    volume: text(),
    /** 個別 or 集団. */
    route: text({ enum: ["individual", "group"] }),
    /** 医療機関コード of ten digits, and its name as it was told. */
    clinicCode: text("clinic_code"),
    clinicName: text("clinic_name"),
    /** Day of the 予診票. */
    interviewOn: date("interview_on"),
    /** Sealed for the person: the doctor, as the 予診票 names them. */
    detailsId: uuid("details_id"),
    /** The first channel that told it: one of {@link recordChannels}, or `feed`. */
    source: text().notNull(),
    revision: integer().notNull().default(1),
    enteredAt: moment("entered_at").notNull().defaultNow(),
    enteredBy: integer("entered_by").notNull(),
  },
  (table) => [
    uniqueIndex("shot_once").on(table.personNumber, table.vaccine, table.dose),
    index("shot_given").on(table.givenOn),
    check("shot_dose", sql`dose > 0`),
    check("shot_route", sql`route is null or route in ('individual', 'group')`),
    check("shot_clinic", sql`clinic_code is null or clinic_code ~ '^[0-9]{10}$'`),
  ],
);

const told = () => ({
  vaccine: text().notNull(),
  /** None: the next one of the person. */
  dose: integer(),
  givenOn: date("given_on").notNull(),
  product: text(),
  lot: text(),
  volume: text(),
  route: text({ enum: ["individual", "group"] }),
  clinicCode: text("clinic_code"),
  clinicName: text("clinic_name"),
  interviewOn: date("interview_on"),
});

/**
 * What a channel told, one row each, never dropped: a record came of it, or it was known already (the second channel), or it
 * waits in a work list. Written by the functions of 72-vaccination-records.sql alone.
 */
export const slip = vaccination.table(
  "slip",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    channel: text({ enum: recordChannels }).notNull(),
    /** Of the channel's own row: the line of a 依頼書, of a punched file. */
    reference: text(),
    /** 接種, 予診のみ, 不可診. */
    outcome: text({ enum: ["given", "interview-only", "unfit"] }).notNull(),
    state: text({
      enum: ["recorded", "second-channel", "noted", "unmatched", "doubtful", "discarded"],
    }).notNull(),
    personNumber: text("person_number"),
    /** Of the person as they were found; none where nobody is. */
    officeCode: text("office_code"),
    couponNumber: text("coupon_number"),
    ...told(),
    /** Sealed: doctor, 母子健康手帳番号, name, birth, sex, address as the slip has them. */
    detailsId: uuid("details_id"),
    /** How the person was found. */
    matchedBy: text("matched_by", {
      enum: ["person-number", "coupon", "mother-child-number", "identity", "hand"],
    }),
    /** Points of the identity (0 to 100), where the person was found by it. */
    score: integer(),
    /** Codes of workflows/vaccination/records/doubts.ts. */
    doubts: text().array().notNull().default([]),
    /** Why what is doubtful was recorded all the same. */
    accepted: text({ enum: ["clinic", "paper", "as-given", "other"] }),
    shotId: uuid("shot_id"),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    enteredOn: date("entered_on").notNull(),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
    /** Why it is no record after all. */
    discardReason: text("discard_reason", {
      enum: ["returned", "entered-twice", "not-ours", "illegible"],
    }),
    revision: integer().notNull().default(1),
  },
  (table) => [
    index("slip_waiting")
      .on(table.state, table.enteredAt)
      .where(sql`state in ('unmatched', 'doubtful', 'discarded')`),
    index("slip_entered").on(table.enteredBy, table.enteredOn, table.serial),
    index("slip_person").on(table.personNumber),
    index("slip_shot").on(table.shotId),
    uniqueIndex("slip_reference")
      .on(table.channel, table.reference)
      .where(sql`reference is not null`),
    oneOf("slip_channel", table.channel),
    oneOf("slip_outcome", table.outcome),
    oneOf("slip_state", table.state),
    check(
      "slip_matched",
      sql`matched_by in ('person-number', 'coupon', 'mother-child-number', 'identity', 'hand')`,
    ),
    check("slip_accepted", sql`accepted in ('clinic', 'paper', 'as-given', 'other')`),
    check("slip_route", sql`route in ('individual', 'group')`),
    check("slip_clinic", sql`clinic_code ~ '^[0-9]{10}$'`),
    check("slip_coupon", sql`coupon_number ~ '^[0-9]{10}$'`),
    check("slip_dose", sql`dose > 0`),
    check("slip_reference_length", sql`length(reference) <= 80`),
    check(
      "slip_shot_stands",
      sql`(shot_id is not null) = (state in ('recorded', 'second-channel') and outcome = 'given')`,
    ),
    check(
      "slip_person_stands",
      sql`person_number is not null or state in ('unmatched', 'doubtful', 'discarded')`,
    ),
    check("slip_discarded", sql`(discard_reason is not null) = (state = 'discarded')`),
  ],
);

/** What a record said before, each time it was completed, corrected or cancelled. Rows are only added, by a trigger. */
export const shotChange = vaccination.table(
  "shot_change",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    shotId: uuid("shot_id").notNull(),
    personNumber: text("person_number").notNull(),
    what: text({ enum: ["completed", "corrected", "cancelled", "told-by-feed"] }).notNull(),
    /** The columns of the record that had another value, with it; all of them of a cancelled one. */
    before: jsonb().$type<Readonly<Record<string, string | number | null>>>().notNull(),
    revisionId: uuid("revision_id"),
    staffId: integer("staff_id").notNull(),
    at: moment("at").notNull(),
    on: date("on").notNull(),
  },
  (table) => [
    index("shot_change_shot").on(table.shotId),
    index("shot_change_at").on(table.at),
    index("shot_change_person").on(table.personNumber),
    oneOf("shot_change_what", table.what),
  ],
);

/** A correction or cancellation of a record: by one person, by two where money or a paper hangs on the record. */
export const shotRevision = vaccination.table(
  "shot_revision",
  {
    id: uuid().primaryKey().defaultRandom(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    shotId: uuid("shot_id").notNull(),
    /** Revision of the record that was corrected. */
    shotSeen: integer("shot_seen").notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    kind: text({ enum: ["correct", "cancel"] }).notNull(),
    state: text({ enum: ["waiting", "applied", "refused", "withdrawn"] }).notNull(),
    revision: integer().notNull().default(1),
    /** What it shall say; of a cancelled record nothing. */
    values: jsonb().$type<Readonly<Record<string, string | number | null>>>(),
    reason: text({
      enum: [
        "typing",
        "clinic-report",
        "other-person",
        "not-given",
        "told-twice",
        "evidence",
        "other",
      ],
    }).notNull(),
    /** What hung on the record as it was proposed. */
    holds: text().array().notNull().default([]),
    proposedBy: integer("proposed_by").notNull(),
    proposedAt: moment("proposed_at").notNull(),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
    refusal: text({ enum: ["evidence", "values", "other"] }),
  },
  (table) => [
    uniqueIndex("shot_revision_one").on(table.shotId).where(sql`state = 'waiting'`),
    index("shot_revision_waiting").on(table.proposedAt).where(sql`state = 'waiting'`),
    index("shot_revision_person").on(table.personNumber),
    oneOf("shot_revision_kind", table.kind),
    oneOf("shot_revision_state", table.state),
    oneOf("shot_revision_reason", table.reason),
    check(
      "shot_revision_refusal",
      sql`(refusal in ('evidence', 'values', 'other')) is not distinct from (case when state = 'refused' then true end)`,
    ),
    check("shot_revision_values", sql`(values is null) = (kind = 'cancel')`),
    check("shot_revision_decided", sql`(decided_by is null) = (state = 'waiting')`),
    check(
      "shot_revision_two",
      sql`state not in ('applied', 'refused') or holds = '{}' or decided_by <> proposed_by`,
    ),
  ],
);

/** What hangs on a record: money or a paper. It is then corrected by two. */
export const shotHold = vaccination.table(
  "shot_hold",
  {
    shotId: uuid("shot_id").notNull(),
    kind: text({ enum: ["paper", "refund", "clinic-claim", "relief"] }).notNull(),
    reference: text().notNull(),
    heldAt: moment("held_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.shotId, table.kind, table.reference] }),
    oneOf("shot_hold_kind", table.kind),
    check("shot_hold_reference", sql`length(reference) between 1 and 60`),
  ],
);

/** 製造番号 that there are, by the notices of the makers: entered by hand. */
export const lot = vaccination.table(
  "lot",
  {
    vaccine: text().notNull(),
    lot: text().notNull(),
    product: text().notNull(),
    /** Last day on which it may be used. */
    expiresOn: date("expires_on").notNull(),
    enteredBy: integer("entered_by").notNull(),
    enteredAt: moment("entered_at").notNull(),
    /** A row entered by mistake does not count. */
    withdrawn: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.vaccine, table.lot] }),
    check("lot_said", sql`length(lot) between 1 and 30 and length(product) between 1 and 60`),
  ],
);

/** 母子健康手帳番号 as a keyed token, noted when a slip that bears it was found to be somebody's. */
export const motherChildNumber = vaccination.table(
  "mother_child_number",
  {
    token: bigint({ mode: "bigint" }).notNull(),
    personNumber: text("person_number").notNull(),
    slipId: uuid("slip_id").notNull(),
    notedAt: moment("noted_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.token, table.personNumber] }),
    index("mother_child_number_person").on(table.personNumber),
  ],
);

/** 接種済証, certificates in English and history sheets as they were issued. */
export const recordPaper = vaccination.table(
  "record_paper",
  {
    id: uuid().primaryKey(),
    serial: integer().notNull().generatedAlwaysAsIdentity().unique(),
    kind: text({ enum: ["record", "record-english", "history"] }).notNull(),
    personNumber: text("person_number").notNull(),
    officeCode: text("office_code").notNull(),
    documentNumber: text("document_number").notNull(),
    shotIds: uuid("shot_ids").array().notNull(),
    template: text().notNull(),
    /** The paper itself, sealed: printed again it is the same. */
    sealedId: uuid("sealed_id").notNull(),
    issuedBy: integer("issued_by").notNull(),
    issuedOn: date("issued_on").notNull(),
    issuedAt: moment("issued_at").notNull(),
  },
  (table) => [
    index("record_paper_person").on(table.personNumber),
    uniqueIndex("record_paper_document").on(table.documentNumber),
    oneOf("record_paper_kind", table.kind),
    check("record_paper_shots", sql`cardinality(shot_ids) between 1 and 200`),
  ],
);

/**
 * By which ways a record of vaccination was told, the first one included: one dose is one record, whoever tells it. Kept by the
 * database as records are written.
 */
export const shotChannel = vaccination.table(
  "shot_channel",
  {
    personNumber: text("person_number").notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    /** As in {@link shot}. */
    source: text().notNull(),
    givenOn: date("given_on").notNull(),
    toldOn: date("told_on").notNull(),
    toldBy: integer("told_by").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.personNumber, table.vaccine, table.dose, table.source] }),
  ],
);

/**
 * What the city has paid for: a shot once ever, a screening alone once a day, whether it was refunded to who paid (`refund`) or
 * paid to the clinic (`clinic`). Written by functions of the owner that have judged the decision.
 */
export const paidDose = vaccination.table(
  "paid_dose",
  {
    id: uuid().primaryKey().defaultRandom(),
    personNumber: text("person_number").notNull(),
    vaccine: text().notNull(),
    dose: integer().notNull(),
    outcome: text({ enum: ["given", "screened"] }).notNull(),
    givenOn: date("given_on").notNull(),
    route: text({ enum: ["refund", "clinic"] }).notNull(),
    /** The case of the refund, or what the clinic was paid by. */
    sourceId: uuid("source_id").notNull(),
    amount: bigint({ mode: "number" }).notNull(),
    decidedOn: date("decided_on").notNull(),
    cancelledAt: moment("cancelled_at"),
  },
  (table) => [
    uniqueIndex("paid_dose_shot_once")
      .on(table.personNumber, table.vaccine, table.dose)
      .where(sql`outcome = 'given' and cancelled_at is null`),
    uniqueIndex("paid_dose_screening_once")
      .on(table.personNumber, table.vaccine, table.dose, table.givenOn)
      .where(sql`outcome = 'screened' and cancelled_at is null`),
    index("paid_dose_source").on(table.sourceId),
    oneOf("paid_dose_outcome", table.outcome),
    oneOf("paid_dose_route", table.route),
    check("paid_dose_amount", sql`amount > 0`),
  ],
);
