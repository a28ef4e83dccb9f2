import { sql } from "drizzle-orm";
import {
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
import { bytea, isMonth, moment, oneOf, yen } from "../columns.ts";
import { approval } from "./approvals.ts";
import { caseRow } from "./cases.ts";
import { document } from "./documents.ts";
import { batchRun } from "./mailings.ts";

/** 償還払い: claims for what somebody paid, receipt by receipt (領収書). The claim itself is a case of the kind `<事務>/claim`. */
export const claims = pgSchema("claims");

const cares = [
  "outpatient",
  "inpatient",
  "dental",
  "pharmacy",
  "home-nursing",
  "appliance",
] as const;

/** What a claim says beside its case: to whom it is paid, and how it came. Written as the case is opened. */
export const claim = claims.table(
  "claim",
  {
    caseId: uuid("case_id")
      .primaryKey()
      .references(() => caseRow.id),
    /** Whose account it goes to: who applied for the entitlement (保護者, 申請者), or the recipient. */
    payeeNumber: text("payee_number").notNull(),
    channel: text({ enum: ["window", "post", "electronic"] }).notNull(),
  },
  (table) => [index("claim_payee").on(table.payeeNumber), oneOf("claim_channel", table.channel)],
);

/**
 * One receipt (領収書) as it was keyed; those of the newest revision of a claim count, earlier ones stay. Outside the vault
 * stand codes, months and amounts. The name of an institution and remarks are sealed with the entry of the same revision.
 */
export const claimBill = claims.table(
  "bill",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Of the entry that keyed it; set by the database. */
    revision: integer().notNull().default(0),
    /** From 1, in the order in which they were keyed. */
    number: integer().notNull(),
    /** 診療年月 */
    month: text().notNull(),
    /** The day of the month, where the receipt is of one day. */
    day: integer(),
    /** 領収日 */
    paidOn: date("paid_on"),
    /** 医療機関コード, where it is known. */
    institution: char({ length: 10 }),
    /** Keyed hash of the code or the folded name: tells whether two receipts are of one institution. */
    institutionMark: bytea("institution_mark").notNull(),
    care: text({ enum: cares }).notNull(),
    /** 10割, yen: ten yen a point; of 治療用装具 its price. */
    cost: yen("cost").notNull(),
    /** Tenths that the insurance pays. */
    insuranceTenths: integer("insurance_tenths").notNull(),
    /** Visits or days. */
    times: integer().notNull(),
    /** 領収額 for insured care, yen. */
    paid: yen("paid").notNull(),
    /** 食事療養標準負担額 beside it, and its days. */
    meals: yen("meals").notNull(),
    mealDays: integer("meal_days").notNull(),
    /** 療養費 that the insurer paid back (10割 was paid, 治療用装具), yen. */
    reimbursed: yen("reimbursed").notNull(),
    /** 高額療養費 and 附加給付 received from the insurer, and what another 公費 paid back, yen. */
    highCost: yen("high_cost").notNull(),
    additionalBenefit: yen("additional_benefit").notNull(),
    otherPublic: yen("other_public").notNull(),
    insurerGroup: text("insurer_group", { enum: ["employee", "national", "union", "elderly"] }),
    /** 適用区分 as the insurer told it. */
    category: text(),
    /** 多数回該当 */
    multiple: boolean().notNull().default(false),
    outsidePrefecture: boolean("outside_prefecture").notNull(),
    certificateShown: boolean("certificate_shown").notNull(),
    exclusion: text({ enum: ["school-accident", "third-party", "work-accident"] }),
    /** Of 調剤: 処方箋発行医療機関, by code where it is known, and by the same keyed hash. */
    prescriber: char({ length: 10 }),
    prescriberMark: bytea("prescriber_mark"),
    /** What was handed in: 領収書, 領収証明書, 支給決定通知 of the insurer, 医師の証明. */
    documents: text().array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision, table.number] }),
    index("bill_month").on(table.month, table.institutionMark),
    check(
      "bill_prescriber",
      sql`care = 'pharmacy' or prescriber is null and prescriber_mark is null`,
    ),
    oneOf("bill_care", table.care),
    oneOf("bill_insurer_group", table.insurerGroup),
    oneOf("bill_exclusion", table.exclusion),
    check("bill_month_written", isMonth("month")),
    check("bill_number", sql`number between 1 and 200`),
    check("bill_day", sql`day between 1 and 31`),
    check("bill_tenths", sql`insurance_tenths between 0 and 10`),
    check("bill_times", sql`times between 1 and 99 and meal_days between 0 and 99`),
    check(
      "bill_amounts",
      sql`least(cost, paid, meals, reimbursed, high_cost, additional_benefit, other_public) >= 0
        and greatest(cost, paid, meals, reimbursed, high_cost, additional_benefit, other_public) <= 100000000`,
    ),
  ],
);

