import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  char,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgSchema,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { isMonth, moment, oneOf, yen } from "../columns.ts";

/** レセプト: what medical institutions claim for people with a subsidy, by way of the examining bodies. */
export const receipts = pgSchema("receipts");

const channels = ["payment-fund", "federation", "elderly-union", "direct"] as const;
const care = ["outpatient", "inpatient", "pharmacy", "home-nursing", "long-term-care"] as const;

/** Medical institutions and pharmacies, as files name them: two digits of prefecture, one of the point table, seven of their own. */
export const institution = receipts.table(
  "institution",
  {
    code: char({ length: 10 }).primaryKey(),
    name: text().notNull(),
    /** Claim month of the file that named it last; the name is of that file. */
    namedIn: text("named_in").notNull(),
    registeredAt: moment("registered_at").notNull().defaultNow(),
  },
  () => [check("institution_code", sql`code ~ '^[0-9]{10}$'`)],
);

/** A file of receipts: taken in by one person, judged, committed by another. The receipts lie sealed, lot by lot, until then. */
export const receiptFile = receipts.table(
  "file",
  {
    id: uuid().primaryKey().defaultRandom(),
    format: text({ enum: ["uke", "csv"] }).notNull(),
    /** Column map of a CSV. */
    layout: text(),
    channel: text({ enum: channels }).notNull(),
    /** 請求年月, under which the channel sent it. */
    claimMonth: text("claim_month").notNull(),
    /** 支払年月 */
    paymentMonth: text("payment_month").notNull(),
    fileName: text("file_name").notNull(),
    /** SHA-256 in hexadecimal. */
    digest: text(),
    bytes: bigint({ mode: "number" }).notNull().default(0),
    state: text({
      enum: [
        "receiving",
        "judging",
        "judged",
        "committing",
        "committed",
        "withdrawing",
        "withdrawn",
        "cancelled",
      ],
    })
      .notNull()
      .default("receiving"),
    revision: integer().notNull().default(1),
    lotCount: integer("lot_count").notNull().default(0),
    receiptCount: integer("receipt_count").notNull().default(0),
    /** The 事務 of its receipts, once all were judged. */
    programs: text().array().notNull().default([]),
    preparedBy: integer("prepared_by").notNull(),
    preparedAt: moment("prepared_at").notNull().defaultNow(),
    judgedAt: moment("judged_at"),
    committedBy: integer("committed_by"),
    committedAt: moment("committed_at"),
    withdrawalAskedBy: integer("withdrawal_asked_by"),
    withdrawnBy: integer("withdrawn_by"),
    withdrawnAt: moment("withdrawn_at"),
    /** What went wrong, in words for the person; holds no personal data. */
    problem: text(),
  },
  (table) => [
    uniqueIndex("file_once").on(table.digest).where(sql`state not in ('cancelled', 'withdrawn')`),
    index("file_month").on(table.claimMonth, table.channel),
    oneOf("file_format", table.format),
    oneOf("file_channel", table.channel),
    oneOf("file_state", table.state),
    check("file_claim_month", isMonth("claim_month")),
    check("file_payment_month", isMonth("payment_month")),
    check("file_two_people", sql`committed_by is null or committed_by <> prepared_by`),
    check(
      "file_withdrawn_by_two",
      sql`withdrawn_by is null or withdrawn_by <> withdrawal_asked_by`,
    ),
    check(
      "file_committed_by_somebody",
      sql`state not in ('committing', 'committed', 'withdrawing', 'withdrawn') or committed_by is not null`,
    ),
  ],
);

/** Some receipts of a file: the unit of judging, commit and resumption. */
export const receiptLot = receipts.table(
  "lot",
  {
    fileId: uuid("file_id")
      .notNull()
      .references(() => receiptFile.id),
    number: integer().notNull(),
    firstRow: integer("first_row").notNull(),
    rowCount: integer("row_count").notNull(),
    /** Of the sealed record that holds them; erased when the file is closed. */
    sealedId: uuid("sealed_id").notNull(),
    /** Of the sealed records that hold who they are for, a few receipts each, in their order; of an earlier version none, and `sealedId` holds both. */
    patientIds: uuid("patient_ids").array().notNull().default(sql`'{}'`),
    judgedAt: moment("judged_at"),
    /** When it was compared with all other receipts, its own file's too. */
    comparedAt: moment("compared_at"),
    postedAt: moment("posted_at"),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.number] })],
);