/** That somebody looked at what is doubtful of a receipt and accepted it, with a reason. Insert only. */
export const claimAcceptance = claims.table(
  "acceptance",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Of the step; set by the database. */
    revision: integer().notNull().default(0),
    /** The receipt, as it was keyed by the entry of this revision. */
    entryRevision: integer("entry_revision").notNull().default(0),
    number: integer().notNull(),
    /** A code of workflows/claims/faults.ts. */
    code: text().notNull(),
    /** A code of workflows/claims/reasons.ts. */
    reason: text().notNull(),
    acceptedBy: integer("accepted_by").notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.entryRevision, table.number, table.code] }),
    foreignKey({
      columns: [table.caseId, table.entryRevision, table.number],
      foreignColumns: [claimBill.caseId, claimBill.revision, claimBill.number],
    }),
  ],
);

/** What is proposed to be paid of a claim as a whole; carried out as it stands, and by nothing else. */
export const claimProposal = claims.table(
  "proposal",
  {
    approvalId: uuid("approval_id")
      .primaryKey()
      .references(() => approval.id),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** The entry whose receipts it is about; set by the database. */
    entryRevision: integer("entry_revision").notNull().default(0),
    total: yen("total").notNull(),
  },
  (table) => [index("proposal_case").on(table.caseId), check("proposal_total", sql`total >= 0`)],
);

/** What is proposed of each receipt. */
export const claimProposedRow = claims.table(
  "proposed_row",
  {
    approvalId: uuid("approval_id")
      .notNull()
      .references(() => claimProposal.approvalId),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    entryRevision: integer("entry_revision").notNull().default(0),
    number: integer().notNull(),
    outcome: text({ enum: ["granted", "refused"] }).notNull(),
    /** Why not; a code of workflows/claims/reasons.ts. */
    reason: text(),
    amount: yen("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number] }),
    foreignKey({
      columns: [table.caseId, table.entryRevision, table.number],
      foreignColumns: [claimBill.caseId, claimBill.revision, claimBill.number],
    }),
    oneOf("proposed_row_outcome", table.outcome),
    check(
      "proposed_row_whole",
      sql`amount >= 0 and (outcome = 'refused') = (reason is not null) and (outcome = 'granted') = (amount > 0)`,
    ),
  ],
);

/** How the amount of a receipt comes about, line by line, as the notice prints it. */
export const claimProposedLine = claims.table(
  "proposed_line",
  {
    approvalId: uuid("approval_id").notNull(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    number: integer().notNull(),
    /** From 1. */
    position: integer().notNull(),
    /** A label of workflows/claims/refund.ts; holds nothing of a person. */
    label: text().notNull(),
    amount: yen("amount").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number, table.position] }),
    foreignKey({
      columns: [table.approvalId, table.number],
      foreignColumns: [claimProposedRow.approvalId, claimProposedRow.number],
    }),
  ],
);