/** A receipt as it was judged: numbers, months and amounts, without name and diagnosis. */
export const receipt = receipts.table(
  "receipt",
  {
    fileId: uuid("file_id").notNull(),
    /** Receipts of a file from 1, in its order. */
    row: integer().notNull(),
    lot: integer().notNull(),
    /** Line of the file on which it begins. */
    line: integer().notNull(),
    /** レセプト番号 within its institution, as it says; null where that is no number. */
    number: integer(),
    /** 検索番号, by which the channel finds it again. */
    searchNumber: text("search_number"),
    institution: char({ length: 10 }),
    care: text({ enum: care }),
    /** レセプト種別, four digits. */
    type: text(),
    /** 診療年月 */
    treatmentMonth: text("treatment_month"),
    /** The 事務 to which the number of the payer belongs, and the kind of its entitlement; null where it is none of ours. */
    program: text(),
    entitlementKind: text("entitlement_kind"),
    payerNumber: text("payer_number"),
    /** 受給者番号 as the receipt says it; null where it is no number at all. */
    recipientNumber: text("recipient_number"),
    /** Whose number it is, and how that is written in the register; found by the database. */
    registeredNumber: text("registered_number"),
    personNumber: text("person_number"),
    entitlementId: uuid("entitlement_id"),
    officeCode: text("office_code"),
    insurerNumber: text("insurer_number"),
    /** Payer numbers of other public funds, in the order of the receipt. */
    otherFunds: text("other_funds").array().notNull().default([]),
    days: integer(),
    points: yen("points").notNull().default(0),
    /** Yen, as the rule finds them: ten yen a point, 保険給付, 高額療養費, 附加給付, other funds, subsidy, patient. */
    totalCost: yen("total_cost").notNull().default(0),
    insured: yen("insured").notNull().default(0),
    highCost: yen("high_cost").notNull().default(0),
    additionalBenefit: yen("additional_benefit").notNull().default(0),
    otherPublic: yen("other_public").notNull().default(0),
    subsidy: yen("subsidy").notNull().default(0),
    patientPays: yen("patient_pays").notNull().default(0),
    /** 一部負担金 as the receipt states it, and as the city's rule has it; null where no rule is registered. */
    copayStated: yen("copay_stated").notNull().default(0),
    copayExpected: yen("copay_expected"),
    /** 適用区分 of the 特記事項, and 多数回該当; null where the receipt says none. */
    highCostCategory: text("high_cost_category"),
    highCostMultiple: boolean("high_cost_multiple").notNull().default(false),
    /** 回数, レセプト区分 (as it is written), 件数 and 介護サービス種類コード, where the layout tells them. */
    times: integer(),
    receiptClass: text("receipt_class"),
    receiptCount: integer("receipt_count").notNull().default(1),
    serviceCode: text("service_code"),
    /** 市区町村補助額, yen: what a subsidy of a city takes over of the share of the person. */
    municipalSubsidy: yen("municipal_subsidy").notNull().default(0),
    /** `clear`: nothing against it. `doubtful`: wants a decision. `blocked`: cannot be paid as it is. */
    outcome: text({ enum: ["clear", "doubtful", "blocked"] })
      .notNull()
      .default("clear"),
    /** What was decided of it last. */
    decided: text({ enum: ["asked", "accepted", "queried", "returned"] }),
    posted: boolean().notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.row] }),
    foreignKey({
      columns: [table.fileId, table.lot],
      foreignColumns: [receiptLot.fileId, receiptLot.number],
    }),
    index("receipt_outcome").on(table.fileId, table.outcome, table.row),
    index("receipt_lot").on(table.fileId, table.lot),
    index("receipt_person").on(table.personNumber, table.treatmentMonth),
    index("receipt_undecided")
      .on(table.program, table.fileId, table.row)
      .where(sql`outcome <> 'clear' and (decided is null or decided in ('asked', 'queried'))`),
    oneOf("receipt_care", table.care),
    oneOf("receipt_outcome_known", table.outcome),
    oneOf("receipt_decided", table.decided),
    check("receipt_posted", sql`not posted or person_number is not null`),
  ],
);