/** What was decided of each receipt that is refunded: counted as paid in its month, until the decision is cancelled. */
export const claimBenefit = claims.table(
  "benefit",
  {
    approvalId: uuid("approval_id").notNull(),
    number: integer().notNull(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    entryRevision: integer("entry_revision").notNull(),
    program: text().notNull(),
    personNumber: text("person_number").notNull(),
    month: text().notNull(),
    institutionMark: bytea("institution_mark").notNull(),
    care: text({ enum: cares }).notNull(),
    cost: yen("cost").notNull(),
    /** 0 where the receipt is of no single day. */
    day: integer().notNull(),
    /** 2 and more of receipts that agree in all this and were accepted as different ones. */
    ordinal: integer().notNull(),
    amount: yen("amount").notNull(),
    decidedOn: date("decided_on").notNull(),
    cancelledAt: moment("cancelled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.approvalId, table.number] }),
    foreignKey({
      columns: [table.approvalId, table.number],
      foreignColumns: [claimProposedRow.approvalId, claimProposedRow.number],
    }),
    index("benefit_person").on(table.personNumber, table.month),
    index("benefit_case").on(table.caseId),
    uniqueIndex("benefit_once")
      .on(
        table.program,
        table.personNumber,
        table.month,
        table.institutionMark,
        table.care,
        table.cost,
        table.day,
        table.ordinal,
      )
      .where(sql`cancelled_at is null`),
    oneOf("benefit_care", table.care),
  ],
);

/** What a step asked for (補正, 照会), as its letter says it. Insert only; free words and addressee lie sealed. */
export const claimRequest = claims.table(
  "request",
  {
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    /** Of the step; set by the database. */
    revision: integer().notNull().default(0),
    kind: text({ enum: ["supplement", "inquiry"] }).notNull(),
    /** Who is asked. */
    asked: text({ enum: ["claimant", "institution", "insurer"] }).notNull(),
    /** Codes of workflows/claims/requests.ts. */
    items: text().array().notNull(),
    /** Receipts that it is about. */
    receipts: integer().array().notNull(),
    dueOn: date("due_on").notNull(),
    sealedId: uuid("sealed_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.caseId, table.revision] }),
    oneOf("request_kind", table.kind),
    oneOf("request_asked", table.asked),
    check("request_whole", sql`(kind = 'supplement') = (asked = 'claimant')`),
  ],
);

/** A file of claims that came electronically. What its rows say lies sealed with a key of the file. */
export const claimFile = claims.table(
  "file",
  {
    id: uuid().primaryKey().defaultRandom(),
    program: text().notNull(),
    name: text().notNull(),
    /** Id of the column map. */
    layout: text().notNull(),
    /** SHA-256. */
    digest: text().notNull(),
    bytes: integer().notNull(),
    rows: integer().notNull(),
    /** 受付日 of its claims where a row says none. */
    receivedOn: date("received_on").notNull(),
    state: text({ enum: ["taking", "taken", "taking-back", "taken-back"] }).notNull(),
    receivedBy: integer("received_by").notNull(),
    receivedAt: moment("received_at").notNull(),
    /** Who asked that it is taken back. */
    takenBackBy: integer("taken_back_by"),
    takenBackAt: moment("taken_back_at"),
  },
  (table) => [
    uniqueIndex("file_once").on(table.program, table.digest).where(sql`state <> 'taken-back'`),
    index("file_received").on(table.program, table.receivedAt),
    oneOf("file_state", table.state),
    check("file_rows", sql`rows between 1 and 20000`),
  ],
);

/** A row of such a file: what became of it. */
export const claimFileRow = claims.table(
  "file_row",
  {
    fileId: uuid("file_id")
      .notNull()
      .references(() => claimFile.id),
    /** The line of the file. */
    line: integer().notNull(),
    program: text().notNull(),
    state: text({
      enum: ["waiting", "faulty", "claimed", "incomplete", "dropped", "taken-back"],
    }).notNull(),
    /** The sealed lot in which it lies, and its place there; of a corrected one a lot of its own. */
    sealedId: uuid("sealed_id").notNull(),
    place: integer().notNull(),
    /** Keyed hash of all that it says: tells the same row twice. */
    mark: bytea().notNull(),
    /** `item:code` of workflows/claims/file-row.ts. */
    faults: text().array().notNull().default(sql`'{}'`),
    /** Why it was given up; a code of workflows/claims/file-row.ts. */
    reason: text(),
    caseId: uuid("case_id").references(() => caseRow.id),
    settledBy: integer("settled_by"),
    settledAt: moment("settled_at"),
  },
  (table) => [
    primaryKey({ columns: [table.fileId, table.line] }),
    index("file_row_state").on(table.fileId, table.state),
    index("file_row_case").on(table.caseId),
    uniqueIndex("file_row_once")
      .on(table.program, table.mark)
      .where(sql`state in ('claimed', 'incomplete')`),
    oneOf("file_row_state", table.state),
    check(
      "file_row_whole",
      sql`(state in ('claimed', 'incomplete', 'taken-back')) = (case_id is not null)
        and (state = 'faulty') = (cardinality(faults) > 0) and (state = 'dropped') = (reason is not null)`,
    ),
  ],
);

/** What the notice of a decision said, sealed beside the letter: what a postcard (支給決定通知はがき) says in its stead. Insert only. */
export const claimNotice = claims.table(
  "notice",
  {
    approvalId: uuid("approval_id")
      .primaryKey()
      .references(() => claimProposal.approvalId),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    documentId: uuid("document_id")
      .notNull()
      .references(() => document.id),
    sealedId: uuid("sealed_id").notNull(),
    /** The account that it names; none where nothing is paid. */
    accountId: uuid("account_id"),
  },
  (table) => [index("notice_case").on(table.caseId)],
);

/** A 支給決定通知はがき that a run made: one a decision, unless the run never went out. */
export const claimPostcard = claims.table(
  "postcard",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => batchRun.id),
    approvalId: uuid("approval_id")
      .notNull()
      .references(() => claimNotice.approvalId),
    caseId: uuid("case_id")
      .notNull()
      .references(() => caseRow.id),
    issuedOn: date("issued_on").notNull(),
    withdrawnAt: moment("withdrawn_at"),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.approvalId] }),
    index("postcard_case").on(table.caseId),
    uniqueIndex("postcard_once").on(table.approvalId).where(sql`withdrawn_at is null`),
  ],
);