/** What is against a receipt, or against the file as a whole (`row` 0). Says no value of the receipt. */
export const receiptFault = receipts.table(
  "fault",
  {
    fileId: uuid("file_id")
      .notNull()
      .references(() => receiptFile.id),
    row: integer().notNull(),
    /** A code of `workflows/receipts/faults.ts`. */
    code: text().notNull(),
    line: integer().notNull(),
    /** Item and reason of a fault of the format, in words; empty for the others. */
    field: text().notNull().default(""),
    reason: text().notNull().default(""),
  },
  (table) => [
    primaryKey({
      columns: [table.fileId, table.row, table.code, table.line, table.field, table.reason],
    }),
    index("fault_code").on(table.fileId, table.code, table.row),
  ],
);

/** What somebody decided about a receipt: insert only, but for the second person's word. */
export const receiptDecision = receipts.table(
  "decision",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    fileId: uuid("file_id").notNull(),
    row: integer().notNull(),
    action: text({ enum: ["accept", "query", "return"] }).notNull(),
    /** A reason of `workflows/receipts/decisions.ts`. */
    reason: text().notNull(),
    /** Whether another person has to agree: money or entitlement differ. */
    needsSecond: boolean("needs_second").notNull(),
    askedBy: integer("asked_by").notNull(),
    askedAt: moment("asked_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    foreignKey({
      columns: [table.fileId, table.row],
      foreignColumns: [receipt.fileId, receipt.row],
    }),
    uniqueIndex("decision_one_open").on(table.fileId, table.row).where(sql`decision is null`),
    index("decision_row").on(table.fileId, table.row),
    oneOf("decision_action", table.action),
    oneOf("decision_decision", table.decision),
    check(
      "decision_two_people",
      sql`not needs_second or decided_by is null or decided_by <> asked_by`,
    ),
    check("decision_whole", sql`(decision is null) = (decided_by is null)`),
  ],
);

/** 過誤申立・再審査・調整 of a paid receipt: proposed by one person, decided by another; the original stays. */
export const receiptAdjustment = receipts.table(
  "adjustment",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    benefitId: bigint("benefit_id", { mode: "number" }).notNull(),
    kind: text({ enum: ["withdrawal", "re-examination", "balancing"] }).notNull(),
    channel: text({ enum: channels }).notNull(),
    /** Month in which the channel settles it. */
    settledIn: text("settled_in").notNull(),
    reasonCode: text("reason_code").notNull(),
    /** After a 再審査 or 調整; null where the whole claim is withdrawn. */
    points: yen("points"),
    subsidy: yen("subsidy"),
    patientPays: yen("patient_pays"),
    askedBy: integer("asked_by").notNull(),
    askedAt: moment("asked_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    uniqueIndex("adjustment_one_open").on(table.benefitId).where(sql`decision is null`),
    index("adjustment_month").on(table.settledIn, table.channel),
    oneOf("adjustment_kind", table.kind),
    oneOf("adjustment_channel", table.channel),
    oneOf("adjustment_decision", table.decision),
    check("adjustment_month_written", isMonth("settled_in")),
    check("adjustment_two_people", sql`decided_by is null or decided_by <> asked_by`),
    check(
      "adjustment_whole",
      sql`(kind <> 'withdrawal') = (points is not null and subsidy is not null and patient_pays is not null)`,
    ),
  ],
);

/** 申立事由コード and reasons of 再審査 of a channel: each with its days, entered by one person and approved by another. */
export const adjustmentReason = receipts.table(
  "adjustment_reason",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    channel: text({ enum: channels }).notNull(),
    code: text().notNull(),
    title: text().notNull(),
    validFrom: date("valid_from").notNull(),
    validTo: date("valid_to"),
    askedBy: integer("asked_by").notNull(),
    askedAt: moment("asked_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    oneOf("adjustment_reason_channel", table.channel),
    oneOf("adjustment_reason_decision", table.decision),
    check("adjustment_reason_code", sql`code ~ '^[0-9A-Z]{1,8}$'`),
    check("adjustment_reason_days", sql`valid_to is null or valid_from <= valid_to`),
    check("adjustment_reason_two_people", sql`decided_by is null or decided_by <> asked_by`),
  ],
);

/**
 * 給付情報: what was paid for whom, by month. Insert only; what is taken back, withdrawn or corrected is another row that
 * names the one before, with the amounts by which it changes it.
 */
export const benefit = receipts.table(
  "benefit",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text({
      enum: ["original", "taken-back", "withdrawal", "re-examination", "balancing"],
    }).notNull(),
    originId: bigint("origin_id", { mode: "number" }),
    adjustmentId: integer("adjustment_id").references(() => receiptAdjustment.id),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    recipientNumber: text("recipient_number").notNull(),
    entitlementId: uuid("entitlement_id").notNull(),
    officeCode: text("office_code").notNull(),
    fileId: uuid("file_id").notNull(),
    row: integer().notNull(),
    channel: text({ enum: channels }).notNull(),
    claimMonth: text("claim_month").notNull(),
    treatmentMonth: text("treatment_month").notNull(),
    paymentMonth: text("payment_month").notNull(),
    institution: char({ length: 10 })
      .notNull()
      .references(() => institution.code),
    care: text({ enum: care }).notNull(),
    payerNumber: text("payer_number").notNull(),
    insurerNumber: text("insurer_number"),
    otherFunds: text("other_funds").array().notNull(),
    days: integer(),
    points: yen("points").notNull(),
    totalCost: yen("total_cost").notNull(),
    insured: yen("insured").notNull(),
    highCost: yen("high_cost").notNull(),
    additionalBenefit: yen("additional_benefit").notNull(),
    otherPublic: yen("other_public").notNull(),
    subsidy: yen("subsidy").notNull(),
    patientPays: yen("patient_pays").notNull(),
    /** 回数, レセプト区分 (as it is written), 件数 and 介護サービス種類コード, where the layout tells them. */
    times: integer(),
    receiptClass: text("receipt_class"),
    receiptCount: integer("receipt_count").notNull().default(1),
    serviceCode: text("service_code"),
    /** 市区町村補助額, yen: what a subsidy of a city takes over of the share of the person. */
    municipalSubsidy: yen("municipal_subsidy").notNull().default(0),
    /** Codes of what was remarked or accepted as it was posted. */
    remarks: text().array().notNull(),
    recordedBy: integer("recorded_by").notNull(),
    recordedAt: moment("recorded_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.fileId, table.row],
      foreignColumns: [receipt.fileId, receipt.row],
    }),
    foreignKey({ columns: [table.originId], foreignColumns: [table.id] }),
    uniqueIndex("benefit_once").on(table.fileId, table.row).where(sql`kind = 'original'`),
    uniqueIndex("benefit_taken_back_once")
      .on(table.originId)
      .where(sql`kind in ('taken-back', 'withdrawal')`),
    index("benefit_person").on(table.personNumber, table.treatmentMonth, table.id),
    index("benefit_month").on(table.claimMonth, table.channel),
    index("benefit_treated").on(table.program, table.treatmentMonth),
    index("benefit_origin").on(table.originId),
    oneOf("benefit_kind", table.kind),
    oneOf("benefit_channel", table.channel),
    oneOf("benefit_care", table.care),
    check("benefit_origin_named", sql`(kind = 'original') = (origin_id is null)`),
  ],
);

/**
 * The sum that a channel claims for a month beside what the ledger holds: 概算 paid in advance, 精算, difference. Entered by
 * one person, approved by another as payable.
 */
export const claimStatement = receipts.table(
  "statement",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    channel: text({ enum: channels }).notNull(),
    claimMonth: text("claim_month").notNull(),
    /** 請求額 as the channel states it, with how many receipts. */
    claimedCount: integer("claimed_count").notNull(),
    claimedAmount: yen("claimed_amount").notNull(),
    /** 概算 paid already, and what remains to be settled (negative: to be paid back). */
    advanceAmount: yen("advance_amount").notNull(),
    /** What the ledger held when it was entered. */
    ledgerCount: integer("ledger_count").notNull(),
    ledgerAmount: yen("ledger_amount").notNull(),
    /** Why the two differ; a reason of `workflows/receipts/decisions.ts`. */
    differenceReason: text("difference_reason"),
    askedBy: integer("asked_by").notNull(),
    askedAt: moment("asked_at").notNull().defaultNow(),
    decision: text({ enum: ["approved", "refused"] }),
    decidedBy: integer("decided_by"),
    decidedAt: moment("decided_at"),
  },
  (table) => [
    uniqueIndex("statement_one")
      .on(table.channel, table.claimMonth)
      .where(sql`decision is distinct from 'refused'`),
    oneOf("statement_channel", table.channel),
    oneOf("statement_decision", table.decision),
    check("statement_month", isMonth("claim_month")),
    check(
      "statement_amounts",
      sql`claimed_count >= 0 and claimed_amount >= 0 and advance_amount >= 0`,
    ),
    check(
      "statement_difference",
      sql`claimed_amount = ledger_amount or difference_reason is not null`,
    ),
    check("statement_two_people", sql`decided_by is null or decided_by <> asked_by`),
  ],
);
